//! What the tests of this room are given: a database, a doctor with hours, patients, money.

use std::fmt::Write as _;

use access::{Actor, Role};
use billing::PaymentSettled;
use db::{Context, Db, Tx};
use kernel::{
    Currency, LocalDate, Locale, Money, Random, Timestamp, Zone,
    ids::{AppointmentId, ChargeId, PatientId, PaymentId, PractitionerId},
};
use uuid::Uuid;
use vault::Vault;

use crate::{
    appointments::{self, Appointment, BookAppointment, BookError, ConfirmError, Outcome, Wish, confirm},
    availability::{Offer, SetWeek, WindowLine, save_service, set_week},
    slots::{Mode, Slot, free_for_doctor},
};

pub(super) const PRICE: i64 = 2400;

pub(super) struct Clinic {
    pub(super) test: support::TestDb,
    pub(super) vault: Vault,
    pub(super) doctor: PractitionerId,
    pub(super) day: LocalDate,
}

#[path = "../../../../foundation/vault/tests/support/mod.rs"]
mod support;

impl Clinic {
    /// A doctor who offers video visits of half an hour for `PRICE` on every day from 00:00 to 24:00 UTC.
    pub(super) async fn open() -> Self {
        Self::offering(Offer::plain(Mode::Video, 30, usd(PRICE))).await
    }

    pub(super) async fn offering(offer: Offer) -> Self {
        let test = support::TestDb::new().await;
        let vault = Vault::for_tests();
        let mut clinic = Self { test, vault, doctor: PractitionerId::from_uuid(id()), day: day("2026-01-01") };
        clinic.day = clinic.now().await.date_in(&Zone::utc()).plus_days(3);
        clinic.doctor = clinic.add_doctor(&offer).await;
        clinic
    }

    pub(super) fn db(&self) -> &Db {
        &self.test.db
    }

    pub(super) async fn add_doctor(&self, offer: &Offer) -> PractitionerId {
        let id = id();
        self.test
            .force(&format!(
                "insert into accounts (id, email, name) values ('{id}', 'd{id}@x.test', 'Dr Nadia Karim');
                 insert into practitioners (id, account_id, slug, full_name, status, languages, specialties, licence_checked_on,
                     identity_checked_on) values ('{id}', '{id}', 'dr-{id}', 'Dr Nadia Karim', 'published', '{{en}}', '{{dermatology}}',
                     date '2026-01-01', date '2026-01-01')"
            ))
            .await;
        let doctor = PractitionerId::from_uuid(id);
        let mut tx = self.begin(&self.doctor_actor(doctor)).await;
        let midnight: crate::slots::WallTime = "00:00".parse().unwrap();
        let windows =
            (1..=7).map(|weekday| WindowLine { weekday, starts: midnight, ends: midnight, service: None }).collect();
        set_week(&mut tx, doctor, &SetWeek::plain(Zone::utc(), windows)).await.unwrap();
        save_service(&mut tx, doctor, offer).await.unwrap();
        tx.commit().await.unwrap();
        doctor
    }

    /// Somebody who may book.
    pub(super) async fn patient(&self) -> Actor {
        let mut patients = self.patients(1).await;
        patients.remove(0)
    }

    pub(super) async fn patients(&self, how_many: usize) -> Vec<Actor> {
        let ids: Vec<Uuid> = (0..how_many).map(|_| id()).collect();
        let mut sql = String::new();
        for (n, id) in ids.iter().enumerate() {
            let no = record_no(*id, n);
            let _ = write!(
                sql,
                "insert into accounts (id, email, name) values ('{id}', 'p{id}@x.test', 'Amina Rahman');
                 insert into patients (id, account_id, record_no, full_name) values ('{id}', '{id}', '{no}', 'Amina Rahman');"
            );
        }
        self.test.force(&sql).await;
        ids.into_iter().map(|id| actor(id, Role::Patient, vec![PatientId::from_uuid(id)], None)).collect()
    }

    #[expect(clippy::unused_self, reason = "reads as the clinic's doctor")]
    pub(super) fn doctor_actor(&self, doctor: PractitionerId) -> Actor {
        actor(doctor.uuid(), Role::Doctor, Vec::new(), Some(doctor))
    }

    pub(super) async fn admin(&self) -> Actor {
        let id = id();
        self.test
            .force(&format!("insert into accounts (id, email, name) values ('{id}', 'a{id}@x.test', 'Admin')"))
            .await;
        actor(id, Role::Administrator, Vec::new(), None)
    }

    pub(super) async fn begin(&self, actor: &Actor) -> Tx {
        let context = Context {
            account: Some(actor.account),
            patients: actor.patients.clone(),
            practitioner: actor.practitioner,
            roles: actor.roles.iter().map(|role| role.as_str()).collect(),
            ..Context::default()
        };
        self.db().begin(&context).await.unwrap()
    }

    pub(super) async fn system(&self) -> Tx {
        self.db().begin(&Context::system("test")).await.unwrap()
    }

    pub(super) async fn now(&self) -> Timestamp {
        self.system().await.now()
    }

    pub(super) fn pass_minutes(&self, minutes: i64) {
        self.db().clock().shift_seconds(minutes * 60);
    }

    /// A time of the clinic's day: "10:30".
    pub(super) fn at(&self, wall: &str) -> Timestamp {
        format!("{}T{wall}:00Z", self.day).parse().unwrap()
    }

    pub(super) fn wish(&self, actor: &Actor, wall: &str) -> BookAppointment {
        BookAppointment {
            doctor: self.doctor,
            wish: Wish::Mode(Mode::Video),
            starts_at: self.at(wall),
            patient: actor.patients[0],
            reason: None,
            zone: Zone::utc(),
        }
    }

