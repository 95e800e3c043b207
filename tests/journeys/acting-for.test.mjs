// A parent keeps a child's record: chosen on a bar of every page, in two tabs at once; and two who wait for a doctor now, in one queue.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anotherWindow, noFaults, openBrowser, person, picture, signIn } from "./support/browser.mjs";
import { Hospital } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";

const PATIENT = "patient@demo.example", DOCTOR = "doctor@demo.example";
let hospital, browser;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const bar = (page) => page.getByRole("region", { name: "Whose record" });
const words = (page) => page.locator("main").innerText();

async function allergy(page, substance) {
  await page.goto("/record/allergies/new");
  await page.getByLabel("What are you allergic to?").fill(substance).catch(() => page.locator("[name=substance]").fill(substance));
}

test("a parent adds a child, keeps the child's record, and comes back to their own", { timeout: 180_000 }, async () => {
  const page = await person(browser, hospital);
  await signIn(page, PATIENT);
  await page.goto("/account/children");
  await page.getByLabel("The child’s full name").fill("Ayaan Rahman");
  const born = new Date().getFullYear() - 5;
  await page.locator("[name=birth_date_day]").fill("3");
  await page.locator("[name=birth_date_month]").fill("2");
  await page.locator("[name=birth_date_year]").fill(String(born));
  await page.getByRole("button", { name: "Add a child" }).click();
  await page.locator("li", { hasText: "Ayaan Rahman" }).getByRole("button", { name: "Open the record" }).press("Enter");
  await page.waitForURL(/\/record$/);
  assert.match(await bar(page).innerText(), /You act for somebody else/);
  assert.equal(await bar(page).locator("[aria-current=true]").innerText(), "Ayaan Rahman");
  await picture(page, "acting-for-record");
  assert.deepEqual(await examine(page), []);

  // Another tab goes back to the parent's own record; the child's form, open in this one, is still the child's.
  await allergy(page, "Peanut");
  const other = await anotherWindow(page);
  await other.goto("/record");
  await bar(other).getByRole("button", { name: /you/ }).click();
  await other.waitForURL(/\/record$/);
  assert.doesNotMatch(await bar(other).innerText(), /somebody else/);
  await page.locator("main form").getByRole("button").first().click();
  await page.waitForURL(/\/record/);
  assert.match(await words(page), /Peanut/);
  assert.match(await bar(page).innerText(), /You act for somebody else/, "what the form leads to is the child's");

  await page.goto("/home/patient");
  assert.match(await words(page), /For Ayaan/);
  assert.doesNotMatch(await words(page), /How was your visit/, "the parent's own are not here");
  await picture(page, "acting-for-home");
  assert.deepEqual(await examine(page), []);
  await page.goto("/prescriptions");
  assert.equal(await page.locator("main a[href^='/prescriptions/']").count(), 0, "the parent's are not the child's");
  await bar(page).getByRole("button", { name: /you/ }).click();
  await page.goto("/record");
  assert.doesNotMatch(await words(page), /Peanut/);
  noFaults(page, other);
});

test("the bar is whole on a phone, from right to left, and without scripts", { timeout: 120_000 }, async () => {
  const page = await person(browser, hospital, { width: 390, height: 844, scripts: false });
  await signIn(page, PATIENT);
  await page.goto("/record");
  await page.getByRole("button", { name: "العربية" }).last().click();
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  const bar = page.locator(".whose");
  await bar.getByRole("button", { name: "Ayaan Rahman" }).click();
  assert.equal(await bar.locator("[aria-current=true]").innerText(), "Ayaan Rahman");
  await picture(page, "acting-for-record-ar", [390]);
  await page.goto("/account/children");
  await picture(page, "acting-for-children-ar", [390]);
});

test("two who want a doctor now stand in one queue, the more urgent first", { timeout: 120_000 }, async () => {
  const doctor = await person(browser, hospital), first = await person(browser, hospital), second = await person(browser, hospital, { locale: "ar" });
  for (const page of [first, second]) {
    await page.goto("/emergency");
    await page.locator("main form").getByRole("button").first().click();
    await page.locator("form[action='/emergency/requests']").getByRole("button").click();
    await page.waitForURL(/\/emergency\/requests\//);
  }
  assert.match(await words(first), /You are next/);
  assert.match(await words(second), /قبلك شخص واحد/);
  await picture(first, "queue-next");
  await picture(second, "queue-behind-ar");
  assert.deepEqual(await examine(second), []);
  await signIn(doctor, DOCTOR);
  await doctor.goto("/doctor/urgent");
  assert.match(await words(doctor), /2 people wait for a doctor/);
  await picture(doctor, "queue-doctor");
  noFaults(first, second, doctor);
});
