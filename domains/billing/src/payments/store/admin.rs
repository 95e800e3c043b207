use db::{Error, Tx};
use kernel::{
    Currency, Page, PageRequest, Timestamp,
    ids::{InvoiceId, PaymentId},
};

use super::before;

/// Which payments the administrator wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Filter {
    #[default]
    All,
    Open,
    Captured,
    Refunded,
    Failed,
    /// A refund that the gateway would not make.
    RefundFailed,
}

impl Filter {
    pub(crate) const ALL: [Self; 6] =
        [Self::All, Self::Open, Self::Captured, Self::Refunded, Self::Failed, Self::RefundFailed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Captured => "captured",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
            Self::RefundFailed => "refund_trouble",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == text).unwrap_or_default()
    }

    /// Empty: every state.
    fn statuses(self) -> Vec<String> {
        let statuses: &[&str] = match self {
            Self::All | Self::RefundFailed => &[],
            Self::Open => &["created", "requires_action", "processing"],
            Self::Captured => &["captured"],
            Self::Refunded => &["partially_refunded", "refunded"],
            Self::Failed => &["failed", "cancelled"],
        };
        statuses.iter().map(|status| (*status).to_owned()).collect()
    }
}

pub(crate) struct AdminRow {
    pub(crate) id: PaymentId,
    pub(crate) gateway: String,
    pub(crate) status: String,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) refunded: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) captured_at: Option<Timestamp>,
    pub(crate) doctor: String,
    pub(crate) patient_record: String,
    pub(crate) invoice: Option<InvoiceId>,
    pub(crate) invoice_number: Option<String>,
    pub(crate) failed_refunds: i64,
}

/// Newest first.
pub(crate) async fn list_for_admin(
    tx: &mut Tx,
    filter: Filter,
    request: &PageRequest,
) -> Result<Page<AdminRow>, Error> {
    tx.plan_for_values().await?;
    let rows = sqlx::query_as!(
        AdminRow,
        r#"select p.id as "id: PaymentId", p.gateway, p.status, p.amount,
                  p.currency as "currency: Currency", p.refunded, p.created_at as "created_at: Timestamp",
                  p.captured_at as "captured_at: Timestamp", d.full_name as "doctor!", s.record_no as "patient_record!",
                  i.id as "invoice?: InvoiceId", i.number as "invoice_number?",
                  (select count(*) from refunds r where r.payment_id = p.id and r.status = 'failed'
                      and not exists (select from refunds t where t.retry_of = r.id)) as "failed_refunds!"
           from payments p
           join named_suppliers d on d.id = p.practitioner_id
           join patients s on s.id = p.patient_id
           left join lateral (select o.id, o.number from invoices o where o.payment_id = p.id and o.kind = 'invoice'
                              order by o.charge_id = p.charge_id desc, o.id desc limit 1) i on true
           where ($1::uuid is null or p.id < $1)
             and (cardinality($2::text[]) = 0 or p.status = any ($2))
             and (not $3 or exists (select from refunds r where r.payment_id = p.id and r.status = 'failed'
                  and not exists (select from refunds t where t.retry_of = r.id)))
           order by p.id desc limit $4"#,
        before(request),
        &filter.statuses(),
        filter == Filter::RefundFailed,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}
