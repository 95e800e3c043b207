//! Who walks through the house, and the objects that they ask for.

use std::collections::BTreeMap;

use access::Role;
use kernel::Random;
use testkit::{Answer, Client};

use crate::support::{Hospital, Person, Story, offer, png};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Visitor,
    Owner,
    OtherPatient,
    /// With a care link to the owner.
    Doctor,
    OtherDoctor,
    Nurse,
    Administrator,
    Support,
}

impl Who {
    pub(super) const ALL: [Self; 8] = [
        Self::Visitor,
        Self::Owner,
        Self::OtherPatient,
        Self::Doctor,
        Self::OtherDoctor,
        Self::Nurse,
        Self::Administrator,
        Self::Support,
    ];

    /// Whether this audience has such people in it.
    pub(super) fn is_of(self, audience: &str) -> bool {
        match audience {
            "signed in" => self != Self::Visitor,
            "patient" => matches!(self, Self::Owner | Self::OtherPatient),
            "doctor" => matches!(self, Self::Doctor | Self::OtherDoctor),
            "staff" => matches!(self, Self::Doctor | Self::OtherDoctor | Self::Nurse | Self::Administrator),
            "administrator" => self == Self::Administrator,
            other => panic!("nobody said who {other} is"),
        }
    }

    /// Whether the objects of this path are theirs, where the route is for them.
    pub(super) fn reaches(self, path: &str) -> bool {
        let of_owner_alone = ["{notice}", "{session}", "{passkey}", "{payment}"].iter().any(|it| path.contains(it));
        let of_doctor_alone =
            ["/doctor/availability", "/doctor/profile", "/doctor/calendars", "/api/v1/outside-calendars"]
                .iter()
                .any(|its| path.starts_with(its));
        match self {
            _ if !path.contains('{') => true,
            Self::Owner => !of_doctor_alone,
            Self::Doctor => of_doctor_alone || !of_owner_alone,
            Self::Administrator => path.starts_with("/admin/") || path.starts_with("/api/v1/admin/"),
            Self::Visitor | Self::OtherPatient | Self::OtherDoctor | Self::Nurse | Self::Support => false,
        }
    }
}

/// Values for the parameters of paths.
pub(super) struct Objects(BTreeMap<&'static str, String>);

impl Objects {
    pub(super) fn value(&self, name: &str) -> &str {
        &self.0[name]
    }

    pub(super) fn path(&self, pattern: &str) -> String {
        let parts =
            pattern.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => self.0.get(name).unwrap_or_else(|| panic!("{pattern}: no object for {name}")).as_str(),
                None => part,
            });
        parts.collect::<Vec<_>>().join("/")
    }
}

pub(super) struct Cast {
    people: BTreeMap<Who, Person>,
    clients: BTreeMap<Who, Client>,
    /// Of the owner and the doctor.
    pub(super) own: Objects,
    /// Of nobody.
    pub(super) absent: Objects,
}

impl Cast {
    pub(super) async fn gather(hospital: &Hospital, story: Story) -> Self {
        let people = BTreeMap::from([
            (Who::Owner, story.patient),
            (Who::OtherPatient, hospital.patient().await),
            (Who::Doctor, story.doctor),
            (Who::OtherDoctor, hospital.doctor(&offer()).await),
            (Who::Nurse, hospital.member(Role::Nurse).await),
            (Who::Administrator, hospital.member(Role::Administrator).await),
            (Who::Support, hospital.member(Role::SupportAgent).await),
        ]);
        let mut clients = BTreeMap::new();
        for (who, person) in &people {
            clients.insert(*who, hospital.program(*person).await);
        }
        let own = own(hospital, &story).await;
        let absent = Objects(own.0.keys().map(|name| (*name, nobody(name))).collect());
        Self { people, clients, own, absent }
    }

    /// None for a visitor.
    pub(super) fn person(&self, who: Who) -> Option<Person> {
        self.people.get(&who).copied()
    }

    /// In the one session of this person; a visitor comes for the first time, every time.
    pub(super) fn client(&self, hospital: &Hospital, who: Who) -> Client {
        self.clients.get(&who).cloned().unwrap_or_else(|| hospital.doors.visitor())
    }

