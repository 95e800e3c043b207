// The record grows: history by the patient, measurements over time, answers before the visit, and the doctor who accepts them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noFaults, openBrowser, person, picture, signIn } from "./support/browser.mjs";
import { Hospital } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";

const PATIENT = "patient@demo.example";
let hospital, browser;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const words = (page) => page.locator("main").innerText();

test("family and social history are written, changed and taken back, without scripts", { timeout: 120_000 }, async () => {
  const page = await person(browser, hospital, { scripts: false });
  await signIn(page, PATIENT);
  await page.goto("/record");
  await page.getByRole("link", { name: "Family history" }).click();
  await page.getByLabel("Who of the family").selectOption("MTH");
  await page.getByLabel("What they have or had").fill("heart attack");
  await page.getByRole("button", { name: "Look for a code" }).click();
  await page.getByText("(I21.9)").click();
  await page.getByLabel("Their age when it began").fill("58");
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await words(page), /Mother: heart attack/);
  await picture(page, "record-family");
  await page.goto("/record/social-history/alcohol");
  await page.getByRole("group", { name: /How often do you have a drink containing/ }).getByText("2 to 3 times a week").click();
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await words(page), /Choose an answer/);
  await page.getByRole("group", { name: /How many drinks/ }).getByText("3 or 4").click();
  await page.getByRole("group", { name: /six or more/ }).getByText("Less than monthly").click();
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await words(page), /AUDIT-C 5 of 12/);
  await picture(page, "record-social");
  await page.goto("/record/social-history/alcohol");
  await picture(page, "record-social-topic");
  await page.getByText("Entered in error").first().click();
  await page.getByLabel("What is wrong with it").fill("Another year");
  await page.getByRole("button", { name: "Entered in error" }).click();
  assert.match(await words(page), /The entry was taken back/);
});

test("measurements are drawn over time and an unusual one is asked about", { timeout: 120_000 }, async () => {
  const page = await person(browser, hospital);
  await signIn(page, PATIENT);
  for (const path of ["/record/family-history", "/record/social-history", "/record/social-history/alcohol"]) {
    await page.goto(path);
    assert.deepEqual(await examine(page), [], path);
  }
  await page.goto("/record/vitals/new");
  await page.getByLabel("Blood pressure, upper number").fill("172");
  await page.getByLabel("Blood pressure, lower number").fill("98");
  await page.getByLabel("Pulse").fill("170");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel(/I have looked again/).check();
  await picture(page, "record-vitals-ask");
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await words(page), /172\/98 mmHg/);
  await page.goto("/record/vitals?period=all");
  await picture(page, "record-vitals");
  assert.deepEqual(await examine(page), []);
  page.faults = page.faults.filter((line) => !/422/.test(line));
  noFaults(page);
});
