// The hospital without JavaScript: everything but the call.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, person, signIn } from "./support/browser.mjs";
import { Hospital, until } from "./support/hospital.mjs";
import { acceptInvitation, handInProfile, openPractice } from "./support/practice.mjs";

const EMAIL = "karim.aziz@example.org";
let hospital, browser, practice;

before(async () => {
  hospital = await Hospital.open();
  [browser, practice] = await Promise.all([openBrowser(), openPractice(hospital)]);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const somebody = () => person(browser, hospital, { scripts: false });
const main = (page) => page.locator("main");
const press = (page, name) => main(page).getByRole("button", { name }).click();
const words = (page) => main(page).innerText();

test("a visitor searches, books, signs up, pays, and cancels with the money back", async () => {
  const page = await somebody();
  await page.goto("/");
  await page.getByLabel("Specialty, doctor or symptom").fill("dermatologist, speaks Bangla, video");
  await press(page, "Find care");
  await page.locator(".result", { hasText: practice.name }).getByRole("heading").getByRole("link").click();
  // Two days ahead everything comes back.
  await page.locator("#book a.day").nth(2).click();
  const time = page.locator("#book label.slot").last();
  const picked = (await time.innerText()).trim();
  await time.click();
  await press(page, /Continue/);
  if (page.url().includes("/sign-in")) await main(page).getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Full name").fill("Karim Aziz");
  await page.getByLabel("E-mail or mobile number").fill(EMAIL);
  for (const [part, value] of [["Day", "2"], ["Month", "11"], ["Year", "1979"]]) await page.getByLabel(part, { exact: true }).fill(value);
  await page.getByLabel("Password", { exact: true }).fill("seven-herons-over-water");
  await press(page, "Send me a code");
  await page.getByLabel("Code").fill(await hospital.code(EMAIL));
  await press(page, "Continue");
  assert.ok((await words(page)).includes(picked), `the picked time ${picked} is kept`);
  await press(page, "Hold this time");
  const appointment = page.url().match(/appointments\/([0-9a-f-]{36})\/checkout/)[1];
  assert.match(await words(page), /held for you until/);
  await press(page, /^Pay/);
  await press(page, "Approve the payment");
  await until("the confirmation", async () => {
    await page.goto(`/appointments/${appointment}`);
    return /Confirmed/.test(await words(page));
  });
  await main(page).getByRole("link", { name: "Cancel the appointment" }).click();
  assert.match(await words(page), /You get back\s+\$24\.00/);
  await press(page, "Cancel the appointment");
  assert.match(await words(page), /Cancelled/);
  await until("the refund", async () => {
    await page.goto("/bills");
    // The filter above the bills says "Refunded" as well.
    return /Credit note/.test(await words(page));
  });
});

test("a doctor edits week, days off and services", async () => {
  const page = await somebody();
  await signIn(page, "doctor@demo.example");
  await page.goto("/doctor/availability");
  await page.locator("#day-3 summary").click();
  await page.locator("#from-3-2").fill("23:15");
  await page.locator("#until-3-2").fill("00:00");
  const look = (form) => main(page).locator(`form[action$='/${form}'] button[type=submit]`).click();
  await look("week");
  assert.match(await words(page), /Open times of the next two weeks/, "what follows is shown first");
  await press(page, "Change something");
  assert.equal(await page.locator("#from-3-2").inputValue(), "23:15", "nothing that was typed is lost on the way back");
  await look("week");
  await press(page, "Save");
  assert.equal(await page.locator("#from-3-2").inputValue(), "23:15");
  assert.equal(await page.locator("#until-3-2").inputValue(), "00:00", "midnight is shown as it is typed");
  await look("week");
  await press(page, "Save");
  assert.equal(await page.locator(".field-bad").count(), 0, "what was saved can be saved again");

  await page.locator("#until-3-2").fill("");
  await look("week");
  assert.ok((await page.locator(".error-summary").count()) > 0, "half a window is refused");
  assert.equal(await page.locator("#from-3-2").inputValue(), "23:15", "what was typed is kept");

  await page.goto("/doctor/availability");
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("First day").fill(day);
  const before = await page.locator("form[action*='/removal']").count();
  await look("exceptions");
  await press(page, "Save");
  await until("the day off", async () => (await page.locator("form[action*='/removal']").count()) === before + 1);
});

test("an administrator creates a doctor, checks the papers, and publishes", async () => {
  const name = "Dr Laila Haque", email = "laila.haque@practice.example";
  const page = await somebody();
  await signIn(page, "admin@demo.example");
  await page.goto("/admin/doctors");
  await page.getByRole("link", { name: "Invite a doctor" }).first().click();
  await page.getByLabel("Full name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Time zone").selectOption("Asia/Dhaka");
  await main(page).locator("form[action='/admin/doctors/new'] button[type=submit]").click();
  const { doctor } = await acceptInvitation(hospital, email);
  await handInProfile(doctor, name);

  await page.goto(`/admin/doctors?q=${encodeURIComponent("Laila")}`);
  await main(page).getByRole("link", { name }).click();
  const own = page.url();
  assert.match(await words(page), /licence\.pdf/);
  for (const kind of ["licence", "identity"]) {
    await page.goto(own);
    await page.locator(`label:has(input[name=kind][value=${kind}])`).click();
    await page.getByLabel("Where it was looked up").fill("The council's register");
    await page.locator("label:has(input[name=outcome][value=passed])").click();
    await main(page).locator("form[action$='/checks'] button[type=submit]").click();
  }
  await main(page).locator("form[action$='/publication'] button").click();
  const visitor = await somebody();
  await visitor.goto(await main(page).locator("a[href^='/doctors/']").getAttribute("href"));
  assert.match(await words(visitor), /Dr Laila Haque[\s\S]*Licence A-48213, checked/);
});
