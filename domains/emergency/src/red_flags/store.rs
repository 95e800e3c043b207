//! All SQL of red flags, numbers and counts.

use db::Tx;
use kernel::Timestamp;

use super::model::{Call, RedFlag, RedFlagSet};
use crate::acuity::Acuity;

/// The newest set that is in force.
pub(super) async fn find_set(tx: &mut Tx) -> Result<Option<RedFlagSet>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        "select f.set_version, f.code, f.acuity, f.is_crisis, f.source from red_flags f
         where f.set_version = (select version from red_flag_sets where valid_from <= $1 order by valid_from desc limit 1)
         order by f.position",
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let version = first.set_version;
    let flags = rows.into_iter().map(|row| RedFlag {
        code: row.code,
        acuity: Acuity::try_from(row.acuity).unwrap_or(Acuity::AT_ONCE),
        is_crisis: row.is_crisis,
        source: row.source,
    });
    Ok(Some(RedFlagSet { version, flags: flags.collect() }))
}

pub(super) async fn find_call(tx: &mut Tx, country: &str) -> Result<Option<Call>, db::Error> {
    Ok(sqlx::query_as!(Call, "select number, crisis from emergency_numbers where country = $1", country)
        .fetch_optional(tx.conn())
        .await?)
}

/// One more of each of these answers today (UTC).
pub(super) async fn count(tx: &mut Tx, country: &str, version: i32, answers: &[String]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into red_flag_counts (day, country, set_version, answer, times, created_at, updated_at)
         select ($1::timestamptz at time zone 'UTC')::date, $2, $3, answer, 1, $1, $1 from unnest($4::text[]) as answer
         on conflict (day, country, set_version, answer)
         do update set times = red_flag_counts.times + 1, updated_at = excluded.updated_at",
        now as Timestamp,
        country,
        version,
        answers
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How often an answer was given lately.
pub(crate) struct Counted {
    pub(crate) answer: String,
    pub(crate) times: i64,
}

/// Of the last thirty days, the most frequent first.
pub(crate) async fn list_counts(tx: &mut Tx) -> Result<Vec<Counted>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Counted,
        r#"select answer, sum(times)::bigint as "times!" from red_flag_counts
           where day > (($1::timestamptz at time zone 'UTC')::date - 30) group by answer order by 2 desc, 1"#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}
