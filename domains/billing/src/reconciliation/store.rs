//! All SQL of reconciliations.

use std::collections::HashSet;

use db::{Error, Tx};
use kernel::{
    Currency, LocalDate, Money, Timestamp,
    ids::{AccountId, PaymentId, ReconciliationId, RefundId},
};
use uuid::Uuid;

use super::{
    compare::{Line, Named, Ours, What},
    policy::Ran,
};

mod shown;

pub(crate) use shown::{DayFilter, DayRow, LineRow, TotalRow, find_run, list_days, list_lines, list_totals};

/// Our side: everything that the movements name, and everything that was done on the day. What was recorded as paid before this
/// installation (`recorded_…`) passed no gateway of ours.
pub(crate) async fn list_ours(
    tx: &mut Tx,
    gateway: &str,
    day: (Timestamp, Timestamp),
    named: &Named,
) -> Result<Vec<Ours>, Error> {
    let mut ours = list_captures(tx, gateway, day, named).await?;
    ours.extend(list_refunds(tx, gateway, day, named).await?);
    Ok(ours)
}

async fn list_captures(
    tx: &mut Tx,
    gateway: &str,
    (from, until): (Timestamp, Timestamp),
    named: &Named,
) -> Result<Vec<Ours>, Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PaymentId", p.gateway_ref, p.amount, p.currency as "currency: Currency",
                  p.captured_at as "at!: Timestamp", b.booked
           from payments p
           cross join lateral (
               select sum(l.amount)::bigint as booked from journal_entries e
               join journal_lines l on l.entry_id = e.id and l.currency = p.currency
               join ledger_accounts a on a.id = l.account_id and a.kind = 'gateway_clearing'
               where e.payment_id = p.id and e.kind = 'capture') b
           where p.gateway = $1 and p.captured_at is not null and p.gateway_ref not like 'recorded\_%'
             and ((p.captured_at >= $2 and p.captured_at < $3) or p.id = any ($4) or p.gateway_ref = any ($5))
           order by p.captured_at, p.id"#,
        gateway,
        from as Timestamp,
        until as Timestamp,
        &named.payments,
        &named.payment_references
    )
    .fetch_all(tx.conn())
    .await?;
    let ours = rows.into_iter().map(|row| Ours {
        what: What::Capture(row.id),
        reference: row.gateway_ref,
        money: Money::new(row.amount, row.currency),
        at: row.at,
        booked: row.booked,
    });
    Ok(ours.collect())
}

async fn list_refunds(
    tx: &mut Tx,
    gateway: &str,
    (from, until): (Timestamp, Timestamp),
    named: &Named,
) -> Result<Vec<Ours>, Error> {
    let rows = sqlx::query!(
        r#"select r.id as "id: RefundId", r.gateway_ref, r.amount, r.currency as "currency: Currency",
                  r.settled_at as "at!: Timestamp", b.booked
           from refunds r
           join payments p on p.id = r.payment_id
           cross join lateral (
               select sum(l.amount)::bigint as booked from journal_entries e
               join journal_lines l on l.entry_id = e.id and l.currency = r.currency
               join ledger_accounts a on a.id = l.account_id and a.kind = 'gateway_clearing'
               where e.refund_id = r.id) b
           where p.gateway = $1 and r.status = 'succeeded' and p.gateway_ref not like 'recorded\_%'
             and ((r.settled_at >= $2 and r.settled_at < $3) or r.id = any ($4) or r.gateway_ref = any ($5))
           order by r.settled_at, r.id"#,
        gateway,
        from as Timestamp,
        until as Timestamp,
        &named.refunds,
        &named.refund_references
    )
    .fetch_all(tx.conn())
    .await?;
    let ours = rows.into_iter().map(|row| Ours {
        what: What::Refund(row.id),
        reference: row.gateway_ref,
        money: Money::new(-row.amount, row.currency),
        at: row.at,
        booked: row.booked,
    });
    Ok(ours.collect())
}

/// What of ours stands beside a movement of an earlier day already.
pub(crate) async fn list_seen_before(
    tx: &mut Tx,
    gateway: &str,
    day: LocalDate,
    ours: &[Ours],
) -> Result<HashSet<What>, Error> {
    let payments: Vec<Uuid> = ours.iter().filter_map(|our| our.what.payment()).map(PaymentId::uuid).collect();
    let refunds: Vec<Uuid> = ours.iter().filter_map(|our| our.what.refund()).map(RefundId::uuid).collect();
    let rows = sqlx::query!(
        r#"select distinct l.payment_id as "payment: PaymentId", l.refund_id as "refund: RefundId"
           from reconciliation_lines l join reconciliations r on r.id = l.reconciliation_id
           where r.gateway = $1 and r.day < $2 and l.there is not null
             and (l.payment_id = any ($3) or l.refund_id = any ($4))"#,
        gateway,
        day as LocalDate,
        &payments,
        &refunds
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.refund.map(What::Refund).or(row.payment.map(What::Capture))).collect())
}

