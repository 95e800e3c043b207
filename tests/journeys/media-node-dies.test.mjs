// Calls on media nodes of their own: the node of a call is killed, and both sides are back on another.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { openBrowser, picture, seesAndHears } from "./support/browser.mjs";
import { freePort, Hospital, until } from "./support/hospital.mjs";
import { inFrontOfTheRoom, join, lines, recovered, room, said, write } from "./support/rooms.mjs";

const SECRET = "only-servers-and-nodes-know-this-0123456789";
let hospital, browser, nodes = [];

async function openNode() {
  const [control, udp, tcp] = [await freePort(), await freePort(), await freePort()];
  const env = { ...process.env, BEDSIDE_MEDIA_CONTROL: `127.0.0.1:${control}`, BEDSIDE_MEDIA_SECRET: SECRET, BEDSIDE_RTC_UDP: `127.0.0.1:${udp}`, BEDSIDE_RTC_TCP: `127.0.0.1:${tcp}` };
  delete env.BEDSIDE_SCREENSHOTS;
  const program = spawn(process.env.BEDSIDE_BIN, ["media"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const node = { program, url: `http://127.0.0.1:${control}`, ports: [udp, tcp], log: "" };
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => (node.log += text));
  await until("the node to be ready", () => {
    assert.equal(program.exitCode, null, `the node ended: ${node.log}`);
    return node.log.includes("media.ready");
  });
  return node;
}

before(async () => {
  nodes = [await openNode(), await openNode()];
  hospital = await Hospital.open({ BEDSIDE_MEDIA_OWN: "off", BEDSIDE_MEDIA_NODES: nodes.map((node) => node.url).join(","), BEDSIDE_MEDIA_SECRET: SECRET });
  browser = await openBrowser();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
  for (const { program } of nodes) program.kill("SIGKILL");
});

test("the node of a call is killed: both sides see each other on another within ten seconds", { timeout: 180_000 }, async (t) => {
  const { patient, doctor } = await inFrontOfTheRoom(hospital, browser);
  const both = [patient, doctor];
  await Promise.all(both.map(join));
  await Promise.all(both.map((page) => seesAndHears(page)));
  const before = await Promise.all(both.map(lines));
  const home = nodes.find((node) => node.ports.includes(before[0].port));
  assert.ok(home && home.ports.includes(before[1].port), "both are on one node");

  home.program.kill("SIGKILL");
  const died = Date.now();
  const back = both.map((page, at) => recovered(page, before[at], died));
  await write(patient, "Is it me or you?");
  await until("it to arrive", async () => (await said(doctor)).includes("Is it me or you?"));
  const seconds = await Promise.all(back);
  t.diagnostic(`node dead: patient back after ${seconds[0].toFixed(1)} s, doctor after ${seconds[1].toFixed(1)} s`);
  for (const one of seconds) assert.ok(one < 10, `${one} s until the picture moved again`);
  const other = nodes.find((node) => node !== home);
  for (const page of both) assert.ok(other.ports.includes((await lines(page)).port), "on the other node");
  await Promise.all(both.map((page) => seesAndHears(page)));
  assert.equal(await room(patient).getAttribute("data-state"), "connected");
  await picture(patient, "call-moved");
});
