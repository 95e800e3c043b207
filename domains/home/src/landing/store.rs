//! Numbers of the front page, all counted, none invented.

use db::Tx;
use kernel::Timestamp;

#[derive(Debug)]
pub(crate) struct Numbers {
    pub(crate) doctors: i64,
    /// Licences checked in the last 90 days.
    pub(crate) checked: i64,
    pub(crate) languages: i64,
    pub(crate) reviews: i64,
    pub(crate) score: Option<f64>,
    pub(crate) cities: i64,
}

#[derive(Debug)]
pub(crate) struct Specialty {
    pub(crate) code: String,
    pub(crate) doctors: i64,
}

#[derive(Debug)]
pub(crate) struct Quote {
    pub(crate) body: String,
    pub(crate) author: String,
    pub(crate) doctor: String,
    pub(crate) slug: String,
    pub(crate) overall: i32,
    pub(crate) published_at: Timestamp,
}

pub(crate) async fn numbers(tx: &mut Tx) -> Result<Numbers, db::Error> {
    let now = tx.now();
    let numbers = sqlx::query_as!(
        Numbers,
        r#"select
               (select count(*) from practitioners where status = 'published') as "doctors!",
               (select count(*) from practitioners where status = 'published'
                   and licence_checked_on >= ($1::timestamptz at time zone 'UTC')::date - 90) as "checked!",
               (select count(distinct l) from practitioners p, unnest(p.languages) l where p.status = 'published') as "languages!",
               (select coalesce(sum(reviews), 0)::bigint from practitioner_ratings) as "reviews!",
               (select (sum(score * reviews) / nullif(sum(reviews), 0))::float8
                   from practitioner_ratings) as score,
               (select count(distinct (city, country)) from facilities where active) as "cities!""#,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(numbers)
}

pub(crate) async fn list_specialties(tx: &mut Tx) -> Result<Vec<Specialty>, db::Error> {
    let specialties = sqlx::query_as!(
        Specialty,
        r#"select s.code, count(p.id) as "doctors!" from specialties s
           join practitioners p on p.status = 'published' and s.code = any (p.specialties)
           group by s.code, s.position order by s.position"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(specialties)
}

/// The latest good words, each about another doctor.
pub(crate) async fn list_quotes(tx: &mut Tx) -> Result<Vec<Quote>, db::Error> {
    let quotes = sqlx::query_as!(
        Quote,
        r#"select q.body as "body!", q.author as "author!", q.doctor as "doctor!", q.slug as "slug!", q.overall as "overall!",
               q.published_at as "published_at!: Timestamp"
           from (select distinct on (r.practitioner_id) r.body, r.author, p.full_name as doctor, p.slug, r.overall::int as overall,
                     r.published_at
                 from reviews r join practitioners p on p.id = r.practitioner_id and p.status = 'published'
                 where r.status = 'published' and r.overall >= 4 and length(r.body) between 40 and 260
                 order by r.practitioner_id, r.published_at desc) q
           order by q.published_at desc limit 3"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(quotes)
}
