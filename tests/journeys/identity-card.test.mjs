// The desk knows a patient by the card, anybody else reads nothing from it; a child whom two people added is found, and told apart.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { registered, signedIn } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture, signIn } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";

const PATIENT = "patient@demo.example", NURSE = "nurse@demo.example", ADMINISTRATOR = "admin@demo.example";
let hospital, browser, patient, nurse, client, address;

before(async () => {
  [hospital, browser] = await Promise.all([Hospital.open(), openBrowser()]);
  patient = await person(browser, hospital, { width: 390, height: 844 });
  nurse = await person(browser, hospital);
  client = await signedIn(hospital, PATIENT);
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const step = story();
const main = (page) => page.locator("main").innerText();

async function inArabic(page, path, name) {
  await page.context().addCookies([{ name: "locale", value: "ar", url: hospital.base }]);
  await page.goto(path);
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await picture(page, `${name}-ar`);
  assert.deepEqual(await examine(page), []);
  await page.context().clearCookies({ name: "locale" });
}

step("a patient finds the card in the menu, and it changes before it dies", async () => {
  await signIn(patient, PATIENT);
  await patient.locator(".menu summary").click();
  await patient.locator(".menu").getByRole("link", { name: "My card" }).click();
  await patient.waitForURL(/\/account\/card$/);
  const code = () => patient.locator("#card-code .id-card-code svg path").last().getAttribute("d");
  const first = await code();
  assert.match(await main(patient), /Good until \d+:\d\d/);
  await picture(patient, "card");
  assert.deepEqual(await examine(patient), []);
  // What the page does by itself after four minutes.
  await patient.locator("#card-code").evaluate((region) => region.refresh());
  await until("another code", async () => (await code()) !== first);
  await inArabic(patient, "/account/card", "card");
  const paper = await person(browser, hospital, { scripts: false });
  await paper.context().addCookies(await patient.context().cookies());
  await paper.goto("/account/card");
  assert.equal(await paper.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count(), 1, "without scripts the page loads itself again");
  await paper.context().close();
});

step("printed, it is a card for the wallet, shown once", async () => {
  await patient.goto("/account/card");
  await patient.getByRole("button", { name: "Make a printed card" }).click();
  await patient.getByRole("heading", { name: "Your printed card" }).waitFor();
  await picture(patient, "card-printed");
  assert.deepEqual(await examine(patient), []);
  await patient.emulateMedia({ media: "print" });
  await picture(patient, "card-on-paper", [1440]);
  await patient.emulateMedia({ media: "screen" });
});

step("whoever finds it reads nothing from it", async () => {
  const page = await person(browser, hospital);
  const mine = await patientId();
  address = (await client.expect(201, "POST", `/api/v1/patients/${mine}/cards`, { kind: "printed" })).address;
  const seen = [];
  for (const path of [new URL(address).pathname, `/c/${"x".repeat(43)}`]) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200);
    seen.push(await main(page));
  }
  assert.equal(seen[0], seen[1]);
  assert.match(seen[0], /This is a hospital card/);
  await picture(page, "card-found");
  assert.deepEqual(await examine(page), []);
  await page.context().close();
});

/** The patient's own id stands in the address of the form that prints. */
async function patientId() {
  await patient.goto("/account/card");
  return (await patient.locator('form[action$="/print"]').getAttribute("action")).split("/")[3];
}

