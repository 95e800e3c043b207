// A call over a link that loses a twentieth and delays by 200 ms, whose UDP then dies: what was said and written meanwhile is not lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { Relay, freeUdpPort } from "./support/relay.mjs";
import { framesPerSecond, inFrontOfTheRoom, join, lines, recovered, room, said, write } from "./support/rooms.mjs";

let hospital, browser, relay;

before(async () => {
  relay = await Relay.open({ loss: 0.05, delay: 200 });
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

test("a call stands 5 % loss and 200 ms, and the death of UDP; nothing of chat or note is lost", { timeout: 240_000 }, async (t) => {
  const { patient, doctor } = await inFrontOfTheRoom(hospital, browser);
  const both = [patient, doctor];
  await Promise.all(both.map(join));
  await Promise.all(both.map((page) => seesAndHears(page)));
  // The clean TCP may be up first; the browser goes over to UDP, which it prefers.
  for (const page of both) await until("UDP to be used", async () => (await lines(page)).transport === "udp", 30);

  const rates = await Promise.all(both.map((page) => framesPerSecond(page, 6)));
  const repaired = await Promise.all(both.map(lines));
  t.diagnostic(`5 % loss, 200 ms: ${rates.map((rate) => rate.toFixed(1)).join(" and ")} frames/s; asked again ${repaired.map((one) => one.nacks).join(" and ")} times, repaired ${repaired.map((one) => one.repaired).join(" and ")}, lost ${repaired.map((one) => one.lost).join(" and ")}`);
  for (const rate of rates) assert.ok(rate >= 5, `${rate} frames a second`);
  assert.ok(repaired.every((one) => one.nacks > 0 && one.repaired > 0), "what was lost was asked for and came again");

  const words = [];
  for (let n = 1; n <= 6; n++) {
    words.push(`Word ${n}`);
    await write(n % 2 ? patient : doctor, `Word ${n}`);
    await until("it to arrive", async () => (await said(n % 2 ? doctor : patient)).includes(`Word ${n}`));
  }
  for (const page of both) assert.deepEqual(await said(page), words);

  const before = await Promise.all(both.map(lines));
  relay.die();
  const died = Date.now();
  const back = both.map((page, at) => recovered(page, before[at], died));
  words.push("Are you still there?", "I hear nothing");
  await write(patient, "Are you still there?");
  await until("it to arrive", async () => (await said(doctor)).includes("Are you still there?"));
  await write(doctor, "I hear nothing");
  await doctor.locator("visit-note").getByLabel("Plan", { exact: true }).fill("Call back if the line stays bad");
  await until("the loss to be said", async () => (await room(patient).getAttribute("data-state")) !== "connected", 15);
  await picture(patient, "call-lost");
  const seconds = await Promise.all(back);
  t.diagnostic(`UDP dead: patient back after ${seconds[0].toFixed(1)} s, doctor after ${seconds[1].toFixed(1)} s`);
  for (const one of seconds) assert.ok(one < 15, `${one} s until the picture moved again`);
  for (const page of both) assert.equal((await lines(page)).transport, "tcp");
  await Promise.all(both.map((page) => seesAndHears(page)));

  await until("the rest to arrive", async () => (await said(patient)).length === words.length);
  for (const page of both) assert.deepEqual(await said(page), words);
  await doctor.locator("visit-note[data-saved=saved][data-dirty=false]").waitFor();
  await doctor.reload();
  assert.equal(await doctor.locator("visit-note").getByLabel("Plan", { exact: true }).inputValue(), "Call back if the line stays bad");
});
