// What is said is written down: by whom, with whose consent, and a draft of the note of which every sentence has a source.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { admitted } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { openPractice } from "./support/practice.mjs";
import { recording, wordErrors } from "./support/speech.mjs";

const step = story();
const SAID = {
  doctor: ["Good morning. What brings you here today?", "Your blood pressure is one hundred and thirty over eighty five.", "I think this is a migraine.", "Please take ibuprofen four hundred milligrams three times a day.", "Please come back in one week."],
  patient: ["I have had a headache for five days.", "I feel very tired in the morning.", "I am allergic to penicillin.", "The pain is worse at night."],
};
let hospital, folder, browsers, doctor, patient, going;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "voices-"));
  const voices = { doctor: path.join(folder, "doctor.wav"), patient: path.join(folder, "patient.wav") };
  await recording(voices.doctor, "rms", SAID.doctor);
  await recording(voices.patient, "slt", SAID.patient);
  hospital = await Hospital.open({ BEDSIDE_SPEECH: path.join(import.meta.dirname, "..", "..", ".cache", "speech") });
  browsers = { doctor: await openBrowser({ voice: voices.doctor }), patient: await openBrowser({ voice: voices.patient }) };
}, { timeout: 180_000 });
after(async () => {
  await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
  await hospital?.close();
  await rm(folder, { recursive: true, force: true });
});

const join = (page) => page.locator("video-visit [data-when=check] [data-part=join]").click();
const sign = (page) => page.locator("video-visit").getAttribute("data-transcript");

step("nobody is listened to before the patient agrees", async () => {
  const practice = await openPractice(hospital);
  going = await admitted(hospital, practice);
  const enter = async (browser, paper) => {
    const page = await person(browser, hospital);
    await paper.handOver(page.context());
    await page.goto(`/visits/${going.visit}`);
    return page;
  };
  patient = await enter(browsers.patient, going.patient);
  doctor = await enter(browsers.doctor, going.doctor);
  await Promise.all([join(patient), join(doctor)]);
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  await doctor.getByRole("button", { name: "Write down what is said" }).click();
  const question = patient.getByRole("dialog", { name: /would like to have written down what is said/ });
  await question.waitFor();
  await picture(patient, "scribe-question");
  await new Promise((done) => setTimeout(done, 3000));
  assert.equal((await api("doctor", "GET", "/transcript")).segments.length, 0, "nothing before the answer");
  await question.getByRole("button", { name: "Yes, write it down" }).click();
  await until("the sign on both sides", async () => (await sign(patient)) === "running" && (await sign(doctor)) === "running");
});

async function api(who, method, rest, body) {
  const page = who === "doctor" ? doctor : patient;
  return page.evaluate(async ([method, url, body]) => {
    const csrf = document.querySelector("video-visit")?.dataset.csrf ?? "";
    const answer = await fetch(url, { method, headers: { accept: "application/json", "content-type": "application/json", "x-csrf-token": csrf }, body });
    return answer.json();
  }, [method, `/api/v1/visits/${going.visit}${rest}`, body === undefined ? undefined : JSON.stringify(body)]);
}

step("each speaker's words stand under their own name, and as captions in the room", async (t) => {
  const heard = async (who) => (await api("doctor", "GET", "/transcript")).segments.filter((one) => one.from === who).map((one) => one.text);
  const begun = Date.now();
  await until("both to have said everything", async () => {
    const [theirs, mine] = [await heard("doctor"), await heard("patient")];
    return theirs.length > SAID.doctor.length + 2 && mine.length > SAID.patient.length + 2;
  }, 150);
  t.diagnostic(`everything was said and written down after ${Math.round((Date.now() - begun) / 1000)} s`);
  for (const who of ["doctor", "patient"]) {
    const texts = await heard(who);
    // The recording comes round again and again: each sentence counts as it was understood best.
    const errors = SAID[who].map((sentence) => wordErrors(sentence, texts.join(" ")));
    const wrong = errors.reduce((sum, one) => sum + one.wrong, 0), said = errors.reduce((sum, one) => sum + one.said, 0);
    t.diagnostic(`${who}: ${wrong} of ${said} words wrong (${(100 * wrong / said).toFixed(1)} %), synthetic voice: ${texts.join(" | ")}`);
    assert.ok(wrong / said < 0.25, `${who}: ${wrong} of ${said}: ${texts.join(" | ")}`);
  }
  const [theirs, mine] = [(await heard("doctor")).join(" ").toLowerCase(), (await heard("patient")).join(" ").toLowerCase()];
  assert.match(mine, /headache|penicillin/);
  assert.doesNotMatch(theirs, /headache|penicillin/);
  assert.match(theirs, /week/);
  assert.doesNotMatch(mine, /week/);
  for (const page of [patient, doctor]) await page.locator(".captions li").last().waitFor();
  await picture(patient, "scribe-captions");
});

