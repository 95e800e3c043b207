//! `/doctors/{doctor}`: who the doctor is, and the slot picker.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use db::Tx;
use jiff::civil::Time as Clock;
use kernel::{LocalDate, Timestamp, Zone};
use scheduling::slots::{Mode, Slot, free_for_doctor};
use serde::Deserialize;
use web::{PageFrame, Query, Visitor};

use super::{
    current::current,
    model::{Doctor, Offer, initials},
    store::{self, Dimensions, Review},
    view::{self, Fee, Language, Rating},
};

/// Days in the strip.
const DAYS: i32 = 14;

/// What of the picker is chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    mode: String,
    service: String,
    /// `2026-11-22` in the visitor's zone.
    day: String,
    starts_at: String,
}

#[derive(Template)]
#[template(path = "doctors/pages/profile.html")]
struct ProfilePage {
    page: PageFrame,
    slug: String,
    name: String,
    initials: String,
    summary: String,
    licence: Option<String>,
    languages: Vec<Language>,
    places: Vec<String>,
    rating: Rating,
    biography: Vec<String>,
    bars: Vec<Bar>,
    reviews: Vec<Said>,
    fees: Vec<FeeLine>,
    picker: Picker,
}

struct Bar {
    label: String,
    value: String,
    percent: String,
}

struct Said {
    stars: String,
    stars_words: String,
    body: String,
    author: String,
    month: String,
}

struct FeeLine {
    fee: Fee,
    minutes: String,
    place: String,
    approval: bool,
}

/// Modes with prices, days with what is left, the times of one day.
struct Picker {
    modes: Vec<ModeLink>,
    days: Vec<DayLink>,
    groups: Vec<Group>,
    zone: String,
    service: String,
    chosen: String,
    minutes: String,
    mode: String,
    price: String,
    cancel: String,
    approval: bool,
    /// Times of this service are offered to whoever waits for one.
    may_wait: bool,
}

struct ModeLink {
    href: String,
    icon: &'static str,
    label: String,
    price: String,
    current: bool,
}

struct DayLink {
    href: String,
    weekday: String,
    number: i8,
    left: String,
    current: bool,
    none: bool,
}

struct Group {
    legend: String,
    times: Vec<TimeChoice>,
}

struct TimeChoice {
    value: String,
    label: String,
    full: String,
    chosen: bool,
}

/// Nobody published has this name.
#[derive(Debug, thiserror::Error)]
#[error("no such doctor")]
struct NoSuchDoctor;

impl kernel::Fault for NoSuchDoctor {
    fn kind(&self) -> kernel::FaultKind {
        kernel::FaultKind::NotFound
    }
}

pub(super) async fn show(me: Visitor, Path(name): Path<String>, Query(chosen): Query<Chosen>) -> web::Result {
    let (zone, mut tx) = (me.zone(), me.begin().await?);
    let doctor = published(&mut tx, &name).await?;
    let now = tx.now();
    let offer = offer_of(&doctor, &chosen);
    let until = now.date_in(zone).plus_days(DAYS).starts_in(zone);
    let mut slots = free_for_doctor(&mut tx, doctor.id, now, until, offer.map(|offer| offer.mode)).await?;
    slots.retain(|slot| offer.is_some_and(|offer| offer.service == slot.service));
    let (dimensions, reviews) = store::list_reviews(&mut tx, doctor.id).await?;
    tx.commit().await?;
    let mut page = me.page("home-profile-title");
    page.title = format!("{} · {}", view::doctor_name(&page, &doctor.name), view::specialties(&page, &doctor));
    let picker = Picking { page: &page, doctor: &doctor, offer, slots: &slots, zone, now }.picker(&chosen);
    web::render(&filled(page, &doctor, picker, &dimensions, &reviews, now))
}

/// By slug or id.
async fn published(tx: &mut Tx, name: &str) -> Result<Arc<Doctor>, web::Error> {
    let id = store::find_published(tx, name).await?.ok_or(NoSuchDoctor)?;
    let current = current(tx).await?;
    let profile = current.index.find(id).ok_or(NoSuchDoctor)?;
    Ok(Arc::clone(&profile.doctor))
}

/// The offer whose times are shown: the one asked for, else the first in the order of modes.
fn offer_of<'a>(doctor: &'a Doctor, chosen: &Chosen) -> Option<&'a Offer> {
    let by_service = doctor.offers.iter().find(|offer| offer.service.to_string() == chosen.service);
    let by_mode = || doctor.cheapest(Some(chosen.mode.parse().ok()?));
    by_service.or_else(by_mode).or_else(|| doctor.cheapest(doctor.modes().first().copied()))
}

