//! `GET /api/v1/doctors`: the same search as JSON.

use kernel::{
    Cursor, LocalDate, Money, Page, PageRequest, Timestamp, Zone,
    ids::{PractitionerId, ServiceId},
};
use scheduling::slots::{Mode, Slot};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Query, Visitor};

use super::{
    criteria::{Criteria, Gender, Point, Sort, When, instant, instant_after},
    find::find,
    model::{Found, Offer},
    words::understand,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new().api_public_get::<(), Page<DoctorView>, _, _>(
        "/api/v1/doctors",
        "Doctors who fit, with their next free times",
        "anyone may look for a doctor",
        list,
    )
}

/// The filters; all optional. `max_fee` in minor units; `from`/`to` an instant or a day; `near` is `latitude,longitude`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct DoctorQuery {
    q: String,
    specialty: Option<String>,
    language: Option<String>,
    gender: Option<String>,
    mode: Option<String>,
    max_fee: Option<i64>,
    from: Option<String>,
    to: Option<String>,
    near: Option<String>,
    place: Option<String>,
    /// `soonest`, `rating`, `fee` or `distance`.
    sort: Option<String>,
    limit: Option<i64>,
    cursor: Option<Cursor>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DoctorView {
    id: PractitionerId,
    slug: String,
    name: String,
    gender: String,
    specialties: Vec<String>,
    languages: Vec<String>,
    city: String,
    country: String,
    fees: Vec<FeeView>,
    /// From 1 to 5; null until enough patients have rated.
    rating: Option<f64>,
    reviews: i64,
    licence_checked_on: Option<LocalDate>,
    /// Metres to the nearest place of practice, where `near` was given.
    distance_m: Option<i64>,
    next_slots: Vec<SlotView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FeeView {
    service_id: ServiceId,
    mode: Mode,
    duration_min: i64,
    price: Money,
    place: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SlotView {
    starts_at: Timestamp,
    ends_at: Timestamp,
    mode: Mode,
    price: Money,
    service_id: ServiceId,
}

async fn list(me: Visitor, Query(query): Query<DoctorQuery>) -> web::Result {
    let zone = me.zone();
    let wanted = query.criteria(zone)?;
    let mut tx = me.begin().await?;
    let request = PageRequest::of(query.limit.unwrap_or(20), query.cursor);
    let results = find(&mut tx, &wanted, zone, &request).await?;
    tx.commit().await?;
    web::json(&results.page.map(DoctorView::from))
}

/// A filter that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the filter {0} cannot be read")]
struct BadFilter(&'static str);

impl kernel::Fault for BadFilter {
    fn kind(&self) -> kernel::FaultKind {
        kernel::FaultKind::invalid(self.0, "home-filter-error")
    }
}

impl DoctorQuery {
    fn criteria(&self, zone: &Zone) -> Result<Criteria, BadFilter> {
        let found = understand(&self.q);
        let or = |given: &Option<String>, read: Option<&str>| given.clone().or_else(|| read.map(str::to_owned));
        let gender = match &self.gender {
            Some(code) => Some(Gender::from_code(code).ok_or(BadFilter("gender"))?),
            None => found.gender,
        };
        let mode = match &self.mode {
            Some(code) => Some(code.parse().map_err(|_| BadFilter("mode"))?),
            None => found.mode,
        };
        Ok(Criteria {
            specialty: or(&self.specialty, found.specialty),
            language: or(&self.language, found.language),
            gender,
            mode,
            max_fee: self.max_fee.or(found.max_fee.map(|whole| whole.saturating_mul(100))),
            when: self.when(zone, found.when)?,
            place: self.place.clone(),
            near: self.near.as_deref().map(|text| point(text).ok_or(BadFilter("near"))).transpose()?,
            sort: self.sort.as_deref().map_or(Sort::Best, Sort::from_code),
            words: found.rest,
        })
    }

    fn when(&self, zone: &Zone, read: Option<When>) -> Result<When, BadFilter> {
        let from = self.from.as_deref().map(|text| instant(text, zone).ok_or(BadFilter("from"))).transpose()?;
        let to = self.to.as_deref().map(|text| instant_after(text, zone).ok_or(BadFilter("to"))).transpose()?;
        Ok(match (from, to) {
            (None, None) => read.unwrap_or_default(),
            (from, to) => {
                let from = from.unwrap_or_else(|| Timestamp::from_unix_seconds(0));
                When::Between(from, to.unwrap_or_else(|| Timestamp::from_micros(i64::MAX)))
            }
        })
    }
}

/// "23.78,90.41".
fn point(text: &str) -> Option<Point> {
    let (latitude, longitude) = text.split_once(',')?;
    let (latitude, longitude) = (latitude.trim().parse::<f64>().ok()?, longitude.trim().parse::<f64>().ok()?);
    let real = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    real.then_some(Point { latitude, longitude })
}

impl From<Found> for DoctorView {
    fn from(found: Found) -> Self {
        let doctor = found.doctor;
        Self {
            id: doctor.id,
            rating: doctor.shown_score().map(|score| (score * 10.0).round() / 10.0),
            slug: doctor.slug,
            name: doctor.name,
            gender: doctor.gender,
            specialties: doctor.specialties,
            languages: doctor.languages,
            city: doctor.city,
            country: doctor.country,
            fees: doctor.offers.into_iter().map(FeeView::from).collect(),
            reviews: doctor.reviews,
            licence_checked_on: doctor.licence_checked_on,
            distance_m: doctor.distance_m.map(metres),
            next_slots: found.next.into_iter().map(SlotView::from).collect(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by the circumference of the earth")]
fn metres(exact: f64) -> i64 {
    exact.round() as i64
}

impl From<Offer> for FeeView {
    fn from(offer: Offer) -> Self {
        Self {
            service_id: offer.service,
            mode: offer.mode,
            duration_min: offer.minutes,
            price: offer.price,
            place: offer.place,
        }
    }
}

impl From<Slot> for SlotView {
    fn from(slot: Slot) -> Self {
        Self {
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            mode: slot.mode,
            price: slot.price,
            service_id: slot.service,
        }
    }
}
