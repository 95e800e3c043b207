use db::{Error, Tx};
use kernel::{
    Currency, Page, PageRequest, Timestamp,
    ids::{AccountId, RefundId},
};
use uuid::Uuid;

/// Which refunds the administrator wants to see; empty fields want all.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeskFilter {
    /// States in their stored words.
    pub(crate) statuses: Vec<String>,
    /// Given by a person rather than by a rule, or the other way round.
    pub(crate) by_person: Option<bool>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    /// The patient's record number.
    pub(crate) record: String,
}

/// A refund as the administrator's desk shows it.
pub(crate) struct DeskRow {
    pub(crate) id: RefundId,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) reason: String,
    pub(crate) status: String,
    pub(crate) approval: String,
    pub(crate) note: String,
    pub(crate) decision_note: String,
    pub(crate) failure: String,
    pub(crate) asked_by: Option<AccountId>,
    pub(crate) asked_by_name: Option<String>,
    pub(crate) decided_by_name: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) decided_at: Option<Timestamp>,
    pub(crate) settled_at: Option<Timestamp>,
    pub(crate) paid: i64,
    pub(crate) gateway: String,
    pub(crate) patient_record: String,
    pub(crate) doctor: String,
    /// The refund that was asked for in its stead.
    pub(crate) retried_as: Option<RefundId>,
}

/// Newest first.
pub(crate) async fn list_at_desk(
    tx: &mut Tx,
    filter: &DeskFilter,
    request: &PageRequest,
) -> Result<Page<DeskRow>, Error> {
    tx.plan_for_values().await?;
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok());
    let rows = sqlx::query_as!(
        DeskRow,
        r#"select r.id as "id: RefundId", r.amount, r.currency as "currency: Currency",
                  r.reason, r.status, r.approval, r.note, r.decision_note, r.failure, r.asked_by as "asked_by: AccountId",
                  a.name as "asked_by_name?", b.name as "decided_by_name?", r.created_at as "created_at: Timestamp",
                  r.decided_at as "decided_at: Timestamp", r.settled_at as "settled_at: Timestamp", p.amount as paid, p.gateway,
                  s.record_no as "patient_record", d.full_name as "doctor!", t.id as "retried_as?: RefundId"
           from refunds r
           join payments p on p.id = r.payment_id
           join patients s on s.id = r.patient_id
           join named_suppliers d on d.id = r.practitioner_id
           left join accounts a on a.id = r.asked_by
           left join accounts b on b.id = r.decided_by
           left join refunds t on t.retry_of = r.id
           where ($1::uuid is null or r.id < $1)
             and (cardinality($2::text[]) = 0 or r.status = any ($2))
             and ($3::boolean is null or (r.asked_by is not null) = $3)
             and ($4::timestamptz is null or r.created_at >= $4)
             and ($5::timestamptz is null or r.created_at < $5)
             and ($6 = '' or s.record_no = $6)
           order by r.id desc limit $7"#,
        before,
        &filter.statuses,
        filter.by_person,
        filter.from as Option<Timestamp>,
        filter.until as Option<Timestamp>,
        filter.record,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}

pub(crate) async fn find_at_desk(tx: &mut Tx, refund: RefundId) -> Result<Option<DeskRow>, Error> {
    Ok(sqlx::query_as!(
        DeskRow,
        r#"select r.id as "id: RefundId", r.amount, r.currency as "currency: Currency",
                  r.reason, r.status, r.approval, r.note, r.decision_note, r.failure, r.asked_by as "asked_by: AccountId",
                  a.name as "asked_by_name?", b.name as "decided_by_name?", r.created_at as "created_at: Timestamp",
                  r.decided_at as "decided_at: Timestamp", r.settled_at as "settled_at: Timestamp", p.amount as paid, p.gateway,
                  s.record_no as "patient_record", d.full_name as "doctor!", t.id as "retried_as?: RefundId"
           from refunds r
           join payments p on p.id = r.payment_id
           join patients s on s.id = r.patient_id
           join named_suppliers d on d.id = r.practitioner_id
           left join accounts a on a.id = r.asked_by
           left join accounts b on b.id = r.decided_by
           left join refunds t on t.retry_of = r.id
           where r.id = $1"#,
        refund as RefundId
    )
    .fetch_optional(tx.conn())
    .await?)
}
