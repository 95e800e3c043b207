//! A doctor as words on a card.

use kernel::{LocalDate, Timestamp, Zone};
use scheduling::slots::{Mode, Slot};
use web::PageFrame;

use super::model::{Doctor, Found, initials};

/// A result card, ready to show.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) specialties: String,
    pub(crate) facts: String,
    pub(crate) languages: Vec<Language>,
    pub(crate) licence: Option<String>,
    pub(crate) rating: Rating,
    pub(crate) fees: Vec<Fee>,
    pub(crate) distance: Option<String>,
    pub(crate) times: Vec<Time>,
    /// The first time of all: "Today, 10:45".
    pub(crate) first: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) tag: String,
    pub(crate) name: String,
}

#[derive(Debug)]
pub(crate) struct Rating {
    pub(crate) words: String,
}

#[derive(Debug)]
pub(crate) struct Fee {
    pub(crate) icon: &'static str,
    pub(crate) mode: String,
    pub(crate) price: String,
}

#[derive(Debug)]
pub(crate) struct Time {
    pub(crate) href: String,
    pub(crate) value: String,
    pub(crate) service: String,
    pub(crate) day: String,
    /// On the visitor's present day.
    pub(crate) today: bool,
    pub(crate) clock: String,
    pub(crate) words: String,
    pub(crate) price: String,
}

pub(crate) fn card(page: &PageFrame, found: &Found, zone: &Zone, now: Timestamp) -> Card {
    let doctor = &found.doctor;
    let times: Vec<Time> = found.next.iter().map(|slot| time(page, doctor, slot, zone, now)).collect();
    Card {
        href: format!("/doctors/{}", doctor.slug),
        name: doctor_name(page, &doctor.name),
        initials: initials(&doctor.name),
        specialties: specialties(page, doctor),
        facts: facts(page, doctor),
        languages: languages(doctor),
        licence: doctor.licence_checked_on.map(|_| page.t("home-licence-checked")),
        rating: rating(page, doctor),
        fees: fees(page, doctor),
        distance: doctor.distance_m.map(|metres| distance(page, metres)),
        first: times.first().map(|time| time.words.clone()),
        times,
    }
}

/// "Dr Nusrat Rahman", unless the name already has its title.
pub(crate) fn doctor_name(page: &PageFrame, name: &str) -> String {
    let titled = ["dr ", "dr.", "prof", "د."].iter().any(|title| name.to_lowercase().starts_with(title));
    if titled { name.to_owned() } else { page.tr("home-doctor-name", [("name", name)]) }
}

pub(crate) fn specialties(page: &PageFrame, doctor: &Doctor) -> String {
    let names = doctor.specialties.iter().map(|code| page.t(format!("specialty-{code}")));
    names.collect::<Vec<_>>().join(" · ")
}

