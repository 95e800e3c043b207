// The whole visit once more, through the JSON API alone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { approvePayment, Client, freeTimes, registered, signedIn } from "./support/api.mjs";
import { Hospital, story, until } from "./support/hospital.mjs";
import { DOCTOR_PASSWORD, openPractice } from "./support/practice.mjs";

let hospital, practice, nobody, patient, other, doctor, found, appointment, visit, prescription;
const step = story();
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  hospital = await Hospital.open();
  practice = await openPractice(hospital);
  nobody = new Client(hospital);
}, { timeout: 180_000 });
after(() => hospital?.close());

step("a patient registers with a code; a known address gets the same answer", async () => {
  patient = await registered(hospital, { name: "Ruth Byrne", email: "ruth.byrne@example.org" });
  other = await registered(hospital, { name: "Karim Aziz", email: "karim.aziz@example.org", zone: "Asia/Dhaka" });
  const again = await nobody.expect(202, "POST", "/api/v1/registrations", { name: "Somebody", email: "ruth.byrne@example.org", password: "another-long-password", locale: "en", time_zone: "UTC" });
  assert.deepEqual(Object.keys(again).sort(), ["channel", "expires_at", "id"]);
  const session = await nobody.expect(201, "POST", "/api/v1/sessions", { identifier: "ruth.byrne@example.org", password: "seven-herons-over-water" });
  assert.deepEqual(session.roles, ["patient"]);
  const stranger = await nobody.call("GET", "/api/v1/appointments");
  assert.deepEqual([stranger.status, stranger.type], [401, "application/problem+json"]);
  const wrong = await nobody.call("POST", "/api/v1/sessions", { identifier: "ruth.byrne@example.org", password: "not-the-password" });
  assert.equal(wrong.status, 401);
});

step("bad input names its fields; unknown fields are refused", async () => {
  const problem = await nobody.refused(422, "invalid", "POST", "/api/v1/registrations", { name: "", email: "nobody", password: "short", locale: "en", time_zone: "UTC" });
  assert.ok(problem.errors.length >= 2 && problem.errors.every((error) => error.field && error.message), JSON.stringify(problem.errors));
  const unknown = await nobody.call("POST", "/api/v1/registrations", { name: "A", email: "a@example.org", password: "a-long-enough-password", locale: "en", time_zone: "UTC", shoe_size: 43 });
  assert.equal(unknown.status, 422);
});

step("a doctor is found by wishes, with next times and price", async () => {
  const list = await nobody.expect(200, "GET", "/api/v1/doctors?specialty=dermatology&language=bn&mode=video&sort=soonest&limit=100");
  found = list.items.find((one) => one.slug === practice.slug);
  assert.ok(found, `${practice.slug} among ${list.items.map((one) => one.slug)}`);
  for (const field of ["id", "name", "specialties", "languages", "fees", "rating", "reviews", "licence_checked_on", "distance_m", "next_slots"]) assert.ok(field in found, field);
  assert.ok(found.next_slots.length > 0);
  assert.deepEqual(found.fees[0].price, { amount: 2400, currency: "USD" });
  const first = await nobody.expect(200, "GET", "/api/v1/doctors?limit=5");
  assert.equal(first.items.length, 5);
  const second = await nobody.expect(200, "GET", `/api/v1/doctors?limit=5&cursor=${encodeURIComponent(first.next_cursor)}`);
  assert.ok(second.items.every((one) => first.items.every((before) => before.id !== one.id)), "pages do not overlap");
  const later = await nobody.expect(200, "GET", `/api/v1/doctors?specialty=dermatology&from=${encodeURIComponent(new Date().toISOString())}&limit=100`);
  assert.ok(later.items.length > 0, "from alone has no end");
});

