// An interpreter comes to a visit: invited by the doctor, consented to by the patient, let in by the doctor, and sent out again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, person, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { inFrontOfTheRoom, join, lines } from "./support/rooms.mjs";

let hospital, browser;

before(async () => {
  hospital = await Hospital.open();
  browser = await openBrowser();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** Waits until the pictures of two others move. */
async function seesBoth(page) {
  const moving = (before, now) => Object.entries(now.frames).filter(([line, frames]) => frames > (before.frames[line] ?? 0) + 3).length;
  const before = await lines(page);
  return until(`${page.url()} to see two others`, async () => moving(before, await lines(page)) >= 2, 60);
}

/** The sound is kept once all three have agreed, and not a second before. */
async function recorded(patient, doctor, guest, t) {
  const sign = (page, text) => page.locator("[data-part=recording-sign]", { hasText: text }).waitFor({ timeout: 20_000 });
  const visit = await patient.locator("video-visit").getAttribute("data-visit");
  const kept = async () => (await (await patient.request.get(`${hospital.base}/api/v1/visits/${visit}/recording`)).json()).length_ms;
  await doctor.getByRole("button", { name: "Record", exact: true }).click();
  const question = patient.getByRole("dialog", { name: /would like to record/ });
  await question.waitFor();
  assert.ok(await question.evaluate((one) => one === document.activeElement), "the question has the focus");
  await picture(patient, "recording-question");
  await patient.keyboard.press("Tab");
  await patient.keyboard.press("Enter");
  await Promise.all([patient, doctor].map((page) => sign(page, "somebody has not agreed")));
  await guest.getByText("May your voice be recorded, too?").waitFor();
  await picture(guest, "recording-guest-asked");
  await new Promise((done) => setTimeout(done, 6000));
  assert.equal(await kept(), 0, "nothing before everyone agreed");
  await guest.getByRole("button", { name: "Yes, record" }).click();
  await Promise.all([patient, doctor, guest].map((page) => sign(page, /^Recording$/)));
  await picture(doctor, "recording-doctor");
  await until("ten seconds to be kept", async () => (await kept()) >= 10_000, 40);
  await patient.getByRole("button", { name: "Pause recording" }).click();
  await Promise.all([doctor, guest].map((page) => sign(page, "paused by the patient")));
  assert.equal(await doctor.getByRole("button", { name: "Go on recording" }).count(), 0, "who paused goes on");
  await new Promise((done) => setTimeout(done, 1000));
  const paused = await kept();
  await new Promise((done) => setTimeout(done, 6000));
  assert.equal(await kept(), paused, "a pause is a pause");
  await doctor.getByRole("button", { name: "Stop recording" }).click();
  await Promise.all([patient, guest].map((page) => sign(page, "Recording ended")));
  const listener = await patient.context().newPage();
  await listener.goto(`${hospital.base}/visits/${visit}/recording`);
  const sound = await listener.evaluate(async () => {
    const player = document.querySelector("audio");
    const bytes = await (await fetch(player.src)).arrayBuffer();
    const decoded = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes);
    const samples = decoded.getChannelData(0);
    const loud = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    player.currentTime = 4;
    await new Promise((done) => player.addEventListener("seeked", done, { once: true }));
    return { seconds: decoded.duration, loud, at: player.currentTime };
  });
  t.diagnostic(`${(paused / 1000).toFixed(1)} s kept; decoded ${sound.seconds.toFixed(1)} s, loudness ${sound.loud.toFixed(3)}`);
  assert.ok(Math.abs(sound.seconds - paused / 1000) < 0.3 && sound.loud > 0.005 && sound.at >= 4, JSON.stringify(sound));
  assert.deepEqual(await examine(listener), [], "the page of the recording");
  await picture(listener, "recording-page");
  await listener.getByRole("button", { name: "Delete the recording" }).click();
  await listener.getByText("The recording is deleted.").waitFor();
  assert.equal(await kept(), 0);
  await listener.close();
}

test("three people see each other, once both agreed; whoever is sent out is out at once", { timeout: 300_000 }, async (t) => {
  const { patient, doctor } = await inFrontOfTheRoom(hospital, browser);
  await Promise.all([patient, doctor].map(join));
  await Promise.all([patient, doctor].map((page) => seesAndHears(page)));

  const panel = (page) => page.locator("dialog[data-part=guests-dialog]");
  const open = (page) => page.locator("video-visit [data-part=guests]").click();
  const close = (page) => page.locator("video-visit [data-part=guests-close]").click();
  await open(doctor);
  await panel(doctor).getByLabel("Interpreter").check();
  await panel(doctor).getByLabel("E-mail address or mobile number").fill("interpreter@example.org");
  await panel(doctor).getByRole("button", { name: "Invite", exact: true }).click();
  const link = await panel(doctor).locator("[data-part=guest-link]").innerText();
  const letter = await hospital.letter("interpreter@example.org", (one) => /\/guests\/links\//.test(one.text), "the invitation");
  assert.ok(letter.text.includes(new URL(link).pathname), "the letter holds the same link");
  await picture(doctor, "guest-invited");
  await close(doctor);

  const guest = await person(browser, hospital, { width: 1100, height: 800 });
  await guest.goto(new URL(link).pathname);
  await picture(guest, "guest-link");
  await guest.getByLabel("Your name").fill("Samira Haddad");
  await guest.getByRole("button", { name: "Go to the visit" }).click();
  await guest.locator(".field-error", { hasText: "Agree to keep to yourself what is said" }).waitFor();
  await guest.getByLabel(/I keep to myself/).check();
  await guest.getByRole("button", { name: "Go to the visit" }).click();
  await guest.waitForURL(/\/guests\/[0-9a-f-]{36}/);
  const again = await person(browser, hospital);
  assert.equal((await again.goto(new URL(link).pathname)).status(), 404, "the link opens once");
  await again.context().close();
  await guest.locator("guest-room [data-part=join]").click();
  await guest.getByText("Please wait. The doctor lets you in.").first().waitFor();
  await picture(guest, "guest-waits");

  await open(doctor);
  await panel(doctor).getByText("Samira Haddad").waitFor();
  assert.equal(await panel(doctor).getByRole("button", { name: "Let in" }).count(), 0, "not before the patient agrees");
  await open(patient);
  await panel(patient).getByRole("button", { name: "I agree" }).click();
  await close(patient);
  await panel(doctor).getByRole("button", { name: "Let in" }).click();
  await close(doctor);

  await Promise.all([patient, doctor, guest].map(seesBoth));
  for (const page of [patient, doctor]) await page.locator(".third", { hasText: "Samira Haddad" }).waitFor();
  await picture(patient, "three-patient");
  await picture(doctor, "three-doctor");
  await picture(guest, "three-guest");

  await recorded(patient, doctor, guest, t);

  await open(patient);
  await panel(patient).getByRole("button", { name: "Remove from the visit" }).click();
  const sent = Date.now();
  await until("nothing more to arrive at the guest", async () => !(await guest.evaluate(() => window.connections.some((one) => one.connectionState === "connected"))), 15);
  t.diagnostic(`out of the room ${((Date.now() - sent) / 1000).toFixed(1)} s after the consent was taken back`);
  await guest.locator("guest-room[data-state=revoked]").waitFor();
  await close(patient);
  await patient.locator(".third").waitFor({ state: "detached" });
  await Promise.all([patient, doctor].map((page) => seesAndHears(page)));
});
