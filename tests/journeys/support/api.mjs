// A client of the JSON API: it sends what api.md says, and nothing else.
import assert from "node:assert/strict";
import { Paper } from "./forms.mjs";
import { PASSWORD, until } from "./hospital.mjs";
import { DOCTOR_PASSWORD, signIn } from "./practice.mjs";

export const PATIENT_PASSWORD = "seven-herons-over-water";

export class Client {
  constructor(hospital, token) {
    this.hospital = hospital;
    this.token = token;
  }

  async call(method, path, body, headers = {}) {
    const answer = await fetch(`${this.hospital.base}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get("content-type") ?? "") && text ? JSON.parse(text) : undefined;
    return { status: answer.status, type: answer.headers.get("content-type"), body: json, text };
  }

  /** Calls, expects this status, and gives the body. */
  async expect(status, method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 400)}`);
    return answer.body;
  }

  /** Expects a refusal in the one shape there is, and gives it. */
  async refused(status, code, method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 400)}`);
    assert.match(answer.type, /^application\/problem\+json/);
    assert.equal(answer.body.status, status);
    assert.equal(answer.body.code, code);
    for (const field of ["type", "title"]) assert.equal(typeof answer.body[field], "string", field);
    return answer.body;
  }
}

export async function registered(hospital, { name, email, zone = "Europe/London" }) {
  const nobody = new Client(hospital);
  const begun = await nobody.expect(202, "POST", "/api/v1/registrations", { name, email, password: PATIENT_PASSWORD, locale: "en", time_zone: zone });
  assert.deepEqual(Object.keys(begun).sort(), ["channel", "expires_at", "id"]);
  const code = await hospital.code(email);
  const proved = await nobody.expect(201, "POST", `/api/v1/registrations/${begun.id}/verification`, { code });
  return Object.assign(new Client(hospital, proved.token), { email, accountId: proved.account_id, patientId: proved.patient_id });
}

export async function signedIn(hospital, identifier, { password = PASSWORD, secondFactor } = {}) {
  const nobody = new Client(hospital);
  const session = secondFactor
    ? await nobody.expect(202, "POST", "/api/v1/sessions", { identifier, password }).then(({ challenge }) => nobody.expect(201, "POST", `/api/v1/sessions/${challenge}/second-factor`, { code: secondFactor }))
    : await nobody.expect(201, "POST", "/api/v1/sessions", { identifier, password });
  return Object.assign(new Client(hospital, session.token), { roles: session.roles });
}

/** Free times of a doctor from `from` minutes on. */
export async function freeTimes(client, doctor, from, until = from + 60) {
  const at = (minutes) => encodeURIComponent(new Date(Date.now() + minutes * 60_000).toISOString());
  return (await client.expect(200, "GET", `/api/v1/doctors/${doctor}/slots?from=${at(from)}&to=${at(until)}&mode=video`)).items;
}

/** Answers the sandbox's page as a browser without scripts does. */
export async function approvePayment(hospital, checkoutUrl) {
  const page = await new Paper(hospital.base).get(new URL(checkoutUrl, hospital.base).pathname);
  await page.post(/sandbox\/pay/, { answer: "approve" });
}

/** A visit that has just begun: somebody booked, paid and arrived, and the doctor admitted. Both are signed in. */
export async function admitted(hospital, practice, { name = "Ruth Byrne", email = "ruth.byrne@example.org" } = {}) {
  const patient = await registered(hospital, { name, email });
  const [time] = await freeTimes(patient, practice.slug, 6, 14);
  const held = await patient.expect(201, "POST", "/api/v1/appointments", { doctor_id: practice.slug, starts_at: time.starts_at, mode: "video", reason: "A rash on both arms" });
  const payment = await patient.expect(201, "POST", `/api/v1/appointments/${held.id}/payments`, {});
  await approvePayment(hospital, payment.checkout_url);
  await until("the confirmation", async () => (await patient.expect(200, "GET", `/api/v1/appointments/${held.id}`)).status === "confirmed");
  await patient.expect(200, "POST", `/api/v1/appointments/${held.id}/arrival`, {});
  const doctor = await signedIn(hospital, practice.email, { password: DOCTOR_PASSWORD, secondFactor: practice.recoveryCodes.shift() });
  const { visit_id: visit } = await doctor.expect(201, "POST", `/api/v1/appointments/${held.id}/visit`, {});
  return {
    visit,
    patient: await signIn(hospital, email, { password: PATIENT_PASSWORD }),
    doctor: await signIn(hospital, practice.email, { password: DOCTOR_PASSWORD, secondFactor: practice.recoveryCodes.shift() }),
  };
}
