// A link that loses two fifths: both sides go on by sound alone, by themselves, and the pictures come back when it is good again.
import { after, before, test } from "node:test";
import { openBrowser, seesAndHears } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { Relay, freeUdpPort } from "./support/relay.mjs";
import { inFrontOfTheRoom, join, lines, room } from "./support/rooms.mjs";

let hospital, browser, relay;

before(async () => {
  relay = await Relay.open();
  const port = await freeUdpPort();
  relay.leadTo(port);
  hospital = await Hospital.open({ BEDSIDE_RTC_UDP: `127.0.0.1:${port}`, BEDSIDE_RTC_ANNOUNCE_UDP: `127.0.0.1:${relay.port}` });
  browser = await openBrowser();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
  relay?.close();
});

test("where two fifths are lost the pictures rest and the voices stay; they come back", { timeout: 240_000 }, async (t) => {
  const { patient, doctor } = await inFrontOfTheRoom(hospital, browser);
  const both = [patient, doctor];
  await Promise.all(both.map(join));
  await Promise.all(both.map((page) => seesAndHears(page)));
  for (const page of both) await until("UDP to be used", async () => (await lines(page)).transport === "udp", 30);

  relay.loss = 0.4;
  const began = Date.now();
  const rests = (page) => page.locator("video-visit [data-part=picture-back]:not([hidden])").waitFor({ timeout: 60_000 });
  await Promise.all(both.map(rests));
  t.diagnostic(`the pictures rest ${((Date.now() - began) / 1000).toFixed(1)} s after the line went bad`);
  for (const page of both) await until("the other's picture to be gone", async () => (await room(page).getAttribute("data-other-camera")) === "false", 20);
  await Promise.all(both.map((page) => seesAndHears(page, { picture: false })));

  relay.loss = 0;
  const good = Date.now();
  // By themselves after half a minute, or at once by the button.
  await patient.locator("video-visit [data-part=picture-back]").click();
  await Promise.all(both.map((page) => page.locator("video-visit [data-part=picture-back]").waitFor({ state: "hidden", timeout: 60_000 })));
  await Promise.all(both.map((page) => seesAndHears(page)));
  t.diagnostic(`pictures again ${((Date.now() - good) / 1000).toFixed(1)} s after it was good`);
  for (const page of both) await until("the other’s picture to be told of again", async () => (await room(page).getAttribute("data-other-camera")) === "true", 60);
});
