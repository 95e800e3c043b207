// Every page of everybody, wide and narrow, in both directions of writing: no barriers, nothing cut off, no dead links, no errors.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { admitted, freeTimes, signedIn } from "./support/api.mjs";
import { anotherWindow, openBrowser, person, picture, seesAndHears } from "./support/browser.mjs";
import { Paper } from "./support/forms.mjs";
import { Hospital } from "./support/hospital.mjs";
import { examine, walk } from "./support/pages.mjs";
import { openPractice, signIn } from "./support/practice.mjs";

const PEOPLE = { visitor: "", patient: "patient@demo.example", doctor: "doctor@demo.example", administrator: "admin@demo.example" };
// Fewer than these would mean that the walk has lost its way.
const AT_LEAST = { visitor: 14, patient: 22, doctor: 18, administrator: 16 };
// What people look at when they ask for pictures.
const PICTURES = { "/": "landing", "/doctors": "search", "/home/patient": "patient-home", "/doctor": "doctor-day", "/admin": "admin" };
const more = { visitor: ["/doctors?q=nobody+at+all", "/no-such-page"], patient: [], doctor: [], administrator: ["/admin/record-joins", "/admin/record-joins/new"] };
const examined = new Set();
let hospital, browser, practice;

before(async () => {
  hospital = await Hospital.open();
  browser = await openBrowser();
  practice = await openPractice(hospital);
  await letThingsHappen();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

/** Some pages are only there while something goes on: a hold, a payment, a visit, a letter on its way. */
async function letThingsHappen() {
  const patient = await signedIn(hospital, PEOPLE.patient);
  const [time] = await freeTimes(patient, practice.slug, 120, 240);
  const held = await patient.expect(201, "POST", "/api/v1/appointments", { doctor_id: practice.slug, starts_at: time.starts_at, mode: "video" });
  const payment = await patient.expect(201, "POST", `/api/v1/appointments/${held.id}/payments`, {});
  more.patient.push(`/appointments/${held.id}/checkout`, `/payments/${payment.id}/return`, new URL(payment.checkout_url, hospital.base).pathname);

  const { items } = await patient.expect(200, "GET", "/api/v1/appointments?limit=100");
  const due = items.find((one) => one.status === "confirmed");
  more.patient.push(...["", "/cancellation", "/rescheduling", "/waiting-room", "/intake"].map((part) => `/appointments/${due.id}${part}`));

  const doctor = await signedIn(hospital, PEOPLE.doctor);
  const today = await doctor.expect(200, "GET", "/api/v1/appointments?limit=100");
  const waiting = today.items.find((one) => one.visit_status === "waiting");
  const visit = await doctor.expect(201, "POST", `/api/v1/appointments/${waiting.id}/visit`, {});
  more.doctor.push(`/visits/${visit.visit_id}`, `/visits/${visit.visit_id}/prescription`, `/visits/${visit.visit_id}/shows`, `/visits/${visit.visit_id}/shown`);
  more.visitor.push(`/photos/${"0".repeat(64)}`);

  more.doctor.push(`/doctor/appointments/${waiting.id}/intake`);

  const written = (text) => ({ subject: "The cream", message: { client_id: crypto.randomUUID(), text } });
  const met = await doctor.expect(200, "GET", `/api/v1/appointments/${waiting.id}`);
  const begun = await doctor.expect(201, "POST", `/api/v1/patients/${met.patient_id}/threads`, written("Put it on in the evening"));
  await doctor.expect(201, "POST", `/api/v1/threads/${begun.thread_id}/e-visits`, { amount: 500 });
  more.doctor.push(`/doctor/messages/${begun.thread_id}`, `/doctor/patients/${met.patient_id}/messages/new`, "/doctor/messages?show=all");
  const agreed = await patient.expect(200, "GET", `/api/v1/appointments/${due.id}`);
  const asked = await patient.expect(201, "POST", `/api/v1/patients/${agreed.patient_id}/threads`, { doctor_id: agreed.doctor_id, ...written("May I swim?") });
  more.patient.push(`/messages/${asked.thread_id}`);

  const forgetful = await new Paper(hospital.base).get("/recovery");
  await forgetful.post(/recovery/, { address: practice.email });
  const letter = await hospital.letter(practice.email, (one) => /\/recovery\//.test(one.text), "the way back in");
  more.visitor.push(new URL(hospital.linkIn(letter, /http\S*\/recovery\/[^\s"<]+/)).pathname);
}

async function enter(role) {
  const paper = PEOPLE[role] ? await signIn(hospital, PEOPLE[role]) : await new Paper(hospital.base).get("/");
  const first = await person(browser, hospital, { zone: "Asia/Dhaka" });
  const windows = [first, ...(await Promise.all([1, 2].map(() => anotherWindow(first))))];
  return { paper, context: first.context(), windows };
}

async function examinePage(page, path, role, language) {
  const wrong = [];
  page.faults.length = 0;
  await page.setViewportSize({ width: 1440, height: 900 });
  const answer = await page.goto(path);
  assert.equal(await page.locator("html").getAttribute("lang"), language, path);
  const name = role === "visitor" || !["/", "/doctors"].includes(path) ? PICTURES[path] : undefined;
  if (name) await picture(page, `${name}-${language}`);
  for (const [width, axe] of [[1440, true], [390, true], [320, false]]) {
    await page.setViewportSize({ width, height: 844 });
    for (const one of await examine(page, { axe })) wrong.push(`${path} [${language}, ${width}] ${one}`);
  }
  // That a page is not there is said by its status as well; that is no fault of the page.
  const faults = page.faults.filter((line) => answer.status() < 400 || !/Failed to load resource/.test(line));
  return [...wrong, ...faults.map((line) => `${path} [${language}] console: ${line}`)];
}

for (const role of Object.keys(PEOPLE)) {
  test(`the pages of the ${role}`, { timeout: 300_000 }, async (t) => {
    const { paper, context, windows } = await enter(role);
    const { pages, dead, kindOf } = await walk(hospital, paper, more[role]);
    t.diagnostic(`${pages.length} pages: ${pages.join(" ")}`);
    assert.ok(pages.length >= AT_LEAST[role], `${pages.length} pages found`);
    const wrong = dead.map((link) => `dead link: ${link}`);
    // What a visitor sees is examined once; for others only the way in differs.
    const own = pages.filter((path) => role === "visitor" || ["/", "/doctors"].includes(path) || !examined.has(kindOf(path)));
    own.forEach((path) => examined.add(kindOf(path)));
    for (const language of ["en", "ar"]) {
      await paper.get("/about");
      if (!paper.html.includes(`<html lang="${language}"`)) await paper.post(/^\/locale$/, { locale: language });
      await paper.handOver(context);
      const waiting = [...own];
      await Promise.all(windows.map(async (page) => {
        for (let path = waiting.shift(); path; path = waiting.shift()) wrong.push(...(await examinePage(page, path, role, language)));
      }));
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}

test("the room, from both sides", { timeout: 120_000 }, async () => {
  const going = await admitted(hospital, practice);
  const sides = await Promise.all([going.patient, going.doctor].map(async (paper) => {
    const page = await person(browser, hospital);
    await paper.handOver(page.context());
    await page.goto(`/visits/${going.visit}`);
    return page;
  }));
  const wrong = [];
  const look = async (when) => {
    for (const page of sides) {
      for (const width of [1440, 390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        for (const one of await examine(page)) wrong.push(`${when} [${width}] ${one}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  };
  await look("before the call");
  for (const page of sides) await page.locator("video-visit [data-when=check] [data-part=join]").click();
  for (const page of sides) await seesAndHears(page);
  for (const page of sides) await page.locator("[data-part=chat-toggle]").click();
  await look("in the call");
  for (const page of sides) wrong.push(...page.faults);
  assert.deepEqual(wrong, []);
});
