// In the room: a screen is shared and taken over, a document is shown, a photo comes from the phone beside the computer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateSync, crc32 } from "node:zlib";
import { noFaults, openBrowser, person, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { inFrontOfTheRoom, join, room } from "./support/rooms.mjs";

let hospital, browser, patient, doctor, going;

before(async () => {
  hospital = await Hospital.open();
  browser = await openBrowser();
  ({ going, patient, doctor } = await inFrontOfTheRoom(hospital, browser));
  // The browser's question about a screen is answered here: a page of one colour, as large as a screen.
  for (const [page, colour] of [[patient, "rgb(40, 60, 200)"], [doctor, "rgb(200, 40, 40)"]]) await page.evaluate(answerWith, colour);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

// Runs in the page.
function answerWith(colour) {
  window.shared = [];
  const real = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  window.askReally = () => (navigator.mediaDevices.getDisplayMedia = async (wanted) => {
    const stream = await real(wanted);
    window.shared.push(stream.getVideoTracks()[0]);
    return stream;
  });
  navigator.mediaDevices.getDisplayMedia = async (wanted) => {
    if (wanted.audio) throw new Error("sound was asked for");
    const canvas = Object.assign(document.createElement("canvas"), { width: 1600, height: 900 });
    const pen = canvas.getContext("2d");
    let tick = 0;
    const paint = () => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1600, 900);
      pen.fillStyle = "#fff";
      pen.fillRect((tick++ * 7) % 1500, 400, 60, 60);
    };
    paint();
    window.setInterval(paint, 60);
    const stream = canvas.captureStream(15);
    window.shared.push(stream.getVideoTracks()[0]);
    return stream;
  };
}

/** What the large picture shows: its size, and the colour of a corner. */
const seen = (page) => page.evaluate(() => {
  const video = document.querySelector("video-visit [data-part=remote]");
  const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 9 });
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 16, 9);
  return { width: video.videoWidth, height: video.videoHeight, colour: [...pen.getImageData(1, 1, 1, 1).data.slice(0, 3)], fit: getComputedStyle(video).objectFit };
});
// The invented camera is green.
const isBlue = ({ colour: [red, green, blue] }) => blue > 140 && red < 100 && green < 110;
const isRed = ({ colour: [red, green, blue] }) => red > 140 && green < 110 && blue < 110;
const button = (page, name) => page.locator(`video-visit [data-part=${name}]`);

/** A grey PNG. */
function png() {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), size = Buffer.alloc(4), sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.from([0, 0, 1, 64, 0, 0, 0, 240, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 240 }, (_, y) => Buffer.from([0, ...Array.from({ length: 320 }, (_, x) => (x + y) % 256)])));
  return { name: "rash.png", mimeType: "image/png", buffer: Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]) };
}

test("the patient's screen is seen whole by the doctor, goes over to the doctor's, and the cameras come back", { timeout: 240_000 }, async () => {
  await Promise.all([patient, doctor].map(join));
  await Promise.all([patient, doctor].map((page) => seesAndHears(page)));
  const camera = await seen(doctor);
  await button(patient, "share").focus();
  await patient.keyboard.press("Enter");
  await button(patient, "share-own").waitFor();
  assert.equal(await button(patient, "share").getAttribute("aria-pressed"), "true");
  assert.match(await button(patient, "share-own").innerText(), /You show your screen/);
  assert.equal(await patient.evaluate(() => window.shared[0].contentHint), "detail");
  await doctor.locator("video-visit[data-sharing=other]").waitFor();
  assert.match(await button(doctor, "sharing-sign").innerText(), /Ruth Byrne shows their screen/);
  const shared = await until("the blue screen", async () => { const now = await seen(doctor); return isBlue(now) && now.width > camera.width && now; }, 40);
  assert.equal(shared.fit, "contain");
  assert.ok(Math.abs(shared.width / shared.height - 16 / 9) < 0.05, `${shared.width} × ${shared.height}`);
  await seesAndHears(patient);
  await picture(patient, "room-share-own");
  await picture(doctor, "room-share-other");
  assert.deepEqual(await examine(doctor), []);

  // The doctor is warned, and asked whether to take over.
  await button(doctor, "share").click();
  const dialog = doctor.locator("dialog[data-part=share-dialog]");
  assert.match(await dialog.innerText(), /yours takes its place/);
  assert.match(await dialog.innerText(), /Other patients’ names/);
  await picture(doctor, "room-share-asks");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await room(doctor).getAttribute("data-sharing"), "other");
  await button(doctor, "share").click();
  await dialog.getByRole("button", { name: "Choose what to show" }).click();
  await patient.locator("video-visit[data-sharing=other]").waitFor();
  assert.equal(await patient.evaluate(() => window.shared[0].readyState), "ended", "what was taken over is let go");
  await until("the red screen", async () => isRed(await seen(patient)), 40);
  await until("the camera of the patient again", async () => !isBlue(await seen(doctor)), 40);

  // The doctor's connection is made anew: the screen goes on.
  await doctor.evaluate(() => window.connections.at(-1).close());
  await doctor.evaluate(() => window.dispatchEvent(new Event("online")));
  await until("another connection", async () => doctor.evaluate(() => window.connections.at(-1).connectionState === "connected"), 40);
  await until("the red screen again", async () => isRed(await seen(patient)), 40);

  // The browser's own stop.
  await doctor.evaluate(() => {
    const [track] = window.shared;
    track.stop();
    track.dispatchEvent(new Event("ended"));
  });
  await patient.locator("video-visit[data-sharing=none]").waitFor();
  await until("the camera of the doctor again", async () => !isRed(await seen(patient)), 40);
  await Promise.all([patient, doctor].map((page) => seesAndHears(page)));
});

