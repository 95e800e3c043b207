// A note of a supervised doctor: put before the supervisor, returned, answered, approved by keyboard; and the patient's record by date.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { admitted, signedIn } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture, signIn as enter } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { DOCTOR_PASSWORD, openPractice, signIn as paperOf } from "./support/practice.mjs";

const SUPERVISOR = "doctor@demo.example", ADMINISTRATOR = "admin@demo.example", PATIENT = "patient@demo.example";
let hospital, browser, practice, going, trainee, supervisor, patient, ids;
const step = story();
const words = (page) => page.locator("main").innerText();

before(async () => {
  hospital = await Hospital.open();
  [browser, practice] = await Promise.all([openBrowser(), openPractice(hospital)]);
  going = await admitted(hospital, practice);
  const idOf = async (client) => {
    const { items } = await client.expect(200, "GET", "/api/v1/appointments?limit=1");
    return (await client.expect(200, "GET", `/api/v1/appointments/${items[0].id}`)).doctor_id;
  };
  const writing = await signedIn(hospital, practice.email, { password: DOCTOR_PASSWORD, secondFactor: practice.recoveryCodes.shift() });
  ids = { trainee: await idOf(writing), supervisor: await idOf(await signedIn(hospital, SUPERVISOR)) };
  const office = await signedIn(hospital, ADMINISTRATOR);
  await office.expect(201, "POST", `/api/v1/admin/doctors/${ids.trainee}/supervisions`, { supervisor_id: ids.supervisor });
  const note = { reason: "A rash on both arms", findings: "Red patches", assessment: "Atopic dermatitis", plan: "A cream, in the evening", diagnoses: ["L20.9"], vitals: { pulse: 72 } };
  await writing.expect(200, "PUT", `/api/v1/visits/${going.visit}/note`, note);
  await writing.expect(201, "POST", `/api/v1/visits/${going.visit}/signature`, {});
  const open = async (paper, options) => {
    const page = await person(browser, hospital, options);
    await paper.handOver(page.context());
    return page;
  };
  [trainee, patient] = [await open(going.doctor), await open(going.patient)];
  supervisor = await person(browser, hospital);
  await enter(supervisor, SUPERVISOR);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

step("the supervisor finds it on the day, beside the link, and by keyboard", async () => {
  await supervisor.goto("/doctor");
  assert.match(await words(supervisor), /Notes to check/);
  // Some wait already in the demonstration; whoever waits longest is first.
  const waiting = await until("the number beside the link", async () => Number(await supervisor.locator("[data-count-number]").innerText()));
  await picture(supervisor, "approvals-day");
  await supervisor.keyboard.press("g");
  await supervisor.keyboard.press("z");
  await supervisor.waitForURL(/\/doctor\/approvals$/);
  await picture(supervisor, "approvals-list");
  assert.deepEqual(await examine(supervisor), []);
  assert.equal(await supervisor.locator("main a.person-name").count(), waiting);
  for (let line = 0; line < waiting; line += 1) await supervisor.keyboard.press("j");
  await supervisor.keyboard.press("Enter");
  await supervisor.waitForURL(/\/doctor\/approvals\/[0-9a-f-]{36}$/);
  assert.match(await words(supervisor), /A cream, in the evening/);
  await picture(supervisor, "approvals-check");
  assert.deepEqual(await examine(supervisor), []);
});

step("one letter leads to the button and to the words, and signs nothing; the note is returned", async () => {
  await supervisor.keyboard.press("a");
  assert.match(await supervisor.evaluate(() => document.activeElement.textContent), /Approve and co-sign/);
  assert.match(supervisor.url(), /approvals\/[0-9a-f-]{36}$/);
  await supervisor.keyboard.press("r");
  assert.equal(await supervisor.evaluate(() => document.activeElement.id), "words");
  await supervisor.keyboard.type("Which cream, and for how long?");
  await supervisor.getByRole("button", { name: "Return to the doctor" }).click();
  await supervisor.getByText("Returned. The doctor is told.").waitFor();
});

step("the doctor reads why, answers with an addition, and sends it again at once; the patient hears nothing of it", async () => {
  await patient.goto(`/visits/${going.visit}/summary`);
  assert.match(await words(patient), /will check this note/);
  assert.doesNotMatch(await words(patient), /Which cream/);
  await picture(patient, "approvals-patient");
  await trainee.goto(`/visits/${going.visit}/summary`);
  assert.match(await words(trainee), /Which cream, and for how long\?/);
  await picture(trainee, "approvals-returned");
  assert.deepEqual(await examine(trainee), []);
  await trainee.getByLabel("What you add").fill("Hydrocortisone 1 %, for ten days");
  await trainee.getByRole("button", { name: "Sign, and send to the supervisor again" }).click();
  await trainee.getByText("Hydrocortisone 1 %").first().waitFor();
  await trainee.goto("/doctor/approvals?show=mine");
  await picture(trainee, "approvals-mine");
});

step("it is approved by keyboard, and the patient reads by whom", async () => {
  await supervisor.goto("/doctor/approvals");
  await supervisor.locator("main a.person-name").last().click();
  assert.match(await words(supervisor), /Hydrocortisone/);
  await supervisor.keyboard.press("a");
  await supervisor.keyboard.press("Enter");
  await supervisor.getByText("Approved and co-signed").waitFor();
  await patient.goto(`/visits/${going.visit}/summary`);
  assert.match(await words(patient), /Checked and approved by/);
  await picture(patient, "approvals-approved");
});

step("the administrator sees who checks whose notes", async () => {
  const office = await person(browser, hospital);
  await enter(office, ADMINISTRATOR);
  await office.goto(`/admin/doctors/${ids.trainee}`);
  await office.getByRole("link", { name: "Supervision" }).click();
  assert.match(await words(office), /In force/);
  await picture(office, "approvals-supervision");
  assert.deepEqual(await examine(office), []);
  noFaults(office);
});

step("the record by date is narrowed by kinds and words, without scripts too, and in Arabic", async () => {
  const page = await person(browser, hospital, { scripts: false });
  await enter(page, PATIENT);
  await page.goto("/record");
  await page.getByRole("link", { name: "Search by date and kind" }).click();
  await picture(page, "timeline");
  await page.getByLabel("Prescription", { exact: true }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.match(page.url(), /kind=prescription/);
  assert.ok(await page.getByLabel("Prescription", { exact: true }).isChecked());
  const kinds = await page.locator(".timeline > li p.muted.small:first-child").allInnerTexts();
  assert.ok(kinds.length > 0 && kinds.every((kind) => /^Prescription/.test(kind)), kinds.join());
  await page.getByLabel("Words").fill("no such thing");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.match(await words(page), /Nothing fits/);
  const arabic = await person(browser, hospital);
  const paper = await paperOf(hospital, PATIENT);
  await paper.get("/record");
  await paper.post(/^\/locale$/, { locale: "ar" });
  await paper.handOver(arabic.context());
  await arabic.goto("/record/timeline");
  await picture(arabic, "timeline-ar");
  assert.deepEqual(await examine(arabic), []);
  noFaults(supervisor, trainee, patient);
});