step("the desk scans it, sees who it is, and says that they are here", async () => {
  await signIn(nurse, NURSE);
  await nurse.goto("/desk");
  await nurse.getByRole("link", { name: "Scan a card" }).click();
  await nurse.getByLabel("Code", { exact: true }).fill("Amina Rahman");
  await nurse.keyboard.press("Enter");
  await until("the refusal", async () => /This is not a card of this hospital/.test(await main(nurse)));
  assert.equal(await nurse.getByLabel("Code", { exact: true }).inputValue(), "Amina Rahman", "what was typed stays");
  await picture(nurse, "scan");
  assert.deepEqual(await examine(nurse), []);
  // A hand scanner types the address, and ends with Enter.
  await nurse.getByLabel("Code", { exact: true }).fill(address);
  await nurse.keyboard.press("Enter");
  await nurse.waitForURL(/\/c\//);
  const words = await main(nurse);
  assert.match(words, /Date of birth/);
  assert.match(words, /Appointments today/);
  await picture(nurse, "card-scanned");
  assert.deepEqual(await examine(nurse), []);
  const arrive = nurse.getByRole("button", { name: "Say that they are here" });
  if (await arrive.count()) {
    await arrive.first().click();
    await until("the word", async () => /Noted: the patient is here/.test(await nurse.locator("body").innerText()));
  }
  await inArabic(nurse, new URL(address).pathname, "card-scanned");
  await inArabic(nurse, "/desk/scan", "scan");
});

step("where the browser reads codes, the camera does it", async () => {
  const page = await person(browser, hospital);
  await page.context().addCookies(await nurse.context().cookies());
  await page.addInitScript((code) => {
    window.BarcodeDetector = class {
      static async getSupportedFormats() { return ["qr_code"]; }
      async detect(video) { return video.videoWidth > 0 ? [{ rawValue: code }] : []; }
    };
  }, address);
  await page.goto("/desk/scan");
  await page.getByRole("button", { name: "Use the camera" }).click();
  await page.waitForURL(/\/c\//);
  noFaults(page);
  await page.context().close();
});

step("its owner sees the scans and takes it back", async () => {
  await patient.goto("/account/card");
  const line = patient.locator("li", { hasText: "Printed card" });
  assert.match(await line.innerText(), /Scanned \d+ times/);
  await line.getByRole("button", { name: "Take back" }).click();
  await until("the word", async () => /It no longer works/.test(await patient.locator("body").innerText()));
  const answer = await nurse.goto(new URL(address).pathname);
  assert.equal(answer.status(), 404);
  assert.match(await main(nurse), /was taken back or replaced/);
  await picture(nurse, "card-dead", [1440]);
  await patient.goto("/record/access-log");
  assert.match(await main(patient), /Hospital card/);
  assert.match(await main(patient), /The front desk asked who you are/);
});

step("a child whom two people added is found, and told apart", async () => {
  const child = { full_name: "Zayn Al-Farouk", birth_date: "2021-03-09", relation: "parent" };
  await client.expect(201, "POST", "/api/v1/dependants", child);
  const other = await registered(hospital, { name: "Samira Farouk", email: "samira.farouk@example.org" });
  await other.expect(201, "POST", "/api/v1/dependants", { ...child, full_name: "Farouk Zayn", relation: "guardian" });
  const admin = await person(browser, hospital);
  await signIn(admin, ADMINISTRATOR);
  await until("the pair", async () => {
    await admin.goto("/admin/duplicates");
    return /Zayn Al-Farouk/.test(await main(admin));
  });
  const pair = admin.locator("section", { hasText: "Zayn Al-Farouk" });
  assert.match(await pair.innerText(), /Very likely one person/);
  await picture(admin, "duplicates");
  assert.deepEqual(await examine(admin), []);
  await inArabic(admin, "/admin/duplicates", "duplicates");
  await admin.goto("/admin/duplicates");
  await pair.getByRole("button", { name: "Not the same person" }).click();
  await until("the word", async () => /these are two people/.test(await admin.locator("body").innerText()));
  assert.equal(await pair.count(), 0);
  await admin.goto("/admin/duplicates?show=different");
  assert.equal(await pair.count(), 1);
  noFaults(admin);
});

step("the desk asks whether somebody is here already", async () => {
  await nurse.goto("/desk/people");
  await nurse.getByLabel("Full name").fill("Zain Alfarouk");
  await nurse.getByRole("button", { name: "Look" }).click();
  await until("the refusal", async () => /a name alone is not enough/.test(await main(nurse)));
  await nurse.getByLabel("Full name").fill("Zayn Farouk");
  await nurse.getByLabel("Day", { exact: true }).fill("9");
  await nurse.getByLabel("Month", { exact: true }).fill("3");
  await nurse.getByLabel("Year", { exact: true }).fill("2021");
  await nurse.getByRole("button", { name: "Look" }).click();
  await until("the answer", async () => /Who may be meant/.test(await main(nurse)));
  assert.match(await main(nurse), /Zayn Al-Farouk/);
  await picture(nurse, "find-person");
  assert.deepEqual(await examine(nurse), []);
  noFaults(patient);
});
