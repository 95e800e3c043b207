use db::{Error, Tx};
use kernel::{
    Currency, Cursor, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId, InvoiceId, PatientId, PractitionerId},
};
use uuid::Uuid;

use crate::charges::ChargeStatus;

/// Which bills the patient wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Show {
    #[default]
    All,
    /// To be paid now.
    Open,
    Paid,
    /// Money went back, or is on its way.
    Refunded,
}

impl Show {
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::Open, Self::Paid, Self::Refunded];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.as_str() == text).unwrap_or_default()
    }
}

/// One line of the patient's bills.
pub(crate) struct BillRow {
    pub(crate) id: ChargeId,
    pub(crate) subject_id: Uuid,
    pub(crate) visit_id: Option<AppointmentId>,
    pub(crate) supplier: PractitionerId,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) status: String,
    pub(crate) payable_until: Timestamp,
    pub(crate) created_at: Timestamp,
    pub(crate) doctor: String,
    pub(crate) refunded: i64,
    pub(crate) refunding: i64,
    /// Asked for, and waits for a person's approval.
    pub(crate) checking: i64,
    /// The gateway would not; somebody looks into it.
    pub(crate) stuck: i64,
    /// When the oldest refund on its way was approved.
    pub(crate) refunding_since: Option<Timestamp>,
    /// The invoice and the credit notes, oldest first; the two lists go together.
    pub(crate) papers: Vec<InvoiceId>,
    pub(crate) numbers: Vec<String>,
}

impl BillRow {
    pub(crate) fn status(&self) -> ChargeStatus {
        ChargeStatus::read(&self.status)
    }

    pub(crate) fn is_payable(&self, now: Timestamp) -> bool {
        self.status().is_payable(self.amount, self.payable_until, now)
    }
}

/// Of all visits, or of one; newest first.
pub(crate) async fn list_bills(
    tx: &mut Tx,
    patients: &[PatientId],
    (show, visit): (Show, Option<AppointmentId>),
    request: &PageRequest,
) -> Result<Page<BillRow>, Error> {
    let now = tx.now();
    let patients: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|Cursor(text)| text.parse().ok());
    let rows = sqlx::query_as!(
        BillRow,
        r#"select c.id as "id: ChargeId", c.subject_id, c.visit_id as "visit_id: AppointmentId",
                  c.practitioner_id as "supplier: PractitionerId", c.amount, c.currency as "currency: Currency",
                  c.status, c.payable_until as "payable_until: Timestamp", c.created_at as "created_at: Timestamp",
                  d.full_name as "doctor!", r.refunded as "refunded!", r.refunding as "refunding!",
                  r.checking as "checking!", r.stuck as "stuck!",
                  r.since as "refunding_since: Timestamp", i.papers as "papers!: Vec<InvoiceId>", i.numbers as "numbers!"
           from charges c
           join named_suppliers d on d.id = c.practitioner_id
           cross join lateral (
               select coalesce(sum(amount) filter (where status = 'succeeded'), 0)::bigint as refunded,
                      coalesce(sum(amount) filter (where status in ('approved', 'submitted') or (status = 'requested' and approval = 'auto')), 0)::bigint as refunding,
                      coalesce(sum(amount) filter (where status = 'requested' and approval = 'human'), 0)::bigint as checking,
                      coalesce(sum(amount) filter (where status = 'failed' and not exists
                          (select from refunds t where t.retry_of = refunds.id)), 0)::bigint as stuck,
                      min(coalesce(decided_at, created_at)) filter (where status in ('approved', 'submitted')
                          or (status = 'requested' and approval = 'auto')) as since
               from refunds where charge_id = c.id) r
           cross join lateral (
               select coalesce(array_agg(id order by id), '{}') as papers,
                      coalesce(array_agg(number order by id), '{}') as numbers
               from invoices where charge_id = c.id) i
           where c.patient_id = any ($1) and ($2::uuid is null or c.id < $2)
             and case $4 when 'open' then c.status = 'open' and c.payable_until > $5
                         when 'paid' then c.status = 'settled'
                         when 'refunded' then c.status in ('refunded', 'partially_refunded') or r.refunding + r.checking + r.stuck > 0
                         else true end
             and ($6::uuid is null or c.visit_id = $6 or (c.subject_id = $6 and c.subject_kind = 'appointment'))
           order by c.id desc limit $3"#,
        &patients,
        before,
        request.limit() + 1,
        show.as_str(),
        now as Timestamp,
        visit as Option<AppointmentId>
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}
