//! Rules of splitting, and what becomes of each share.

use access::Actor;
use kernel::{
    Currency, Money, Timestamp,
    ids::{ChargeId, PractitionerId, ServiceId},
};

use super::till::{PRICE, Till, id};
use crate::{
    charges::{self, NewCharge, Subject},
    invoices::{self, InvoiceKind},
    payments, prices,
    refunds::{self, RefundReason},
    shares,
    splits::{self, FeeBearer, NewRule, Scope, SetError, Terms},
};

fn money(amount: i64, code: &str) -> Money {
    Money::new(amount, code.parse().unwrap())
}

/// Balances by account, without those of nothing.
async fn balances(till: &Till) -> Vec<(String, String, i64)> {
    let found = crate::ledger::balances(&mut till.system().await).await.unwrap();
    let lines = found.into_iter().filter(|line| line.money.amount != 0);
    lines.map(|line| (line.kind, line.money.currency.code().to_owned(), line.money.amount)).collect()
}

fn lines(expected: &[(&str, i64)]) -> Vec<(String, String, i64)> {
    expected.iter().map(|(kind, amount)| ((*kind).to_owned(), "USD".to_owned(), *amount)).collect()
}

async fn set(till: &Till, scope: Scope, currency: Option<Currency>, terms: Terms) -> Result<(), SetError> {
    let actor = till.administrator().await;
    let mut tx = till.db().begin(&actor.context()).await.unwrap();
    splits::set(&mut tx, &actor, &NewRule { scope, currency, terms }).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn paid_for(till: &Till, service: Option<ServiceId>, price: Money) -> ChargeId {
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let new = NewCharge {
        patient: till.patient,
        practitioner: till.doctor,
        subject: Subject::Appointment(kernel::ids::AppointmentId::from_uuid(id())),
        service,
        price,
        payable_until: tx.now().plus_minutes(30),
    };
    let charge = charges::raise(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let payment = till.open_checkout(charge).await.unwrap();
    till.pays(&payment).await;
    till.hears(&format!("evt_{}", payment.id), &payment).await.unwrap();
    charge
}

#[tokio::test]
async fn a_new_version_ends_the_old_one_and_does_not_reach_what_was_booked() {
    let till = Till::open().await;
    let before = till.charge().await;
    set(&till, Scope::House, None, Terms::of_basis_points(5000)).await.unwrap();
    let after = till.charge().await;

    for charge in [before, after] {
        let payment = till.open_checkout(charge).await.unwrap();
        till.pays(&payment).await;
        till.hears(&format!("evt_{charge}"), &payment).await.unwrap();
    }

    let parts = till.numbers("select platform from payee_shares order by platform").await;
    assert_eq!(parts, [PRICE * 15 / 100, PRICE / 2]);
    for sql in ["update split_rules set platform_basis_points = 1", "delete from split_rules"] {
        let mut tx = till.system().await;
        assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await.is_err(), "{sql}");
    }
    let mut tx = till.system().await;
    let sql = format!(
        "update charges set split_rule_id = (select id from split_rules order by version desc limit 1) where id = '{before}'"
    );
    assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(tx.conn()).await.is_err());
    till.is_sound().await;
}

