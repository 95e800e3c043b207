// A new doctor comes to the hospital through its real doors, and practises around the clock, so that somebody is free
// within minutes whatever the hour and wherever the test runs.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Paper } from "./forms.mjs";
import { PASSWORD } from "./hospital.mjs";

const ZONE = "Asia/Dhaka";
const ADMINISTRATOR = "admin@demo.example";
export const DOCTOR_PASSWORD = "a-quiet-harbour-at-dawn";
const PAPER = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

export async function signIn(hospital, identifier, { password = PASSWORD, secondFactor } = {}) {
  const paper = await new Paper(hospital.base).get("/sign-in");
  await paper.post(/^\/sign-in$/, { identifier, password });
  if (secondFactor) await paper.post(/second-factor$/, { code: secondFactor });
  return paper;
}

/** The six digits of an authenticator app for a secret as it is shown for typing. */
export function authenticatorCode(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, "").toUpperCase()].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const number = (hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

/** Invited by the administrator, with password and second factor; papers handed in, checked, and published. */
export async function openPractice(hospital, { name = "Dr Shirin Chowdhury", email = "shirin.chowdhury@practice.example" } = {}) {
  const administrator = await signIn(hospital, ADMINISTRATOR);
  await administrator.get("/admin/doctors/new");
  await administrator.post(/doctors\/new$/, { full_name: name, email, locale: "en", time_zone: ZONE });
  const { doctor, recoveryCodes } = await acceptInvitation(hospital, email);
  await handInProfile(doctor, name);
  await publish(administrator, name);
  return { name, email, slug: await offerTheWholeDay(doctor), recoveryCodes };
}

/** From the letter to the account: a password, and the second factor that staff must have. */
export async function acceptInvitation(hospital, email) {
  const letter = await hospital.letter(email, (one) => /\/invitations\//.test(one.text), "the invitation");
  const doctor = await new Paper(hospital.base).get(new URL(hospital.linkIn(letter, /http\S*\/invitations\/[^\s"<]+/)).pathname);
  await doctor.post(/\/invitations\//, { password: DOCTOR_PASSWORD });
  await doctor.get("/sign-in");
  await doctor.post(/^\/sign-in$/, { identifier: email, password: DOCTOR_PASSWORD });
  await doctor.get("/account/security/totp");
  const secret = doctor.html.match(/<code dir="ltr">([^<]+)<\/code>/)[1];
  await doctor.post(/\/totp$/, { code: authenticatorCode(secret) });
  const recoveryCodes = [...doctor.html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code]) => code);
  assert.ok(recoveryCodes.length > 3, "recovery codes are shown once");
  return { doctor, recoveryCodes };
}

export async function handInProfile(doctor, name) {
  await doctor.get("/doctor/profile");
  await doctor.post(/^\/doctor\/profile$/, {
    full_name: name, gender: "female", qualification: "MBBS, FCPS", registration_no: "A-48213", registration_body: "Bangladesh Medical and Dental Council",
    practising_since: "2009", biography: "Skin, hair and nails, for children and grown-ups.", specialties: ["dermatology"], languages: ["bn", "en"],
    city: "Dhaka", country: "BD", time_zone: ZONE,
  });
  for (const kind of ["licence", "identity"]) {
    await doctor.get("/doctor/profile");
    await doctor.post(/\/documents$/, { kind, file: new File([PAPER], `${kind}.pdf`, { type: "application/pdf" }) });
  }
  await doctor.get("/doctor/profile");
  await doctor.post(/\/submission$/, {});
}

async function publish(administrator, name) {
  await administrator.get(`/admin/doctors?status=&q=${encodeURIComponent(name.replace("Dr ", ""))}`);
  const page = administrator.html.match(/href="(\/admin\/doctors\/[0-9a-f-]{36})"/)[1];
  for (const kind of ["licence", "identity"]) {
    await administrator.get(page);
    await administrator.post(/\/checks$/, { kind, looked_at: "the council's register", outcome: "passed" });
  }
  await administrator.get(page);
  await administrator.post(/\/publication$/, {});
}

/** Ten minutes every five, from midnight to midnight, without lead; returns the doctor's public name in addresses. */
async function offerTheWholeDay(doctor) {
  await doctor.get("/doctor/availability");
  await doctor.post(/\/services$/, { mode: "video", duration_min: "10", grid_min: "5", price: "24", currency: "USD", buffer_before_min: "0", buffer_after_min: "0", lead_min: "0", horizon_days: "30" });
  await doctor.get("/doctor/availability");
  const week = { time_zone: ZONE };
  for (let day = 1; day <= 7; day++) Object.assign(week, { [`from-${day}-0`]: "00:00", [`until-${day}-0`]: "24:00" });
  await doctor.post(/\/week$/, week);
  await doctor.get("/doctor/profile");
  return doctor.html.match(/href="\/doctors\/([a-z0-9-]+)"/)[1];
}
