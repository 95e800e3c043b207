// Nothing but the port of the pages is open: the call goes through it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noFaults, openBrowser, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital } from "./support/hospital.mjs";
import { inFrontOfTheRoom, join, lines } from "./support/rooms.mjs";

let hospital, browser;

before(async () => {
  hospital = await Hospital.open({ BEDSIDE_RTC_TRANSPORT: "web" });
  browser = await openBrowser();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

test("picture and sound go both ways through the port of the pages, and the page of the network says so", { timeout: 120_000 }, async () => {
  const { patient, doctor } = await inFrontOfTheRoom(hospital, browser);
  const both = [patient, doctor];
  await Promise.all(both.map(join));
  await Promise.all(both.map((page) => seesAndHears(page)));
  const web = Number(new URL(hospital.base).port);
  for (const page of both) {
    const { transport, port } = await lines(page);
    assert.deepEqual([transport, port], ["tcp", web]);
  }
  // Pages and news go on beside it.
  assert.equal((await fetch(`${hospital.base}/livez`)).status, 200);
  await patient.context().newPage().then(async (page) => {
    await page.goto("/network");
    await page.locator("network-check:not([data-state=trying])").waitFor({ timeout: 40_000 });
    const states = await page.locator("[data-hop]").evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.dataset.hop, row.dataset.state])));
    assert.deepEqual(states, { pages: "passes", live: "passes", udp: "unoffered", tcp: "unoffered", web: "passes" });
    await picture(page, "network");
  });
  noFaults(...both);
});
