// Where sound would leave the hospital, both read to whom before they answer; and no is no.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { admitted } from "./support/api.mjs";
import { noFaults, openBrowser, person, picture, seesAndHears } from "./support/browser.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { examine } from "./support/pages.mjs";
import { openPractice } from "./support/practice.mjs";

const step = story();
const NAMED = "Amazon Transcribe in Germany (eu-central-1)";
let hospital, browser, doctor, patient;

before(async () => {
  // Nobody is at this address, and nobody is called: nothing is agreed to.
  hospital = await Hospital.open({
    BEDSIDE_SPEECH: "off",
    BEDSIDE_SPEECH_AMAZON_REGION: "eu-central-1",
    BEDSIDE_SPEECH_AMAZON_LANGUAGES: "ar-AE,fr-FR",
    BEDSIDE_SPEECH_AMAZON_KEY: "AKIDEXAMPLE",
    BEDSIDE_SPEECH_AMAZON_SECRET: "none",
    BEDSIDE_SPEECH_AMAZON_URL: "ws://127.0.0.1:9",
  });
  browser = await openBrowser();
}, { timeout: 180_000 });
after(async () => {
  await browser?.close();
  await hospital?.close();
});

const join = (page) => page.locator("video-visit [data-when=check] [data-part=join]").click();
const sign = (page) => page.locator("video-visit").getAttribute("data-transcript");

step("the doctor chooses a language and reads who would be sent the sound", async () => {
  const practice = await openPractice(hospital);
  const going = await admitted(hospital, practice);
  const enter = async (paper) => {
    const page = await person(browser, hospital);
    await paper.handOver(page.context());
    await page.goto(`/visits/${going.visit}`);
    return page;
  };
  patient = await enter(going.patient);
  doctor = await enter(going.doctor);
  await Promise.all([join(patient), join(doctor)]);
  await Promise.all([seesAndHears(patient), seesAndHears(doctor)]);
  await doctor.getByRole("button", { name: "Write down what is said" }).click();
  const offer = doctor.getByRole("dialog", { name: "In which language do you talk?" });
  await offer.waitFor();
  assert.equal(await sign(doctor), null, "nobody is asked yet");
  await offer.getByText(`Arabic, by ${NAMED}`).click();
  await offer.getByText("is sent as sound to").first().waitFor();
  assert.deepEqual(await examine(doctor), [], "the choice");
  await picture(doctor, "scribe-outside-choice");
  await offer.locator("details[open]").getByRole("button", { name: "Ask the patient" }).click();
  await until("the choice to go", async () => await offer.isHidden());
});

step("the patient reads it, too, says no, and nobody is listened to", async () => {
  const question = patient.getByRole("dialog", { name: /would like to have written down what is said/ });
  await question.getByText(NAMED).waitFor();
  assert.match(await question.textContent(), /in Arabic/);
  assert.deepEqual(await examine(patient), [], "the question");
  await picture(patient, "scribe-outside-question");
  await patient.setViewportSize({ width: 390, height: 844 });
  await picture(patient, "scribe-outside-question-narrow");
  await question.getByRole("button", { name: "No", exact: true }).click();
  await until("the no on both sides", async () => (await sign(patient)) === "ended" && (await sign(doctor)) === "ended");
  noFaults(patient, doctor);
});