step("a time is held once: a replay answers the same, another person gets 409 with alternatives", async () => {
  const [time] = await freeTimes(nobody, found.id, 6, 14);
  assert.deepEqual([time.mode, time.price], ["video", { amount: 2400, currency: "USD" }]);
  const wish = { doctor_id: found.id, starts_at: time.starts_at, mode: "video", reason: "A rash on both arms" };
  await nobody.call("POST", "/api/v1/appointments", wish).then((answer) => assert.equal(answer.status, 401));
  const key = { "idempotency-key": "hold-1" };
  appointment = await patient.expect(201, "POST", "/api/v1/appointments", wish, key);
  assert.equal(appointment.status, "held");
  assert.ok(new Date(appointment.hold_expires_at) > new Date());
  const replay = await patient.expect(201, "POST", "/api/v1/appointments", wish, key);
  assert.deepEqual(replay, appointment);
  const changed = await patient.call("POST", "/api/v1/appointments", { ...wish, reason: "Something else" }, key);
  assert.equal(changed.status, 422);
  const taken = await other.refused(409, "slot_taken", "POST", "/api/v1/appointments", wish);
  assert.ok((taken.alternatives ?? taken.facts?.alternatives)?.length > 0, JSON.stringify(taken));
  const open = await freeTimes(nobody, found.id, 0, 60);
  assert.ok(open.every((one) => one.starts_at !== time.starts_at), "what is held is not offered");
});

step("what belongs to somebody else is absent", async () => {
  const absent = await other.refused(404, "not_found", "GET", "/api/v1/appointments/01920000-0000-7000-8000-000000000000");
  const foreign = await other.refused(404, "not_found", "GET", `/api/v1/appointments/${appointment.id}`);
  const same = ({ request_id, ...rest }) => rest;
  assert.deepEqual(same(foreign), same(absent));
  await other.refused(404, "not_found", "POST", `/api/v1/appointments/${appointment.id}/payments`, {});
  await other.refused(404, "not_found", "POST", `/api/v1/appointments/${appointment.id}/cancellation`, {});
  await other.refused(404, "not_found", "GET", `/api/v1/patients/${patient.patientId}/allergies`);
});

step("it is paid on the gateway's own page and confirmed by its webhook", async () => {
  const payment = await patient.expect(201, "POST", `/api/v1/appointments/${appointment.id}/payments`, {});
  assert.ok(payment.id && payment.status && payment.checkout_url);
  const again = await patient.call("POST", `/api/v1/appointments/${appointment.id}/payments`, {});
  assert.equal(again.body.id, payment.id, "the same open payment");
  await approvePayment(hospital, payment.checkout_url);
  const paid = await until("the confirmation", async () => {
    const now = await patient.expect(200, "GET", `/api/v1/appointments/${appointment.id}`);
    return now.status === "confirmed" && now;
  });
  assert.deepEqual([paid.payment_status, paid.visit_status], ["captured", "not_open"]);
});

step("the patient arrives, and the doctor admits", async () => {
  doctor = await signedIn(hospital, practice.email, { password: DOCTOR_PASSWORD, secondFactor: practice.recoveryCodes[0] });
  const early = await doctor.call("POST", `/api/v1/appointments/${appointment.id}/visit`, {});
  assert.equal(early.status, 409, "nobody waits yet");
  const place = await patient.expect(200, "POST", `/api/v1/appointments/${appointment.id}/arrival`, {});
  assert.equal(place.queue_position, 1);
  assert.ok(place.wait_min <= place.wait_max);
  const refused = await patient.call("POST", `/api/v1/appointments/${appointment.id}/visit`, {});
  assert.ok([403, 404].includes(refused.status), "patients do not admit");
  visit = (await doctor.expect(201, "POST", `/api/v1/appointments/${appointment.id}/visit`, {})).visit_id;
});

step("both get a ticket to the room, nobody else does", async () => {
  for (const side of [patient, doctor]) {
    const ticket = await side.expect(201, "POST", `/api/v1/visits/${visit}/room-tokens`, {});
    assert.ok(ticket.token && ticket.url && new Date(ticket.expires_at) > new Date());
  }
  await other.refused(404, "not_found", "POST", `/api/v1/visits/${visit}/room-tokens`, {});
});