    /// In a session that nobody else needs.
    pub(super) async fn fresh(&self, hospital: &Hospital, who: Who) -> Client {
        match self.person(who) {
            Some(person) => hospital.program(person).await,
            None => hospital.doors.visitor(),
        }
    }

    /// The owner has a passkey, which opens nothing.
    pub(super) async fn give_passkey(&self, hospital: &Hospital) {
        let (owner, passkey) = (self.people[&Who::Owner].id, &self.own.0["passkey"]);
        let made = format!(
            "insert into passkeys (id, account_id, credential_id, credential, name)
                 values ('{passkey}', '{owner}', '\\x01', '{{}}', 'A key')"
        );
        hospital.test.force(&made).await;
    }

    /// What an answer says, without what must differ: the id that was asked for, and the request's own.
    pub(super) fn masked(&self, answer: &Answer) -> String {
        let mut text = answer.text().replace(answer.header("x-request-id"), "(request)");
        // One may be a part of another.
        let mut values: Vec<_> = self.own.0.values().chain(self.absent.0.values()).collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        for value in values {
            text = text.replace(value, "(id)");
        }
        text
    }
}

/// Something of every kind that routes name, made past the program.
fn things_of(patient: Person, doctor: Person) -> String {
    let (patient, doctor) = (patient.id, doctor.id);
    format!(
        "insert into schedule_exceptions (id, practitioner_id, kind, starts_on, ends_on, time_zone)
             values (gen_random_uuid(), '{doctor}', 'closed', '2030-01-01', '2030-01-02', 'UTC');
         insert into facilities (id, name, street, city, country, latitude, longitude, time_zone)
             values (gen_random_uuid(), 'The clinic', 'A street', 'Leeds', 'GB', 53.8, -1.5, 'Europe/London');
         insert into price_list (id, service_id, practitioner_id, amount, currency, valid_from)
             select gen_random_uuid(), id, practitioner_id, 100, currency, '2031-01-01' from services limit 1;
         insert into tax_rates (id, country, name, basis_points, inclusive, valid_from)
             values (gen_random_uuid(), 'GB', 'VAT', 2000, true, '2031-01-01');
         update deliveries set state = 'failed', settled_at = now();
         insert into outside_calendars (id, practitioner_id, name, kind, host, source_sealed, next_fetch_at)
             values (gen_random_uuid(), '{doctor}', 'Family', 'file', 'cal.example', '\\x01', '2031-01-01');
         insert into discounts (id, code, name, basis_points, valid_from)
             values (gen_random_uuid(), 'LATER', 'Later', 1000, '2031-01-01');
         insert into suppliers (id, facility_id, name, email)
             select gen_random_uuid(), id, name, 'money@place.test' from facilities limit 1;
         insert into payout_batches (id, made_by) values (gen_random_uuid(), '{doctor}');
         insert into payouts (id, batch_id, practitioner_id, gateway, account_ref, amount, currency, status, payout_ref, paid_at)
             select gen_random_uuid(), id, made_by, 'sandbox', 'none', 100, 'USD', 'paid', 'none', now() from payout_batches;
         insert into refunds (id, payment_id, charge_id, patient_id, practitioner_id, amount, currency, reason, status, approval,
                 asked_by, note)
             select gen_random_uuid(), id, charge_id, patient_id, practitioner_id, 100, currency, 'goodwill', 'requested', 'human',
                 '{doctor}', 'A colleague asks' from payments where patient_id = '{patient}' limit 1;
         update payments set refunded = 100 where patient_id = '{patient}';
         insert into reconciliations (id, gateway, day, starts_at, ends_at, ran_at, lines, differences)
             values (gen_random_uuid(), 'sandbox', '2030-01-01', '2030-01-01', '2030-01-02', '2030-01-02', 0, 0);
         insert into urgent_requests (id, patient_id, locale, time_zone, acuity, is_override, next_at, promised_by)
             values (gen_random_uuid(), '{patient}', 'en', 'UTC', 2, true, '2031-01-01', '2031-01-01');
         insert into urgent_assessments (request_id, number, acuity, source, why, at)
             select id, 1, 2, 'patient', 'red_flag', created_at from urgent_requests;
         insert into urgent_offers (id, request_id, practitioner_id, step, expires_at)
             select gen_random_uuid(), id, '{doctor}', 1, '2020-01-01' from urgent_requests;
         insert into waiting_list (id, patient_id, practitioner_id, service_id, mode, from_day, until_day, weekdays, patient_zone, joined_at)
             select gen_random_uuid(), '{patient}', practitioner_id, id, mode, '2030-01-01', '2030-01-02', '{{1,2,3}}', 'UTC', now()
             from services where practitioner_id = '{doctor}' limit 1;
         insert into practice_places (practitioner_id, facility_id) select '{doctor}', id from facilities;
         insert into break_glass (id, patient_id, practitioner_id, account_id, reason, words_sealed, started_at, ends_at, ended_at)
             values (gen_random_uuid(), '{patient}', '{doctor}', '{doctor}', 'other', '\\x01', '2026-01-01 10:00Z', '2026-01-01 11:00Z', '2026-01-01 10:05Z');
         insert into walk_in_queues (id, facility_id, letter, name) select gen_random_uuid(), id, 'A', 'Registration' from facilities;
         insert into walk_in_tokens (id, queue_id, facility_id, day, number, issued_at)
             select gen_random_uuid(), id, facility_id, current_date, 9000, now() from walk_in_queues;
         insert into patients (id, record_no, full_name, birth_date)
             values (gen_random_uuid(), '0000-0001', 'Ayaan Rahman', current_date - 2000);
         insert into proxies (id, patient_id, account_id, relation, ends_on)
             select gen_random_uuid(), id, '{patient}', 'parent', current_date + 4000 from patients where record_no = '0000-0001'"
    )
}

