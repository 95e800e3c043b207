// Ways into the program: a phone number with a code, a forgotten password, a passkey.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { openBrowser, person } from "./support/browser.mjs";
import { Hospital, PASSWORD, story } from "./support/hospital.mjs";

const PHONE = "+8801711234567";
const OLD = "seven-herons-over-water", NEW = "a-lantern-in-the-orchard";
let hospital, browser, page;

before(async () => {
  hospital = await Hospital.open();
  browser = await openBrowser();
  page = await person(browser, hospital, { zone: "Asia/Dhaka" });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const step = story();
const main = () => page.locator("main");
const press = (name) => main().getByRole("button", { name, exact: typeof name === "string" }).click();

async function enter(page, identifier, password) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail or mobile number").fill(identifier);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.locator("main").getByRole("button", { name: "Sign in", exact: true }).click();
}
const signIn = (identifier, password) => enter(page, identifier, password);

async function signOut() {
  await page.context().clearCookies();
}

step("a patient signs up with a phone number and the code that was sent to it", async () => {
  await page.goto("/sign-up");
  await page.getByLabel("Full name").fill("Anika Sultana");
  await page.getByLabel("E-mail or mobile number").fill(PHONE);
  await page.getByLabel("Day", { exact: true }).fill("2");
  await page.getByLabel("Month", { exact: true }).fill("11");
  await page.getByLabel("Year", { exact: true }).fill("1991");
  await page.getByLabel("Password", { exact: true }).fill(OLD);
  await press("Send me a code");
  await page.waitForURL(/\/sign-up\/.+/);
  await page.getByLabel("Code").fill("000000");
  await press("Continue");
  await main().getByRole("alert").first().waitFor();
  await page.getByLabel("Code").fill(await hospital.code(PHONE));
  await press("Continue");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-up"));
  await signOut();
  await signIn(PHONE, OLD);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
});

step("a forgotten password is set anew with the link of a letter, which works once", async () => {
  const email = "patient@demo.example";
  await signOut();
  await page.goto("/sign-in");
  await main().getByRole("link", { name: /Forgot/ }).click();
  await page.waitForURL(/\/recovery/);
  await page.getByLabel("E-mail or mobile number").fill(email);
  await main().getByRole("button").first().click();
  const letter = await hospital.letter(email, (one) => /\/recovery\//.test(one.text), "the link");
  const link = new URL(hospital.linkIn(letter, /http\S*\/recovery\/[^\s"<]+/)).pathname;
  await page.goto(link);
  await page.locator("main input[type=password]").first().fill(NEW);
  await main().getByRole("button").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/recovery/"));

  await signOut();
  await signIn(email, PASSWORD);
  await main().getByRole("alert").first().waitFor();
  await signIn(email, NEW);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto(link);
  assert.equal(await page.locator("main input[type=password]").count(), 0, "the link is dead");
});

step("a passkey is added, and opens the program without a password", async () => {
  await signOut();
  // Browsers give no passkeys to IP addresses.
  const named = new URL(hospital.base);
  named.hostname = "localhost";
  const phone = await person(browser, { base: named.origin }, { width: 390, height: 844 });
  const authenticator = await phone.context().newCDPSession(phone);
  await authenticator.send("WebAuthn.enable");
  await authenticator.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  const opened = () => phone.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await enter(phone, PHONE, OLD);
  await opened();
  await phone.goto("/account/security");
  await phone.getByLabel("Name of the passkey").fill("My phone");
  const proof = phone.locator("#passkey-password");
  if (await proof.count()) await proof.fill(OLD);
  await phone.getByRole("button", { name: "Add a passkey" }).click();
  await phone.getByText("The passkey is added").waitFor();
  await phone.context().clearCookies();
  await phone.goto("/sign-in");
  await phone.getByRole("button", { name: /passkey/ }).click();
  await opened();
  await phone.context().close();
});
