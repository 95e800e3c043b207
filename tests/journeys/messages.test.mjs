// Between visits: the patient writes, signs of an emergency stop the page, the doctor answers, the patient sees it; with and without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { admitted } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { openPractice } from "./support/practice.mjs";

let hospital, browser, going;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
  going = await admitted(hospital, await openPractice(hospital));
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const words = (page) => page.locator("main").innerText();

async function enter(paper, options) {
  const page = await person(browser, hospital, options);
  await paper.handOver(page.context());
  return page;
}

async function look(page, name, language = "en") {
  await picture(page, `messages-${name}-${language}`);
  assert.deepEqual(await examine(page), [], `${name} in ${language}`);
}

test("a patient writes, the doctor answers, and the patient sees it", { timeout: 180_000 }, async () => {
  const [patient, doctor] = await Promise.all([enter(going.patient), enter(going.doctor)]);
  await patient.goto("/home/patient");
  await patient.locator(".doors").getByRole("link", { name: /Messages/ }).click();
  await patient.getByRole("link", { name: "Write a message" }).first().click();
  assert.match(await words(patient), /not for emergencies/);
  await look(patient, "new");
  await patient.getByLabel("To", { exact: true }).selectOption({ index: 1 });
  await patient.getByLabel("Subject").fill("The cream");
  await patient.getByLabel("Your message").fill("May I swim with the cream on? Yesterday I had chest pain.");
  await patient.getByRole("button", { name: "Send" }).click();
  assert.match(await words(patient), /This may be an emergency/);
  assert.match(await patient.getByLabel("Your message").inputValue(), /May I swim/, "the words are kept");
  await look(patient, "stopped");
  await patient.getByRole("button", { name: "Send anyway" }).click();
  await patient.waitForURL(/\/messages\/[0-9a-f-]{36}$/);
  assert.match(await words(patient), /Your message is sent/);

  await doctor.goto("/doctor");
  await doctor.getByRole("link", { name: /Messages/ }).first().click();
  await until("the message to be first", async () => {
    await doctor.reload();
    return /Urgent words/.test(await doctor.locator(".list li").first().innerText().catch(() => ""));
  });
  await look(doctor, "inbox");
  await doctor.locator(".list li a").first().click();
  assert.match(await words(doctor), /Signs of an emergency in these words/);
  await look(doctor, "doctor-thread");
  await doctor.getByLabel("Your answer").fill("Yes, an hour after you have put it on.");
  await doctor.getByRole("button", { name: "Send" }).click();
  assert.match(await words(doctor), /Your message is sent/);
  await doctor.getByLabel(/Price in/).fill("12.50");
  await doctor.getByRole("button", { name: "Propose an e-visit" }).click();
  assert.match(await words(doctor), /Your decision/);

  await until("the answer to come by itself", async () => /an hour after/.test(await words(patient)));
  await until("the price to come by itself", async () => /Accept for/.test(await words(patient)));
  assert.match(await words(patient), /Seen by the team/);
  await look(patient, "thread");
  await patient.getByRole("button", { name: /Accept for/ }).click();
  await patient.waitForURL(/\/bills\//);
  assert.match(await words(patient), /Once it is paid, the doctor answers/);
  await patient.goto("/messages");
  await look(patient, "list");
  // A refused form is told by its status, which the console repeats.
  patient.faults = patient.faults.filter((line) => !/422/.test(line));
  noFaults(patient, doctor);
});

test("a doctor sets who covers, and both read it in Arabic", { timeout: 120_000 }, async () => {
  const [patient, doctor] = await Promise.all([enter(going.patient), enter(going.doctor)]);
  await doctor.goto("/doctor/messages");
  await doctor.getByRole("link", { name: "Cover", exact: true }).click();
  await doctor.getByLabel("Doctor", { exact: true }).selectOption({ index: 1 });
  const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await doctor.getByLabel("First day").fill(day(2));
  await doctor.getByLabel("Last day").fill(day(4));
  await doctor.getByRole("button", { name: "Set cover" }).click();
  assert.match(await words(doctor), /To come/);
  await look(doctor, "cover");
  for (const page of [patient, doctor]) await page.context().addCookies([{ name: "locale", value: "ar", url: hospital.base }]);
  await patient.goto("/messages");
  await look(patient, "list", "ar");
  await patient.locator(".list li a").first().click();
  await look(patient, "thread", "ar");
  await patient.goto("/messages/new");
  await look(patient, "new", "ar");
  await doctor.goto("/doctor/messages?show=all");
  await look(doctor, "inbox", "ar");
  await doctor.locator(".list li a").first().click();
  await look(doctor, "doctor-thread", "ar");
  noFaults(patient, doctor);
});

test("without scripts everything goes on", { timeout: 120_000 }, async () => {
  const patient = await enter(going.patient, { scripts: false });
  await patient.goto("/messages");
  await patient.locator(".list li a").first().click();
  await patient.getByLabel(/Your reply|ردك/).fill("Thank you");
  await patient.getByRole("button", { name: /^(Send|أرسل)$/ }).click();
  assert.match(await words(patient), /Thank you/);
  await patient.getByRole("button", { name: /This is done|انتهى الأمر/ }).click();
  assert.match(await words(patient), /Done|منتهية/);
});