    pub(super) async fn book(&self, actor: &Actor, wall: &str) -> Result<Appointment, BookError> {
        self.take(actor, self.wish(actor, wall)).await
    }

    pub(super) async fn take(&self, actor: &Actor, command: BookAppointment) -> Result<Appointment, BookError> {
        // Again, as the doors do: who lost while waiting hears what else there is.
        for _ in 0..4 {
            match self.take_once(actor, command.clone()).await {
                Err(error) if error.is_retryable() => {}
                done => return done,
            }
        }
        self.take_once(actor, command).await
    }

    async fn take_once(&self, actor: &Actor, command: BookAppointment) -> Result<Appointment, BookError> {
        let mut tx = self.begin(actor).await;
        let booked = appointments::book(&mut tx, &self.vault, actor, command).await?;
        tx.commit().await?;
        Ok(booked)
    }

    /// The money of a charge is captured now; the news is returned, not yet heard.
    pub(super) async fn pays(&self, booked: &Appointment) -> PaymentSettled {
        let charge: ChargeId = booked.charge.unwrap();
        let (payment, now) = (id(), self.now().await);
        self.test
            .force(&format!(
                "insert into payments (id, charge_id, patient_id, practitioner_id, gateway, status, amount, currency, captured_at)
                     select '{payment}', id, patient_id, practitioner_id, 'sandbox', 'captured', amount, currency, '{now}'
                     from charges where id = '{charge}';
                 update charges set status = 'settled', settled_at = '{now}' where id = '{charge}';
                 insert into payee_shares (id, payment_id, charge_id, practitioner_id, currency, paid, doctor, platform)
                     select gen_random_uuid(), id, charge_id, practitioner_id, currency, amount, amount, 0
                     from payments where id = '{payment}'"
            ))
            .await;
        PaymentSettled {
            charge,
            payment: PaymentId::from_uuid(payment),
            appointment: Some(booked.id),
            captured_at: now,
        }
    }

    /// The news that an appointment's charge is settled, as billing published it.
    pub(super) async fn settled(&self, booked: &Appointment) -> PaymentSettled {
        let mut tx = self.system().await;
        let found = sqlx::query_scalar!(
            "select payload from events where name = 'billing.payment_settled' and payload ->> 'charge' = $1",
            booked.charge.unwrap().to_string()
        )
        .fetch_one(tx.conn())
        .await
        .unwrap();
        serde_json::from_value(found).unwrap()
    }

    pub(super) async fn hears(&self, paid: &PaymentSettled) -> Result<Outcome, ConfirmError> {
        let mut tx = self.system().await;
        let outcome = confirm(&mut tx, paid).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// Booked, paid, confirmed.
    pub(super) async fn confirmed(&self, actor: &Actor, wall: &str) -> Appointment {
        let booked = self.book(actor, wall).await.unwrap();
        let paid = self.pays(&booked).await;
        assert_eq!(self.hears(&paid).await.unwrap(), Outcome::Confirmed);
        self.read(booked.id).await
    }

    pub(super) async fn read(&self, id: AppointmentId) -> Appointment {
        appointments::find(&mut self.system().await, id).await.unwrap().unwrap()
    }

    /// Open times of the clinic's day as any visitor sees them, "10:30".
    pub(super) async fn open_times(&self) -> Vec<String> {
        let mut tx = self.db().begin(&Context::anonymous()).await.unwrap();
        let (from, to) = (self.at("00:00"), self.at("00:00").plus_days(1));
        let slots: Vec<Slot> = free_for_doctor(&mut tx, self.doctor, from, to, None).await.unwrap();
        slots.iter().map(|slot| slot.starts_at.jiff().strftime("%H:%M").to_string()).collect()
    }

    pub(super) async fn is_open(&self, wall: &str) -> bool {
        self.open_times().await.iter().any(|open| open == wall)
    }

    pub(super) async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.system().await;
        #[expect(clippy::disallowed_methods, reason = "one statement per test would say no more")]
        let counted = sqlx::query_scalar(sql).fetch_one(tx.conn()).await;
        counted.unwrap()
    }

    /// What goes back for a charge, as asked for.
    pub(super) async fn refunded(&self, charge: ChargeId) -> i64 {
        let mut tx = self.system().await;
        sqlx::query_scalar!(
            r#"select coalesce(sum(amount), 0)::bigint as "sum!" from refunds where charge_id = $1"#,
            charge as ChargeId
        )
        .fetch_one(tx.conn())
        .await
        .unwrap()
    }

    /// The verbs in an appointment's history.
    pub(super) async fn history(&self, id: AppointmentId) -> Vec<String> {
        let mut tx = self.system().await;
        sqlx::query_scalar!(
            "select verb from appointment_events where appointment_id = $1 order by version",
            id as AppointmentId
        )
        .fetch_all(tx.conn())
        .await
        .unwrap()
    }
}

fn actor(id: Uuid, role: Role, patients: Vec<PatientId>, practitioner: Option<PractitionerId>) -> Actor {
    Actor {
        account: id.into(),
        session: id.into(),
        roles: vec![role],
        patients,
        practitioner,
        name: "Somebody".to_owned(),
        locale: Locale::En,
        zone: Zone::utc(),
        must_enrol: false,
    }
}

pub(super) fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::USD)
}

fn day(text: &str) -> LocalDate {
    text.parse().unwrap()
}

fn id() -> Uuid {
    Random::os().uuid7(Timestamp::from_unix_seconds(1_790_000_000))
}

/// Eight characters of Crockford's alphabet, different for different people.
fn record_no(id: Uuid, n: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = id.as_u128() ^ u128::try_from(n).unwrap();
    let mut text = String::new();
    for place in 0..8 {
        if place == 4 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::try_from(bits % 32).unwrap()]));
        bits /= 32;
    }
    text
}