/// What belongs to nobody in particular.
async fn of_the_house(hospital: &Hospital) -> BTreeMap<&'static str, String> {
    let found = async |sql: String| hospital.test.texts(&sql).await.into_iter().next().unwrap_or_else(|| nobody(""));
    BTreeMap::from([
        ("code", found("select verify_code from prescriptions where verify_code is not null".to_owned()).await),
        ("delivery", found("select id::text from deliveries".to_owned()).await),
        ("dependant", found("select id::text from patients where record_no = '0000-0001'".to_owned()).await),
        ("discount", found("select id::text from discounts".to_owned()).await),
        ("facility", found("select id::text from facilities".to_owned()).await),
        ("number", found("select id::text from walk_in_tokens".to_owned()).await),
        ("price", found("select id::text from price_list".to_owned()).await),
        ("queue", found("select id::text from walk_in_queues".to_owned()).await),
        ("reconciliation", found("select id::text from reconciliations".to_owned()).await),
        ("supplier", found("select id::text from suppliers where facility_id is not null".to_owned()).await),
        ("tax", found("select id::text from tax_rates".to_owned()).await),
    ])
}

#[expect(clippy::too_many_lines, reason = "a list of all objects, one a line")]
async fn own(hospital: &Hospital, story: &Story) -> Objects {
    let (patient, doctor) = (story.patient.id, story.doctor.id);
    let spare = hospital.patient().await;
    hospital.test.force(&things_of(story.patient, story.doctor)).await;
    questioned(hospital, story).await;
    hospital.test.force(&invited_to(story)).await;
    hospital.test.force(&recognized(story.patient, story.doctor)).await;
    let theirs = hospital.browser(story.doctor).await;
    spoken_and_given(hospital, story).await;
    supervised(hospital, story.doctor, spare).await;
    theirs.get("/doctor/profile").await.is(200);
    let paper = b"%PDF-1.7\n%%EOF\n".as_slice();
    theirs.post_file("/doctor/profile/documents", &[("kind", "licence")], ("licence.pdf", paper)).await.is(303);
    let mine = hospital.program(story.patient).await;
    let picture = ("rash.png", png());
    let path = format!("/api/v1/patients/{patient}/documents");
    let file = mine.post_file(&path, &[("kind", "photo")], (picture.0, &picture.1)).await.is(201).field("id");
    hospital.doors.work().await;
    let found = async |sql: String| hospital.test.texts(&sql).await.into_iter().next().unwrap_or_else(|| nobody(""));
    let of_doctor =
        async |table: &str| found(format!("select id::text from {table} where practitioner_id = '{doctor}'")).await;
    let of_patient =
        async |table: &str| found(format!("select id::text from {table} where patient_id = '{patient}'")).await;
    let of_account =
        async |table: &str| found(format!("select id::text from {table} where account_id = '{patient}'")).await;
    let mut objects = of_the_house(hospital).await;
    objects.extend([
        ("access", of_patient("break_glass").await),
        ("account", spare.id.to_string()),
        ("allergy", story.allergy.clone()),
        (
            "answer",
            found(format!(
                "select id::text from history_entries where patient_id = '{patient}' and section = 'social_history'"
            ))
            .await,
        ),
        ("appointment", story.appointment.clone()),
        ("approval", found(format!("select id::text from note_approvals where supervisor_id = '{doctor}'")).await),
        ("card", of_patient("identity_cards").await),
        ("card_token", CARD_TOKEN.to_owned()),
        (
            "duplicate",
            found(format!("select id::text from duplicate_pairs where '{patient}' in (patient_id, other_id)")).await,
        ),
        ("calendar", of_doctor("outside_calendars").await),
        ("command", of_patient("visit_commands").await),
        ("client", nobody("")),
        ("cover", of_doctor("thread_covers").await),
        ("day", nobody("day")),
        ("doctor", doctor.to_string()),
        ("document", of_doctor("practitioner_documents").await),
        ("e_visit", of_patient("e_visits").await),
        ("exception", of_doctor("schedule_exceptions").await),
        ("file", file),
        ("gateway", "sandbox".to_owned()),
        ("guest", of_patient("visit_guests").await),
        ("hours", of_doctor("schedules").await),
        ("immunization", of_patient("immunizations").await),
        ("invoice", of_patient("invoices").await),
        (
            "line",
            found(format!(
                "select shard || '.' || seq from audit_log where patient_id = '{patient}' and actor = '{patient}'"
            ))
            .await,
        ),
        ("join", joined(hospital).await),
        ("letter", format!("{}.pdf", of_patient("visit_commands").await)),
        ("notice", of_account("notices").await),
        ("offer", of_doctor("urgent_offers").await),
        ("passkey", nobody("")),
        ("patient", patient.to_string()),
        ("payment", of_patient("payments").await),
        ("payout", of_doctor("payouts").await),
        ("prescription", story.prescription.clone()),
        ("problem", story.problem.clone()),
        ("question", of_patient("access_questions").await),
        ("refund", of_patient("refunds").await),
        ("registration", nobody("")),
        (
            "relative",
            found(format!(
                "select id::text from history_entries where patient_id = '{patient}' and section = 'family_history'"
            ))
            .await,
        ),
        ("request", of_patient("urgent_requests").await),
        ("review", of_patient("reviews").await),
        ("service", of_doctor("services").await),
        ("session", of_account("sessions").await),
        ("supervision", found(format!("select id::text from supervisions where supervisor_id = '{doctor}'")).await),
        ("thread", of_patient("threads").await),
        ("token", "a-token".to_owned()),
        ("topic", "tobacco".to_owned()),
        ("visit", story.visit.clone()),
        ("waiting", of_patient("waiting_list").await),
    ]);
    Objects(objects)
}

