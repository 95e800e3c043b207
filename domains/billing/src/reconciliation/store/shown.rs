use db::{Error, Tx};
use kernel::{
    Currency, LocalDate, Timestamp,
    ids::{PaymentId, ReconciliationId, RefundId},
};
use uuid::Uuid;

/// Which days the administrator wants to see; empty fields want all.
#[derive(Debug, Clone, Default)]
pub(crate) struct DayFilter {
    pub(crate) gateway: String,
    pub(crate) differing: bool,
    pub(crate) from: Option<LocalDate>,
    pub(crate) until: Option<LocalDate>,
    /// The last day of the page before, and its gateway.
    pub(crate) after: Option<(LocalDate, String)>,
}

/// The latest run of a day of a gateway.
pub(crate) struct DayRow {
    pub(crate) id: ReconciliationId,
    pub(crate) gateway: String,
    pub(crate) day: LocalDate,
    pub(crate) ran_at: Timestamp,
    pub(crate) ran_by: Option<String>,
    pub(crate) lines: i32,
    pub(crate) differences: i32,
}

/// The latest days first, `limit` of them and one more.
pub(crate) async fn list_days(tx: &mut Tx, filter: &DayFilter, limit: i64) -> Result<Vec<DayRow>, Error> {
    tx.plan_for_values().await?;
    let (day, gateway) = filter.after.clone().unzip();
    Ok(sqlx::query_as!(
        DayRow,
        r#"select r.id as "id!: ReconciliationId", r.gateway as "gateway!", r.day as "day!: LocalDate",
                  r.ran_at as "ran_at!: Timestamp", a.name as "ran_by?", r.lines as "lines!", r.differences as "differences!"
           from (select distinct on (day, gateway) * from (
                     select id, gateway, day, ran_at, ran_by, lines, differences from reconciliations
                     where ($1 = '' or gateway = $1)
                       and ($2::date is null or day >= $2) and ($3::date is null or day <= $3)
                       and ($4::date is null or (day, gateway) < ($4, $5))) one
                 order by day desc, gateway desc, ran_at desc, id desc) r
           left join accounts a on a.id = r.ran_by
           where not $6 or r.differences > 0
           order by r.day desc, r.gateway desc limit $7"#,
        filter.gateway,
        filter.from as Option<LocalDate>,
        filter.until as Option<LocalDate>,
        day as Option<LocalDate>,
        gateway,
        filter.differing,
        limit + 1
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn find_run(tx: &mut Tx, id: ReconciliationId) -> Result<Option<DayRow>, Error> {
    Ok(sqlx::query_as!(
        DayRow,
        r#"select r.id as "id: ReconciliationId", r.gateway, r.day as "day: LocalDate", r.ran_at as "ran_at: Timestamp",
                  a.name as "ran_by?", r.lines, r.differences
           from reconciliations r left join accounts a on a.id = r.ran_by where r.id = $1"#,
        id as ReconciliationId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The three sides of a run in one currency. Fees and payouts, which are not between a patient and us, are left out.
pub(crate) struct TotalRow {
    pub(crate) run: ReconciliationId,
    pub(crate) currency: Currency,
    pub(crate) there: i64,
    pub(crate) here: i64,
    pub(crate) booked: i64,
}

pub(crate) async fn list_totals(tx: &mut Tx, runs: &[ReconciliationId]) -> Result<Vec<TotalRow>, Error> {
    let runs: Vec<Uuid> = runs.iter().map(|run| run.uuid()).collect();
    Ok(sqlx::query_as!(
        TotalRow,
        r#"select reconciliation_id as "run: ReconciliationId", currency as "currency: Currency",
                  coalesce(sum(there), 0)::bigint as "there!", coalesce(sum(here), 0)::bigint as "here!",
                  coalesce(sum(booked), 0)::bigint as "booked!"
           from reconciliation_lines where reconciliation_id = any ($1) and outcome <> 'outside'
           group by reconciliation_id, currency order by currency"#,
        &runs
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A line, ready to be shown.
pub(crate) struct LineRow {
    pub(crate) place: i32,
    pub(crate) kind: String,
    pub(crate) outcome: String,
    pub(crate) matched_by: String,
    pub(crate) movement_id: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) payment_id: Option<PaymentId>,
    pub(crate) refund_id: Option<RefundId>,
    pub(crate) moved_at: Timestamp,
    pub(crate) there: Option<i64>,
    pub(crate) here: Option<i64>,
    pub(crate) booked: Option<i64>,
    pub(crate) currency: Currency,
}

/// Lines of a run after `place`, in order; with `outcome` those alone, with `differences` all that do not fit.
pub(crate) async fn list_lines(
    tx: &mut Tx,
    run: ReconciliationId,
    show: &str,
    place: Option<i32>,
    limit: i64,
) -> Result<Vec<LineRow>, Error> {
    Ok(sqlx::query_as!(
        LineRow,
        r#"select place, kind, outcome, matched_by, movement_id, reference, payment_id as "payment_id: PaymentId",
                  refund_id as "refund_id: RefundId", moved_at as "moved_at: Timestamp", there, here, booked,
                  currency as "currency: Currency"
           from reconciliation_lines
           where reconciliation_id = $1 and ($3::integer is null or place > $3)
             and case $2 when '' then true when 'differences' then outcome not in ('matched', 'outside') else outcome = $2 end
           order by place limit $4"#,
        run as ReconciliationId,
        show,
        place,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