test("a tab that the browser itself hands out is shared, by keyboard, and stopped by the strip", { timeout: 120_000 }, async () => {
  await patient.evaluate(() => window.askReally());
  await button(patient, "share").focus();
  await patient.keyboard.press("Enter");
  await button(patient, "share-own").waitFor();
  const settings = await patient.evaluate(() => window.shared.at(-1).getSettings());
  assert.equal(settings.displaySurface, "browser", "a tab, and not the screen");
  await doctor.locator("video-visit[data-sharing=other]").waitFor();
  await seesAndHears(doctor);
  await button(patient, "share-stop").focus();
  await patient.keyboard.press("Enter");
  await doctor.locator("video-visit[data-sharing=none]").waitFor();
  assert.equal(await patient.evaluate(() => document.activeElement.dataset.part), "share", "the focus is not lost with the strip");
  await seesAndHears(doctor);
});

test("where a browser has no screens to share, nothing offers it", { timeout: 60_000 }, async () => {
  const phone = await person(browser, hospital, { width: 390, height: 844 });
  await phone.addInitScript(() => delete MediaDevices.prototype.getDisplayMedia);
  await going.patient.handOver(phone.context());
  await phone.goto(`/visits/${going.visit}`);
  await phone.locator("video-visit [data-when=check] [data-part=join]").waitFor();
  assert.equal(await button(phone, "share").count(), 0);
  await phone.context().close();
});

test("a photo comes from the phone beside the computer, and is shown to both", { timeout: 180_000 }, async () => {
  await button(patient, "shows").click();
  const panel = patient.locator("dialog[data-part=shows-dialog]");
  await panel.getByRole("button", { name: "Use my phone" }).click();
  const address = await panel.locator("[data-part=phone-address]").innerText();
  assert.ok(await panel.locator(".phone-code svg").isVisible());
  await picture(patient, "room-phone-code");
  assert.deepEqual(await examine(patient), []);

  const phone = await person(browser, hospital, { width: 390, height: 844 });
  await phone.goto(new URL(address).pathname);
  await picture(phone, "phone-photo", [390]);
  assert.deepEqual(await examine(phone), []);
  await phone.locator("#file").setInputFiles({ name: "a.zip", mimeType: "image/png", buffer: Buffer.from("PK\x03\x04 much") });
  await phone.locator(".field-error").waitFor();
  await phone.locator("#file").setInputFiles(png());
  await phone.getByText("The photo has come in.").waitFor();
  await picture(phone, "phone-photo-sent", [390]);
  await doctor.locator("video-visit[data-photos='1']").waitFor();
  await doctor.locator(".chat-note[data-kind=photo][data-state=clean]").waitFor({ state: "attached" });
  assert.match(await button(doctor, "status").innerText(), /A photo from Ruth Byrne has come/);
  const other = await person(browser, hospital, { width: 390, height: 844 });
  assert.equal((await other.goto(new URL(address).pathname)).status(), 404);
  await other.getByText("This address does not open").first().waitFor();
  await picture(other, "phone-photo-gone", [390]);

  await button(doctor, "shows").click();
  const choice = doctor.locator("dialog[data-part=shows-dialog]");
  await choice.getByRole("button", { name: /Show rash/ }).waitFor();
  await picture(doctor, "room-documents");
  assert.deepEqual(await examine(doctor), []);
  await choice.getByRole("button", { name: /Show rash/ }).click();
  for (const page of [patient, doctor]) {
    await page.locator("video-visit[data-shown=yes]").waitFor();
    await until("the picture", async () => page.locator(".shown-picture").evaluate((image) => image.complete && image.naturalWidth > 0).catch(() => false));
  }
  await panel.getByRole("button", { name: "End the code" }).click();
  await panel.getByRole("button", { name: "Use my phone" }).waitFor();
  await button(patient, "shows-close").click();
  assert.equal((await phone.reload()).status(), 404, "a code that was ended opens nothing");
  await picture(patient, "room-shown-patient");
  await picture(doctor, "room-shown-doctor");
  await doctor.setViewportSize({ width: 390, height: 844 });
  const stage = await doctor.locator("video-visit").boundingBox();
  assert.ok(stage.width > 340, `on a phone the room is as wide as the page: ${stage.width}`);
  await doctor.setViewportSize({ width: 1440, height: 900 });
  for (const page of [patient, doctor]) assert.deepEqual(await examine(page), []);
  await patient.locator(".shown").getByRole("button", { name: "Stop showing" }).click();
  await doctor.locator("video-visit[data-shown=no]").waitFor();

  await button(doctor, "chat-toggle").click();
  const lines = await doctor.locator(".chat-note").allInnerTexts();
  assert.ok(lines.some((line) => /Ruth Byrne sent a photo/.test(line)) && lines.some((line) => /You showed a document/.test(line)) && lines.some((line) => /You shared your screen/.test(line)), lines.join("; "));
  await picture(doctor, "room-lines");
  patient.faults = patient.faults.filter((line) => !/404|422/.test(line));
  noFaults(patient, doctor);
});

test("from right to left, and afterwards in the visit's record", { timeout: 120_000 }, async () => {
  await patient.context().addCookies([{ name: "locale", value: "ar", url: hospital.base }]);
  await patient.goto(`/visits/${going.visit}/shows`);
  await picture(patient, "visit-shows-ar");
  assert.deepEqual(await examine(patient), []);
  await doctor.goto(`/visits/${going.visit}/summary`);
  assert.match(await doctor.locator("#shows").innerText(), /showed a document: rash/);
  await picture(doctor, "summary-shows");
});