/// Two records of somebody else, which an administrator has joined.
async fn joined(hospital: &Hospital) -> String {
    let (people, admin) = (hospital.patients(2).await, hospital.member(Role::Administrator).await);
    let factor = format!(
        "insert into recovery_codes (id, account_id, code_hash)
             values (gen_random_uuid(), '{id}', sha256(convert_to('{id}:AAAABBBBCCCCDDDD', 'UTF8')))",
        id = admin.id
    );
    hospital.test.force(&factor).await;
    let numbers = format!("select record_no from patients where id in ('{}', '{}')", people[0].id, people[1].id);
    let numbers = hospital.test.texts(&numbers).await;
    let body = serde_json::json!({
        "survivor": numbers[0], "retired": numbers[1], "reason": "Seen at the desk", "in_person": true,
        "code": "AAAABBBBCCCCDDDD",
    });
    hospital.program(admin).await.post_json("/api/v1/admin/record-joins", &body).await.is(201).field("id")
}

/// On the owner's card.
const CARD_TOKEN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234";

/// The owner has a card, which no other that is shown or printed replaces (days have passed in the story), and looks like somebody else.
fn recognized(patient: Person, doctor: Person) -> String {
    let (patient, doctor) = (patient.id, doctor.id);
    format!(
        "insert into identity_cards (id, patient_id, kind, token_hash, issued_by, issued_at, expires_at)
             values (gen_random_uuid(), '{patient}', 'screen', sha256('{CARD_TOKEN}'), '{doctor}', now() + interval '30 days', now() + interval '30 days 10 minutes');
         insert into duplicate_pairs (id, patient_id, other_id, score, band, reasons, found_at)
             select gen_random_uuid(), least(id, '{patient}'), greatest(id, '{patient}'), 300, 'high', '{{name_same}}', now()
             from patients where id <> '{patient}' limit 1 on conflict do nothing"
    )
}

