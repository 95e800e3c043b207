//! Rows of money: what was charged, paid, given back, invoiced and booked.

use std::collections::BTreeMap;

use billing::prices;
use db::Tx;
use kernel::ids::{InvoiceId, JournalId, PaymentId, RefundId};
use kernel::{Currency, Money, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::agenda::{Fate, Meeting};
use super::dice::Dice;
use super::{Scene, store};

/// The platform's part; the first rule of `split_rules`.
const PLATFORM: u32 = 1500;
const WHOLE: u32 = 10_000;

#[derive(Default)]
struct Rows {
    charges: Vec<Value>,
    payments: Vec<Value>,
    refunds: Vec<Value>,
    invoices: Vec<Value>,
    entries: Vec<Value>,
    lines: Vec<Value>,
}

/// The accounts of the ledger that were needed: kind and holder.
#[derive(Default)]
struct Accounts(BTreeMap<(&'static str, Option<Uuid>), JournalId>);

impl Accounts {
    fn of(&mut self, dice: &mut Dice, kind: &'static str, holder: Option<Uuid>, at: Timestamp) -> JournalId {
        *self.0.entry((kind, holder)).or_insert_with(|| dice.id(at))
    }
}

pub(super) async fn write(tx: &mut Tx, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), db::Error> {
    let mut rows = Rows::default();
    let mut accounts = Accounts::default();
    for meeting in scene.meetings.iter().filter(|meeting| meeting.fate != Fate::Requested) {
        rows.charges.push(charge(scene, meeting));
        if meeting.fate.was_paid() {
            paid(dice, scene, meeting, &mut rows, &mut accounts);
        }
    }
    let opened =
        accounts.0.iter().map(|((kind, holder), id)| json!({"id": id, "kind": kind, "holder_id": holder})).collect();
    let charges = Value::Array(rows.charges);
    store::money::insert_charges(tx, &charges).await?;
    store::meetings::set_charges(tx, &charges).await?;
    let (payments, refunds) = (Value::Array(rows.payments), Value::Array(rows.refunds));
    store::money::insert_payments(tx, &payments).await?;
    store::money::insert_refunds(tx, &refunds).await?;
    // The gateway's own books say the same, so that the days can be compared.
    store::money::insert_sandbox_checkouts(tx, &payments).await?;
    store::money::insert_sandbox_refunds(tx, &refunds).await?;
    store::money::insert_invoices(tx, &Value::Array(rows.invoices)).await?;
    store::money::insert_ledger_accounts(tx, &opened).await?;
    store::money::insert_journal(tx, &Value::Array(rows.entries), &Value::Array(rows.lines)).await?;
    share(tx).await
}

/// Who has earned what of it, and what of that may be paid out by now.
async fn share(tx: &mut Tx) -> Result<(), db::Error> {
    billing::shares::adopt(tx).await?;
    while scheduling::appointments::tell_of_ended(tx).await? > 0 {}
    while billing::shares::release_due(tx, None).await? > 0 {}
    store::money::insert_payees(tx).await
}

/// What the page of prices shows: a tax that is part of the price, and two vouchers.
pub(super) async fn write_prices(tx: &mut Tx) -> Result<(), prices::EditError> {
    let now = tx.now();
    let tax = prices::NewTax {
        country: "KE".to_owned(),
        name: "VAT".to_owned(),
        basis_points: 1600,
        inclusive: true,
        valid_from: now.plus_days(-60),
        valid_until: None,
    };
    prices::add_tax(tx, &tax).await?;
    let voucher = |code: &str, name: &str, off| prices::NewDiscount {
        code: Some(code.to_owned()),
        name: name.to_owned(),
        off,
        practitioner: None,
        valid_from: now.plus_days(-60),
        valid_until: Some(now.plus_days(120)),
        most_uses: Some(200),
        per_patient: Some(1),
    };
    prices::add_discount(tx, &voucher("WELCOME10", "Welcome", prices::Off::Share(1000))).await?;
    let gift = prices::Off::Fixed(Money::new(500, Currency::USD));
    prices::add_discount(tx, &voucher("GIFT5", "Gift card", gift)).await?;
    Ok(())
}

fn charge(scene: &Scene<'_>, meeting: &Meeting<'_>) -> Value {
    let status = match meeting.fate {
        Fate::Held => "open",
        Fate::Expired => "void",
        fate if fate.was_refunded() => "refunded",
        _ => "settled",
    };
    json!({"id": meeting.charge, "patient_id": scene.cast.patients[meeting.patient].id,
           "practitioner_id": scene.cast.doctors[meeting.doctor].id, "subject_id": meeting.id, "amount": meeting.service.price,
           "basis_points": PLATFORM, "status": status, "payable_until": meeting.booked_at.plus_minutes(30),
           "settled_at": meeting.fate.was_paid().then_some(meeting.paid_at), "at": meeting.booked_at})
}

fn paid(dice: &mut Dice, scene: &Scene<'_>, meeting: &Meeting<'_>, rows: &mut Rows, accounts: &mut Accounts) {
    let patient = scene.cast.patients[meeting.patient].id;
    let doctor = scene.cast.doctors[meeting.doctor].id;
    let amount = meeting.service.price;
    let payment: PaymentId = dice.id(meeting.paid_at);
    let back = meeting.fate.was_refunded();
    let refunded = if back { amount } else { 0 };
    rows.payments.push(json!({"id": payment, "charge_id": meeting.charge, "patient_id": patient, "practitioner_id": doctor,
                              "gateway_ref": format!("demo_{}", payment.uuid().simple()), "amount": amount,
                              "status": if back { "refunded" } else { "captured" }, "refunded": refunded, "at": meeting.paid_at}));
    let invoice: InvoiceId = dice.id(meeting.paid_at);
    rows.invoices.push(json!({"id": invoice, "kind": "invoice", "prefix": "INV", "charge_id": meeting.charge, "payment_id": payment,
                              "patient_id": patient, "practitioner_id": doctor, "amount": amount, "at": meeting.paid_at}));
    let mut books = Books { dice, rows, accounts, payment, doctor: doctor.uuid() };
    books.book("capture", None, amount, meeting.paid_at);
    if back {
        let at = meeting.closed_at.plus_minutes(1);
        let refund: RefundId = books.dice.id(at);
        books.book("refund", Some(refund), -amount, at);
        let reason = meeting.fate.status();
        rows.refunds.push(
            json!({"id": refund, "payment_id": payment, "charge_id": meeting.charge, "patient_id": patient,
                                 "practitioner_id": doctor, "amount": amount, "reason": reason,
                                 "gateway_ref": format!("demo_{}", refund.uuid().simple()), "at": at}),
        );
        let note: InvoiceId = dice.id(at);
        rows.invoices.push(json!({"id": note, "kind": "credit_note", "prefix": "CN", "charge_id": meeting.charge,
                                  "payment_id": payment, "refund_id": refund, "patient_id": patient, "practitioner_id": doctor,
                                  "amount": amount, "at": at}));
    }
}

struct Books<'a> {
    dice: &'a mut Dice,
    rows: &'a mut Rows,
    accounts: &'a mut Accounts,
    payment: PaymentId,
    doctor: Uuid,
}

impl Books<'_> {
    /// One entry of three lines: what the gateway holds, and who earned it. Debits are positive.
    fn book(&mut self, kind: &'static str, refund: Option<RefundId>, amount: i64, at: Timestamp) {
        let entry: JournalId = self.dice.id(at);
        self.rows
            .entries
            .push(json!({"id": entry, "kind": kind, "payment_id": self.payment, "refund_id": refund, "at": at}));
        let whole = Money::new(amount.abs(), Currency::USD);
        let shares: Vec<i64> = whole
            .split(&[WHOLE - PLATFORM, PLATFORM])
            .into_iter()
            .map(|share| share.amount * amount.signum())
            .collect();
        let doctor = Some(self.doctor);
        for (kind, holder, amount) in [
            ("gateway_clearing", None, amount),
            ("doctor_payable", doctor, -shares[0]),
            ("platform_revenue", None, -shares[1]),
        ] {
            let account = self.accounts.of(self.dice, kind, holder, at);
            let line: JournalId = self.dice.id(at);
            self.rows
                .lines
                .push(json!({"id": line, "entry_id": entry, "account_id": account, "amount": amount, "at": at}));
        }
    }
}
