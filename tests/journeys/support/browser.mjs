// People in real browsers.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { PASSWORD, until } from "./hospital.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PICTURES = path.join(import.meta.dirname, "..", "screenshots");

/** Camera and microphone are invented. They are allowed to everyone, or, with `asks`, only to whom `allowed` gives them. `voice`: a recording
    that the microphone hears, again and again. */
export async function openBrowser({ asks = false, voice } = {}) {
  const executablePath = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));
  return chromium.launch({ executablePath, args: [...FLAGS, "--use-fake-device-for-media-stream", ...(asks ? [] : ["--use-fake-ui-for-media-stream"]), ...(voice ? [`--use-file-for-fake-audio-capture=${voice}`] : [])] });
}

/** A person with a browser profile of their own; every fault on the pages is kept in `person.faults`. */
export async function person(browser, hospital, { zone = "Europe/London", locale = "en", width = 1440, height = 900, scripts = true, allowed } = {}) {
  const context = await browser.newContext({ baseURL: hospital.base, timezoneId: zone, locale, viewport: { width, height }, javaScriptEnabled: scripts });
  context.setDefaultTimeout(20_000);
  if (allowed) await context.grantPermissions(allowed);
  if (scripts) await context.addInitScript(keepConnections);
  return watched(await context.newPage());
}

/** A second window of the same person. */
export async function anotherWindow(page) {
  return watched(await page.context().newPage());
}

function watched(page) {
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (line) => {
    if (line.type() === "error") page.faults.push(`${page.url()}: ${line.text()}`);
  });
  return page;
}

// Runs in the page: the test asks the browser's own connection what arrived.
function keepConnections() {
  const Real = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given);
      window.connections.push(this);
    }
  };
}

/** What the open connection of a page has decoded of the other side, and over which transport. */
export async function received(page) {
  return page.evaluate(async () => {
    const open = window.connections.filter((one) => one.connectionState === "connected").at(-1);
    const sum = { frames: 0, packets: 0, energy: 0, protocol: "" };
    const stats = [...((await open?.getStats())?.values() ?? [])];
    for (const one of stats) {
      if (one.type === "inbound-rtp" && one.kind === "video") sum.frames += one.framesDecoded ?? 0;
      if (one.type === "inbound-rtp" && one.kind === "audio") {
        sum.packets += one.packetsReceived ?? 0;
        sum.energy += one.totalAudioEnergy ?? 0;
      }
      if (one.type === "transport") {
        const pair = stats.find((other) => other.id === one.selectedCandidatePairId);
        sum.protocol = stats.find((other) => other.id === pair?.remoteCandidateId)?.protocol ?? "";
      }
    }
    return sum;
  });
}

/** Waits until more of the other's picture and sound arrives than had before; returns the last count. */
export async function seesAndHears(page, { picture = true, sound = true } = {}) {
  const before = await received(page);
  return until(`${page.url()} to decode ${picture ? "frames and " : ""}sound of the other`, async () => {
    const now = await received(page);
    const fresh = now.frames >= before.frames ? before : { frames: 0, packets: 0, energy: 0 };
    const seen = !picture || (now.frames > 0 && now.frames > fresh.frames + 5);
    const heard = !sound || (now.packets > fresh.packets + 10 && now.energy > fresh.energy);
    return seen && heard && now;
  }, 45);
}

export async function signIn(page, identifier, { password = PASSWORD, secondFactor } = {}) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail or mobile number").fill(identifier);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.locator("main").getByRole("button", { name: "Sign in", exact: true }).click();
  if (secondFactor) {
    await page.locator("[name=code]").fill(secondFactor);
    await page.locator("main").getByRole("button", { name: "Continue" }).click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** A picture for people to look at, when they ask for it. */
export async function picture(page, name, sizes = [1440, 390]) {
  if (!process.env.BEDSIDE_SCREENSHOTS) return;
  await mkdir(PICTURES, { recursive: true });
  const before = page.viewportSize();
  for (const width of sizes) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await page.waitForTimeout(200);
    await page.screenshot({ path: path.join(PICTURES, `${name}-${width}.png`), fullPage: !page.url().includes("/visits/") || width < 600 });
  }
  await page.setViewportSize(before);
}

export function noFaults(...pages) {
  for (const page of pages) assert.deepEqual(page.faults, [], "no errors in the console");
}
