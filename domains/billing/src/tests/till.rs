//! What the tests of this room are given: a database, a gateway, a patient, a doctor.

use std::sync::Arc;

use access::{Actor, Role};
use db::{Context, Db, Tx};
use gateways::{Payments, payment::RemoteState};
use kernel::{
    Currency, Locale, Money, Random, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PaymentId, PractitionerId},
};
use sqlx::Row;
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
            service: None,
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

    /// By our own verifier, and by somebody who trusts none of its sums.
    pub(super) async fn is_sound(&self) {
        let report = crate::ledger::verify(self.db()).await.unwrap();
        assert_eq!(report.faults, []);
        assert_eq!(self.faults_by_sql().await, Vec::<String>::new());
    }

    /// What `tools/ledger.sql` finds.
    pub(super) async fn faults_by_sql(&self) -> Vec<String> {
        let mut tx = self.system().await;
        let found = sqlx::raw_sql(include_str!("../../../../tools/ledger.sql")).fetch_all(tx.conn()).await.unwrap();
        found.iter().map(|row| format!("{}: {}", row.get::<String, _>(0), row.get::<String, _>(1))).collect()
    }

    /// The first column of whole numbers.
    pub(super) async fn numbers(&self, sql: &str) -> Vec<i64> {
        let mut tx = self.system().await;
        let found = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(tx.conn()).await.unwrap();
        found.iter().map(|row| row.get::<i64, _>(0)).collect()
    }

    pub(super) async fn charges(&self) -> Vec<ChargeId> {
        let mut tx = self.system().await;
        let found = sqlx::query_scalar!("select id from charges order by id").fetch_all(tx.conn()).await.unwrap();
        found.into_iter().map(ChargeId::from_uuid).collect()
    }

    /// What was paid for is done.
    pub(super) async fn is_served(&self, charge: ChargeId) {
        let mut tx = self.system().await;
        let now = tx.now();
        crate::shares::complete(&mut tx, charge, now).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What waits for the doctor and what is available, in US dollars.
    pub(super) async fn standing(&self) -> (i64, i64) {
        self.standing_of(self.doctor).await
    }

    pub(super) async fn standing_of(&self, payee: PractitionerId) -> (i64, i64) {
        let found = crate::earnings::store::list_standings(&mut self.system().await, payee).await.unwrap();
        let dollars = found.iter().find(|standing| standing.currency == Currency::USD);
        dollars.map_or((0, 0), |standing| (standing.pending, standing.available))
    }

    /// Refund so much of a charge, and have the gateway do it.
    pub(super) async fn give_back(&self, charge: ChargeId, amount: i64) {
        let mut tx = self.system().await;
        let money = Money::new(amount, Currency::USD);
        refunds::partial(&mut tx, charge, money, refunds::RefundReason::TechnicalFailure).await.unwrap();
        tx.commit().await.unwrap();
        self.submit_refunds(charge).await;
    }

    /// The doctor's account at the gateway is verified.
    pub(super) async fn may_be_paid(&self) {
        self.is_paid_through(self.doctor).await;
    }

    pub(super) async fn is_paid_through(&self, doctor: PractitionerId) {
        let account = format!("acct_{doctor}");
        self.gateway.judge(&account, gateways::payment::AccountState::Verified);
        self.test
            .force(&format!(
                "insert into payees (practitioner_id, gateway, account_ref, state, verified_at)
                 values ('{doctor}', 'fake', '{account}', 'verified', now())"
            ))
            .await;
    }

    /// A charge of any doctor in any currency, paid.
    pub(super) async fn paid_charge_with(&self, practitioner: PractitionerId, amount: i64, code: &str) -> ChargeId {
        let mut tx = self.db().begin(&self.me()).await.unwrap();
        let new = NewCharge {
            patient: self.patient,
            practitioner,
            subject: Subject::Appointment(AppointmentId::from_uuid(id())),
            service: None,
            price: Money::new(amount, code.parse().unwrap()),
            payable_until: tx.now().plus_minutes(30),
        };
        let charge = charges::raise(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        let payment = self.open_checkout(charge).await.unwrap();
        self.pays(&payment).await;
        self.hears(&format!("evt_{}", payment.id), &payment).await.unwrap();
        charge
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