/// Somebody was invited to the visit, and nobody has consented yet.
fn invited_to(story: &Story) -> String {
    format!(
        "insert into visit_guests (id, visit_id, patient_id, practitioner_id, role, invited_by, link_mac, expires_at)
             select gen_random_uuid(), v.id, v.patient_id, v.practitioner_id, 'family', '{}', sha256('link'), now() + interval '1 year'
             from visits v where v.id = '{}'",
        story.patient.id, story.visit
    )
}

/// Something was said at the visit, and a vaccination is written down.
async fn spoken_and_given(hospital: &Hospital, story: &Story) {
    let patient = story.patient.id;
    let transcript = format!(
        "insert into visit_transcripts (id, visit_id, patient_id, practitioner_id, status, end_reason, engine, asked_at, keep_until)
         select id, id, patient_id, practitioner_id, 'ended', 'stopped', 'none', started_at, started_at + interval '30 days' from visits
         where id = '{}'",
        story.visit
    );
    hospital.test.force(&transcript).await;
    let recording = format!(
        "insert into visit_recordings (id, visit_id, patient_id, practitioner_id, status, asked_at, started_at, keep_until)
         select id, id, patient_id, practitioner_id, 'running', started_at, started_at, started_at + interval '30 days' from visits
         where id = '{}'",
        story.visit
    );
    hospital.test.force(&recording).await;
    let visit = kernel::ids::VisitId::from_uuid(story.visit.parse().expect("an id"));
    let mut tx = hospital.test.system().await;
    let second = consultations::recordings::NewPart { starts_ms: 0, packets: vec![vec![0xf8, 0xff, 0xfe]; 50] };
    consultations::recordings::append(&mut tx, &hospital.vault, visit, second).await.expect("sound");
    tx.commit().await.expect("kept");
    hospital.test.force("update visit_recordings set status = 'ended', end_reason = 'stopped'").await;
    let theirs = hospital.program(story.doctor).await;
    let at = format!("/api/v1/visits/{}/commands", story.visit);
    let attested = serde_json::json!({ "kind": "certificate", "text": "Was here" });
    let command = theirs.post_json(&at, &attested).await.is(201).field("id");
    theirs.post_json(&format!("{at}/{command}/commitment"), &serde_json::json!({})).await.is(201);
    let begun = serde_json::json!({ "doctor_id": story.doctor.id, "subject": "The cream", "message": { "client_id": story.visit, "text": "How often?" } });
    let writes = hospital.program(story.patient).await;
    let path = format!("/api/v1/patients/{patient}/threads");
    let thread = writes.post_json(&path, &begun).await.is(201).field("thread_id");
    let theirs = hospital.program(story.doctor).await;
    let path = format!("/api/v1/threads/{thread}/e-visits");
    theirs.post_json(&path, &serde_json::json!({ "amount": 500 })).await.is(201);
    let cover = hospital.doctor(&offer()).await;
    let covered = format!(
        "insert into thread_covers (id, practitioner_id, cover_id, starts_at, ends_at)
         values (gen_random_uuid(), '{}', '{}', '2031-02-01', '2031-02-02')",
        story.doctor.id, cover.id
    );
    hospital.test.force(&covered).await;
    let given = serde_json::json!({ "code": "03", "given_on": "2020-02-29" });
    let mine = hospital.program(story.patient).await;
    mine.post_json(&format!("/api/v1/patients/{patient}/immunizations"), &given).await.is(201);
    let mother = serde_json::json!({ "relationship": "MTH", "condition": "Asthma" });
    mine.post_json(&format!("/api/v1/patients/{patient}/family-history"), &mother).await.is(201);
    let tobacco = serde_json::json!({ "topic": "tobacco", "status": "never" });
    mine.post_json(&format!("/api/v1/patients/{patient}/social-history"), &tobacco).await.is(201);
}

