use db::{Error, Tx};
use kernel::{
    Currency, Page, PageRequest, Timestamp,
    ids::{PayoutId, PractitionerId},
};

use crate::payments::store::before;

/// Which payouts the administrator wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Filter {
    #[default]
    All,
    UnderWay,
    Paid,
    /// Failed or returned.
    Back,
}

impl Filter {
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::UnderWay, Self::Paid, Self::Back];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::UnderWay => "under_way",
            Self::Paid => "paid",
            Self::Back => "back",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == text).unwrap_or_default()
    }

    /// Empty: every state.
    fn statuses(self) -> Vec<String> {
        let statuses: &[&str] = match self {
            Self::All => &[],
            Self::UnderWay => &["created", "submitted"],
            Self::Paid => &["paid"],
            Self::Back => &["failed", "returned"],
        };
        statuses.iter().map(|status| (*status).to_owned()).collect()
    }
}

pub(crate) struct AdminRow {
    pub(crate) id: PayoutId,
    pub(crate) doctor: String,
    pub(crate) gateway: String,
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) status: String,
    pub(crate) failure: Option<String>,
    pub(crate) payout_ref: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) paid_at: Option<Timestamp>,
}

/// Newest first.
pub(crate) async fn list_for_admin(
    tx: &mut Tx,
    filter: Filter,
    request: &PageRequest,
) -> Result<Page<AdminRow>, Error> {
    let rows = sqlx::query_as!(
        AdminRow,
        r#"select o.id as "id: PayoutId", d.full_name as "doctor!", o.gateway, o.amount, o.currency as "currency: Currency",
                  o.status, o.failure, o.payout_ref, o.created_at as "created_at: Timestamp", o.paid_at as "paid_at: Timestamp"
           from payouts o join named_suppliers d on d.id = o.practitioner_id
           where ($1::uuid is null or o.id < $1) and (cardinality($2::text[]) = 0 or o.status = any ($2))
           order by o.id desc limit $3"#,
        before(request),
        &filter.statuses(),
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}

/// The most rows of one file.
const EXPORT: i64 = 10_000;

/// Newest first, as a file: as many as a spreadsheet takes.
pub(crate) async fn list_for_export(tx: &mut Tx, filter: Filter) -> Result<Vec<AdminRow>, Error> {
    Ok(sqlx::query_as!(
        AdminRow,
        r#"select o.id as "id: PayoutId", d.full_name as "doctor!", o.gateway, o.amount, o.currency as "currency: Currency",
                  o.status, o.failure, o.payout_ref, o.created_at as "created_at: Timestamp", o.paid_at as "paid_at: Timestamp"
           from payouts o join named_suppliers d on d.id = o.practitioner_id
           where cardinality($1::text[]) = 0 or o.status = any ($1)
           order by o.id desc limit $2"#,
        &filter.statuses(),
        EXPORT
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The newest payouts of a payee.
pub(crate) async fn list_of_payee(tx: &mut Tx, payee: PractitionerId, limit: i64) -> Result<Vec<AdminRow>, Error> {
    Ok(sqlx::query_as!(
        AdminRow,
        r#"select o.id as "id: PayoutId", d.full_name as "doctor!", o.gateway, o.amount, o.currency as "currency: Currency",
                  o.status, o.failure, o.payout_ref, o.created_at as "created_at: Timestamp", o.paid_at as "paid_at: Timestamp"
           from payouts o join named_suppliers d on d.id = o.practitioner_id
           where o.practitioner_id = $1 order by o.id desc limit $2"#,
        payee as PractitionerId,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What would be paid if a batch were made now, and what stands against it.
pub(crate) struct ReadyRow {
    pub(crate) payee: PractitionerId,
    /// A place: administrators open its account.
    pub(crate) is_place: bool,
    pub(crate) doctor: String,
    pub(crate) currency: Currency,
    pub(crate) available: i64,
    pub(crate) state: Option<String>,
    pub(crate) under_way: bool,
}

/// Payees with a balance, the largest first. What is due counts, whether or not a job has released it.
pub(crate) async fn list_ready(tx: &mut Tx, gateway: &str, limit: i64) -> Result<Vec<ReadyRow>, Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        ReadyRow,
        r#"with balance as (
               select practitioner_id, currency, sum(amount)::bigint as available from (
                   select s.practitioner_id, s.currency, s.doctor - s.doctor_returned as amount
                   from payee_shares s
                   where s.carried_at is null and (s.released_at is not null
                       or (not s.frozen and s.available_at <= $2 and not exists (select from refunds w where w.payment_id = s.payment_id
                          and w.charge_id = s.charge_id and w.status in ('requested', 'approved', 'submitted'))))
                   union all
                   select practitioner_id, currency, -amount from payouts where status in ('created', 'submitted', 'paid')
                   union all
                   select practitioner_id, currency, -fee_of_payee from disputes where status = 'lost'
               ) moves group by practitioner_id, currency
           )
           select d.id as "payee!: PractitionerId", d.facility_id is not null as "is_place!", d.full_name as "doctor!",
                  b.currency as "currency!: Currency", b.available as "available!", e.state as "state?",
                  exists (select from payouts o where o.practitioner_id = b.practitioner_id and o.currency = b.currency
                          and o.status in ('created', 'submitted')) as "under_way!"
           from balance b
           join named_suppliers d on d.id = b.practitioner_id
           left join payees e on e.practitioner_id = b.practitioner_id and e.gateway = $1
           where b.available <> 0
           order by b.available desc, d.full_name limit $3"#,
        gateway,
        now as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
