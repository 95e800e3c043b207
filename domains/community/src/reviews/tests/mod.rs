//! On a real database: who may say what of which visit, and what it adds up to.

mod authors;
mod moderation;
mod scores;
#[path = "../../../../../foundation/vault/tests/support/mod.rs"]
mod support;

use access::{Actor, Role};
use db::{Context, Db, Tx};
use kernel::ids::{AccountId, AppointmentId, PatientId, PractitionerId};
use support::TestDb;
use uuid::Uuid;
use vault::Vault;

use super::{Review, Scores, Stars, SubmitError, SubmitReview, submit};

const DOCTOR: u128 = 0xd0c;
const ADMIN: u128 = 0xad;

/// A clinic of one doctor whose patients had visits.
struct Clinic {
    server: TestDb,
    db: Db,
}

impl Clinic {
    async fn new() -> Self {
        let server = TestDb::new().await;
        let db = server.db.clone().with_part(Vault::for_tests());
        let clinic = Self { server, db };
        let doctor = Uuid::from_u128(DOCTOR);
        clinic.account(DOCTOR, "Dr. Sara Haddad").await;
        clinic.account(ADMIN, "Nour").await;
        clinic
            .server
            .force(&format!(
                "insert into practitioners (id, account_id, slug, full_name, specialties, languages, country, status, licence_checked_on,
                     identity_checked_on, published_at)
                 values ('{doctor}', '{doctor}', 'sara-haddad', 'Dr. Sara Haddad', '{{dermatology}}', '{{en}}', 'JO', 'published',
                     current_date, current_date, now());
                 insert into services (id, practitioner_id, mode, duration_min, grid_min, price_amount, currency)
                 values ('{doctor}', '{doctor}', 'video', 20, 20, 2400, 'USD')"
            ))
            .await;
        clinic
    }

    async fn account(&self, number: u128, name: &str) {
        let id = Uuid::from_u128(number);
        self.server
            .force(&format!(
                "insert into accounts (id, email, name) values ('{id}', 'a{number}@example.org', '{name}')"
            ))
            .await;
    }

    /// A patient with one visit in this state, and their names for it.
    async fn visit(&self, number: u128, name: &str, status: &str) -> (Actor, AppointmentId) {
        self.account(number, name).await;
        let (id, doctor, hours) = (Uuid::from_u128(number), Uuid::from_u128(DOCTOR), number % 5_000);
        self.server
            .force(&format!(
                "insert into patients (id, account_id, record_no, full_name) values ('{id}', '{id}', '{:04}-0000', '{name}');
                 insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until,
                     status, hold_expires_at, price_amount, currency, patient_zone)
                 select '{id}', '{id}', '{doctor}', '{doctor}', 'video', t, t + interval '20 minutes', t, t + interval '20 minutes',
                     '{status}', t, 2400, 'USD', 'Asia/Amman' from (select timestamptz '2026-01-01' + interval '{hours} hours' as t) x",
                number % 10_000
            ))
            .await;
        (patient(number), AppointmentId::from_uuid(id))
    }

    async fn begin(&self, actor: &Actor) -> Tx {
        let context = Context {
            account: Some(actor.account),
            roles: if actor.is(Role::Administrator) { vec!["administrator"] } else { vec!["patient"] },
            patients: actor.patients.clone(),
            ..Context::anonymous()
        };
        self.db.begin(&context).await.unwrap()
    }

    /// What a visitor reads of the doctor: texts, and the score in thousandths.
    async fn public(&self) -> (Vec<String>, Option<i32>) {
        let mut tx = self.db.begin(&Context::anonymous()).await.unwrap();
        let page = super::list_published(&mut tx, doctor(), &kernel::PageRequest::of(50, None)).await.unwrap();
        let rating = super::find_rating(&mut tx, doctor()).await.unwrap();
        (page.items.into_iter().map(|review| review.text).collect(), rating.map(|rating| rating.score_milli))
    }

    async fn review(
        &self,
        actor: &Actor,
        visit: AppointmentId,
        overall: i16,
        text: &str,
    ) -> Result<Review, SubmitError> {
        let mut tx = self.begin(actor).await;
        let command = SubmitReview { appointment: visit, scores: stars(overall), text: text.into() };
        let review = submit(&mut tx, actor, command).await?;
        tx.commit().await.unwrap();
        Ok(review)
    }
}

fn doctor() -> PractitionerId {
    PractitionerId::from_uuid(Uuid::from_u128(DOCTOR))
}

fn patient(number: u128) -> Actor {
    an_actor(number, Role::Patient, vec![PatientId::from_uuid(Uuid::from_u128(number))])
}

fn administrator() -> Actor {
    an_actor(ADMIN, Role::Administrator, Vec::new())
}

fn an_actor(number: u128, role: Role, patients: Vec<PatientId>) -> Actor {
    let account = AccountId::from_uuid(Uuid::from_u128(number));
    Actor { account, roles: vec![role], patients, name: "Somebody".into(), ..Actor::nobody() }
}

fn stars(overall: i16) -> Scores {
    let overall = Stars::new(overall).unwrap();
    Scores { overall, listening: Stars::new(5), explanation: None, punctuality: Stars::new(3), technology: None }
}
