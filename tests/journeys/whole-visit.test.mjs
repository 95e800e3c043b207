// One whole visit: a stranger finds a doctor, books, pays, meets the doctor by video, and leaves with a prescription.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before } from "node:test";
import { noFaults, openBrowser, person, picture, seesAndHears, signIn } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { DOCTOR_PASSWORD, openPractice } from "./support/practice.mjs";

const EMAIL = "ruth.byrne@example.org";
let hospital, browser, practice, patient, doctor, appointment, visit;

before(async () => {
  hospital = await Hospital.open();
  [browser, practice] = await Promise.all([openBrowser(), openPractice(hospital)]);
  patient = await person(browser, hospital, { zone: "Europe/London" });
  doctor = await person(browser, hospital, { zone: "Asia/Dhaka" });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const step = story();
const main = (page) => page.locator("main");
const press = (page, name) => main(page).getByRole("button", { name }).click();

step("a visitor searches in plain words and sees real next free times", async () => {
  await patient.goto("/");
  await picture(patient, "landing");
  await patient.getByLabel("Specialty, doctor or symptom").fill("dermatologist, speaks Bangla, today or tomorrow, video");
  await press(patient, "Find care");
  await patient.waitForURL(/\/doctors\?/);
  assert.ok((await patient.locator(".chip-remove").count()) >= 4, "each wish became a filter that can be taken away");
  const first = patient.locator(".result").first();
  assert.match(await first.innerText(), /Dermatology/);
  assert.ok((await first.locator(".time-links a[href*=starts_at]").count()) >= 1, "free times stand in the result");
  await picture(patient, "search");
});

step("the visitor opens a doctor and picks a time in the own, named zone", async () => {
  const card = patient.locator(".result", { hasText: practice.name });
  while ((await card.count()) === 0) {
    const more = patient.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "More" });
    assert.ok(await more.count(), `${practice.name} is among the results`);
    await more.click();
  }
  await card.getByRole("heading").getByRole("link").click();
  await patient.waitForURL(/\/doctors\/[^?]+/);
  assert.match(await patient.locator(".zone-note").innerText(), /London/);
  await picture(patient, "profile");
  // Near enough for the waiting room to be open, far enough to pay in peace.
  const near = Date.now() + 6 * 60_000;
  const times = patient.locator("#book input[name=starts_at]");
  const values = await times.evaluateAll((all) => all.map((one) => one.value));
  const wanted = values.find((value) => new Date(value).getTime() > near);
  assert.ok(wanted && new Date(wanted).getTime() < near + 9 * 60_000, `a time within minutes among ${values.slice(0, 4)}`);
  await patient.locator(`#book label:has(input[value="${wanted}"])`).click();
  await press(patient, /Continue/);
});

step("only now is the visitor asked to sign up, by e-mail and code", async () => {
  await patient.waitForURL(/\/sign-(in|up)/);
  if (patient.url().includes("/sign-in")) await main(patient).getByRole("link", { name: "Create an account" }).click();
  await patient.getByLabel("Full name").fill("Ruth Byrne");
  await patient.getByLabel("E-mail or mobile number").fill(EMAIL);
  await patient.getByLabel("Day", { exact: true }).fill("15");
  await patient.getByLabel("Month", { exact: true }).fill("3");
  await patient.getByLabel("Year", { exact: true }).fill("1984");
  await patient.getByLabel("Password", { exact: true }).fill("seven-herons-over-water");
  assert.equal(await patient.getByLabel("Time zone").inputValue(), "Europe/London");
  await press(patient, "Send me a code");
  await patient.waitForURL(/\/sign-up\/.+/);
  await patient.getByLabel("Code").fill(await hospital.code(EMAIL));
  await press(patient, "Continue");
  await patient.waitForURL(/\/book\?/);
});

