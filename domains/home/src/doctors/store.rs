//! Reads of published doctors, over the tables of people, scheduling, facilities and community.

use std::sync::Arc;

use db::Tx;
use kernel::{LocalDate, Timestamp, Zone, ids::PractitionerId};
use sqlx::types::Json;

use super::{
    criteria::Point,
    likeness::Text,
    model::{Doctor, Offer, Priced, Profile, Site},
};

/// What has changed since the last look, as [`list_news`] finds it.
#[derive(Debug)]
pub(super) struct News {
    /// Doctors, each with the number under which the offer is written now.
    pub(super) numbers: Vec<(PractitionerId, i64)>,
    /// From here on another look has to begin: what it cannot see yet is written by this transaction or a later one.
    pub(super) horizon: i64,
    /// The asking transaction has written something itself, which nobody else sees.
    pub(super) writes: bool,
}

/// Doctors whose offers were written at or after a horizon; 0 for all. At most so many.
///
/// Above the newest transaction of this server stands only what another server wrote before its data were brought here.
pub(super) async fn list_news(tx: &mut Tx, since: i64, at_most: i64) -> Result<News, db::Error> {
    let row = sqlx::query!(
        r#"select pg_snapshot_xmin(seen.now)::text::bigint as "horizon!", seen.own is not null as "writes!",
               coalesce(news.doctors, '{}') as "doctors!: Vec<PractitionerId>", coalesce(news.versions, '{}') as "versions!"
           from (select pg_current_snapshot() as now, pg_current_xact_id_if_assigned()::text::bigint as own) seen cross join lateral (
               select array_agg(v.practitioner_id) as doctors, array_agg(v.version) as versions
               from (select practitioner_id, version from offer_versions
                     where changed_in >= $1 and ($1 = 0 or changed_in < pg_snapshot_xmax(seen.now)::text::bigint or changed_in = seen.own)
                     order by changed_in desc limit $2) v
           ) news"#,
        since,
        at_most
    )
    .fetch_one(tx.conn())
    .await?;
    let numbers = row.doctors.into_iter().zip(row.versions).collect();
    Ok(News { numbers, horizon: row.horizon, writes: row.writes })
}

/// Profiles of those of these doctors who are published, each with its number.
pub(super) async fn list_profiles(tx: &mut Tx, doctors: &[PractitionerId]) -> Result<Vec<(i64, Profile)>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select p.id as "id: PractitionerId", p.slug, p.full_name, p.gender, p.qualification, p.registration_no,
               p.practising_since, p.biography, p.languages, p.specialties, p.city, p.country, p.time_zone as "zone: Zone",
               p.licence_checked_on as "licence_checked_on: LocalDate", coalesce(r.reviews, 0)::bigint as "reviews!",
               r.score::float8 as score, v.version as "version!",
               (select coalesce(jsonb_agg(jsonb_build_object('service', s.id, 'mode', s.mode, 'minutes', s.duration_min,
                       'price', m.price, 'approval', s.requires_approval,
                       'place', f.name, 'street', f.street, 'place_city', f.city) order by m.price -> 'amount', s.id), '[]')
                from services s left join facilities f on f.id = s.facility_id and f.active
                    cross join lateral (select app.price_of(s.id, s.price_amount, s.currency, $2) as price) m
                where s.practitioner_id = p.id and s.active) as "offers!: Json<Vec<Offer>>",
               (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'city', f.city, 'latitude', f.latitude,
                       'longitude', f.longitude) order by f.id), '[]')
                from practice_places pp join facilities f on f.id = pp.facility_id and f.active
                where pp.practitioner_id = p.id) as "sites!: Json<Vec<Site>>",
               turns.before as "priced_since: Timestamp", turns.after as "priced_until: Timestamp"
           from practitioners p join offer_versions v on v.practitioner_id = p.id
           left join practitioner_ratings r on r.practitioner_id = p.id
           cross join lateral (
               select max(turn.at) filter (where turn.at <= $2) as before, min(turn.at) filter (where turn.at > $2) as after
               from price_list l cross join lateral (values (l.valid_from), (l.valid_until)) turn (at)
               where l.practitioner_id = p.id) turns
           where p.id = any ($1) and p.status = 'published'"#,
        &ids,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let read = rows.into_iter().map(|row| {
        let doctor = Doctor {
            id: row.id,
            slug: row.slug,
            name: row.full_name,
            gender: row.gender,
            qualification: row.qualification,
            registration_no: row.registration_no,
            practising_since: row.practising_since,
            biography: row.biography,
            languages: row.languages,
            specialties: row.specialties,
            city: row.city,
            country: row.country,
            zone: row.zone,
            licence_checked_on: row.licence_checked_on,
            reviews: row.reviews,
            score: row.score,
            offers: row.offers.0,
            distance_m: None,
        };
        let (sites, priced) = (row.sites.0, Priced { since: row.priced_since, until: row.priced_until });
        let places: Vec<String> = sites.iter().map(|site| format!("{} {}", site.name, site.city)).collect();
        let names = [doctor.name.as_str(), &doctor.city].into_iter().chain(places.iter().map(String::as_str));
        let text = Text::new(names, &doctor.biography);
        (row.version, Profile { doctor: Arc::new(doctor), text, sites, priced })
    });
    Ok(read.collect())
}

/// One published doctor by slug or id.
pub(super) async fn find_published(tx: &mut Tx, name: &str) -> Result<Option<PractitionerId>, db::Error> {
    let id = name.parse::<uuid::Uuid>().ok();
    let row = sqlx::query!(
        r#"select id as "id: PractitionerId" from practitioners where status = 'published' and (slug = $1 or id = $2)"#,
        name,
        id
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| row.id))
}

/// The middle of a city's health centres.
pub(crate) async fn find_city(tx: &mut Tx, city: &str) -> Result<Option<Point>, db::Error> {
    let row = sqlx::query!(
        r#"select avg(latitude) as "latitude: f64", avg(longitude) as "longitude: f64" from facilities
           where active and lower(city) = lower($1)"#,
        city
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(row.latitude.zip(row.longitude).map(|(latitude, longitude)| Point { latitude, longitude }))
}

/// All specialties, in their order.
pub(super) async fn list_specialties(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(sqlx::query_scalar!("select code from specialties order by position").fetch_all(tx.conn()).await?)
}

/// Averages of one doctor by dimension, from 1 to 5.
#[derive(Debug, Default)]
pub(crate) struct Dimensions {
    pub(crate) listening: Option<f64>,
    pub(crate) explanation: Option<f64>,
    pub(crate) punctuality: Option<f64>,
    pub(crate) technology: Option<f64>,
}

/// One published review.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) author: String,
    pub(crate) overall: i32,
    pub(crate) body: String,
    pub(crate) published_at: Timestamp,
}

/// What patients say of a doctor: averages, and the latest reviews with words.
pub(crate) async fn list_reviews(tx: &mut Tx, doctor: PractitionerId) -> Result<(Dimensions, Vec<Review>), db::Error> {
    let dimensions = sqlx::query_as!(
        Dimensions,
        r#"select listening::float8 as listening, explanation::float8 as explanation, punctuality::float8 as punctuality,
               technology::float8 as technology
           from practitioner_ratings where practitioner_id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    let reviews = sqlx::query_as!(
        Review,
        r#"select author, overall::int as "overall!", body, published_at as "published_at!: Timestamp" from reviews
           where practitioner_id = $1 and status = 'published' and body <> '' order by published_at desc, id desc limit 6"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok((dimensions.unwrap_or_default(), reviews))
}
