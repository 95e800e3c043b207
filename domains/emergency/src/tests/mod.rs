//! On a real database: each rung, each refusal, the races, and what a crash between two steps leaves.

mod climbing;
mod guests;
mod judging;
mod queueing;
mod racing;
mod states;
#[path = "../../../../foundation/vault/tests/support/mod.rs"]
mod support;

use access::{Actor, Role};
use db::{Context, Db, Tx};
use kernel::{
    Currency, Locale, Money, Random, Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId, UrgentOfferId, UrgentRequestId},
};
use scheduling::{
    Mode,
    availability::{Offer, SetWeek, WindowLine, save_service, set_week},
};
use support::TestDb;
use uuid::Uuid;
use vault::Vault;

use crate::{
    ladder::{Climb, climb},
    pool::{Ready, be_ready},
    requests::{self, Ask, AskError, Asked, GuestToken, Request, Who, ask},
};

/// A hospital without doctors, yet.
struct House {
    test: TestDb,
    vault: Vault,
}

impl House {
    async fn new() -> Self {
        let vault = Vault::for_tests();
        let mut test = TestDb::new().await;
        test.db = test.db.clone().with_part(vault.clone());
        Self { test, vault }
    }

    fn db(&self) -> &Db {
        &self.test.db
    }

    async fn system(&self) -> Tx {
        self.db().begin(&Context::system("test")).await.unwrap()
    }

    async fn begin(&self, actor: &Actor) -> Tx {
        let context = Context {
            account: Some(actor.account),
            patients: actor.patients.clone(),
            practitioner: actor.practitioner,
            roles: actor.roles.iter().map(|role| role.as_str()).collect(),
            ..Context::default()
        };
        self.db().begin(&context).await.unwrap()
    }

    async fn now(&self) -> Timestamp {
        self.system().await.now()
    }

    fn pass_seconds(&self, seconds: i64) {
        self.db().clock().shift_seconds(seconds);
    }

    /// A published doctor with video visits of ten minutes for 24 dollars, and no hours at all.
    async fn doctor(&self) -> Actor {
        let id = id();
        self.test
            .force(&format!(
                "insert into accounts (id, email, name) values ('{id}', 'd{id}@x.test', 'Dr Nadia Karim');
                 insert into practitioners (id, account_id, slug, full_name, status, languages, specialties, licence_checked_on,
                     identity_checked_on) values ('{id}', '{id}', 'dr-{id}', 'Dr Nadia Karim', 'published', '{{en}}',
                     '{{general-practice}}', date '2026-01-01', date '2026-01-01')"
            ))
            .await;
        let doctor = actor(id, Role::Doctor, Vec::new(), Some(PractitionerId::from_uuid(id)));
        let mut tx = self.begin(&doctor).await;
        let offer = Offer::plain(Mode::Video, 10, Money::new(2400, Currency::USD));
        save_service(&mut tx, practice(&doctor), &offer).await.unwrap();
        tx.commit().await.unwrap();
        doctor
    }

    /// One who works around the clock.
    async fn doctor_at_work(&self) -> Actor {
        let doctor = self.doctor().await;
        let mut tx = self.begin(&doctor).await;
        let midnight: scheduling::slots::WallTime = "00:00".parse().unwrap();
        let windows =
            (1..=7).map(|weekday| WindowLine { weekday, starts: midnight, ends: midnight, service: None }).collect();
        set_week(&mut tx, practice(&doctor), &SetWeek::plain(Zone::utc(), windows)).await.unwrap();
        tx.commit().await.unwrap();
        doctor
    }

    /// One who may be asked.
    async fn doctor_ready(&self) -> Actor {
        let doctor = self.doctor().await;
        let mut tx = self.begin(&doctor).await;
        be_ready(&mut tx, &doctor, Ready::ForHours(2)).await.unwrap();
        tx.commit().await.unwrap();
        doctor
    }

    async fn patient(&self) -> Actor {
        let id = id();
        let no = record_no(id);
        self.test
            .force(&format!(
                "insert into accounts (id, email, name) values ('{id}', 'p{id}@x.test', 'Amina Rahman');
                 insert into patients (id, account_id, record_no, full_name) values ('{id}', '{id}', '{no}', 'Amina Rahman')"
            ))
            .await;
        actor(id, Role::Patient, vec![PatientId::from_uuid(id)], None)
    }

    async fn administrator(&self) -> Actor {
        let id = id();
        self.test
            .force(&format!(
                "insert into accounts (id, email, name) values ('{id}', 'a{id}@x.test', 'Nour');
                 insert into account_roles (account_id, role) values ('{id}', 'administrator')"
            ))
            .await;
        actor(id, Role::Administrator, Vec::new(), None)
    }