step("what is said in a pause is not kept, and whoever paused goes on", async () => {
  await patient.getByRole("button", { name: "Pause writing down" }).click();
  await until("the pause on both sides", async () => (await sign(doctor)) === "paused");
  await new Promise((done) => setTimeout(done, 1500));
  const before = (await api("doctor", "GET", "/transcript")).segments.length;
  await new Promise((done) => setTimeout(done, 6000));
  assert.equal((await api("doctor", "GET", "/transcript")).segments.length, before);
  assert.equal(await doctor.getByRole("button", { name: "Go on writing down" }).count(), 0);
  await patient.getByRole("button", { name: "Go on writing down" }).click();
  await until("more to be written down", async () => (await api("doctor", "GET", "/transcript")).segments.length > before, 60);
});

step("every sentence of the draft leads to the words it came from, and the chosen ones go into the note", async (t) => {
  const draft = await api("doctor", "GET", "/draft");
  const { segments } = await api("doctor", "GET", "/transcript");
  assert.ok(draft.sentences.length >= 5, JSON.stringify(draft));
  for (const sentence of draft.sentences) {
    assert.ok(sentence.sources.length > 0, sentence.text);
    const source = segments.filter((one) => sentence.sources.includes(one.number)).map((one) => one.text).join(" ");
    for (const quoted of sentence.text.match(/“[^”]+”/g) ?? [`“${sentence.text}”`]) assert.ok(source.includes(quoted.slice(1, -1)), `${sentence.text} ← ${source}`);
  }
  t.diagnostic(`${draft.sentences.length} sentences, ${draft.omissions.length} left out; doubts: ${JSON.stringify(draft.sentences.flatMap((one) => one.doubts).slice(0, 6))}`);
  const panel = doctor.locator("visit-draft #draft-panel");
  await panel.waitFor({ timeout: 30_000 });
  await panel.locator(".draft-row").first().waitFor();
  await panel.getByRole("button", { name: "Put the chosen into the note" }).focus();
  await panel.locator(".draft-sources a").first().click();
  await panel.locator(".said-line:target").waitFor();
  await picture(doctor, "scribe-draft");
  await panel.getByRole("button", { name: "Put the chosen into the note" }).click();
  await until("the note to be saved with it", async () => {
    const note = await api("doctor", "GET", "/note");
    return /headache|tired|penicillin|pain/i.test(`${note.reason} ${note.history}`);
  });
  assert.deepEqual(await examine(doctor), [], "the workspace with the draft");
  noFaults(patient, doctor);
});

step("the patient reads what was said, takes the consent back, and it is gone", async () => {
  assert.equal(await patient.getByRole("link", { name: "What was said" }).getAttribute("href"), `/visits/${going.visit}/transcript`);
  await patient.goto(`/visits/${going.visit}/transcript`);
  await patient.getByText("What is said is being written down.").waitFor();
  assert.deepEqual(await examine(patient), [], "the page of the transcript");
  await picture(patient, "scribe-transcript");
  await patient.getByRole("button", { name: "Delete what was written down" }).click();
  await patient.getByText("What was written down is deleted.").waitFor();
  assert.equal(await patient.locator(".said-line").count(), 0);
  assert.equal((await api("doctor", "GET", "/transcript")).segments.length, 0);
  await until("the doctor to see it", async () => (await sign(doctor)) === "ended");
});
