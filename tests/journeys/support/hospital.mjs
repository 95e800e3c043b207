// A hospital of the test's own: the program with demonstration data in a folder that is gone afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

export const PASSWORD = "demo-Bedside-2026";

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Asks until the answer is true, and says what it was waiting for when it never is. */
export async function until(what, ask, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    assert.ok(Date.now() < end, `waited ${seconds} s for ${what}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** Steps of one story, in order: what comes after a step that failed cannot be told. */
export function story() {
  let broken = "";
  return (name, step) => test(name, async (t) => {
    if (broken) return t.skip(`after “${broken}” failed`);
    broken = name;
    await step(t);
    broken = "";
  });
}

export class Hospital {
  /** `settings`: environment variables, or what makes them of the port. */
  static async open(settings = {}) {
    assert.ok(process.env.BEDSIDE_BIN, "BEDSIDE_BIN names the program to test");
    const hospital = new Hospital();
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    hospital.base = `http://${address}`;
    hospital.folder = await mkdtemp(path.join(tmpdir(), "journey-"));
    const env = { ...process.env, BEDSIDE_ADDR: address, BEDSIDE_INTERNAL_ADDR: "off", BEDSIDE_DATA: path.join(hospital.folder, "data"), ...(typeof settings === "function" ? settings(port) : settings) };
    // The program refuses settings that it does not know.
    delete env.BEDSIDE_SCREENSHOTS;
    hospital.program = spawn(process.env.BEDSIDE_BIN, ["serve", "--demo"], { env, stdio: ["ignore", "pipe", "pipe"] });
    hospital.log = "";
    for (const stream of [hospital.program.stdout, hospital.program.stderr]) stream.on("data", (text) => (hospital.log += text));
    hospital.gone = new Promise((done) => hospital.program.once("exit", done));
    try {
      await until("the hospital to open", async () => {
        assert.equal(hospital.program.exitCode, null, `the program ended: ${hospital.log}`);
        return (await fetch(`${hospital.base}/readyz`).catch(() => ({ ok: false }))).ok;
      }, 120);
    } catch (error) {
      await hospital.close();
      throw error;
    }
    return hospital;
  }

  async close() {
    this.program.kill("SIGTERM");
    await this.gone;
    // As root, the database of a folder that its user cannot reach lies elsewhere; it goes with the folder.
    const elsewhere = await readFile(path.join(this.folder, "data", "postgres", "moved-to"), "utf8").catch(() => "");
    if (elsewhere.startsWith("/var/lib/bedside/postgres-")) await rm(elsewhere.trim(), { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What was sent to an address, newest first. */
  async letters(to) {
    const answer = await fetch(`${this.base}/dev/mailbox.json?to=${encodeURIComponent(to)}`);
    assert.equal(answer.status, 200);
    return (await answer.json()).items;
  }

  async letter(to, fits, what) {
    return until(`a letter to ${to}: ${what}`, async () => (await this.letters(to)).find(fits));
  }

  /** The newest one-time code sent to an address. */
  async code(to) {
    const letter = await this.letter(to, (one) => /\b\d{6}\b/.test(one.text), "a code");
    return letter.text.match(/\b\d{6}\b/)[0];
  }

  /** The path of the first link in a letter that fits. */
  linkIn(letter, pattern) {
    const found = letter.text.match(pattern);
    assert.ok(found, `a link like ${pattern} in: ${letter.text}`);
    return found[0];
  }
}
