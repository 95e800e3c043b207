// From the search to the paid visit by keyboard alone; then the main action of every newer page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { noFaults, openBrowser, person } from "./support/browser.mjs";
import { Hospital, PASSWORD, story, until } from "./support/hospital.mjs";
import { signIn } from "./support/practice.mjs";

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
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(([wanted, text]) => {
      const at = document.activeElement;
      if (!at?.matches(wanted) || !(at.closest("a, button, label, summary")?.textContent ?? "").includes(text)) return "";
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

// The rest are tables of what is pressed: where somebody starts, what is reached by Tab and what is pressed there, and what then is seen.
const ACTIONS = {
  "patient@demo.example": [
    ["add a child", "/account/children", [["#full_name", "", "=Omar"], ["#birth_date", "", "=7"], ["#birth_date-month", "", "=4"], ["#birth_date-year", "", "=2020", "Enter"]], "Omar"],
    ["choose what to be told of", "/account/notifications", [["input[type=checkbox]", "In the app", "Space"], ["main button[type=submit]", "Save", "Enter"]], /kept|saved/i],
    ["open the own calendar", "/account/calendar", [["main button[type=submit]", "", "Enter"]], "Copy this address now"],
    ["leave a waiting list", "/waiting-list", [["main form button", "", "Space"]], "You have left the list"],
    ["say what is wrong in an emergency", "/emergency", [["input[name=flags]", "", "Space"], ["main button[type=submit]", "Continue", "Enter"]], /Call/],
  ],
  "doctor@demo.example": [
    ["be ready for urgent requests", "/doctor/urgent", [["#hours", "", "ArrowDown"], ["main button[type=submit]", "I am ready", "Enter"]], /ready until/i],
    ["say how urgent it is", "/doctor/waiting-list", [["select[name=acuity]", "", "ArrowUp"], ["main button[type=submit]", "Save", "Enter"]], "Waiting list"],
    ["unfold more hours, and see what they would change", "/doctor/availability", [["main summary", "More hours", "Enter"], ["[id=from-1-2]", ""], ["[id=until-1-2]", "", "Enter"]], /weeks/i],
    ["see whom a day off would hit", "/doctor/availability/day-off", [["#day", ""], ["main button[type=submit]", "Show", "Enter"]], "Call off a day"],
    ["be told what is missing of a calendar", "/doctor/calendars", [["#url", "", "=ftp://nowhere", "Enter"]], "There is a problem"],
    ["change what a cancellation costs", "/doctor/availability/rules", [["main a.btn", "Change", "Enter", ">/rules/"], ["#no_show", ""], ["main button[type=submit]", "Save", "Enter"]], /bookings from now on/],
    ["look at another month of earnings", "/earnings", [["main a.btn", "Earlier month", "Enter"]], "Later month"],
  ],
  "admin@demo.example": [
    ["narrow the overview of money", "/admin/money", [["#state", "", "ArrowDown"], ["main button[type=submit]", "Show", "Enter"]], "Takings"],
    ["go from a chart to its table", "/admin/money", [["main figure a", "table", "Enter"]], "By day"],
    ["compare a day again", "/admin/reconciliation", [["main table button", "", "Enter"]], "Reconciliation"],
    ["add a tax", "/admin/prices", [["main summary", "Add a tax", "Enter"], ["#country", "", "=BD"], ["#tax_name", "", "=Levy"], ["#rate", "", "=5", "Enter"]], "Levy"],
    ["try a commission", "/admin/commission", [["#percent", "", "=20"], ["main button[type=submit]", "Try", "Space"]], "$40.00"],
    ["pay the doctors", "/admin/payouts", [["main form button", "", "Enter"]], "Payouts"],
    ["read the lost disputes", "/admin/disputes", [["main .tabs a", "Lost", "Enter"]], "No disputes here"],
    ["be on duty", "/admin/urgent", [["main form button", "duty", "Enter"]], "Helen Ashworth"],
    ["judge an override", "/admin/urgent/review", [["main summary", "Judge", "Enter"], ["input[name=reason]", "", "=Rightly so"], ["main button[type=submit]", "Justified", "Enter"]], "Justified"],
    ["give and call a number", "/desk", [["main a", "Clinic", "Enter", ">/desk/places/"], ["main form button", "Give", "Enter"]], /A\d+/],
    ["look for letters", "/admin/deliveries", [["#channel", "", "ArrowDown"], ["main button[type=submit]", "Show", "Enter"]], "Letters"],
  ],
};

/** Presses what stands for it: a key, `=` and what is typed over what is there, or `>` and where it leads. */
async function press(key) {
  if (key.startsWith(">")) return page.waitForURL((url) => url.pathname.includes(key.slice(1)));
  if (!key.startsWith("=")) return page.keyboard.press(key);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(key.slice(1));
}

for (const [who, actions] of Object.entries(ACTIONS)) {
  test(`the newer pages of ${who}`, { timeout: 60_000 }, async () => {
    const paper = await signIn(hospital, who);
    page = await person(browser, hospital, { zone: "Asia/Dhaka" });
    await paper.handOver(page.context());
    for (const [what, start, presses, seen] of actions) {
      await page.goto(start);
      for (const [selector, words, ...keys] of presses) {
        await tabTo(`${what}: ${selector} ${words}`, selector, words);
        for (const key of keys) await press(key);
      }
      const text = page.locator("body").innerText.bind(page.locator("body"));
      await until(`${what}: ${seen}`, async () => (seen instanceof RegExp ? seen.test(await text()) : (await text()).includes(seen)), 10);
    }
    await page.context().close();
  });
}

test("the palette keeps the focus, and gives it back", async () => {
  const paper = await signIn(hospital, "admin@demo.example");
  page = await person(browser, hospital);
  await paper.handOver(page.context());
  await page.goto("/admin/money");
  await tabTo("the filter", "#state");
  await page.keyboard.press("Control+k");
  await until("the palette", () => page.evaluate(() => Boolean(document.activeElement.closest("dialog[open]"))));
  for (let presses = 0; presses < 4; presses++) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest("dialog[open]"))), "Tab stays in the dialog");
  }
  await page.keyboard.press("Escape");
  await until("the focus to be back", () => page.evaluate(() => document.activeElement.id === "state"));
  noFaults(page);
});