fn filled(
    page: PageFrame,
    doctor: &Doctor,
    picker: Picker,
    dimensions: &Dimensions,
    reviews: &[Review],
    now: Timestamp,
) -> ProfilePage {
    let years = doctor.practising_since.map(|since| i32::from(now.jiff().to_zoned(doctor.zone.tz()).year()) - since);
    let years =
        years.filter(|years| *years > 0).map(|years| page.tr("home-years", [("count", years.to_string().as_str())]));
    let specialties = view::specialties(&page, doctor);
    let summary = [specialties, doctor.qualification.clone(), years.unwrap_or_default()];
    ProfilePage {
        slug: doctor.slug.clone(),
        name: view::doctor_name(&page, &doctor.name),
        initials: initials(&doctor.name),
        summary: summary.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        licence: doctor.licence_checked_on.map(|day| licence(&page, doctor, day)),
        languages: view::languages(doctor),
        places: places(doctor),
        rating: view::rating(&page, doctor),
        biography: doctor.biography.split("\n\n").map(str::to_owned).filter(|part| !part.trim().is_empty()).collect(),
        bars: bars(&page, dimensions),
        reviews: reviews.iter().map(|review| said(&page, review)).collect(),
        fees: doctor.offers.iter().map(|offer| fee_line(&page, offer)).collect(),
        picker,
        page,
    }
}

fn licence(page: &PageFrame, doctor: &Doctor, day: LocalDate) -> String {
    let day = page.date(day);
    page.tr("home-licence-on", [("number", doctor.registration_no.as_str()), ("day", day.as_str())])
}