#[tokio::test]
async fn the_narrowest_rule_holds_and_one_that_is_taken_away_does_not() {
    let till = Till::open().await;
    let service = ServiceId::from_uuid(id());
    let of_service = Scope::Service { service, practitioner: till.doctor };
    let yen: Currency = "JPY".parse().unwrap();
    set(&till, Scope::House, Some(yen), Terms { fixed: 100, ..Terms::of_basis_points(0) }).await.unwrap();
    set(&till, of_service, None, Terms::of_basis_points(2000)).await.unwrap();
    set(&till, of_service, Some(yen), Terms { at_most: Some(7), ..Terms::of_basis_points(2000) }).await.unwrap();
    let platform = async |service: Option<ServiceId>, price: Money| {
        let charge = paid_for(&till, service, price).await;
        till.numbers(&format!("select platform from payee_shares where charge_id = '{charge}'")).await[0]
    };

    assert_eq!(platform(None, money(1000, "USD")).await, 150);
    assert_eq!(platform(None, money(1000, "JPY")).await, 100);
    assert_eq!(platform(Some(service), money(1000, "KWD")).await, 200);
    assert_eq!(platform(Some(service), money(1000, "JPY")).await, 7);
    assert_eq!(platform(Some(ServiceId::from_uuid(id())), money(1000, "KWD")).await, 150, "another service");

    let actor = till.administrator().await;
    let mut tx = till.db().begin(&actor.context()).await.unwrap();
    splits::withdraw(&mut tx, &actor, of_service, Some(yen)).await.unwrap();
    let again = splits::withdraw(&mut tx, &actor, of_service, Some(yen)).await;
    let house = splits::withdraw(&mut tx, &actor, Scope::House, None).await;
    tx.commit().await.unwrap();
    assert!(matches!(again, Err(SetError::NothingToWithdraw)) && matches!(house, Err(SetError::NothingToWithdraw)));
    assert_eq!(platform(Some(service), money(1000, "JPY")).await, 200, "its rule for every currency");
    till.is_sound().await;
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_or_comes_from_a_patient_is_refused() {
    let till = Till::open().await;
    let terms = Terms::of_basis_points(1000);
    let no_currency = set(&till, Scope::House, None, Terms { fixed: 1, ..terms }).await;
    assert!(matches!(no_currency, Err(SetError::AmountsNeedCurrency)));
    let crossed = Terms { at_least: Some(2), at_most: Some(1), ..terms };
    assert!(matches!(set(&till, Scope::House, Some(Currency::USD), crossed).await, Err(SetError::BoundsCrossed)));

    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let new = NewRule { scope: Scope::House, currency: None, terms };
    assert!(matches!(splits::set(&mut tx, &Actor::nobody(), &new).await, Err(SetError::Db(_))));
    drop(tx);
    assert_eq!(till.count("select count(*) from split_rules").await, 1);
}

#[tokio::test]
async fn taxes_and_the_gateways_fee_have_accounts_of_their_own_and_go_back_with_a_refund() {
    let till = Till::open().await;
    let terms = Terms { fee_bearer: FeeBearer::Payee, tax_basis_points: 2000, ..Terms::of_basis_points(1000) };
    set(&till, Scope::House, None, terms).await.unwrap();
    till.test.force(&format!("update practitioners set country = 'KE' where id = '{}'", till.doctor)).await;
    let mut tx = till.system().await;
    let tax = prices::NewTax {
        country: "KE".into(),
        name: "VAT".into(),
        basis_points: 2500,
        inclusive: false,
        valid_from: tx.now().plus_days(-1),
        valid_until: None,
    };
    prices::add_tax(&mut tx, &tax).await.unwrap();
    let subject = Subject::Appointment(kernel::ids::AppointmentId::from_uuid(id()));
    let quote = prices::quote(&mut tx, till.doctor, money(1000, "USD")).await.unwrap();
    prices::keep(&mut tx, subject, till.patient, till.doctor, &quote).await.unwrap();
    let payable_until = tx.now().plus_minutes(30);
    let (patient, practitioner) = (till.patient, till.doctor);
    let new = NewCharge { patient, practitioner, subject, service: None, price: quote.total, payable_until };
    let charge = charges::raise(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    let payment = till.open_checkout(charge).await.unwrap();
    till.pays(&payment).await;
    till.gateway.change(payment.gateway_ref.as_ref().unwrap(), |remote| remote.fee = 59);

    till.hears("evt", &payment).await.unwrap();

    // 12.50 paid: 2.50 tax, 1.00 commission and 0.20 tax on it, 0.59 of the gateway borne by the doctor.
    let booked = [("doctor_pending", -821), ("gateway_clearing", 1191), ("platform_revenue", -100), ("tax", -270)];
    assert_eq!(balances(&till).await, lines(&booked));
    till.is_sound().await;

    for amount in [333, 333, 584] {
        till.give_back(charge, amount).await;
        till.is_sound().await;
    }
    assert_eq!(balances(&till).await, lines(&[("gateway_clearing", -59), ("gateway_fees", 59)]), "the fee is lost");
}

#[tokio::test]
async fn a_share_waits_for_the_end_of_the_visit_and_of_the_dispute_window() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge().await;
    let release = async || {
        let mut tx = till.system().await;
        let released = shares::release_due(&mut tx, None).await.unwrap();
        tx.commit().await.unwrap();
        released
    };
    till.db().clock().shift_seconds(100 * 3600);
    assert_eq!(release().await, 0, "the visit is not over");

    till.is_served(charge).await;
    till.db().clock().shift_seconds(48 * 3600 - 1);
    assert_eq!((release().await, till.standing().await), (0, (2040, 0)));
    till.db().clock().shift_seconds(1);
    assert_eq!(till.standing().await, (0, 2040), "judged by the clock, before any job");
    assert_eq!((release().await, release().await), (1, 0));

    assert_eq!(till.standing().await, (0, 2040));
    let booked = [("doctor_payable", -2040), ("gateway_clearing", 2400), ("platform_revenue", -360)];
    assert_eq!(balances(&till).await, lines(&booked));
    till.is_sound().await;
}

#[tokio::test]
async fn a_share_whose_payment_is_being_given_back_is_not_released() {
    let till = Till::open().await;
    let (charge, _) = till.paid_charge().await;
    till.is_served(charge).await;
    till.db().clock().shift_seconds(49 * 3600);
    let mut tx = till.system().await;
    refunds::partial(&mut tx, charge, money(400, "USD"), RefundReason::TechnicalFailure).await.unwrap();
    assert_eq!(shares::release_due(&mut tx, None).await.unwrap(), 0);
    tx.commit().await.unwrap();

    till.submit_refunds(charge).await;

    let mut tx = till.system().await;
    assert_eq!(shares::release_due(&mut tx, None).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(till.standing().await, (0, 1700));
    till.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_release_at_once_release_each_share_once() {
    let till = std::sync::Arc::new(Till::open().await);
    for _ in 0..10 {
        let (charge, _) = till.paid_charge().await;
        till.is_served(charge).await;
    }
    till.db().clock().shift_seconds(49 * 3600);

    let mut storm = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let till = till.clone();
        storm.spawn(async move {
            let mut tx = till.system().await;
            let released = shares::release_due(&mut tx, None).await.unwrap();
            tx.commit().await.unwrap();
            released
        });
    }

    assert_eq!(storm.join_all().await.into_iter().sum::<usize>(), 10);
    assert_eq!(till.count("select count(*) from journal_entries where kind = 'release'").await, 10);
    till.is_sound().await;
}

#[tokio::test]
async fn what_is_paid_twice_is_the_patients_and_earns_nobody_anything() {
    let till = Till::open().await;
    let charge = till.charge().await;
    let first = till.open_checkout(charge).await.unwrap();
    till.test.force(&format!("update payments set status = 'failed' where id = '{}'", first.id)).await;
    let second = till.open_checkout(charge).await.unwrap();
    for payment in [&first, &second] {
        till.pays(payment).await;
        till.hears(&format!("evt_{}", payment.id), payment).await.unwrap();
    }

    let held = [
        ("doctor_pending", -2040),
        ("gateway_clearing", 4800),
        ("patient_receivable", -2400),
        ("platform_revenue", -360),
    ];
    assert_eq!(balances(&till).await, lines(&held));
    till.submit_refunds(charge).await;
    let left = [("doctor_pending", -2040), ("gateway_clearing", 2400), ("platform_revenue", -360)];
    assert_eq!(balances(&till).await, lines(&left));
    till.is_sound().await;
}

#[tokio::test]
async fn a_carried_payment_takes_its_share_to_the_new_doctor_under_the_new_rule() {
    let till = Till::open().await;
    let (from, _) = till.paid_charge().await;
    set(&till, Scope::House, None, Terms::of_basis_points(2500)).await.unwrap();
    let other = id();
    till.add_doctor(other).await;
    let mut tx = till.system().await;
    let new = NewCharge {
        patient: till.patient,
        practitioner: PractitionerId::from_uuid(other),
        subject: Subject::Appointment(kernel::ids::AppointmentId::from_uuid(id())),
        service: None,
        price: money(PRICE, "USD"),
        payable_until: tx.now().plus_minutes(30),
    };
    let to = charges::raise(&mut tx, new).await.unwrap();
    let at: Timestamp = tx.now();
    payments::carry(&mut tx, from, to, at).await.unwrap();
    tx.commit().await.unwrap();

    let left = [("doctor_pending", -1800), ("gateway_clearing", 2400), ("platform_revenue", -600)];
    assert_eq!(balances(&till).await, lines(&left));
    assert_eq!(till.standing().await, (0, 0));
    let other = till.standing_of(PractitionerId::from_uuid(other)).await;
    assert_eq!(other, (1800, 0), "what waited for the first waits for the second");
    till.is_sound().await;
    till.give_back(to, PRICE).await;
    assert_eq!(balances(&till).await, []);
    till.is_sound().await;
}

/// Kind, amount and supplier's row of numbers of a charge's papers.
async fn papers(till: &Till, charge: ChargeId) -> Vec<(InvoiceKind, i64, String)> {
    let found = invoices::store::list_of_charge(&mut till.system().await, charge).await.unwrap();
    let row = |number: &str| number.split('-').nth(1).unwrap().to_owned();
    found.into_iter().map(|paper| (paper.kind, paper.money.amount, row(&paper.number))).collect()
}

/// The payment of `from` pays a visit of `doctor`.
async fn carried(till: &Till, from: ChargeId, doctor: PractitionerId) -> ChargeId {
    let mut tx = till.system().await;
    let new = NewCharge {
        patient: till.patient,
        practitioner: doctor,
        subject: Subject::Appointment(kernel::ids::AppointmentId::from_uuid(id())),
        service: None,
        price: money(PRICE, "USD"),
        payable_until: tx.now().plus_minutes(30),
    };
    let to = charges::raise(&mut tx, new).await.unwrap();
    let at: Timestamp = tx.now();
    for _ in 0..2 {
        payments::carry(&mut tx, from, to, at).await.unwrap();
    }
    tx.commit().await.unwrap();
    to
}

#[tokio::test]
async fn a_payment_carried_to_another_doctor_is_credited_by_the_first_and_invoiced_by_the_second() {
    let till = Till::open().await;
    let (from, payment) = till.paid_charge().await;
    let other = PractitionerId::from_uuid(id());
    till.add_doctor(other.uuid()).await;
    // First to another time of the same doctor, whose invoice stays.
    let same = carried(&till, from, till.doctor).await;
    assert_eq!((papers(&till, from).await.len(), papers(&till, same).await), (1, Vec::new()));

    let to = carried(&till, same, other).await;

    let first = invoices::find_for_charge(&mut till.system().await, from).await.unwrap().unwrap();
    let invoice = papers(&till, from).await.remove(0);
    let note = (InvoiceKind::Correction { of: first }, PRICE, invoice.2.clone());
    assert_eq!(papers(&till, same).await, [note], "in the row of the first doctor");
    let second = papers(&till, to).await;
    assert_eq!((second.len(), second[0].0, second[0].1), (1, InvoiceKind::Invoice, PRICE));
    assert_ne!(second[0].2, invoice.2, "in the row of the second");
    let mut tx = till.db().begin(&till.me()).await.unwrap();
    let sent = invoices::find_for_charge(&mut tx, to).await.unwrap().unwrap();
    assert_ne!(sent, first, "the letter has the new one");
    let note = invoices::store::list_of_charge(&mut tx, same).await.unwrap().remove(0);
    let printed = invoices::store::find_printed(&mut tx, note.id).await.unwrap().unwrap();
    assert!(printed.is_correction && printed.about.is_some_and(|number| number.starts_with("INV-")));
    drop(tx);
    assert_eq!((till.standing().await, till.standing_of(other).await), ((0, 0), (2040, 0)));
    till.is_sound().await;

    till.give_back(to, 1000).await;
    let kinds: Vec<_> = papers(&till, to).await.into_iter().map(|(_, amount, row)| (amount, row)).collect();
    assert_eq!(kinds, [(PRICE, second[0].2.clone()), (1000, second[0].2.clone())], "a refund is the second's");
    assert_eq!(till.payment(payment.id).await.practitioner, other);
    till.is_sound().await;
}

#[tokio::test]
async fn the_checkers_find_a_share_that_was_tampered_with() {
    let till = Till::open().await;
    till.paid_charge().await;
    till.is_sound().await;
    till.test.force("update payee_shares set doctor = doctor + 1, platform = platform - 1").await;

    let faults = crate::ledger::verify(till.db()).await.unwrap().faults;
    assert!(faults.iter().any(|fault| matches!(fault, crate::ledger::LedgerFault::BalanceOutOfStep(_))), "{faults:?}");
    assert!(till.faults_by_sql().await.iter().any(|fault| fault.starts_with("a doctor is not owed")));
}
