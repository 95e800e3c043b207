//! Numbers of the administrator's overview, counted at the moment they are shown.

use db::Tx;
use kernel::{Currency, Money, Timestamp};

#[derive(Debug)]
pub(crate) struct Today {
    pub(crate) booked: i64,
    pub(crate) waiting: i64,
    pub(crate) running: i64,
    pub(crate) done: i64,
    pub(crate) requests: i64,
    pub(crate) holds: i64,
}

pub(crate) async fn today(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<Today, db::Error> {
    let now = tx.now();
    let today = sqlx::query_as!(
        Today,
        r#"select
               count(*) filter (where a.starts_at >= $1 and a.starts_at < $2 and a.status in ('confirmed', 'fulfilled')) as "booked!",
               count(*) filter (where a.status = 'confirmed' and a.visit_status = 'waiting' and a.starts_at >= $1 and a.starts_at < $2) as "waiting!",
               count(*) filter (where a.status = 'confirmed' and a.visit_status = 'in_consultation') as "running!",
               count(*) filter (where a.starts_at >= $1 and a.starts_at < $2 and a.visit_status in ('ended', 'signed')) as "done!",
               count(*) filter (where a.status = 'requested' and a.hold_expires_at > $3) as "requests!",
               count(*) filter (where a.status = 'held' and a.hold_expires_at > $3) as "holds!"
           from appointments a
           where a.starts_at >= $1 and a.starts_at < $2 or a.status in ('requested', 'held')
               or a.status = 'confirmed' and a.visit_status = 'in_consultation'"#,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(today)
}

/// The last thirty days.
#[derive(Debug)]
pub(crate) struct Month {
    pub(crate) finished: i64,
    pub(crate) absent: i64,
    pub(crate) cancelled: i64,
}

pub(crate) async fn month(tx: &mut Tx) -> Result<Month, db::Error> {
    let now = tx.now();
    let month = sqlx::query_as!(
        Month,
        r#"select count(*) filter (where status = 'fulfilled') as "finished!",
               count(*) filter (where status = 'no_show_patient') as "absent!",
               count(*) filter (where status in ('cancelled_by_patient', 'cancelled_by_doctor', 'cancelled_by_platform')) as "cancelled!"
           from appointments where starts_at > $1::timestamptz - interval '30 days' and starts_at <= $1"#,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(month)
}

#[derive(Debug)]
pub(crate) struct People {
    pub(crate) submitted: i64,
    pub(crate) published: i64,
    pub(crate) suspended: i64,
    pub(crate) stale: i64,
    pub(crate) patients: i64,
    pub(crate) accounts: i64,
    pub(crate) reviews: i64,
    pub(crate) places: i64,
}

pub(crate) async fn people(tx: &mut Tx) -> Result<People, db::Error> {
    let now = tx.now();
    let people = sqlx::query_as!(
        People,
        r#"select
               (select count(*) from practitioners where status = 'submitted') as "submitted!",
               (select count(*) from practitioners where status = 'published') as "published!",
               (select count(*) from practitioners where status = 'suspended') as "suspended!",
               (select count(*) from practitioners where status = 'published'
                   and licence_checked_on < ($1::timestamptz at time zone 'UTC')::date - 90) as "stale!",
               (select count(*) from patients where deleted_at is null) as "patients!",
               (select count(*) from accounts where status = 'active') as "accounts!",
               (select count(*) from reviews where status = 'awaiting_moderation') as "reviews!",
               (select count(*) from facilities where active) as "places!""#,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(people)
}

/// What came in and went back since an instant, by currency, the largest first.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) received: Money,
    pub(crate) returned: Money,
    pub(crate) payments: i64,
}

pub(crate) async fn list_flows(tx: &mut Tx, since: Timestamp) -> Result<Vec<Flow>, db::Error> {
    let rows = sqlx::query!(
        r#"select currency as "currency: Currency", sum(amount)::bigint as "received!", sum(refunded)::bigint as "returned!",
               count(*) as "payments!"
           from payments where captured_at >= $1 group by currency order by count(*) desc"#,
        since as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let flows = rows.into_iter().map(|row| Flow {
        received: Money::new(row.received, row.currency),
        returned: Money::new(row.returned, row.currency),
        payments: row.payments,
    });
    Ok(flows.collect())
}

#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) failed_payments: i64,
    pub(crate) stuck_refunds: i64,
    /// Wait for a second administrator.
    pub(crate) refunds_to_approve: i64,
    /// Pairs of records that are more than hardly one person's.
    pub(crate) double_records: i64,
}

pub(crate) async fn trouble(tx: &mut Tx) -> Result<Trouble, db::Error> {
    let now = tx.now();
    let trouble = sqlx::query_as!(
        Trouble,
        r#"select
               (select count(*) from payments where status = 'failed' and updated_at > $1::timestamptz - interval '7 days') as "failed_payments!",
               (select count(*) from refunds r where status = 'failed'
                   and not exists (select from refunds t where t.retry_of = r.id)) as "stuck_refunds!",
               (select count(*) from refunds where status = 'requested' and approval = 'human') as "refunds_to_approve!",
               (select count(*) from duplicate_pairs where status = 'open' and band <> 'low') as "double_records!""#,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(trouble)
}

/// Visits finished on each of the last fourteen days, oldest first, and those to come on the next seven.
pub(crate) async fn list_days(tx: &mut Tx, zone: &kernel::Zone) -> Result<Vec<(kernel::LocalDate, i64)>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select d.day::date as "day!: kernel::LocalDate", count(a.id) as "visits!"
           from generate_series(($1::timestamptz at time zone $2)::date - 13, ($1::timestamptz at time zone $2)::date + 7, interval '1 day') d(day)
           left join appointments a on a.status in ('confirmed', 'fulfilled') and (a.starts_at at time zone $2)::date = d.day::date
               and a.starts_at > $1::timestamptz - interval '16 days' and a.starts_at < $1::timestamptz + interval '10 days'
           group by d.day order by d.day"#,
        now as Timestamp,
        zone.name()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.day, row.visits)).collect())
}