fn places(doctor: &Doctor) -> Vec<String> {
    let mut names: Vec<String> = doctor
        .offers
        .iter()
        .filter_map(|offer| {
            Some(format!("{}, {}", offer.place.as_deref()?, offer.place_city.as_deref().unwrap_or_default()))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

fn bars(page: &PageFrame, dimensions: &Dimensions) -> Vec<Bar> {
    let all = [
        ("home-listens", dimensions.listening),
        ("home-explains", dimensions.explanation),
        ("home-on-time", dimensions.punctuality),
        ("home-technology", dimensions.technology),
    ];
    let shown = all.into_iter().filter_map(|(key, value)| value.map(|value| (key, value)));
    shown
        .map(|(key, value)| Bar {
            label: page.t(key),
            value: format!("{value:.1}"),
            percent: format!("{:.0}", value * 20.0),
        })
        .collect()
}

fn said(page: &PageFrame, review: &Review) -> Said {
    let stars = review.overall.to_string();
    let month = review.published_at.jiff().to_zoned(jiff::tz::TimeZone::UTC);
    let (name, year) = (page.t(format!("home-month-{}", month.month())), month.year().to_string());
    Said {
        stars_words: page.tr("home-stars", [("score", stars.as_str())]),
        stars,
        body: review.body.clone(),
        author: review.author.clone(),
        month: page.tr("home-month-year", [("month", name.as_str()), ("year", year.as_str())]),
    }
}

fn fee_line(page: &PageFrame, offer: &Offer) -> FeeLine {
    let minutes = offer.minutes.to_string();
    let place = [offer.place.as_deref(), offer.street.as_deref(), offer.place_city.as_deref()];
    FeeLine {
        fee: Fee {
            icon: view::mode_icon(offer.mode),
            mode: view::mode_name(page, offer.mode),
            price: page.money(offer.price),
        },
        minutes: page.tr("shared-minutes", [("count", minutes.as_str())]),
        place: place.into_iter().flatten().collect::<Vec<_>>().join(", "),
        approval: offer.approval,
    }
}

/// What the picker is made of.
struct Picking<'a> {
    page: &'a PageFrame,
    doctor: &'a Doctor,
    offer: Option<&'a Offer>,
    slots: &'a [Slot],
    zone: &'a Zone,
    now: Timestamp,
}

impl Picking<'_> {
    fn picker(&self, chosen: &Chosen) -> Picker {
        let page = self.page;
        let asked: Option<Timestamp> = chosen.starts_at.parse().ok();
        let slot = asked.and_then(|at| self.slots.iter().find(|slot| slot.starts_at == at));
        let day = slot.map(|slot| slot.starts_at.date_in(self.zone)).or_else(|| chosen.day.parse().ok());
        let first = self.slots.first().map_or(self.now, |slot| slot.starts_at).date_in(self.zone);
        let day = day.unwrap_or(first);
        let of_day: Vec<&Slot> = self.slots.iter().filter(|slot| slot.starts_at.date_in(self.zone) == day).collect();
        let slot = slot.or_else(|| of_day.first().copied());
        let minutes = self.offer.map_or(0, |offer| offer.minutes);
        Picker {
            modes: self.modes(),
            days: self.days(day),
            groups: self.groups(&of_day, slot),
            zone: view::zone_words(page, self.zone, self.now),
            service: self.offer.map(|offer| offer.service.to_string()).unwrap_or_default(),
            chosen: slot.map(|slot| self.full(slot)).unwrap_or_default(),
            minutes: page.tr("shared-minutes", [("count", minutes.to_string().as_str())]),
            mode: self.offer.map(|offer| view::mode_name(page, offer.mode)).unwrap_or_default(),
            price: self.offer.map(|offer| page.money(offer.price)).unwrap_or_default(),
            cancel: page.t("home-cancel-rule"),
            approval: slot.is_some_and(|slot| slot.requires_approval),
            may_wait: self.offer.is_some_and(|offer| !offer.approval),
        }
    }

    fn modes(&self) -> Vec<ModeLink> {
        let mut offers: Vec<&Offer> = self.doctor.offers.iter().collect();
        offers.sort_by_key(|offer| offer.mode);
        let clinics = offers.iter().filter(|offer| offer.mode == Mode::InPerson).count();
        let label = |offer: &Offer| match &offer.place {
            Some(place) if clinics > 1 => place.clone(),
            _ => view::mode_name(self.page, offer.mode),
        };
        offers
            .into_iter()
            .map(|offer| ModeLink {
                href: format!("/doctors/{}?service={}#book", self.doctor.slug, offer.service),
                icon: view::mode_icon(offer.mode),
                label: label(offer),
                price: self.page.money(offer.price),
                current: self.offer.is_some_and(|shown| shown.service == offer.service),
            })
            .collect()
    }

    fn days(&self, current: LocalDate) -> Vec<DayLink> {
        let today = self.now.date_in(self.zone);
        let service = self.offer.map(|offer| offer.service.to_string()).unwrap_or_default();
        (0..DAYS)
            .map(|offset| {
                let day = today.plus_days(offset);
                let left = self.slots.iter().filter(|slot| slot.starts_at.date_in(self.zone) == day).count();
                DayLink {
                    href: format!("/doctors/{}?service={service}&day={day}#book", self.doctor.slug),
                    weekday: view::weekday(self.page, day),
                    number: day.jiff().day(),
                    left: if left == 0 {
                        self.page.t("home-day-none")
                    } else {
                        self.page.tr("home-day-left", [("count", left.to_string().as_str())])
                    },
                    current: day == current,
                    none: left == 0,
                }
            })
            .collect()
    }

    fn groups(&self, of_day: &[&Slot], chosen: Option<&Slot>) -> Vec<Group> {
        let parts = [("home-morning", 0, 12), ("home-afternoon", 12, 17), ("home-evening", 17, 24)];
        let hour = |slot: &Slot| Clock::from(slot.starts_at.in_zone(self.zone).datetime()).hour();
        let groups = parts.into_iter().map(|(key, from, to)| Group {
            legend: self.page.t(key),
            times: of_day
                .iter()
                .filter(|slot| (from..to).contains(&hour(slot)))
                .map(|slot| TimeChoice {
                    value: slot.starts_at.to_string(),
                    label: self.page.time(slot.starts_at),
                    full: self.full(slot),
                    chosen: chosen.is_some_and(|chosen| chosen == *slot),
                })
                .collect(),
        });
        groups.filter(|group| !group.times.is_empty()).collect()
    }

    /// "Sun 22 Nov, 10:45 – 11:05".
    fn full(&self, slot: &Slot) -> String {
        let day = slot.starts_at.date_in(self.zone);
        let (weekday, date) = (view::weekday(self.page, day), self.page.date(day));
        let (from, to) = (self.page.time(slot.starts_at), self.page.time(slot.ends_at));
        let parts =
            [("weekday", weekday.as_str()), ("date", date.as_str()), ("from", from.as_str()), ("to", to.as_str())];
        self.page.tr("home-slot-full", parts)
    }
}