/// Somebody whom the doctor supervises has signed a note, which waits for its check.
async fn supervised(hospital: &Hospital, doctor: Person, patient: Person) {
    let trainee = hospital.doctor(&offer()).await;
    let appointment = hospital.held(patient, trainee, "15:00").await;
    let mut tx = hospital.test.system().await;
    let (visit, note): (kernel::ids::VisitId, kernel::ids::NoteId) = (tx.id(), tx.id());
    let whose = kernel::ids::PatientId::from_uuid(patient.id);
    let (content, at) =
        (consultations::notes::NoteContent::default(), kernel::Timestamp::from_unix_seconds(1_790_000_000));
    let place = vault::At::new("visit_notes", "content_sealed", note.uuid()).version(1);
    let sealed = hospital.vault.seal_json(&mut tx, whose, place, &content).await.unwrap();
    tx.commit().await.unwrap();
    let bytes = serde_json::to_vec(&content).unwrap();
    let people = (whose, kernel::ids::PractitionerId::from_uuid(trainee.id));
    let hash = hex::encode(consultations::notes::signed_hash(visit, people, (note, 1), at, &bytes));
    let (sealed, patient, trainee, doctor) = (hex::encode(sealed), patient.id, trainee.id, doctor.id);
    let signed = format!(
        "insert into visits (id, appointment_id, patient_id, practitioner_id, status, started_at, ended_at, signed_at)
             values ('{visit}', '{appointment}', '{patient}', '{trainee}', 'signed', '{at}', '{at}', '{at}');
         insert into visit_notes (id, visit_id, patient_id, practitioner_id, version, content_sealed, signed_at, signed_hash)
             values ('{note}', '{visit}', '{patient}', '{trainee}', 1, '\\x{sealed}', '{at}', '\\x{hash}');
         insert into supervisions (id, trainee_id, supervisor_id, from_day, made_by)
             values (gen_random_uuid(), '{trainee}', '{doctor}', current_date - 1, '{doctor}');
         insert into note_approvals (id, visit_id, patient_id, practitioner_id, supervisor_id, supervision_id, status, asked_at)
             select gen_random_uuid(), '{visit}', '{patient}', s.trainee_id, s.supervisor_id, s.id, 'awaiting', '{at}' from supervisions s"
    );
    hospital.test.force(&signed).await;
}

/// The owner has asked about a line of the access log; what the emergency was about is sealed by a verb, as it is read.
async fn questioned(hospital: &Hospital, story: &Story) {
    let (mine, patient) = (hospital.program(story.patient).await, story.patient.id);
    let log = mine.get(&format!("/api/v1/patients/{patient}/access-log")).await.is(200).json();
    let question = serde_json::json!({ "line": log["items"][0]["line"], "words": "Why was this?" });
    mine.post_json(&format!("/api/v1/patients/{patient}/access-questions"), &question).await.is(201);
    let mut tx = hospital.test.system().await;
    let id = hospital.test.texts("select id::text from break_glass").await.remove(0);
    let at = vault::At::new("break_glass", "words_sealed", id.parse().unwrap());
    let whose = kernel::ids::PatientId::from_uuid(patient);
    let sealed = hospital.vault.seal_text(&mut tx, whose, at, "Found unconscious").await.unwrap();
    tx.commit().await.unwrap();
    let sealed = format!(
        "alter table break_glass disable trigger break_glass_stands;
         update break_glass set words_sealed = '\\x{}'; alter table break_glass enable trigger break_glass_stands",
        hex::encode(sealed)
    );
    hospital.test.force(&sealed).await;
}

/// A value that stands for nothing here.
fn nobody(name: &str) -> String {
    match name {
        "code" => "0".repeat(20),
        // A day is nobody's: whose it is, the doctor beside it says.
        "day" => "2030-01-05".to_owned(),
        "gateway" | "token" => "nobody-here".to_owned(),
        "letter" => format!("{}.pdf", nobody("")),
        _ => Random::os().uuid7(kernel::Timestamp::from_unix_seconds(1_790_000_000)).to_string(),
    }
}
