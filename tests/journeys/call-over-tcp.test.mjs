// The call where it is hard: UDP is blocked, a camera is denied, there are no devices at all, the network drops.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { admitted } from "./support/api.mjs";
import { noFaults, openBrowser, person, received, seesAndHears } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { openPractice } from "./support/practice.mjs";

const ALL = ["camera", "microphone"];
let hospital, browser, many = 0;

before(async () => {
  hospital = await Hospital.open({ BEDSIDE_RTC_TRANSPORT: "tcp" });
  browser = await openBrowser({ asks: true });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** Both sides of a visit that has just begun, in front of the room, each with the devices that they may use. */
async function inFrontOfTheRoom(patientMay, doctorMay = ALL) {
  many += 1;
  const practice = await openPractice(hospital, { name: `Dr ${["Shirin", "Farida", "Laila"][many - 1]} Chowdhury`, email: `doctor${many}@practice.example` });
  const going = await admitted(hospital, practice, { email: `patient${many}@example.org` });
  const enter = async (paper, allowed) => {
    const page = await person(browser, hospital, { allowed });
    await paper.handOver(page.context());
    await page.goto(`/visits/${going.visit}`);
    return page;
  };
  return [await enter(going.patient, patientMay), await enter(going.doctor, doctorMay)];
}

const join = (page) => page.locator("video-visit [data-when=check] [data-part=join]").click();
const room = (page) => page.locator("video-visit");

async function write(page, words) {
  if ((await room(page).getAttribute("data-chat")) !== "open") await page.locator("[data-part=chat-toggle]").click();
  await page.getByLabel("Write a message").fill(words);
  await page.keyboard.press("Enter");
}

test("picture and sound go both ways over TCP alone, again after a reload, and words wait out a dropped network", { timeout: 120_000 }, async () => {
  const [patient, doctor] = await inFrontOfTheRoom(ALL);
  await Promise.all([join(patient), join(doctor)]);
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  for (const page of [patient, doctor]) assert.equal((await received(page)).protocol, "tcp");

  await doctor.reload();
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  noFaults(patient, doctor);

  await patient.context().setOffline(true);
  await patient.locator("[data-part=chat-down]:not([hidden])").waitFor({ state: "attached", timeout: 40_000 });
  await write(patient, "Are you still there?");
  await patient.locator(".chat-line[data-sent=false]").waitFor();
  assert.equal(await doctor.getByText("Are you still there?").count(), 0);
  await patient.context().setOffline(false);
  await doctor.getByText("Are you still there?").waitFor({ state: "attached", timeout: 40_000 });
  await patient.locator(".chat-line[data-sent=true]").waitFor();
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  await Promise.all([patient, doctor].map((page) => page.context().close()));
});

test("who denies the camera is heard but not seen", { timeout: 120_000 }, async () => {
  const [patient, doctor] = await inFrontOfTheRoom(["microphone"]);
  await patient.locator("video-visit [data-part=check-start]").click({ timeout: 2000 }).catch(() => undefined);
  await patient.getByText("You will be heard but not seen").waitFor();
  await Promise.all([join(patient), join(doctor)]);
  await Promise.all([seesAndHears(patient), seesAndHears(doctor, { picture: false })]);
  assert.equal((await received(doctor)).frames, 0);
  assert.equal(await room(patient).getAttribute("data-camera"), "off");
  await until("the doctor to be told", async () => (await room(doctor).getAttribute("data-other-camera")) === "false");
  noFaults(patient, doctor);
  await Promise.all([patient, doctor].map((page) => page.context().close()));
});

test("who has no devices sees, listens and writes", { timeout: 120_000 }, async () => {
  const [patient, doctor] = await inFrontOfTheRoom([]);
  await patient.locator("video-visit [data-part=check-start]").click();
  await patient.getByText("Your browser does not let this page use the camera or microphone.").waitFor();
  await Promise.all([join(patient), join(doctor)]);
  await seesAndHears(patient);
  await write(patient, "I have no microphone");
  await doctor.getByText("I have no microphone").waitFor({ state: "attached" });
  await write(doctor, "Then I talk and you write");
  await patient.getByText("Then I talk and you write").waitFor();
  noFaults(patient, doctor);
  await Promise.all([patient, doctor].map((page) => page.context().close()));
});
