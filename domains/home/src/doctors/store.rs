//! Reads of published doctors, over the tables of people, scheduling, facilities and community.

use std::{collections::HashMap, sync::Arc};

use db::Tx;
use kernel::{LocalDate, Timestamp, Zone, ids::PractitionerId};
use sqlx::types::Json;

use super::{
    criteria::{Criteria, Point, Sort},
    likeness::Text,
    model::{Doctor, Offer},
};

/// More doctors than one search weighs: the best rated of those that fit are looked at.
const MOST: i64 = 600;
/// More doctors than one search by words looks through.
const MOST_READ: i64 = 20_000;
/// "Near a place": within this many metres of it.
const NEAR_METRES: f64 = 60_000.0;

/// A doctor who fits, and how far away.
#[derive(Clone, Debug)]
pub(crate) struct Fitting {
    pub(crate) doctor: Arc<Doctor>,
    pub(crate) distance_m: Option<f64>,
}

/// Published doctors who fit all filters but the time, the best rated first (all of them, up to a bound).
///
/// One statement finds who fits and under which number each one's profile is written; profiles not kept under it take another. Words are
/// looked for in the profiles.
pub(crate) async fn list_fitting(tx: &mut Tx, wanted: &Criteria) -> Result<Vec<Fitting>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select p.id as "id: PractitionerId", v.version as "version!", near.metres as distance_m
           from practitioners p join offer_versions v on v.practitioner_id = p.id
           left join practitioner_ratings r on r.practitioner_id = p.id
           left join lateral (
               select min(earth_distance(ll_to_earth($7, $8), ll_to_earth(f.latitude, f.longitude))) as metres
               from practice_places pp join facilities f on f.id = pp.facility_id
               where pp.practitioner_id = p.id and $7::float8 is not null
           ) near on true
           where p.status = 'published'
               and ($1::text is null or $1 = any (p.specialties))
               and ($2::text is null or $2 = any (p.languages))
               and ($3::text is null or p.gender = $3)
               and ($9::float8 is null or near.metres <= $9)
               and exists (select from services s where s.practitioner_id = p.id and s.active and ($5::text is null or s.mode = $5)
                   and ($6::bigint is null or (app.price_of(s.id, s.price_amount, s.currency, $10) ->> 'amount')::bigint <= $6))
           order by r.score desc nulls last, p.id limit $4"#,
        wanted.specialty,
        wanted.language,
        wanted.gender.map(super::criteria::Gender::code),
        if wanted.words.is_empty() { MOST } else { MOST_READ },
        wanted.mode.map(scheduling::slots::Mode::code),
        wanted.max_fee,
        wanted.near.map(|point| point.latitude),
        wanted.near.map(|point| point.longitude),
        wanted.place.is_some().then_some(NEAR_METRES).filter(|_| wanted.near.is_some()),
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<(PractitionerId, i64)> = rows.iter().map(|row| (row.id, row.version)).collect();
    let profiles = profiles(tx, &ids).await?;
    let fitting = rows.into_iter().filter_map(|row| {
        let profile = profiles.get(&row.id)?;
        let found = wanted.words.iter().all(|word| profile.text.has(word));
        found.then(|| Fitting { doctor: Arc::clone(&profile.doctor), distance_m: row.distance_m })
    });
    let mut fitting: Vec<Fitting> = fitting.take(usize::try_from(MOST).unwrap_or(usize::MAX)).collect();
    if wanted.order() == Sort::Fee {
        fitting.sort_by_key(|one| one.doctor.cheapest(wanted.mode).map(|offer| offer.price.amount));
    }
    Ok(fitting)
}

/// A profile as it is kept between requests: its prices are those of the moments from the first to before the second.
#[derive(Debug)]
struct Profile {
    doctor: Arc<Doctor>,
    text: Text,
    priced: (Option<Timestamp>, Option<Timestamp>),
}

impl Profile {
    fn answers(&self, now: Timestamp) -> bool {
        let (since, until) = self.priced;
        since.is_none_or(|since| since <= now) && until.is_none_or(|until| now < until)
    }
}

