// A visitor searches in plain words, and a patient signs in: in a real browser, on a server of the test's own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

let base, server, browser, data;
before(async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  base = `http://127.0.0.1:${port}`;
  data = await mkdtemp(path.join(tmpdir(), "journey-"));
  const env = { ...process.env, BEDSIDE_ADDR: `127.0.0.1:${port}`, BEDSIDE_INTERNAL_ADDR: "off", BEDSIDE_DATA: path.join(data, "data") };
  server = spawn(process.env.BEDSIDE_BIN, ["serve", "--demo"], { env, stdio: "ignore" });
  for (let tries = 0; tries < 240; tries++) {
    if ((await fetch(`${base}/readyz`).catch(() => ({ ok: false }))).ok) break;
    await new Promise((done) => setTimeout(done, 500));
  }
  const executablePath = [process.env.CHROME_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  if (server) {
    const gone = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await gone;
  }
  await rm(data, { recursive: true, force: true });
});

test("a visitor's plain words become filters, and doctors with times are shown", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/doctors?q=${encodeURIComponent("dermatologist, speaks Bangla, video")}`);
  assert.ok((await page.locator(".chip-remove").count()) >= 3);
  assert.match(await page.locator("main").innerText(), /Dermatology/);
});

test("a patient signs in and sees the own home", async () => {
  const page = await browser.newPage();
  await page.goto(`${base}/sign-in`);
  await page.fill("[name=identifier]", "patient@demo.example");
  await page.fill("[name=password]", "demo-Bedside-2026");
  await page.click("main button[type=submit]");
  await page.waitForURL("**/home/patient");
});