    async fn ask(&self, actor: &Actor, who: Who, flags: &[&str]) -> Result<Asked, AskError> {
        let mut tx = self.system().await;
        let command = Ask {
            who,
            flags: flags.iter().map(|code| (*code).to_owned()).collect(),
            country: Some("BD".to_owned()),
            locale: Locale::En,
            zone: Zone::utc(),
        };
        let asked = ask(&mut tx, &self.vault, actor, command).await?;
        tx.commit().await.unwrap();
        Ok(asked)
    }

    async fn asks(&self, actor: &Actor, flags: &[&str]) -> UrgentRequestId {
        self.ask(actor, Who::Patient(actor.patients[0]), flags).await.unwrap().id()
    }

    async fn guest_asks(&self, flags: &[&str]) -> (UrgentRequestId, GuestToken) {
        let token = GuestToken::new(&mut self.system().await);
        (self.ask(&Actor::nobody(), Who::Guest(token.clone()), flags).await.unwrap().id(), token)
    }

    async fn read(&self, id: UrgentRequestId) -> Request {
        requests::store::lock(&mut self.system().await, id).await.unwrap().unwrap()
    }

    /// Every step that is due now, as the jobs would take them.
    async fn climb(&self, id: UrgentRequestId) -> Request {
        for _ in 0..20 {
            let seen = self.read(id).await;
            if seen.status != requests::Status::Seeking || seen.next_at > self.now().await {
                return seen;
            }
            self.step(id, seen.step).await;
        }
        panic!("the ladder has no end");
    }

    async fn step(&self, request: UrgentRequestId, step: i32) {
        let mut tx = self.system().await;
        climb(&mut tx, Climb { request, step }).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The rungs of a request and what they gave: "pool offered".
    async fn steps(&self, id: UrgentRequestId) -> Vec<String> {
        let steps = crate::ladder::store::list_steps(&mut self.system().await, id).await.unwrap();
        steps.into_iter().map(|step| format!("{} {}", step.rung, step.outcome)).collect()
    }

    /// A confirmed visit of this doctor that starts in so many minutes and lasts ten.
    async fn visit(&self, doctor: &Actor, patient: &Actor, in_minutes: i64) -> AppointmentId {
        let id = id();
        let starts = self.now().await.plus_minutes(in_minutes);
        let (doctor, patient, ends) = (practice(doctor), patient.patients[0], starts.plus_minutes(10));
        self.test
            .force(&format!(
                "insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until,
                     status, price_amount, currency, patient_zone)
                 select '{id}', '{patient}', '{doctor}', s.id, 'video', '{starts}', '{ends}', '{starts}', '{ends}', 'confirmed', 2400,
                     'USD', 'UTC' from services s where s.practitioner_id = '{doctor}'"
            ))
            .await;
        id.into()
    }

    async fn offers(&self, id: UrgentRequestId) -> Vec<(UrgentOfferId, PractitionerId, String)> {
        let rows = sqlx::query!(
            r#"select id as "id: UrgentOfferId", practitioner_id as "doctor: PractitionerId", status from urgent_offers
               where request_id = $1 order by created_at, id"#,
            id as UrgentRequestId
        )
        .fetch_all(self.system().await.conn())
        .await
        .unwrap();
        rows.into_iter().map(|row| (row.id, row.doctor, row.status)).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.system().await;
        #[expect(clippy::disallowed_methods, reason = "one statement per test would say no more")]
        let counted = sqlx::query_scalar(sql).fetch_one(tx.conn()).await;
        counted.unwrap()
    }
}

fn practice(doctor: &Actor) -> PractitionerId {
    doctor.practitioner.unwrap()
}

fn actor(id: Uuid, role: Role, patients: Vec<PatientId>, practitioner: Option<PractitionerId>) -> Actor {
    let name = "Somebody".to_owned();
    Actor { account: id.into(), session: id.into(), roles: vec![role], patients, practitioner, name, ..Actor::nobody() }
}

fn id() -> Uuid {
    Random::os().uuid7(Timestamp::from_unix_seconds(1_790_000_000))
}

/// Eight characters of Crockford's alphabet, of the random end of the id.
fn record_no(id: Uuid) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letter = |place: usize| char::from(ALPHABET[usize::from(id.as_bytes()[8 + place] % 32)]);
    (0..4).map(letter).chain(['-']).chain((4..8).map(letter)).collect()
}
