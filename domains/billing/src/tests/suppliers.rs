//! One bill of a visit with charges of several suppliers: paid once, and split to the last unit.

use db::Context;
use gateways::payment::{DisputeState, RemoteDispute};
use kernel::{
    Locale, Money,
    ids::{AppointmentId, ChargeId, FacilityId, PractitionerId},
};

use super::till::{Till, id};
use crate::{
    charges::{self, ChargeStatus, NewCharge, Subject},
    invoices,
    payments::{self, Due, Payer, Payment, PaymentStatus, webhook},
    payouts,
    refunds::{self, RefundError, RefundReason},
    shares,
    splits::{self, FeeBearer, NewRule, Scope, Terms},
    suppliers::{self, NewPlace, RegisterError},
};

/// A doctor, a laboratory and a pharmacy in one visit.
struct Case {
    till: Till,
    visit: AppointmentId,
    laboratory: PractitionerId,
    pharmacy: PractitionerId,
}

impl Case {
    async fn open() -> Self {
        let till = Till::open().await;
        let (laboratory, pharmacy) = (place(&till, "City Laboratory").await, place(&till, "Corner Pharmacy").await);
        Self { till, visit: AppointmentId::from_uuid(id()), laboratory, pharmacy }
    }

    /// Raised by whoever sells, for half an hour.
    async fn owes(&self, supplier: PractitionerId, amount: i64, code: &str) -> ChargeId {
        let mut tx = self.till.system().await;
        let is_visit = supplier == self.till.doctor;
        let subject =
            if is_visit { Subject::Appointment(self.visit) } else { Subject::Order { id: id(), visit: self.visit } };
        let new = NewCharge {
            patient: self.till.patient,
            practitioner: supplier,
            subject,
            service: None,
            price: Money::new(amount, code.parse().unwrap()),
            payable_until: tx.now().plus_minutes(30),
        };
        let charge = charges::raise(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        charge
    }

    async fn opens_bill(&self) -> Result<Payment, payments::PayError> {
        let context = self.till.me();
        let payer = Payer { context: &context, locale: Locale::En, base_url: "http://bedside.test", brand: "Bedside" };
        payments::open_checkout(self.till.db(), &self.till.gateways, payer, Due::Bill(self.visit)).await
    }

    async fn pays(&self, payment: &Payment) {
        self.till.pays(payment).await;
        self.till.hears(&format!("evt_{}", payment.id), payment).await.unwrap();
    }

    /// All three charges, paid at once.
    async fn paid(&self, amounts: [i64; 3], code: &str) -> ([ChargeId; 3], Payment) {
        let [visit, test, medicine] = amounts;
        let charges = [
            self.owes(self.till.doctor, visit, code).await,
            self.owes(self.laboratory, test, code).await,
            self.owes(self.pharmacy, medicine, code).await,
        ];
        let payment = self.opens_bill().await.unwrap();
        self.pays(&payment).await;
        (charges, payment)
    }

    /// Everything was done, and the dispute window is over.
    async fn is_served(&self, charges: &[ChargeId]) {
        for charge in charges {
            self.till.is_served(*charge).await;
        }
        self.till.db().clock().shift_seconds(49 * 3600);
        let mut tx = self.till.system().await;
        shares::release_due(&mut tx, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn batch(&self) -> Vec<(PractitionerId, i64)> {
        let actor = self.till.administrator().await;
        let mut tx = self.till.system().await;
        let made = payouts::make_batch(&mut tx, &actor, "fake").await.unwrap();
        tx.commit().await.unwrap();
        for payout in &made {
            payouts::submit(self.till.db(), &self.till.gateways, payout.id).await.unwrap();
        }
        let mut paid: Vec<_> = made.into_iter().map(|payout| (payout.payee, payout.money.amount)).collect();
        paid.sort_by_key(|(_, amount)| *amount);
        paid
    }

    async fn balance(&self, payee: PractitionerId) -> (i64, i64) {
        let found = crate::earnings::store::list_standings(&mut self.till.system().await, payee).await.unwrap();
        found.first().map_or((0, 0), |standing| (standing.pending, standing.available))
    }

    async fn states(&self, charges: &[ChargeId]) -> Vec<ChargeStatus> {
        let mut states = Vec::new();
        for charge in charges {
            states.push(self.till.charge_status(*charge).await);
        }
        states
    }
}

async fn place(till: &Till, name: &str) -> PractitionerId {
    let actor = till.administrator().await;
    let mut tx = till.begin(&actor).await;
    let place = suppliers::register(&mut tx, &actor, &new_place(name)).await.unwrap();
    tx.commit().await.unwrap();
    place
}

fn new_place(name: &str) -> NewPlace {
    NewPlace {
        facility: FacilityId::from_uuid(id()),
        name: name.into(),
        registration_no: "LAB-7".into(),
        registration_body: "Ministry of Health".into(),
        email: "money@place.test".into(),
        country: "KE".into(),
    }
}

#[tokio::test]
async fn one_payment_pays_three_suppliers_and_each_has_an_invoice_to_the_last_unit() {
    for (code, amounts) in [("USD", [2401, 333, 1]), ("JPY", [3333, 1001, 7]), ("KWD", [12_345, 10_001, 999])] {
        let case = Case::open().await;
        let (charges, payment) = case.paid(amounts, code).await;
        let whole: i64 = amounts.iter().sum();

        assert_eq!(case.till.payment(payment.id).await.money.amount, whole);
        assert_eq!(case.states(&charges).await, [ChargeStatus::Settled; 3]);
        let paid = case.till.numbers("select paid from payee_shares order by charge_id").await;
        assert_eq!(paid, amounts, "{code}");
        let parts = "select (sum(doctor) + sum(platform) + sum(commission_tax) + sum(tax) + sum(fee))::bigint from payee_shares";
        assert_eq!(case.till.numbers(parts).await, [whole]);
        let mut series = Vec::new();
        for (charge, amount) in charges.iter().zip(amounts) {
            let papers = invoices::store::list_of_charge(&mut case.till.system().await, *charge).await.unwrap();
            assert_eq!(papers.iter().map(|paper| paper.money.amount).collect::<Vec<_>>(), [amount]);
            series.push(papers[0].number.clone());
        }
        series.dedup_by_key(|number| number[..8].to_owned());
        assert_eq!(series.len(), 3, "each supplier has a row of numbers: {series:?}");
        let again = case.opens_bill().await;
        assert!(matches!(again, Err(payments::PayError::Start(payments::StartError::AlreadyPaid))), "{again:?}");
        case.till.is_sound().await;
    }
}

#[tokio::test]
async fn an_invoice_is_printed_in_the_name_of_its_supplier() {
    let case = Case::open().await;
    let (charges, _) = case.paid([2400, 500, 300], "USD").await;
    let mut tx = case.till.db().begin(&case.till.me()).await.unwrap();
    let invoice = invoices::find_for_charge(&mut tx, charges[1]).await.unwrap().unwrap();
    let printed = invoices::store::find_printed(&mut tx, invoice).await.unwrap().unwrap();
    let file = invoices::pdf_for_charge(&mut tx, "Bedside", charges[1], Locale::En, kernel::Zone::utc()).await.unwrap();

    assert_eq!((printed.doctor.as_str(), printed.amount, printed.is_order), ("City Laboratory", 500, true));
    assert_eq!(printed.registration_no, "LAB-7");
    assert!(file.is_some_and(|file| file.bytes.starts_with(b"%PDF")));
}

#[tokio::test]
async fn the_gateways_fee_is_divided_to_the_last_unit() {
    let case = Case::open().await;
    let actor = case.till.administrator().await;
    let mut tx = case.till.begin(&actor).await;
    let terms = Terms { fee_bearer: FeeBearer::Payee, ..Terms::of_basis_points(1000) };
    splits::set(&mut tx, &actor, &NewRule { scope: Scope::House, currency: None, terms }).await.unwrap();
    tx.commit().await.unwrap();
    for (supplier, amount) in [(case.till.doctor, 1000), (case.laboratory, 333), (case.pharmacy, 334)] {
        case.owes(supplier, amount, "USD").await;
    }
    let payment = case.opens_bill().await.unwrap();
    case.till.gateway.change(payment.gateway_ref.as_ref().unwrap(), |remote| remote.fee = 101);
    case.pays(&payment).await;

    let fees = case.till.numbers("select fee from payee_shares order by charge_id").await;
    assert_eq!((fees.iter().sum::<i64>(), fees.len()), (101, 3));
    case.till.is_sound().await;
}

#[tokio::test]
async fn a_refund_of_one_suppliers_part_before_the_payout_leaves_the_others_alone() {
    let case = Case::open().await;
    let (charges, payment) = case.paid([2400, 501, 300], "USD").await;
    let mut tx = case.till.system().await;
    let too_much =
        refunds::partial(&mut tx, charges[1], Money::new(502, payment.money.currency), RefundReason::Goodwill);
    assert!(matches!(too_much.await, Err(RefundError::TooMuch)), "no more than the laboratory's part");
    drop(tx);
    case.till.give_back(charges[1], 200).await;
    assert_eq!(case.states(&charges).await[1], ChargeStatus::PartiallyRefunded);

    let mut tx = case.till.db().begin(&case.till.me()).await.unwrap();
    refunds::full(&mut tx, charges[1], RefundReason::TechnicalFailure).await.unwrap();
    tx.commit().await.unwrap();
    case.till.is_served(charges[0]).await;
    case.till.submit_refunds(charges[1]).await;

    assert_eq!(case.states(&charges).await, [ChargeStatus::Settled, ChargeStatus::Refunded, ChargeStatus::Settled]);
    assert_eq!(case.till.payment(payment.id).await.status, PaymentStatus::PartiallyRefunded);
    assert_eq!((case.balance(case.laboratory).await, case.balance(case.pharmacy).await), ((0, 0), (255, 0)));
    let papers = invoices::store::list_of_charge(&mut case.till.system().await, charges[1]).await.unwrap();
    assert_eq!(papers.iter().map(|paper| paper.money.amount).collect::<Vec<_>>(), [501, 200, 301]);
    case.is_served(&charges[2..]).await;
    assert_eq!((case.till.standing().await, case.balance(case.pharmacy).await), ((0, 2040), (0, 255)));
    case.till.is_sound().await;
}

#[tokio::test]
async fn a_refund_after_the_payout_is_recovered_from_that_supplier_only() {
    let case = Case::open().await;
    let (charges, _) = case.paid([2400, 1000, 300], "USD").await;
    for supplier in [case.till.doctor, case.laboratory, case.pharmacy] {
        case.till.is_paid_through(supplier).await;
    }
    case.is_served(&charges).await;
    assert_eq!(case.batch().await, [(case.pharmacy, 255), (case.laboratory, 850), (case.till.doctor, 2040)]);
    case.till.is_sound().await;

    case.till.give_back(charges[1], 1000).await;
    assert_eq!(case.balance(case.laboratory).await, (0, -850));
    assert_eq!((case.till.standing().await, case.balance(case.pharmacy).await), ((0, 0), (0, 0)));
    let more = case.owes(case.laboratory, 2000, "USD").await;
    let payment = case.opens_bill().await.unwrap();
    assert_eq!(payment.money.amount, 2000, "what is paid is not paid again");
    case.pays(&payment).await;
    case.is_served(&[more]).await;
    assert_eq!(case.batch().await, [(case.laboratory, 850)], "1700 less what was taken back");
    case.till.is_sound().await;
}

#[tokio::test]
async fn a_lost_dispute_takes_from_every_supplier_in_proportion_to_what_is_left() {
    let case = Case::open().await;
    let (charges, payment) = case.paid([2400, 501, 300], "USD").await;
    case.till.give_back(charges[1], 101).await;
    let mut remote = RemoteDispute {
        dispute_ref: format!("dp_{}", payment.id),
        payment: Some(payment.id),
        money: payment.money,
        fee: 1500,
        reason: "fraudulent".into(),
        evidence_due_at: None,
        state: DisputeState::Open,
    };
    for (event, state) in [("evt_a", DisputeState::Open), ("evt_b", DisputeState::Lost)] {
        remote.state = state;
        case.till.gateway.dispute(remote.clone());
        let (headers, body) = case.till.gateway.report_of(event, "dispute", &remote.dispute_ref, case.till.now().await);
        webhook::handle(case.till.db(), case.till.gateway.as_ref(), &headers, &body).await.unwrap();
        case.till.is_sound().await;
    }
    let left = "select paid + excess - returned from payee_shares";
    assert_eq!(case.till.numbers(left).await, [0, 0, 0]);
    let again = refunds::full(&mut case.till.system().await, charges[2], RefundReason::Goodwill).await.unwrap();
    assert_eq!(again, [], "what is lost is not given back as well");
}

#[tokio::test]
async fn what_is_ordered_while_somebody_pays_opens_another_page_and_money_of_both_goes_where_it_belongs() {
    let case = Case::open().await;
    let visit = case.owes(case.till.doctor, 2400, "USD").await;
    let first = case.opens_bill().await.unwrap();
    let test = case.owes(case.laboratory, 700, "USD").await;

    let second = case.opens_bill().await.unwrap();
    assert_eq!((first.money.amount, second.money.amount), (2400, 3100));
    assert_eq!(case.opens_bill().await.unwrap().id, second.id, "pressed again, the same page");
    assert_eq!(case.till.payment(first.id).await.status, PaymentStatus::Cancelled);
    case.pays(&first).await;
    case.pays(&second).await;
    case.till.submit_refunds(visit).await;

    assert_eq!(case.states(&[visit, test]).await, [ChargeStatus::Settled; 2]);
    assert_eq!(case.till.gateway.given_back(), 2400, "the visit was paid twice, the test once");
    case.till.is_sound().await;
}

#[tokio::test]
async fn a_bill_is_its_patients_and_places_are_made_suppliers_by_administrators() {
    let case = Case::open().await;
    case.owes(case.laboratory, 700, "USD").await;
    let stranger = Context { patients: vec![id().into()], roles: vec!["patient"], ..Context::default() };
    let mut tx = case.till.db().begin(&stranger).await.unwrap();
    let foreign = payments::start_bill(&mut tx, case.visit, "fake").await;
    assert!(matches!(foreign, Err(payments::StartError::NotFound)), "{foreign:?}");
    drop(tx);

    let mut me = case.till.db().begin(&case.till.me()).await.unwrap();
    let refused = suppliers::register(&mut me, &access::Actor::nobody(), &new_place("Mine")).await;
    assert!(matches!(refused, Err(RegisterError::NotAllowed)));
    let raised = "insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency,
                      platform_basis_points, payable_until)
                  select gen_random_uuid(), patient_id, practitioner_id, 'order', gen_random_uuid(), 1, 'USD', 0, now() from charges";
    assert!(sqlx::raw_sql(raised).execute(me.conn()).await.is_err(), "an order has a visit");
    drop(me);

    let actor = case.till.administrator().await;
    let twice = NewPlace { name: "Twice".into(), ..new_place("Twice") };
    let mut tx = case.till.begin(&actor).await;
    suppliers::register(&mut tx, &actor, &twice).await.unwrap();
    assert!(matches!(suppliers::register(&mut tx, &actor, &twice).await, Err(RegisterError::Known)));
}

#[tokio::test]
async fn what_a_payment_pays_cannot_be_changed_once_it_has_begun() {
    let case = Case::open().await;
    let (charges, payment) = case.paid([2400, 501, 300], "USD").await;
    for sql in [
        format!("update payment_parts set amount = 1 where payment_id = '{}'", payment.id),
        format!("delete from payment_parts where payment_id = '{}'", payment.id),
        format!(
            "insert into payment_parts (payment_id, charge_id, patient_id, supplier_id, amount)
             select '{}', id, patient_id, practitioner_id, 1 from charges where id = '{}'",
            payment.id, charges[0]
        ),
    ] {
        let mut tx = case.till.db().begin(&case.till.me()).await.unwrap();
        assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(tx.conn()).await.is_err(), "{sql}");
    }
}
