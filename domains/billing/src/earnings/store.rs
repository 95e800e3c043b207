//! Reads of what a payee has earned. Row-level security lets payees see their own only.

use db::{Error, Tx};
use kernel::{
    Currency, Cursor, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId, PractitionerId, ShareId},
};
use uuid::Uuid;

/// Where the money of a payee stands, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) currency: Currency,
    pub(crate) pending: i64,
    /// Less than nothing where more went back than was left: the next payouts recover it.
    pub(crate) available: i64,
    pub(crate) in_transit: i64,
    pub(crate) paid: i64,
}

/// Judged now: what is due is available, whether or not a job has released it.
pub(crate) async fn list_standings(tx: &mut Tx, payee: PractitionerId) -> Result<Vec<Standing>, Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Standing,
        r#"with moves as (
               select s.currency, s.doctor - s.doctor_returned as amount,
                      s.released_at is not null
                      or coalesce(not s.frozen and s.available_at <= $2 and not exists (select from refunds w where w.payment_id = s.payment_id
                          and w.charge_id = s.charge_id and w.status in ('requested', 'approved', 'submitted')), false) as due,
                      null::text as payout
               from payee_shares s
               where s.practitioner_id = $1 and s.carried_at is null
               union all
               select currency, -amount, true, status from payouts
               where practitioner_id = $1 and status in ('created', 'submitted', 'paid')
               union all
               select currency, -fee_of_payee, true, null from disputes where practitioner_id = $1 and status = 'lost'
           )
           select currency as "currency!: Currency",
                  coalesce(sum(amount) filter (where not due), 0)::bigint as "pending!",
                  coalesce(sum(amount) filter (where due), 0)::bigint as "available!",
                  coalesce(-sum(amount) filter (where payout in ('created', 'submitted')), 0)::bigint as "in_transit!",
                  coalesce(-sum(amount) filter (where payout = 'paid'), 0)::bigint as "paid!"
           from moves group by currency order by currency"#,
        payee as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) id: ShareId,
    pub(crate) charge: ChargeId,
    pub(crate) appointment: Option<AppointmentId>,
    pub(crate) at: Timestamp,
    pub(crate) currency: Currency,
    pub(crate) paid: i64,
    pub(crate) commission: i64,
    pub(crate) tax: i64,
    pub(crate) returned: i64,
    pub(crate) earned: i64,
    pub(crate) available_at: Option<Timestamp>,
    pub(crate) due: bool,
    pub(crate) frozen: bool,
}

/// What was paid in a time, newest first.
pub(crate) async fn list_lines(
    tx: &mut Tx,
    payee: PractitionerId,
    (from, until): (Timestamp, Timestamp),
    request: &PageRequest,
) -> Result<Page<Line>, Error> {
    let now = tx.now();
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|Cursor(text)| text.parse().ok());
    let rows = sqlx::query_as!(
        Line,
        r#"select s.id as "id: ShareId", s.charge_id as "charge: ChargeId",
                  case c.subject_kind when 'appointment' then c.subject_id end as "appointment: AppointmentId",
                  p.captured_at as "at!: Timestamp", s.currency as "currency: Currency", s.paid,
                  s.platform + s.commission_tax + s.fee as "commission!", s.tax, s.returned,
                  s.doctor - s.doctor_returned as "earned!", s.available_at as "available_at: Timestamp",
                  s.released_at is not null
                  or coalesce(not s.frozen and s.available_at <= $4 and not exists (select from refunds w where w.payment_id = s.payment_id
                          and w.charge_id = s.charge_id and w.status in ('requested', 'approved', 'submitted')), false) as "due!",
                  s.frozen
           from payee_shares s join payments p on p.id = s.payment_id join charges c on c.id = s.charge_id
           where s.practitioner_id = $1 and s.carried_at is null and s.paid > 0 and p.captured_at >= $2 and p.captured_at < $3
             and ($5::uuid is null or (p.captured_at, s.id) < (select q.captured_at, t.id from payee_shares t
                                                            join payments q on q.id = t.payment_id where t.id = $5))
           order by p.captured_at desc, s.id desc limit $6"#,
        payee as PractitionerId,
        from as Timestamp,
        until as Timestamp,
        now as Timestamp,
        before,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}

/// The sums of a time, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) currency: Currency,
    pub(crate) count: i64,
    pub(crate) paid: i64,
    pub(crate) commission: i64,
    pub(crate) tax: i64,
    pub(crate) returned: i64,
    pub(crate) earned: i64,
}

pub(crate) async fn list_sums(
    tx: &mut Tx,
    payee: PractitionerId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Sum>, Error> {
    Ok(sqlx::query_as!(
        Sum,
        r#"select s.currency as "currency: Currency", count(*) as "count!", sum(s.paid)::bigint as "paid!",
                  sum(s.platform + s.commission_tax + s.fee)::bigint as "commission!", sum(s.tax)::bigint as "tax!",
                  sum(s.returned)::bigint as "returned!", sum(s.doctor - s.doctor_returned)::bigint as "earned!"
           from payee_shares s join payments p on p.id = s.payment_id
           where s.practitioner_id = $1 and s.carried_at is null and s.paid > 0 and p.captured_at >= $2 and p.captured_at < $3
           group by s.currency order by s.currency"#,
        payee as PractitionerId,
        from as Timestamp,
        until as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The name that stands on a statement.
pub(crate) async fn find_name(tx: &mut Tx, payee: PractitionerId) -> Result<String, Error> {
    Ok(sqlx::query_scalar!(
        "select full_name as \"full_name!\" from named_suppliers where id = $1",
        payee as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?
    .unwrap_or_default())
}
