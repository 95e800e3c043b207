// Two records of one person: compared side by side, joined, shown as one to patient and doctor, and taken apart again.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { PATIENT_PASSWORD, registered } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture } from "./support/browser.mjs";
import { Hospital, story } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { authenticatorCode, signIn as onPaper } from "./support/practice.mjs";

const ADMINISTRATOR = "admin@demo.example";
let hospital, browser, admin, kept, gone, codes, numbers;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
  kept = await registered(hospital, { name: "Laila Haddad", email: "laila.haddad@example.org" });
  gone = await registered(hospital, { name: "Leila Hadad", email: "leila.hadad@example.org" });
  await gone.expect(201, "POST", `/api/v1/patients/${gone.patientId}/allergies`, { substance: "Penicillin", category: "medicine", reaction: "Swollen throat", severity: "severe", criticality: "high" });
  await kept.expect(200, "POST", `/api/v1/patients/${kept.patientId}/allergies/none-known`, {});
  numbers = [];
  for (const { email } of [kept, gone]) {
    const paper = await onPaper(hospital, email, { password: PATIENT_PASSWORD });
    await paper.get("/account/card");
    numbers.push(paper.html.match(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/)[0]);
  }
  const paper = await onPaper(hospital, ADMINISTRATOR);
  await paper.get("/account/security/totp");
  const secret = paper.html.match(/<code dir="ltr">([^<]+)<\/code>/)[1];
  await paper.post(/\/totp$/, { code: authenticatorCode(secret) });
  codes = [...paper.html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code);
  admin = await person(browser, hospital);
  await (await onPaper(hospital, ADMINISTRATOR, { secondFactor: codes.shift() })).handOver(admin.context());
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const step = story();
const main = (page) => page.locator("main").innerText();

async function inArabic(page, path, name) {
  await page.context().addCookies([{ name: "locale", value: "ar", url: hospital.base }]);
  await page.goto(path);
  await picture(page, `${name}-ar`);
  assert.deepEqual(await examine(page), []);
  await page.context().clearCookies({ name: "locale" });
}

step("an administrator compares both, and reads what will happen", async () => {
  await admin.goto("/admin/duplicates");
  await admin.getByRole("link", { name: "Joined records" }).click();
  await admin.getByRole("link", { name: "Join two records" }).first().click();
  await picture(admin, "join-numbers");
  await admin.getByLabel("Number of one record").fill(numbers[0]);
  await admin.getByLabel("Number of the other record").fill(numbers[1].toLowerCase());
  await admin.getByRole("button", { name: "Compare" }).click();
  const words = await main(admin);
  assert.match(words, /One record says that there are no known allergies/);
  assert.match(words, /Safety checks before a prescription see/);
  assert.doesNotMatch(words, /Penicillin/);
  await picture(admin, "join-compare");
  assert.deepEqual(await examine(admin), []);
  await inArabic(admin, `/admin/record-joins/new?one=${numbers[0]}&other=${numbers[1]}`, "join-compare");
});

step("without a reason, a choice or the desk nothing is joined, and what was typed stays", async () => {
  await admin.goto(`/admin/record-joins/new?one=${numbers[0]}&other=${numbers[1]}`);
  await admin.getByLabel("Why they are one person").fill("Both passports are hers, seen at the desk");
  await admin.getByText(`${numbers[0]} · Laila Haddad`).click();
  await admin.getByLabel("Code of your authenticator app").fill(codes.shift());
  await admin.getByRole("button", { name: "Join the records" }).click();
  assert.match(await main(admin), /See them at the desk first/);
  assert.equal(await admin.getByLabel("Why they are one person").inputValue(), "Both passports are hers, seen at the desk");
  await picture(admin, "join-refused");
  await admin.getByLabel(/I have seen this person at the desk/).check();
  await admin.getByLabel("Code of your authenticator app").fill(codes.shift());
  await admin.getByRole("button", { name: "Join the records" }).click();
  await admin.getByRole("heading", { name: "Take them apart" }).waitFor();
  await picture(admin, "join-done");
  assert.deepEqual(await examine(admin), []);
});

step("the patient reads both as one, by either account, and a letter says so", async () => {
  for (const { email } of [kept, gone]) {
    const patient = await person(browser, hospital, { width: 390, height: 844 });
    await (await onPaper(hospital, email, { password: PATIENT_PASSWORD })).handOver(patient.context());
    await patient.goto("/record");
    const words = await main(patient);
    assert.match(words, /Penicillin/);
    assert.match(words, new RegExp(`You had a second record, ${numbers[1]}`));
    assert.doesNotMatch(words, /No known allergies/);
    if (email === kept.email) {
      await picture(patient, "join-record");
      assert.deepEqual(await examine(patient), []);
      await inArabic(patient, "/record", "join-record");
    }
    await patient.context().close();
    await hospital.letter(email, (one) => /were joined/.test(one.subject), "the letter");
  }
});

step("they are taken apart, and both are as before", async () => {
  await admin.goto("/admin/record-joins");
  await picture(admin, "join-list");
  assert.deepEqual(await examine(admin), []);
  await inArabic(admin, "/admin/record-joins", "join-list");
  await admin.goto("/admin/record-joins");
  await admin.getByRole("link", { name: /Open or take apart/ }).first().click();
  await inArabic(admin, new URL(admin.url()).pathname, "join-one");
  await admin.goto("/admin/record-joins");
  await admin.getByRole("link", { name: /Open or take apart/ }).first().click();
  await admin.getByLabel("Why they are two people").fill("Two sisters after all");
  await admin.getByLabel("Code of your authenticator app").fill(codes.shift());
  await admin.getByRole("button", { name: "Take the records apart" }).click();
  await admin.getByText("Two sisters after all").waitFor();
  const answer = (client) => client.expect(200, "GET", `/api/v1/patients/${client.patientId}/allergies`);
  assert.equal((await answer(kept)).answer.state, "none_known");
  assert.equal((await answer(gone)).items[0].substance, "Penicillin");
  // The refusal of a form is told by its status, which the console repeats.
  for (const page of [admin]) page.faults = page.faults.filter((line) => !/422/.test(line));
  noFaults(admin);
});