pub(crate) struct NewRun<'a> {
    pub(crate) id: ReconciliationId,
    pub(crate) gateway: &'a str,
    pub(crate) day: LocalDate,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) by: Option<AccountId>,
    pub(crate) differences: usize,
}

/// A run with all its lines.
pub(crate) async fn insert_run(tx: &mut Tx, run: &NewRun<'_>, lines: &[Line]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into reconciliations (id, gateway, day, starts_at, ends_at, ran_by, ran_at, lines, differences)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        run.id as ReconciliationId,
        run.gateway,
        run.day as LocalDate,
        run.starts_at as Timestamp,
        run.ends_at as Timestamp,
        run.by as Option<AccountId>,
        now as Timestamp,
        i32::try_from(lines.len()).unwrap_or(i32::MAX),
        i32::try_from(run.differences).unwrap_or(i32::MAX)
    )
    .execute(tx.conn())
    .await?;
    insert_lines(tx, run.id, lines).await
}

async fn insert_lines(tx: &mut Tx, run: ReconciliationId, lines: &[Line]) -> Result<(), Error> {
    let places: Vec<i32> = (0..).take(lines.len()).collect();
    let texts = |of: fn(&Line) -> &'static str| lines.iter().map(|line| of(line).to_owned()).collect::<Vec<_>>();
    let kinds = texts(Line::kind_word);
    let outcomes = texts(|line| line.outcome.as_str());
    let matched = texts(|line| line.matched_by.as_str());
    let currencies = texts(|line| line.currency.code());
    let movements: Vec<Option<String>> = lines.iter().map(|line| line.movement.clone()).collect();
    let references: Vec<Option<String>> = lines.iter().map(|line| line.reference.clone()).collect();
    let payments: Vec<Option<Uuid>> =
        lines.iter().map(|line| line.what.and_then(What::payment).map(PaymentId::uuid)).collect();
    let refunds: Vec<Option<Uuid>> =
        lines.iter().map(|line| line.what.and_then(What::refund).map(RefundId::uuid)).collect();
    let moved_at: Vec<Timestamp> = lines.iter().map(|line| line.at).collect();
    let there: Vec<Option<i64>> = lines.iter().map(|line| line.there).collect();
    let here: Vec<Option<i64>> = lines.iter().map(|line| line.here).collect();
    let booked: Vec<Option<i64>> = lines.iter().map(|line| line.booked).collect();
    sqlx::query!(
        "insert into reconciliation_lines (reconciliation_id, place, kind, outcome, matched_by, movement_id, reference, payment_id,
                                           refund_id, moved_at, there, here, booked, currency)
         select $1, line.place, line.kind, line.outcome, line.matched_by, line.movement_id, line.reference, line.payment_id,
                line.refund_id, line.moved_at, line.there, line.here, line.booked, line.currency
         from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[],
                     $10::timestamptz[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[])
              as line (place, kind, outcome, matched_by, movement_id, reference, payment_id, refund_id, moved_at, there, here,
                       booked, currency)",
        run as ReconciliationId,
        &places,
        &kinds,
        &outcomes,
        &matched,
        &movements as &[Option<String>],
        &references as &[Option<String>],
        &payments as &[Option<Uuid>],
        &refunds as &[Option<Uuid>],
        &moved_at as &[Timestamp],
        &there as &[Option<i64>],
        &here as &[Option<i64>],
        &booked as &[Option<i64>],
        &currencies
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find_first_capture(tx: &mut Tx, gateway: &str) -> Result<Option<Timestamp>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select min(captured_at) as "first: Timestamp" from payments
           where gateway = $1 and captured_at is not null and gateway_ref not like 'recorded\_%'"#,
        gateway
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The latest run of each of the last forty days.
pub(crate) async fn list_latest_runs(tx: &mut Tx, gateway: &str) -> Result<Vec<Ran>, Error> {
    let rows = sqlx::query!(
        r#"select distinct on (day) day as "day: LocalDate", ran_at as "at: Timestamp", differences > 0 as "differs!"
           from reconciliations where gateway = $1 order by day desc, ran_at desc, id desc limit 40"#,
        gateway
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Ran { day: row.day, at: row.at, differs: row.differs }).collect())
}

/// Who runs the house; there are few.
pub(crate) async fn list_administrators(tx: &mut Tx) -> Result<Vec<AccountId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select r.account_id as "account: AccountId" from account_roles r join accounts a on a.id = r.account_id
           where r.role = 'administrator' and a.status = 'active' order by r.account_id limit 200"#
    )
    .fetch_all(tx.conn())
    .await?)
}
