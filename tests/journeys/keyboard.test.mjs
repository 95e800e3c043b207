// From the search to the paid visit by keyboard alone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { noFaults, openBrowser, person } from "./support/browser.mjs";
import { Hospital, PASSWORD, story, until } from "./support/hospital.mjs";

const DOCTOR = "Dr Nusrat Rahman";
let hospital, browser, page, chosen;
const step = story();

before(async () => {
  hospital = await Hospital.open();
  browser = await openBrowser();
  page = await person(browser, hospital, { zone: "Asia/Dhaka" });
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** Presses Tab until the element has the focus, which must be seen; a trap or a gap ends the walk. */
async function tabTo(what, selector, words = "") {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(([wanted, text]) => {
      const at = document.activeElement;
      if (!at?.matches(wanted) || !(at.closest("a, button, label")?.textContent ?? "").includes(text)) return "";
      // The mark may be on the field itself, on the face of a hidden radio button, or around the whole cell.
      const seen = [at, at.nextElementSibling, at.parentElement].some((one) => one && getComputedStyle(one).outlineStyle !== "none");
      return at.matches(":focus-visible") && seen ? "seen" : "unseen";
    }, [selector, words]);
    if (!there) continue;
    assert.equal(there, "seen", `the focus on ${what} is visible`);
    return;
  }
  assert.fail(`${what} is not reached by Tab on ${page.url()}`);
}

/** Enter, and the page that follows. */
async function enter(address) {
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
}

step("the first Tab offers to skip to the content", async () => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
});

step("search, and open a doctor", async () => {
  await tabTo("the search", "#q");
  await page.keyboard.type("dermatologist, speaks Bangla, video");
  await enter(/\/doctors\?/);
  await tabTo("the doctor", ".result h2 a", DOCTOR);
  await enter(/\/doctors\/nusrat-rahman/);
});

step("choose a day and a time with the arrows", async () => {
  await tabTo("another day", "#book a.day:not([aria-current], .day-none)");
  await enter(/\/doctors\/nusrat-rahman\?/);
  await tabTo("the times", "#book input[name=starts_at]");
  const before = await page.evaluate(() => document.activeElement.value);
  await page.keyboard.press("ArrowRight");
  chosen = await page.evaluate(() => document.activeElement.value);
  assert.notEqual(chosen, before);
  assert.ok(await page.evaluate(() => document.activeElement.checked));
  await tabTo("the way on", "#book button[type=submit]");
  await enter(/\/sign-(in|up)/);
});

step("sign in and hold the time", async () => {
  if (page.url().includes("/sign-up")) {
    await tabTo("the way in for those who have an account", "main a[href^='/sign-in']");
    await enter(/\/sign-in/);
  }
  await tabTo("the address", "[name=identifier]");
  await page.keyboard.type("patient@demo.example");
  await tabTo("the password", "[name=password]");
  await page.keyboard.type(PASSWORD);
  await enter(/\/book\?/);
  assert.equal(await page.locator("input[name=starts_at]").inputValue(), chosen);
  await tabTo("the hold", "form[action='/book'] button[type=submit]");
  await enter(/\/checkout$/);
});

step("say why, and pay", async () => {
  await tabTo("the reason", "[name=reason]");
  await page.keyboard.type("A rash on both arms");
  await tabTo("the payment", "form[action$='/checkout'] button[type=submit]");
  await enter(/\/sandbox\/pay\//);
  await tabTo("the approval", "button[value=approve]");
  await page.keyboard.press("Space");
  await page.waitForURL(/\/(appointments|payments)\//);
  await until("the confirmation", async () => /Confirmed/.test(await page.locator("main").innerText()));
  noFaults(page);
});
