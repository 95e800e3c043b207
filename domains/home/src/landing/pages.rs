use askama::Template;
use kernel::{PageRequest, Timestamp, Zone};
use scheduling::slots::Mode;
use web::{PageFrame, Visitor};

use super::store::{self, Numbers, Quote, Specialty};
use crate::doctors::{Card, Criteria, Sort, When, card, find};

#[derive(Template)]
#[template(path = "landing/pages/landing.html")]
struct LandingPage {
    page: PageFrame,
    headline: String,
    days: Vec<(String, String)>,
    pills: Vec<Pill>,
    /// The doctor with the soonest free time of the hundred best rated, and two more.
    first: Option<Card>,
    others: Vec<Card>,
    zone: String,
    facts: Vec<Fact>,
    specialties: Vec<Tile>,
    quotes: Vec<Said>,
    questions: Vec<(String, String)>,
}

struct Pill {
    href: &'static str,
    before: String,
    foreign: Option<(&'static str, &'static str)>,
}

struct Fact {
    number: String,
    words: String,
}

struct Tile {
    href: String,
    icon: &'static str,
    name: String,
    doctors: String,
}

struct Said {
    body: String,
    author: String,
    doctor: String,
    href: String,
    month: String,
    stars: String,
}

pub(super) async fn show(me: Visitor) -> web::Result {
    let (zone, mut tx) = (me.zone(), me.begin().await?);
    let soonest = Criteria { mode: Some(Mode::Video), sort: Sort::Soonest, when: When::Week, ..Criteria::default() };
    let found = find(&mut tx, &soonest, zone, &PageRequest::of(3, None)).await?;
    let numbers = store::numbers(&mut tx).await?;
    let specialties = store::list_specialties(&mut tx).await?;
    let quotes = store::list_quotes(&mut tx).await?;
    let now = tx.now();
    tx.commit().await?;
    let page = me.page("home-landing-title");
    let wait = found.page.items.first().and_then(|found| found.next.first()).map(|slot| slot.starts_at);
    let mut cards = found.page.items.iter().map(|found| card(&page, found, zone, now));
    let (first, others) = (cards.next(), cards.collect());
    let day = |code: &str| (code.to_owned(), page.t(format!("home-when-{code}")));
    web::render(&LandingPage {
        headline: page.t(headline(wait, zone, now)),
        days: ["today", "tomorrow", "today-tomorrow", "week"].map(day).to_vec(),
        pills: pills(&page),
        first,
        others,
        zone: crate::doctors::zone_words(&page, zone, now),
        facts: facts(&page, &numbers, wait, now),
        specialties: specialties.iter().map(|specialty| tile(&page, specialty)).collect(),
        quotes: quotes.iter().map(|quote| said(&page, quote)).collect(),
        questions: questions(&page),
        page,
    })
}

/// The headline promises no more than the next free time keeps.
fn headline(next: Option<Timestamp>, zone: &Zone, now: Timestamp) -> &'static str {
    match next {
        Some(at) if at.minutes_since(now) <= 40 => "home-hero-now",
        Some(at) if at.date_in(zone) == now.date_in(zone) => "home-hero-today",
        _ => "home-hero-soon",
    }
}

fn pills(page: &PageFrame) -> Vec<Pill> {
    let pill = |href, key: &str| Pill { href, before: page.t(key), foreign: None };
    vec![
        pill("/doctors?mode=video&when=today", "home-pill-now"),
        pill("/doctors?specialty=paediatrics", "home-pill-child"),
        Pill { foreign: Some(("bn", "বাংলা")), ..pill("/doctors?language=bn", "home-pill-speaks") },
        pill("/doctors?gender=female", "home-pill-women"),
        pill("/doctors?max_fee=30", "home-pill-fee"),
    ]
}

fn facts(page: &PageFrame, numbers: &Numbers, next: Option<Timestamp>, now: Timestamp) -> Vec<Fact> {
    let said = |key: &str, count: i64| page.tr(key, [("count", count.to_string().as_str())]);
    let mut facts = Vec::new();
    if let Some(minutes) = next.map(|at| at.minutes_since(now).max(1)).filter(|minutes| *minutes < 180) {
        facts.push(Fact { number: said("shared-minutes", minutes), words: page.t("home-fact-next") });
    }
    facts.push(Fact { number: page.number(numbers.doctors), words: said("home-fact-doctors", numbers.checked) });
    facts.push(Fact {
        number: said("home-fact-languages-number", numbers.languages),
        words: said("home-fact-places", numbers.cities),
    });
    if let Some(score) = numbers.score.filter(|_| numbers.reviews > 0) {
        let score = format!("{score:.1}");
        let number = page.tr("home-fact-score-number", [("score", score.as_str())]);
        facts.push(Fact { number, words: said("home-fact-score", numbers.reviews) });
    }
    facts.push(Fact { number: page.t("home-fact-yours-number"), words: page.t("home-fact-yours") });
    facts.truncate(4);
    facts
}

fn tile(page: &PageFrame, specialty: &Specialty) -> Tile {
    Tile {
        href: format!("/doctors?specialty={}", specialty.code),
        icon: icon_of(&specialty.code),
        name: page.t(format!("specialty-{}", specialty.code)),
        doctors: page.tr("home-doctors-count", [("count", specialty.doctors.to_string().as_str())]),
    }
}

fn icon_of(code: &str) -> &'static str {
    match code {
        "dermatology" => "scan-face",
        "paediatrics" => "baby",
        "gynaecology" => "venus",
        "cardiology" => "heart-pulse",
        "psychiatry" => "brain",
        "neurology" => "activity",
        "orthopaedics" => "bone",
        "ear-nose-throat" => "ear",
        "ophthalmology" => "eye",
        "endocrinology" => "syringe",
        "gastroenterology" => "utensils",
        "pulmonology" => "wind",
        "nephrology" => "droplets",
        "urology" => "microscope",
        "oncology" => "ribbon",
        "rheumatology" => "hand",
        "dentistry" => "smile",
        "physiotherapy" => "person-standing",
        "nutrition" => "apple",
        _ => "stethoscope",
    }
}

fn said(page: &PageFrame, quote: &Quote) -> Said {
    let month = quote.published_at.jiff().to_zoned(jiff::tz::TimeZone::UTC);
    let (name, year) = (page.t(format!("home-month-{}", month.month())), month.year().to_string());
    let stars = quote.overall.to_string();
    Said {
        body: quote.body.clone(),
        author: quote.author.clone(),
        doctor: crate::doctors::doctor_name(page, &quote.doctor),
        href: format!("/doctors/{}", quote.slug),
        month: page.tr("home-month-year", [("month", name.as_str()), ("year", year.as_str())]),
        stars: page.tr("home-stars", [("score", stars.as_str())]),
    }
}

fn questions(page: &PageFrame) -> Vec<(String, String)> {
    let question = |name: &str| (page.t(format!("home-faq-{name}")), page.t(format!("home-faq-{name}-answer")));
    ["video", "pay", "cancel", "doctors", "privacy", "prescription"].map(question).to_vec()
}