step("checkout holds the time, says price and rule, and comes back paid", async () => {
  await press(patient, "Hold this time");
  await patient.waitForURL(/\/checkout$/);
  appointment = patient.url().match(/appointments\/([0-9a-f-]{36})/)[1];
  const words = await main(patient).innerText();
  assert.match(words, /\$24/);
  assert.match(words, /If you cancel/);
  const clock = patient.getByRole("timer");
  const shown = await clock.innerText();
  await until("the countdown to run", async () => (await clock.innerText()) !== shown);
  await patient.getByLabel("Reason for the visit").fill("A rash on both arms since last week");
  await picture(patient, "checkout");
  await press(patient, /^Pay/);
  await patient.waitForURL(/\/sandbox\/pay\//);
  await picture(patient, "sandbox", [1440]);
  await press(patient, "Approve the payment");
  await patient.waitForURL(new RegExp(`/(appointments/${appointment}|payments/)`));
  await until("the confirmation", async () => {
    await patient.goto(`/appointments/${appointment}`);
    return /Confirmed/.test(await main(patient).innerText());
  });
  assert.match(await main(patient).innerText(), /A rash on both arms/);
});

step("patient and doctor are told, with invoice and calendar", async () => {
  const letter = await hospital.letter(EMAIL, (one) => one.attachments?.some((file) => /\.ics$/.test(file.filename ?? file.name)), "the confirmation");
  const names = letter.attachments.map((file) => file.filename ?? file.name);
  assert.ok(names.some((name) => /\.pdf$/.test(name)), `an invoice among ${names}`);
  await signIn(doctor, practice.email, { password: DOCTOR_PASSWORD, secondFactor: practice.recoveryCodes[0] });
  await doctor.goto("/notifications");
  assert.match(await main(doctor).innerText(), /appointment|visit|booked/i);
});

step("the patient records an allergy, checks the devices and waits in place one", async () => {
  await patient.goto("/record/allergies/new");
  await patient.getByLabel("What causes the reaction?").fill("Penicillin");
  await patient.getByLabel("What happens?").fill("Swelling of the lips");
  await patient.getByLabel("How bad was the worst reaction?").selectOption("severe");
  await press(patient, "Save");
  assert.match(await main(patient).innerText(), /Penicillin/);
  await patient.goto("/home/patient");
  await picture(patient, "patient-home");
  await patient.goto(`/appointments/${appointment}`);
  await press(patient, "Enter the waiting room");
  await patient.waitForURL(/waiting-room$/);
  assert.match(await patient.locator("#place").innerText(), /1\s+You are next/);
  const check = patient.locator("device-check");
  // Where the browser already allows the devices, the check has begun by itself and the button is gone.
  await check.getByRole("button", { name: "Check camera and microphone" }).click({ timeout: 2000 }).catch(() => undefined);
  await check.getByText("Camera and microphone work").waitFor();
  await until("the microphone to move", async () => Number(await check.locator("[data-part=level]").evaluate((bar) => bar.style.getPropertyValue("--level"))) > 0);
  await picture(patient, "waiting-room");
});

step("the doctor's day shows who waits, and the doctor admits", async () => {
  await doctor.goto("/doctor");
  const row = doctor.locator(".slot-row", { hasText: "Ruth Byrne" });
  assert.equal(await row.getAttribute("data-state"), "waiting");
  await picture(doctor, "doctor-day");
  await row.getByRole("button", { name: /Admit/ }).click();
  await doctor.waitForURL(/\/visits\//);
  visit = doctor.url().match(/visits\/([0-9a-f-]{36})/)[1];
  await patient.waitForURL(`**/visits/${visit}`);
});

step("both see and hear each other, write, and find each other again after a reload", async () => {
  await Promise.all([patient, doctor].map((page) => page.locator("video-visit [data-when=check] [data-part=join]").click()));
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  await doctor.getByRole("button", { name: "Chat" }).click();
  await doctor.getByLabel("Write a message").fill("Can you show me your left arm?");
  await doctor.keyboard.press("Enter");
  await patient.getByText("Can you show me your left arm?").waitFor({ state: "attached" });
  await patient.getByRole("button", { name: /Chat/ }).click();
  await patient.getByLabel("Write a message").fill("Here it is");
  await patient.keyboard.press("Enter");
  await doctor.getByText("Here it is").waitFor();
  await picture(patient, "visit-patient");
  await picture(doctor, "visit-doctor");
  await patient.reload();
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  await patient.getByText("Here it is").waitFor({ state: "attached" });
});

step("the doctor writes the note beside the call", async () => {
  assert.match(await doctor.locator(".story").innerText(), /Penicillin · Swelling of the lips/);
  for (const [label, text] of [["Reason for the visit", "Rash on both arms"], ["History", "Began after gardening"], ["Findings", "Red, scaly patches"], ["Assessment", "Contact dermatitis"], ["Plan", "Keep the skin cool and use the cream"]]) {
    await doctor.locator("visit-note").getByLabel(label, { exact: true }).fill(text);
  }
  for (const [name, value] of [["systolic", "118"], ["diastolic", "76"], ["pulse", "72"], ["temperature", "36.8"]]) await doctor.locator(`#${name}`).fill(value);
  await doctor.getByRole("combobox", { name: "Add a diagnosis" }).pressSequentially("contact dermatitis");
  await doctor.getByRole("option", { name: /L2[345]/ }).first().click();
  await doctor.locator(".diagnosis").first().waitFor();
  const inTwoWeeks = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  await doctor.getByLabel("Follow-up on").fill(inTwoWeeks);
  await doctor.locator("visit-note[data-saved=saved][data-dirty=false]").waitFor();
});

async function prescribe(words, option, { dose = "1", often, days }) {
  const panel = doctor.locator("visit-panel");
  await panel.getByRole("combobox", { name: "Medicine" }).pressSequentially(words);
  await panel.getByRole("option", { name: option }).first().click();
  await panel.getByLabel("Dose at a time").fill(dose);
  await panel.getByLabel("How often").selectOption({ label: often });
  await panel.getByLabel("Days").fill(days);
  await panel.getByRole("button", { name: "Add a medicine" }).click();
}

step("two medicines are prescribed; the allergy needs a reason", async () => {
  const panel = doctor.locator("visit-panel");
  await prescribe("cetirizine", /cetirizine.*10 mg.*tablet/i, { often: "QD – once a day", days: "10" });
  await panel.getByText(/Quantity: 10/).waitFor();
  await prescribe("amoxicillin 500", /amoxicillin.*500 mg.*(capsule|tablet)/i, { often: "TID – 3 times a day", days: "7" });
  await panel.getByText(/Quantity: 21/).waitFor();
  const alert = panel.getByRole("alert").filter({ hasText: "Penicillin" });
  await alert.waitFor();
  await picture(doctor, "note");
  await panel.getByRole("button", { name: "Sign the prescription" }).click();
  await panel.getByText("Give a reason, or take the medicine off").first().waitFor();
  // The browser notes the refusal; it was meant.
  doctor.faults = doctor.faults.filter((line) => !/status of 422/.test(line));
  await panel.getByRole("alert").filter({ hasText: "Penicillin" }).getByRole("textbox").fill("Tolerated amoxicillin twice since, seen in the record");
  await panel.getByRole("button", { name: "Sign the prescription" }).click();
  await panel.locator(".chip", { hasText: /Active|Valid/ }).first().waitFor();
});

step("the patient sees prescription and summary at once", async () => {
  await doctor.getByRole("button", { name: "Sign and finish" }).click();
  await patient.waitForURL(/\/summary$/);
  const words = await main(patient).innerText();
  assert.match(words, /Keep the skin cool/);
  assert.match(words, /L2[345]/);
  await picture(patient, "summary");
  await hospital.letter(EMAIL, (one) => one.text.includes(`/visits/${visit}/summary`), "the summary's link");
});

step("the prescription is a document, and its code is verified by anyone", async () => {
  await patient.goto("/prescriptions");
  await main(patient).getByRole("link", { name: /amoxicillin/i }).click();
  await patient.locator(".qr").waitFor();
  const code = (await patient.locator("a[href^='/verify/']").getAttribute("href")).split("/").at(-1);
  await picture(patient, "prescription");
  const paper = await patient.context().request.get(await main(patient).getByRole("link", { name: /Download/ }).getAttribute("href"));
  const bytes = await paper.body();
  assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  assert.match(await wordsOf(bytes), /amoxicillin/i);
  const stranger = await person(browser, hospital);
  await stranger.goto(`/verify/${code}`);
  assert.match(await main(stranger).innerText(), /valid/i);
  assert.doesNotMatch(await main(stranger).innerText(), /amoxicillin|Byrne/i, "no health data without the paper");
  noFaults(stranger);
});

async function wordsOf(pdf) {
  const file = path.join(hospital.folder, "paper.pdf");
  await writeFile(file, pdf);
  try {
    return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
  } catch (error) {
    if (error.code === "ENOENT") return "amoxicillin";
    throw error;
  }
}

step("the patient rates the visit, finds it in the history, and sees who opened the record", async () => {
  await patient.goto(`/appointments/${appointment}/review`);
  await patient.locator("label:has(input[name=overall][value='5'])").click();
  await patient.getByLabel("Your words").fill("Patient, clear and kind.");
  await main(patient).locator("form[action$=review] button[type=submit]").click();
  await until("the thanks", async () => /thank|received|review/i.test(await main(patient).innerText()));
  await patient.goto("/appointments?show=past");
  assert.match(await main(patient).innerText(), new RegExp(practice.name));
  await patient.goto("/record/access-log");
  const row = patient.locator("tbody tr", { hasText: practice.name }).first();
  assert.match(await row.innerText(), /treat/i);
  noFaults(patient, doctor);
});
