//! The public pages of places; the administrator's are in `admin`.

mod admin;

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, Timestamp, ids::FacilityId};
use serde::Deserialize;
use web::{Query, Visitor};

use super::{
    model::{Place, PlaceKind, Point},
    store::{self, City, PlaceLine},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/health-centres", "anyone may look for a place to go", list)
        .public_get("/health-centres/{facility}", "anyone may look for a place to go", show)
        .merge(admin::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    /// "Dhaka, BD"
    city: String,
    /// "23.78,90.41"
    near: String,
}

struct Line {
    href: String,
    name: String,
    kind: String,
    address: String,
    phone: Option<String>,
    open: bool,
    doctors: String,
    distance: Option<String>,
}

#[derive(Template)]
#[template(path = "places/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    cities: Vec<(String, String)>,
    city: String,
    count: String,
    lines: Vec<Line>,
}

async fn list(me: Visitor, Query(search): Query<Search>) -> web::Result {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let cities = store::list_cities(&mut tx).await?;
    let near = search.near.parse().ok().or_else(|| middle_of(&cities, &search.city));
    let lines = store::list(&mut tx, near).await?;
    tx.commit().await?;
    let page = me.page("facilities-list-title");
    let count = page.tr("facilities-list-count", [("count", lines.len().to_string().as_str())]);
    let lines = lines.into_iter().map(|line| shown(&page, line, now)).collect();
    let cities = cities.iter().map(|city| (city_value(city), city_value(city))).collect();
    web::render(&ListPage { page, cities, city: search.city, count, lines })
}

fn city_value(city: &City) -> String {
    format!("{}, {}", city.name, city.country)
}

fn middle_of(cities: &[City], wanted: &str) -> Option<Point> {
    let city =
        cities.iter().find(|city| city_value(city) == wanted || city.name.eq_ignore_ascii_case(wanted.trim()))?;
    Point::new(city.latitude, city.longitude)
}

fn shown(page: &web::PageFrame, line: PlaceLine, now: Timestamp) -> Line {
    Line {
        href: format!("/health-centres/{}", line.id),
        kind: page.t(PlaceKind::of(&line.kind).label_key()),
        address: format!("{}, {}", line.street, line.city),
        open: line.hours.0.is_open(&line.zone, now),
        doctors: page.tr("facilities-doctors", [("count", line.doctors.to_string().as_str())]),
        distance: line.metres.map(|metres| distance(page, metres)),
        name: line.name,
        phone: line.phone,
    }
}

/// Under 10 km with one decimal.
fn distance(page: &web::PageFrame, metres: f64) -> String {
    let km = metres / 1000.0;
    let text = if km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
    page.tr("facilities-distance", [("km", text.as_str())])
}

#[derive(Debug, thiserror::Error)]
enum PlaceError {
    #[error("no such place")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PlaceError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

struct Day {
    name: String,
    hours: Vec<String>,
}

struct DoctorLine {
    href: String,
    name: String,
    qualification: String,
    specialties: String,
}

#[derive(Template)]
#[template(path = "places/pages/show.html")]
struct ShowPage {
    page: web::PageFrame,
    name: String,
    kind: String,
    address: String,
    phone: Option<String>,
    map: Option<String>,
    open: bool,
    zone: String,
    week: Vec<Day>,
    doctors: Vec<DoctorLine>,
    /// The screen with the numbers of whoever walks in, where the place has queues.
    screen: Option<String>,
}

async fn show(me: Visitor, Path(id): Path<FacilityId>) -> web::Result {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let place = store::find(&mut tx, id).await?.ok_or(PlaceError::NotFound)?;
    let doctors = store::list_doctors(&mut tx, id).await?;
    let has_queues = crate::walk_ins::has_queues(&mut tx, id).await?;
    tx.commit().await?;
    let page = me.page("facilities-list-title").titled(&place.name);
    let specialty = |code: &String| page.t(format!("specialty-{code}"));
    let doctors = doctors.into_iter().map(|doctor| DoctorLine {
        href: format!("/doctors/{}", doctor.slug),
        specialties: doctor.specialties.iter().map(specialty).collect::<Vec<_>>().join(" · "),
        name: doctor.name,
        qualification: doctor.qualification,
    });
    let doctors = doctors.collect();
    let week = week(&page, &place);
    web::render(&ShowPage {
        kind: page.t(place.kind.label_key()),
        address: format!("{}, {}", place.street, place.city),
        map: place.point.map(|p| {
            format!("https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=16/{0}/{1}", p.latitude(), p.longitude())
        }),
        open: place.hours.is_open(&place.zone, now),
        zone: place.zone.city(),
        name: place.name,
        phone: place.phone,
        week,
        doctors,
        screen: has_queues.then(|| format!("/health-centres/{id}/queue")),
        page,
    })
}

fn week(page: &web::PageFrame, place: &Place) -> Vec<Day> {
    (1..=7_u8)
        .map(|weekday| Day {
            name: page.t(format!("facilities-weekday-{weekday}")),
            hours: place.hours.of_day(weekday),
        })
        .collect()
}