/// City and the ways to meet: "Dhaka · video and clinic".
fn facts(page: &PageFrame, doctor: &Doctor) -> String {
    let modes: Vec<String> = doctor.modes().into_iter().map(|mode| mode_name(page, mode)).collect();
    [doctor.city.clone(), modes.join(", ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

pub(crate) fn mode_name(page: &PageFrame, mode: Mode) -> String {
    page.t(format!("shared-mode-{}", mode.code()))
}

pub(crate) const fn mode_icon(mode: Mode) -> &'static str {
    match mode {
        Mode::Video => "video",
        Mode::Audio => "phone",
        Mode::Chat => "message-square",
        Mode::InPerson => "building-2",
    }
}

pub(crate) fn languages(doctor: &Doctor) -> Vec<Language> {
    doctor.languages.iter().map(|tag| Language { tag: tag.clone(), name: language_name(tag).to_owned() }).collect()
}

pub(crate) fn rating(page: &PageFrame, doctor: &Doctor) -> Rating {
    let count = doctor.reviews.to_string();
    match doctor.shown_score() {
        Some(score) => {
            let score = format!("{score:.1}");
            let words = page.tr("home-rating", [("score", score.as_str()), ("count", count.as_str())]);
            Rating { words }
        }
        None if doctor.reviews > 0 => Rating { words: page.tr("home-rating-few", [("count", count.as_str())]) },
        None => Rating { words: page.t("home-rating-none") },
    }
}

pub(crate) fn fees(page: &PageFrame, doctor: &Doctor) -> Vec<Fee> {
    let cheapest = doctor.modes().into_iter().filter_map(|mode| doctor.cheapest(Some(mode)).map(|offer| (mode, offer)));
    cheapest
        .map(|(mode, offer)| Fee { icon: mode_icon(mode), mode: mode_name(page, mode), price: page.money(offer.price) })
        .collect()
}

/// "450 m", "2.1 km", "38 km".
pub(crate) fn distance(page: &PageFrame, metres: f64) -> String {
    if metres < 950.0 {
        let rounded = format!("{:.0}", (metres / 50.0).round() * 50.0);
        return page.tr("home-metres", [("number", rounded.as_str())]);
    }
    let kilometres = metres / 1000.0;
    let number = if kilometres < 10.0 { format!("{kilometres:.1}") } else { format!("{kilometres:.0}") };
    page.tr("home-kilometres", [("number", number.as_str())])
}

fn time(page: &PageFrame, doctor: &Doctor, slot: &Slot, zone: &Zone, now: Timestamp) -> Time {
    let value = slot.starts_at.to_string();
    let (day, time) = (day_name(page, slot.starts_at, zone, now), page.time(slot.starts_at));
    let words = page.tr("home-day-and-time", [("day", day.as_str()), ("time", time.as_str())]);
    let href = format!("/doctors/{}?service={}&starts_at={value}#book", doctor.slug, slot.service);
    let (service, price) = (slot.service.to_string(), page.money(slot.price));
    let today = slot.starts_at.date_in(zone) == now.date_in(zone);
    Time { href, value, service, day, today, clock: time, words, price }
}

/// "Today", "Tomorrow", "Sun 22".
pub(crate) fn day_name(page: &PageFrame, at: Timestamp, zone: &Zone, now: Timestamp) -> String {
    let (day, today) = (at.date_in(zone), now.date_in(zone));
    if day == today {
        return page.t("home-today");
    }
    if day == today.plus_days(1) {
        return page.t("home-tomorrow");
    }
    format!("{} {}", weekday(page, day), day.jiff().day())
}

/// "Sun".
pub(crate) fn weekday(page: &PageFrame, day: LocalDate) -> String {
    page.t(format!("home-weekday-{}", day.jiff().weekday().to_monday_one_offset()))
}

/// "Dhaka time (GMT+6)".
pub(crate) fn zone_words(page: &PageFrame, zone: &Zone, at: Timestamp) -> String {
    let seconds = at.in_zone(zone).offset().seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    let offset = match (minutes / 60, minutes % 60) {
        (0, 0) => "GMT".to_owned(),
        (hours, 0) => format!("GMT{sign}{hours}"),
        (hours, rest) => format!("GMT{sign}{hours}:{rest:02}"),
    };
    page.tr("home-zone", [("place", zone.city().as_str()), ("offset", offset.as_str())])
}

/// A language in its own words; what has no entry is shown by its tag.
pub(crate) fn language_name(tag: &str) -> &str {
    match tag {
        "ar" => "العربية",
        "bn" => "বাংলা",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "ha" => "Hausa",
        "hi" => "हिन्दी",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ms" => "Bahasa Melayu",
        "mr" => "मराठी",
        "ne" => "नेपाली",
        "pa" => "ਪੰਜਾਬੀ",
        "pt" => "Português",
        "ru" => "Русский",
        "sw" => "Kiswahili",
        "ta" => "தமிழ்",
        "te" => "తెలుగు",
        "tl" => "Tagalog",
        "tr" => "Türkçe",
        "ur" => "اردو",
        "yo" => "Yorùbá",
        "zh" => "中文",
        other => other,
    }
}