async fn profiles(
    tx: &mut Tx,
    doctors: &[(PractitionerId, i64)],
) -> Result<HashMap<PractitionerId, Arc<Profile>>, db::Error> {
    let (now, shelf) = (tx.now(), tx.kept::<Profile>());
    let mut found = HashMap::with_capacity(doctors.len());
    let mut missing = Vec::new();
    for (doctor, version) in doctors {
        match shelf.get(doctor.uuid(), *version).filter(|profile| profile.answers(now)) {
            Some(profile) => {
                found.insert(*doctor, profile);
            }
            None => missing.push(*doctor),
        }
    }
    if !missing.is_empty() {
        for (version, profile) in list_profiles(tx, &missing).await? {
            let profile = Arc::new(profile);
            shelf.keep(profile.doctor.id.uuid(), version, Arc::clone(&profile));
            found.insert(profile.doctor.id, profile);
        }
    }
    Ok(found)
}

async fn list_profiles(tx: &mut Tx, doctors: &[PractitionerId]) -> Result<Vec<(i64, Profile)>, db::Error> {
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
                from services s left join facilities f on f.id = s.facility_id
                    cross join lateral (select app.price_of(s.id, s.price_amount, s.currency, $2) as price) m
                where s.practitioner_id = p.id and s.active) as "offers!: Json<Vec<Offer>>",
               array(select f.name || ' ' || f.city from practice_places pp join facilities f on f.id = pp.facility_id
                   where pp.practitioner_id = p.id) as "places!",
               turns.before as "priced_since: Timestamp", turns.after as "priced_until: Timestamp"
           from practitioners p join offer_versions v on v.practitioner_id = p.id
           left join practitioner_ratings r on r.practitioner_id = p.id
           cross join lateral (
               select max(turn.at) filter (where turn.at <= $2) as before, min(turn.at) filter (where turn.at > $2) as after
               from price_list l cross join lateral (values (l.valid_from), (l.valid_until)) turn (at)
               where l.practitioner_id = p.id) turns
           where p.id = any ($1)"#,
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
        let names = [doctor.name.as_str(), &doctor.city].into_iter().chain(row.places.iter().map(String::as_str));
        let text = Text::new(names, &doctor.biography);
        (row.version, Profile { doctor: Arc::new(doctor), text, priced: (row.priced_since, row.priced_until) })
    });
    Ok(read.collect())
}

/// One published doctor by slug or id.
pub(crate) async fn find_published(tx: &mut Tx, name: &str) -> Result<Option<Doctor>, db::Error> {
    let id = name.parse::<uuid::Uuid>().ok();
    let row = sqlx::query!(
        r#"select p.id as "id: PractitionerId", v.version as "version!"
           from practitioners p join offer_versions v on v.practitioner_id = p.id
           where p.status = 'published' and (p.slug = $1 or p.id = $2)"#,
        name,
        id
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let found = profiles(tx, &[(row.id, row.version)]).await?;
    Ok(found.into_values().next().map(|profile| (*profile.doctor).clone()))
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

/// What the filters offer: specialties, languages and cities that some published doctor has.
pub(crate) struct Choices {
    pub(crate) specialties: Vec<String>,
    pub(crate) languages: Vec<String>,
    pub(crate) cities: Vec<String>,
}

pub(crate) async fn list_choices(tx: &mut Tx) -> Result<Choices, db::Error> {
    let row = sqlx::query!(
        r#"select
               (select coalesce(array_agg(s.code order by s.position), '{}') from specialties s
                where exists (select from practitioners p where p.status = 'published' and s.code = any (p.specialties))) as "specialties!",
               (select coalesce(array_agg(distinct l order by l), '{}') from practitioners p, unnest(p.languages) l
                where p.status = 'published') as "languages!",
               (select coalesce(array_agg(distinct f.city order by f.city), '{}') from facilities f
                where f.active and exists (select from practice_places pp where pp.facility_id = f.id)) as "cities!""#
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Choices { specialties: row.specialties, languages: row.languages, cities: row.cities })
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
