//! Who is there. People are written as rows, many at once; what they do goes through the doors.

use std::{fmt::Write as _, net::Ipv4Addr};

use access::Role;
use db::Context;
use identity::{
    Origin,
    sessions::{self, Factor},
};
use kernel::{
    Currency, Money, Random, Timestamp, Zone,
    ids::{AccountId, PractitionerId},
};
use scheduling::{
    Mode,
    availability::{Offer, SetWeek, WindowLine, save_service, set_week},
};
use testkit::{Answer, Client};
use uuid::Uuid;

use super::Hospital;

pub(crate) const PRICE: i64 = 2400;

/// An account, and what it is here. A patient or a doctor has the id of its account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    role: Role,
}

impl Person {
    /// Somebody who is there already, by the account.
    pub(crate) const fn known(id: Uuid, role: Role) -> Self {
        Self { id, role }
    }
}

/// Video visits of half an hour.
pub(crate) fn offer() -> Offer {
    Offer::plain(Mode::Video, 30, Money::new(PRICE, Currency::USD))
}

impl Hospital {
    pub(crate) async fn patient(&self) -> Person {
        self.patients(1).await.remove(0)
    }

    pub(crate) async fn patients(&self, how_many: usize) -> Vec<Person> {
        let people: Vec<_> = (0..how_many).map(|_| Person { id: new_id(), role: Role::Patient }).collect();
        let mut sql = String::new();
        for Person { id, .. } in &people {
            sql.push_str(&account(*id, Role::Patient, "Amina Rahman"));
            let _ = write!(
                sql,
                "insert into patients (id, account_id, record_no, full_name, birth_date)
                     values ('{id}', '{id}', '{}', 'Amina Rahman', date '1990-05-17');",
                record_no(*id)
            );
        }
        self.test.force(&sql).await;
        people
    }

    /// A published doctor who works around the clock.
    pub(crate) async fn doctor(&self, offer: &Offer) -> Person {
        let id = new_id();
        let sql = account(id, Role::Doctor, "Dr Nadia Karim")
            + &format!(
                "insert into practitioners (id, account_id, slug, full_name, status, languages, specialties, licence_checked_on,
                     identity_checked_on) values ('{id}', '{id}', 'dr-{id}', 'Dr Nadia Karim', 'published', '{{en}}', '{{dermatology}}',
                     date '2026-01-01', date '2026-01-01')"
            );
        self.test.force(&sql).await;
        let doctor = PractitionerId::from_uuid(id);
        let me = Context {
            account: Some(AccountId::from_uuid(id)),
            practitioner: Some(doctor),
            roles: vec!["doctor"],
            ..Context::default()
        };
        let mut tx = self.test.db().begin(&me).await.unwrap();
        let midnight: scheduling::slots::WallTime = "00:00".parse().unwrap();
        let windows =
            (1..=7).map(|weekday| WindowLine { weekday, starts: midnight, ends: midnight, service: None }).collect();
        set_week(&mut tx, doctor, &SetWeek::plain(Zone::utc(), windows)).await.unwrap();
        save_service(&mut tx, doctor, offer).await.unwrap();
        tx.commit().await.unwrap();
        Person { id, role: Role::Doctor }
    }

    /// Somebody of the staff who treats nobody.
    pub(crate) async fn member(&self, role: Role) -> Person {
        let id = new_id();
        self.test.force(&account(id, role, "Grace Mutua")).await;
        Person { id, role }
    }

    /// The token of a new session, opened as strongly as this person's work demands.
    pub(crate) async fn session(&self, person: Person) -> String {
        let factor = if person.role == Role::Patient { Factor::Password } else { Factor::SecondFactor };
        let origin = Origin::new(Ipv4Addr::LOCALHOST.into(), Some("a test"));
        let mut tx = self.test.system().await;
        let opened = sessions::open(&mut tx, AccountId::from_uuid(person.id), factor, &origin).await.unwrap();
        tx.commit().await.unwrap();
        opened.token.expose().clone()
    }

    pub(crate) async fn program(&self, person: Person) -> Client {
        self.doors.program(&self.session(person).await)
    }

    pub(crate) async fn browser(&self, person: Person) -> Client {
        self.doors.browser(&self.session(person).await)
    }
}

/// Ask for a time of a doctor.
pub(crate) async fn book(client: &Client, doctor: Person, starts_at: Timestamp) -> Answer {
    let wish = serde_json::json!({ "doctor_id": doctor.id, "starts_at": starts_at, "mode": "video" });
    client.post_json("/api/v1/appointments", &wish).await
}

fn account(id: Uuid, role: Role, name: &str) -> String {
    format!(
        "insert into accounts (id, email, name, email_verified_at) values ('{id}', '{id}@x.test', '{name}', now());
         insert into account_roles (account_id, role) values ('{id}', '{role}');"
    )
}

fn new_id() -> Uuid {
    Random::os().uuid7(Timestamp::from_unix_seconds(1_790_000_000))
}

/// Eight characters of Crockford's alphabet, of the random end of the id.
fn record_no(id: Uuid) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letter = |place: usize| char::from(ALPHABET[usize::from(id.as_bytes()[8 + place] % 32)]);
    (0..4).map(letter).chain(['-']).chain((4..8).map(letter)).collect()
}