step("the note is kept with versions, and the prescription warns", async () => {
  await patient.expect(201, "POST", `/api/v1/patients/${patient.patientId}/allergies`, { substance: "Penicillin", category: "medicine", reaction: "Swelling of the lips", severity: "severe" });
  const [diagnosis] = (await doctor.expect(200, "GET", "/api/v1/icd10?q=contact%20dermatitis")).items;
  const note = { reason: "Rash", history: "Since last week", findings: "Red patches", assessment: "Contact dermatitis", plan: "Use the cream", diagnoses: [diagnosis.code], follow_up_on: day(14), vitals: { systolic: 118, diastolic: 76 } };
  const { version } = await doctor.expect(200, "PUT", `/api/v1/visits/${visit}/note`, note);
  await doctor.refused(409, "stale_version", "PUT", `/api/v1/visits/${visit}/note`, { ...note, version: version - 1 });
  const foreign = await patient.call("PUT", `/api/v1/visits/${visit}/note`, note);
  assert.ok([403, 404].includes(foreign.status));

  const drug = async (words, fits) => (await doctor.expect(200, "GET", `/api/v1/formulary?q=${encodeURIComponent(words)}`)).items.find((one) => fits.test(one.name)).code;
  const items = [
    { drug: await drug("cetirizine 10", /tablet/i), dose: 1, frequency: "QD", duration_days: 10 },
    { drug: await drug("amoxicillin 500", /capsule|tablet/i), dose: 1, frequency: "TID", duration_days: 7 },
  ];
  prescription = await doctor.expect(201, "POST", `/api/v1/visits/${visit}/prescriptions`, { items, notes: "With water" });
  assert.equal(prescription.status, "draft");
  assert.deepEqual(prescription.items.map((item) => item.quantity.value), [10, 21]);
  assert.ok(prescription.alerts.some((alert) => /enicillin/.test(JSON.stringify(alert))), JSON.stringify(prescription.alerts));
});

step("it is signed with reasons only, and is the patient's at once", async () => {
  const refusal = await doctor.call("POST", `/api/v1/prescriptions/${prescription.id}/signature`, {});
  assert.ok([409, 422].includes(refusal.status), refusal.text);
  const hidden = await patient.call("GET", `/api/v1/prescriptions/${prescription.id}`);
  assert.equal(hidden.status, 404, "a draft is not the patient's");
  const overrides = prescription.alerts.map((alert) => ({ alert: alert.id, reason: "Tolerated twice since" }));
  const signed = await doctor.expect(201, "POST", `/api/v1/prescriptions/${prescription.id}/signature`, { overrides });
  assert.equal(signed.status, "active");
  assert.ok(new Date(signed.valid_until) > new Date());
  await doctor.expect(201, "POST", `/api/v1/visits/${visit}/signature`, {});
  const summary = await patient.expect(200, "GET", `/api/v1/visits/${visit}/summary`);
  assert.deepEqual([summary.status, summary.plan], ["signed", "Use the cream"]);
  const seen = await patient.expect(200, "GET", "/api/v1/prescriptions");
  assert.equal(seen.items[0].id, prescription.id);
  const paper = await patient.call("GET", `/api/v1/prescriptions/${prescription.id}.pdf`);
  assert.deepEqual([paper.status, paper.type, paper.text.slice(0, 5)], [200, "application/pdf", "%PDF-"]);
  await other.refused(404, "not_found", "GET", `/api/v1/prescriptions/${prescription.id}`);
  await other.call("GET", `/api/v1/prescriptions/${prescription.id}.pdf`).then((answer) => assert.equal(answer.status, 404));
});

step("the patient reviews once", async () => {
  const review = await patient.expect(201, "POST", `/api/v1/appointments/${appointment.id}/review`, { overall: 5, listening: 5, text: "Patient, clear and kind." });
  assert.equal(review.overall, 5);
  const twice = await patient.call("POST", `/api/v1/appointments/${appointment.id}/review`, { overall: 1 });
  assert.equal(twice.status, 409);
  await other.refused(404, "not_found", "POST", `/api/v1/appointments/${appointment.id}/review`, { overall: 1 });
});
