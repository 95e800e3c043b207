//! All SQL of disputes.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId, DisputeId, PatientId, PaymentId, PractitionerId},
};
use uuid::Uuid;

use super::{Dispute, DisputeStatus};
use crate::{charges::Charge, payments::store::before};

struct DisputeRow {
    id: DisputeId,
    gateway: String,
    dispute_ref: String,
    payment: PaymentId,
    amount: i64,
    held: i64,
    currency: Currency,
    fee: i64,
    fee_of_payee: i64,
    reason: String,
    status: String,
    evidence_due_at: Option<Timestamp>,
}

impl From<DisputeRow> for Dispute {
    fn from(row: DisputeRow) -> Self {
        Self {
            id: row.id,
            gateway: row.gateway,
            dispute_ref: row.dispute_ref,
            payment: row.payment,
            money: Money::new(row.amount, row.currency),
            held: row.held,
            fee: row.fee,
            fee_of_payee: row.fee_of_payee,
            reason: row.reason,
            status: DisputeStatus::read(&row.status),
            evidence_due_at: row.evidence_due_at,
        }
    }
}

pub(crate) async fn insert(tx: &mut Tx, dispute: &Dispute, charge: &Charge) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into disputes (id, gateway, dispute_ref, payment_id, charge_id, practitioner_id, patient_id, amount, held, currency,
             fee, fee_of_payee, reason, status, evidence_due_at, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        dispute.id as DisputeId,
        dispute.gateway,
        dispute.dispute_ref,
        dispute.payment as PaymentId,
        charge.id as ChargeId,
        charge.practitioner as PractitionerId,
        charge.patient as PatientId,
        dispute.money.amount,
        dispute.held,
        dispute.money.currency as Currency,
        dispute.fee,
        dispute.fee_of_payee,
        dispute.reason,
        dispute.status.as_str(),
        dispute.evidence_due_at as Option<Timestamp>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Holds the row.
pub(crate) async fn lock(tx: &mut Tx, gateway: &str, dispute_ref: &str) -> Result<Option<Dispute>, Error> {
    let row = sqlx::query_as!(
        DisputeRow,
        r#"select id as "id: DisputeId", gateway, dispute_ref, payment_id as "payment: PaymentId", amount, held,
                  currency as "currency: Currency", fee, fee_of_payee, reason, status,
                  evidence_due_at as "evidence_due_at: Timestamp"
           from disputes where gateway = $1 and dispute_ref = $2 for update"#,
        gateway,
        dispute_ref
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn set_status(tx: &mut Tx, id: DisputeId, status: DisputeStatus) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update disputes set status = $2, closed_at = case when $2 in ('won', 'lost') then $3::timestamptz end,
             updated_at = clock_timestamp()
         where id = $1",
        id as DisputeId,
        status.as_str(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn has_open(tx: &mut Tx, payment: PaymentId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from disputes where payment_id = $1 and status in ('open', 'under_review')) as "open!""#,
        payment as PaymentId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Which disputes the administrator wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Filter {
    #[default]
    Open,
    Won,
    Lost,
    All,
}

impl Filter {
    pub(crate) const ALL: [Self; 4] = [Self::Open, Self::Won, Self::Lost, Self::All];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::All => "all",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == text).unwrap_or_default()
    }
}

/// A dispute with what can be held against it.
pub(crate) struct CaseRow {
    pub(crate) id: DisputeId,
    pub(crate) gateway: String,
    pub(crate) dispute_ref: String,
    pub(crate) payment: PaymentId,
    pub(crate) doctor: String,
    pub(crate) record_no: String,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) fee: i64,
    pub(crate) reason: String,
    pub(crate) status: String,
    pub(crate) evidence_due_at: Option<Timestamp>,
    pub(crate) opened_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) booked_at: Timestamp,
    pub(crate) paid_at: Option<Timestamp>,
    pub(crate) served_at: Option<Timestamp>,
    pub(crate) refunded: i64,
    pub(crate) invoice: Option<Uuid>,
    pub(crate) invoice_number: Option<String>,
    pub(crate) appointment: Option<AppointmentId>,
}

/// Newest first.
pub(crate) async fn list_cases(tx: &mut Tx, filter: Filter, request: &PageRequest) -> Result<Page<CaseRow>, Error> {
    let rows = sqlx::query_as!(
        CaseRow,
        r#"select d.id as "id: DisputeId", d.gateway, d.dispute_ref, d.payment_id as "payment: PaymentId",
                  p.full_name as "doctor!", s.record_no as "record_no!", d.amount, d.currency as "currency: Currency", d.fee,
                  d.reason, d.status, d.evidence_due_at as "evidence_due_at: Timestamp", d.opened_at as "opened_at: Timestamp",
                  d.closed_at as "closed_at: Timestamp", c.created_at as "booked_at: Timestamp",
                  y.captured_at as "paid_at: Timestamp",
                  (select h.completed_at from payee_shares h where h.payment_id = d.payment_id and h.charge_id = d.charge_id and h.carried_at is null)
                      as "served_at: Timestamp",
                  y.refunded, i.id as "invoice?", i.number as "invoice_number?",
                  case c.subject_kind when 'appointment' then c.subject_id end as "appointment: AppointmentId"
           from disputes d
           join named_suppliers p on p.id = d.practitioner_id
           join patients s on s.id = d.patient_id
           join charges c on c.id = d.charge_id
           join payments y on y.id = d.payment_id
           left join lateral (select o.id, o.number from invoices o where o.payment_id = d.payment_id and o.kind = 'invoice'
                              order by o.charge_id = d.charge_id desc, o.id desc limit 1) i on true
           where ($1::uuid is null or d.id < $1)
             and case $2 when 'open' then d.status in ('open', 'under_review') when 'all' then true else d.status = $2 end
           order by d.id desc limit $3"#,
        before(request),
        filter.as_str(),
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}
