//! What the tests of this room are given: a database, a gateway, a patient, a doctor.

use std::sync::Arc;

use access::{Actor, Role};
use db::{Context, Db, Tx};
use gateways::{Payments, payment::RemoteState};
use kernel::{
    Currency, Locale, Money, Random, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PaymentId, PractitionerId},
};
use uuid::Uuid;

use super::fake_gateway::FakeGateway;
use crate::{
    charges::{self, NewCharge, Subject},
    payments::{self, Payer, Payment, webhook},
    refunds,
};

pub(super) const PRICE: i64 = 2400;

pub(super) struct Till {
    pub(super) test: support::TestDb,
    pub(super) gateway: Arc<FakeGateway>,
    pub(super) gateways: Payments,
    pub(super) patient: PatientId,
    pub(super) doctor: PractitionerId,
}

#[path = "../../../../foundation/vault/tests/support/mod.rs"]
mod support;

impl Till {
    pub(super) async fn open() -> Self {
        let test = support::TestDb::new().await;
        let gateway = Arc::new(FakeGateway::new());
        let gateways = Payments::new(gateway.clone());
        let (patient, doctor) = (id(), id());
        let till = Self {
            test,
            gateway,
            gateways,
            patient: PatientId::from_uuid(patient),
            doctor: PractitionerId::from_uuid(doctor),
        };
        till.add_patient(patient, "7X4K-9QTM").await;
        till.add_doctor(doctor).await;
        till
    }

    pub(super) fn db(&self) -> &Db {
        &self.test.db
    }

    pub(super) async fn add_patient(&self, id: Uuid, record_no: &str) {
        let sql = format!(
            "insert into accounts (id, email, name) values ('{id}', 'p{id}@x.test', 'Amina Rahman');
             insert into patients (id, account_id, record_no, full_name) values ('{id}', '{id}', '{record_no}', 'Amina Rahman')"
        );
        self.test.force(&sql).await;
    }

    pub(super) async fn add_doctor(&self, id: Uuid) {
        let sql = format!(
            "insert into accounts (id, email, name) values ('{id}', 'd{id}@x.test', 'Dr Nadia Karim');
             insert into practitioners (id, account_id, slug, full_name, status)
             values ('{id}', '{id}', 'dr-{id}', 'Dr Nadia Karim', 'draft')"
        );
        self.test.force(&sql).await;
    }

    /// An administrator with an account.
    pub(super) async fn administrator(&self) -> Actor {
        let id = id();
        self.test
            .force(&format!("insert into accounts (id, email, name) values ('{id}', 'a{id}@x.test', 'Grace Mutua')"))
            .await;
        administrator(id)
    }

    pub(super) async fn begin(&self, actor: &Actor) -> Tx {
        self.db().begin(&actor.context()).await.unwrap()
    }

    pub(super) async fn system(&self) -> Tx {
        self.db().begin(&Context::system("test")).await.unwrap()
    }

    /// A transaction of the patient.
    pub(super) fn me(&self) -> Context {
        Context { patients: vec![self.patient], roles: vec!["patient"], ..Context::default() }
    }

    pub(super) async fn now(&self) -> Timestamp {
        self.system().await.now()
    }

    /// A charge of `PRICE`, payable for half an hour.
    pub(super) async fn charge(&self) -> ChargeId {
        self.charge_of(PRICE).await
    }

    pub(super) async fn charge_of(&self, amount: i64) -> ChargeId {
        let mut tx = self.db().begin(&self.me()).await.unwrap();
        let new = NewCharge {
            patient: self.patient,
            practitioner: self.doctor,
            subject: Subject::Appointment(AppointmentId::from_uuid(id())),
            price: Money::new(amount, Currency::USD),
            payable_until: tx.now().plus_minutes(30),
        };
        let charge = charges::raise(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        charge
    }

    pub(super) async fn open_checkout(&self, charge: ChargeId) -> Result<Payment, payments::PayError> {
        let context = self.me();
        let payer = Payer { context: &context, locale: Locale::En, base_url: "http://bedside.test", brand: "Bedside" };
        payments::open_checkout(self.db(), &self.gateways, payer, charge).await
    }

    /// The payer pays at the gateway; nobody has told us yet.
    pub(super) async fn pays(&self, payment: &Payment) -> Timestamp {
        let at = self.now().await;
        self.gateway
            .change(payment.gateway_ref.as_ref().unwrap(), |remote| remote.state = RemoteState::Captured { at });
        at
    }

    /// The gateway reports, signed now.
    pub(super) async fn hears(&self, event: &str, payment: &Payment) -> Result<(), webhook::ReceiveError> {
        let (headers, body) = self.gateway.report(event, payment.gateway_ref.as_ref().unwrap(), self.now().await);
        webhook::handle(self.db(), self.gateway.as_ref(), &headers, &body).await
    }

    /// A charge that is paid and settled.
    pub(super) async fn paid_charge(&self) -> (ChargeId, Payment) {
        self.paid_charge_of(PRICE).await
    }

    pub(super) async fn paid_charge_of(&self, amount: i64) -> (ChargeId, Payment) {
        let charge = self.charge_of(amount).await;
        let payment = self.open_checkout(charge).await.unwrap();
        self.pays(&payment).await;
        self.hears(&format!("evt_{}", payment.id), &payment).await.unwrap();
        (charge, self.payment(payment.id).await)
    }

    pub(super) async fn payment(&self, id: PaymentId) -> Payment {
        payments::store::find(&mut self.system().await, id).await.unwrap().unwrap()
    }

    pub(super) async fn charge_status(&self, id: ChargeId) -> charges::ChargeStatus {
        charges::store::find(&mut self.system().await, id).await.unwrap().unwrap().status
    }

    /// Do every refund that was asked for, as the job would.
    pub(super) async fn submit_refunds(&self, charge: ChargeId) {
        for refund in refunds::store::list_of_charge(&mut self.system().await, charge).await.unwrap() {
            refunds::submit(self.db(), &self.gateways, refund.id).await.unwrap();
        }
    }

    /// The one number that a query finds, past every policy.
    pub(super) async fn number(&self, sql: String) -> i64 {
        let mut tx = self.system().await;
        #[expect(clippy::disallowed_methods, reason = "one statement per test would say no more")]
        let found = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(tx.conn()).await;
        found.unwrap()
    }

    /// How many rows a query of `select count(*)` counts, past every policy.
    pub(super) async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.system().await;
        #[expect(clippy::disallowed_methods, reason = "one statement per test would say no more")]
        let counted = sqlx::query_scalar(sql).fetch_one(tx.conn()).await;
        counted.unwrap()
    }

    pub(super) async fn is_sound(&self) {
        let report = crate::ledger::verify(self.db()).await.unwrap();
        assert_eq!(report.faults, []);
    }

    /// Published events of this name.
    pub(super) async fn events(&self, name: &'static str) -> Vec<serde_json::Value> {
        let mut tx = self.system().await;
        sqlx::query_scalar!("select payload from events where name = $1", name).fetch_all(tx.conn()).await.unwrap()
    }
}

/// Somebody who runs the house.
pub(super) fn administrator(id: Uuid) -> Actor {
    Actor { account: id.into(), session: id.into(), roles: vec![Role::Administrator], ..Actor::nobody() }
}

pub(super) fn id() -> Uuid {
    Random::os().uuid7(Timestamp::from_unix_seconds(1_790_000_000))
}
