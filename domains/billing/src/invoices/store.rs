//! All SQL of invoices.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{ChargeId, InvoiceId, PatientId, PaymentId, PractitionerId, RefundId},
};

use super::{Invoice, InvoiceKind};

pub(crate) struct NewInvoice {
    pub(crate) id: InvoiceId,
    pub(crate) kind: InvoiceKind,
    pub(crate) number: String,
    pub(crate) series: String,
    pub(crate) year: i32,
    pub(crate) serial: i32,
    pub(crate) charge: ChargeId,
    pub(crate) payment: PaymentId,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) money: Money,
    pub(crate) issued_at: Timestamp,
}

/// The row of numbers of a supplier: "0007". It is given with the first invoice.
pub(crate) async fn series_of(tx: &mut Tx, supplier: PractitionerId) -> Result<String, Error> {
    let place = sqlx::query_scalar!(
        "insert into invoice_series (practitioner_id) values ($1)
         on conflict (practitioner_id) do update set updated_at = invoice_series.updated_at
         returning place",
        supplier as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(format!("{place:04}"))
}

/// Holds the counter until the transaction ends.
pub(crate) async fn next_serial(tx: &mut Tx, series: &str, kind: InvoiceKind, year: i32) -> Result<i32, Error> {
    Ok(sqlx::query_scalar!(
        "insert into invoice_counters (series, kind, year, last) values ($3, $1, $2, 1)
         on conflict (series, kind, year) do update set last = invoice_counters.last + 1, updated_at = clock_timestamp()
         returning last",
        kind.as_str(),
        year,
        series
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewInvoice) -> Result<(), Error> {
    let (refund, corrects) = match new.kind {
        InvoiceKind::Invoice => (None, None),
        InvoiceKind::CreditNote { refund } => (Some(refund), None),
        InvoiceKind::Correction { of } => (None, Some(of)),
    };
    sqlx::query!(
        "insert into invoices (id, kind, number, year, serial, charge_id, payment_id, refund_id, patient_id,
                               practitioner_id, amount, currency, issued_at, series, corrects_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        new.id as InvoiceId,
        new.kind.as_str(),
        new.number,
        new.year,
        new.serial,
        new.charge as ChargeId,
        new.payment as PaymentId,
        refund as Option<RefundId>,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.money.amount,
        new.money.currency as Currency,
        new.issued_at as Timestamp,
        new.series,
        corrects as Option<InvoiceId>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was carried here from another charge may still be invoiced under that one.
pub(crate) async fn has_invoice(tx: &mut Tx, payment: PaymentId, charge: ChargeId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from invoices where payment_id = $1 and kind = 'invoice'
               and (charge_id = $2 or charge_id in (select h.charge_id from payee_shares h
                                                    where h.payment_id = $1 and h.carried_at is not null))) as "found!""#,
        payment as PaymentId,
        charge as ChargeId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The invoice of what a payment paid for a charge, in force; a payment carried here may have it under another charge of the same supplier.
pub(crate) async fn find_invoice(
    tx: &mut Tx,
    payment: PaymentId,
    charge: ChargeId,
) -> Result<Option<(InvoiceId, Money)>, Error> {
    let row = sqlx::query!(
        r#"select i.id as "id: InvoiceId", i.amount, i.currency as "currency: Currency"
           from invoices i
           where i.payment_id = $1 and i.kind = 'invoice' and not exists (select from invoices n where n.corrects_id = i.id)
             and (i.charge_id = $2 or i.charge_id in (select h.charge_id from payee_shares h
                                                      where h.payment_id = $1 and h.carried_at is not null))
           order by i.charge_id = $2 desc, i.id desc limit 1"#,
        payment as PaymentId,
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, Money::new(row.amount, row.currency))))
}

/// The documents of a charge, oldest first: the invoice, then its credit notes.
pub(crate) async fn list_of_charge(tx: &mut Tx, charge: ChargeId) -> Result<Vec<Invoice>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: InvoiceId", refund_id as "refund_id: RefundId", corrects_id as "corrects_id: InvoiceId", number, charge_id as "charge_id: ChargeId",
                  payment_id as "payment_id: PaymentId", amount, currency as "currency: Currency",
                  issued_at as "issued_at: Timestamp"
           from invoices where charge_id = $1 order by id"#,
        charge as ChargeId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Invoice {
            id: row.id,
            kind: match (row.refund_id, row.corrects_id) {
                (Some(refund), _) => InvoiceKind::CreditNote { refund },
                (None, Some(of)) => InvoiceKind::Correction { of },
                (None, None) => InvoiceKind::Invoice,
            },
            number: row.number,
            charge: row.charge_id,
            payment: row.payment_id,
            money: Money::new(row.amount, row.currency),
            issued_at: row.issued_at,
        })
        .collect())
}

/// The credit note of a refund, with its number.
pub(crate) async fn find_credit_note(tx: &mut Tx, refund: RefundId) -> Result<Option<(InvoiceId, String)>, Error> {
    let row =
        sqlx::query!(r#"select id as "id: InvoiceId", number from invoices where refund_id = $1"#, refund as RefundId)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map(|row| (row.id, row.number)))
}

/// All that is printed on an invoice or credit note.
pub(crate) struct Printed {
    pub(crate) id: InvoiceId,
    pub(crate) charge: ChargeId,
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) issued_at: Timestamp,
    pub(crate) paid_at: Option<Timestamp>,
    pub(crate) gateway: String,
    pub(crate) patient: String,
    pub(crate) record_no: String,
    pub(crate) doctor: String,
    pub(crate) qualification: String,
    pub(crate) registration_no: String,
    pub(crate) registration_body: String,
    pub(crate) about: Option<String>,
    pub(crate) is_order: bool,
    /// A credit note for which no money went back.
    pub(crate) is_correction: bool,
}

/// Row-level security decides who may see it: its patient, its doctor, an administrator.
pub(crate) async fn find_printed(tx: &mut Tx, id: InvoiceId) -> Result<Option<Printed>, Error> {
    Ok(sqlx::query_as!(
        Printed,
        r#"select i.id as "id: InvoiceId", i.charge_id as "charge: ChargeId", i.kind, i.number, i.amount, i.currency as "currency: Currency",
                  i.issued_at as "issued_at: Timestamp", p.captured_at as "paid_at: Timestamp", p.gateway,
                  s.full_name as "patient!", s.record_no as "record_no!", d.full_name as "doctor!",
                  d.qualification as "qualification!", d.registration_no as "registration_no!",
                  d.registration_body as "registration_body!",
                  (select o.number from invoices o where i.kind = 'credit_note' and o.kind = 'invoice'
                   and o.payment_id = i.payment_id order by o.id = i.corrects_id desc nulls last, o.charge_id = i.charge_id desc limit 1) as about,
                  c.visit_id is not null as "is_order!", i.corrects_id is not null as "is_correction!"
           from invoices i
           join payments p on p.id = i.payment_id
           join charges c on c.id = i.charge_id
           join patients s on s.id = i.patient_id
           join named_suppliers d on d.id = i.practitioner_id
           where i.id = $1"#,
        id as InvoiceId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The invoice of a charge, once it is paid.
pub async fn find_for_charge(tx: &mut Tx, charge: ChargeId) -> Result<Option<InvoiceId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select i.id as "id!: InvoiceId" from invoices i join payments p on p.id = i.payment_id
           where (i.charge_id = $1 or p.charge_id = $1) and i.kind = 'invoice' order by i.charge_id = $1 desc, i.id limit 1"#,
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?)
}
