// The note as commands, by keyboard alone; the papers they issue, for the patient and for anybody who is shown one; stepping out of the
// waiting room and being called back.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { admitted, approvePayment, freeTimes, registered } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { DOCTOR_PASSWORD, openPractice, signIn } from "./support/practice.mjs";

let hospital, browser, practice, going, doctor, patient, waiting, desk, next, appointment;
const step = story();
const commands = (page) => page.locator("#commands-panel");

before(async () => {
  hospital = await Hospital.open();
  [browser, practice] = await Promise.all([openBrowser(), openPractice(hospital)]);
  going = await admitted(hospital, practice);
  const enter = async (paper, options) => {
    const page = await person(browser, hospital, options);
    await paper.handOver(page.context());
    return page;
  };
  [doctor, patient] = [await enter(going.doctor), await enter(going.patient)];
  next = await registered(hospital, { name: "Tomas Okafor", email: "tomas.okafor@example.org" });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** Types a command on the line that a slash leads to, and takes the first that is offered. */
async function type(words) {
  await doctor.keyboard.press("/");
  await until("the line of commands", () => doctor.evaluate(() => document.activeElement.id === "new"));
  await doctor.keyboard.type(words);
  await commands(doctor).getByRole("option").first().waitFor();
  await doctor.keyboard.press("ArrowDown");
  await doctor.keyboard.press("Enter");
  await commands(doctor).locator(".command-form").waitFor();
}

step("a slash leads from an empty line of the note to the commands, and a referral is staged by keyboard", async () => {
  await doctor.goto(`/visits/${going.visit}`);
  await commands(doctor).waitFor();
  await doctor.locator("visit-note").getByLabel("Findings", { exact: true }).focus();
  await type("ref");
  assert.equal(await doctor.evaluate(() => document.activeElement.name), "specialty", "the first field has the focus");
  await doctor.keyboard.type("Cardio");
  await commands(doctor).getByLabel("Question").focus();
  await doctor.keyboard.type("A murmur since childhood. Echo?");
  await doctor.keyboard.press("Tab");
  assert.match(await doctor.evaluate(() => document.activeElement.textContent), /Stage/);
  await doctor.keyboard.press("Enter");
  await commands(doctor).locator(".command-staged", { hasText: "Cardiology" }).waitFor();
  assert.equal(await doctor.evaluate(() => document.activeElement.id), "new", "ready for the next one");
  await picture(doctor, "commands-staged");
});

step("what is wrong is said, what was typed is kept, and Ctrl+Enter commits", async () => {
  await doctor.evaluate(() => document.activeElement.blur());
  await type("sick");
  await commands(doctor).getByLabel("Last day").fill("2020-01-01");
  await doctor.keyboard.press("Control+Enter");
  await commands(doctor).getByText("The last day is before the first").waitFor();
  doctor.faults = doctor.faults.filter((line) => !/422/.test(line));
  assert.equal(await commands(doctor).getByLabel("Last day").inputValue(), "2020-01-01");
  await commands(doctor).getByLabel("Last day").fill(await commands(doctor).getByLabel("First day").inputValue());
  await picture(doctor, "commands-sick-note");
  await doctor.keyboard.press("Control+Enter");
  await commands(doctor).locator(".command-committed", { hasText: "Sick note" }).waitFor();
  await doctor.evaluate(() => document.activeElement.blur());
  await type("instruct");
  await doctor.keyboard.type("Rest for two days");
  await doctor.keyboard.press("Control+Enter");
  await commands(doctor).locator(".command-committed", { hasText: "Rest for two days" }).waitFor();
});

step("a note is not signed over what is staged; all that is staged is committed at once", async () => {
  await doctor.locator("visit-note").getByLabel("Assessment", { exact: true }).fill("Viral infection");
  await doctor.locator("visit-note[data-saved=saved][data-dirty=false]").waitFor();
  await until("the checklist", async () => (await doctor.locator("#visit-checklist [data-done=true]").count()) >= 2);
  await doctor.getByRole("button", { name: "Sign and finish" }).click();
  await doctor.getByText("One command is staged. Commit or remove before you sign").first().waitFor();
  doctor.faults = doctor.faults.filter((line) => !/422/.test(line));
  await commands(doctor).getByRole("button", { name: "Commit 1 staged command" }).click();
  await commands(doctor).locator(".command-committed", { hasText: "Cardiology" }).waitFor();
  assert.deepEqual(await examine(doctor), []);
  await doctor.getByRole("button", { name: "Sign and finish" }).click();
  await doctor.getByText(/Signed/).first().waitFor();
});

step("the patient has note, referral and sick note; whoever is shown one checks it and learns of no illness", async () => {
  await patient.goto(`/visits/${going.visit}/summary`);
  const words = await patient.locator("main").innerText();
  assert.match(words, /Rest for two days/);
  assert.match(words, /Referral[\s\S]*Cardiology[\s\S]*A murmur since childhood/);
  await picture(patient, "commands-summary");
  assert.deepEqual(await examine(patient), []);
  await patient.goto("/record");
  await patient.locator("main").getByRole("link", { name: "Letters and certificates" }).click();
  await patient.waitForURL(/\/letters$/);
  assert.equal(await patient.locator("main .list li").count(), 2);
  await picture(patient, "letters");
  assert.deepEqual(await examine(patient), []);
  const href = await patient.locator("main").getByRole("link", { name: "Sick note" }).getAttribute("href");
  const paper = await patient.context().request.get(href);
  assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
  const code = /sick-note-([0-9A-Z-]+)\.pdf/.exec(paper.headers()["content-disposition"])[1];
  const stranger = await person(browser, hospital);
  await stranger.goto(`/papers/${code}`);
  assert.match(await stranger.locator("main").innerText(), /This paper stands[\s\S]*R\. B\./);
  assert.doesNotMatch(await stranger.locator("main").innerText(), /Ruth|Byrne|infection/);
  await picture(stranger, "paper-check");
  assert.deepEqual(await examine(stranger), []);
  noFaults(stranger);
});

step("after the signature the doctor still issues papers, and takes one back", async () => {
  await doctor.goto(`/visits/${going.visit}/summary`);
  await doctor.getByRole("link", { name: "Issue a letter or certificate" }).click();
  await doctor.waitForURL(/\/commands$/);
  assert.equal(await commands(doctor).getByRole("button", { name: "Diagnose" }).count(), 0, "the note itself is closed");
  await commands(doctor).getByRole("button", { name: "Certificate" }).click();
  await commands(doctor).getByLabel("What you attest").fill("Was at a visit with me this morning");
  await commands(doctor).getByRole("button", { name: "Commit", exact: true }).click();
  const row = commands(doctor).locator(".command-committed", { hasText: "Was at a visit" });
  await row.waitFor();
  await row.getByText("Withdraw").first().click();
  await row.getByLabel("Why should it never have been?").fill("The wrong day");
  await row.getByRole("button", { name: "Withdraw" }).click();
  await commands(doctor).locator(".command-entered_in_error", { hasText: "Was at a visit" }).waitFor();
  await picture(doctor, "commands-signed");
  assert.deepEqual(await examine(doctor), []);
  await doctor.goto("/doctor/referrals?by=me");
  await picture(doctor, "referrals");
  assert.deepEqual(await examine(doctor), []);
});

step("who waits steps out and keeps the place; the doctor sees it and calls back", async () => {
  // A doctor of their own: the first one's next time is too far away to wait for.
  const other = await openPractice(hospital, { name: "Dr Laila Haddad", email: "laila.haddad@practice.example" });
  desk = await person(browser, hospital);
  await (await signIn(hospital, other.email, { password: DOCTOR_PASSWORD, secondFactor: other.recoveryCodes[0] })).handOver(desk.context());
  const [time] = await freeTimes(next, other.slug, 6, 14);
  const held = await next.expect(201, "POST", "/api/v1/appointments", { doctor_id: other.slug, starts_at: time.starts_at, mode: "video" });
  appointment = held.id;
  const payment = await next.expect(201, "POST", `/api/v1/appointments/${held.id}/payments`, {});
  await approvePayment(hospital, payment.checkout_url);
  await until("the confirmation", async () => (await next.expect(200, "GET", `/api/v1/appointments/${held.id}`)).status === "confirmed");
  waiting = await person(browser, hospital, { width: 390, height: 844 });
  await (await signIn(hospital, "tomas.okafor@example.org", { password: "seven-herons-over-water" })).handOver(waiting.context());
  await next.expect(200, "POST", `/api/v1/appointments/${held.id}/arrival`, {});
  await waiting.goto(`/appointments/${held.id}/waiting-room`);
  await waiting.getByRole("button", { name: "Step out for a moment" }).click();
  await waiting.getByText(/You have stepped out|Come back now/).first().waitFor();
  await desk.goto("/doctor");
  const line = desk.locator(".waiting-list li", { hasText: "Tomas Okafor" });
  assert.match(await line.innerText(), /Stepped out/);
  await picture(desk, "waiting-now");
  assert.deepEqual(await examine(desk), []);
  await line.getByRole("button", { name: /Call back/ }).click();
  await desk.getByText("The patient was asked to come back.").waitFor();
  await waiting.getByText("It is your turn soon. Come back now").waitFor();
  await picture(waiting, "waiting-called", [390]);
  assert.deepEqual(await examine(waiting), []);
  await hospital.letter("tomas.okafor@example.org", (one) => one.text.includes(`/appointments/${appointment}/waiting-room`) && /Come back/.test(one.subject), "the call back");
  await waiting.getByRole("button", { name: "I am back" }).click();
  await waiting.getByRole("button", { name: "Step out for a moment" }).waitFor();
  noFaults(doctor, patient, desk, waiting);
});
