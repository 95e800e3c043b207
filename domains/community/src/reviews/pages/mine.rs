use access::Role;
use askama::Template;
use kernel::{
    PageRequest, Timestamp,
    ids::{AppointmentId, PractitionerId},
};
use web::{PageFrame, Query, SignedIn};

use super::{Bar, bars};
use crate::reviews::{
    Rating,
    model::{Dimension, Review, Status},
    store,
};

#[derive(Template)]
#[template(path = "reviews/pages/mine.html")]
struct MinePage {
    page: PageFrame,
    lines: Vec<Mine>,
    next: String,
}

/// One's own review.
struct Mine {
    appointment: AppointmentId,
    doctor: String,
    stars: i16,
    label: String,
    tone: &'static str,
    text: String,
    reason: String,
    bars: Vec<Bar>,
    submitted_at: Timestamp,
}

#[derive(Template)]
#[template(path = "reviews/pages/received.html")]
struct ReceivedPage {
    page: PageFrame,
    /// "4.6", once there are enough reviews.
    score: Option<String>,
    reviews: i32,
    bars: Vec<Bar>,
    lines: Vec<Received>,
    next: String,
}

/// A review that a doctor received.
struct Received {
    stars: i16,
    author: String,
    text: String,
    month: String,
}

/// `GET /reviews`: a doctor's received ones, anyone else's own.
pub(crate) async fn list(me: SignedIn, Query(wanted): Query<PageRequest>) -> web::Result {
    let actor = me.actor();
    match actor.practitioner {
        Some(practitioner) if actor.is(Role::Doctor) => received(&me, practitioner, &wanted).await,
        _ => mine(&me, &wanted).await,
    }
}

async fn mine(me: &SignedIn, wanted: &PageRequest) -> web::Result {
    let mut tx = me.begin().await?;
    let reviews = store::list_of_author(&mut tx, &me.actor().patients, wanted).await?;
    tx.commit().await?;
    let next = reviews.next_cursor.map(|cursor| format!("/reviews?cursor={}", cursor.0)).unwrap_or_default();
    let lines = reviews.items.into_iter().map(|review| own(me, review)).collect();
    web::render(&MinePage { page: me.page("community-mine-title"), lines, next })
}

async fn received(me: &SignedIn, practitioner: PractitionerId, wanted: &PageRequest) -> web::Result {
    let mut tx = me.begin().await?;
    let rating = store::find_rating(&mut tx, practitioner).await?;
    let reviews = store::list_published(&mut tx, practitioner, wanted).await?;
    tx.commit().await?;
    let next = reviews.next_cursor.map(|cursor| format!("/reviews?cursor={}", cursor.0)).unwrap_or_default();
    let lines = reviews.items.into_iter().map(|review| Received {
        stars: review.overall,
        author: review.author,
        text: review.text,
        month: month(me, review.published_at),
    });
    web::render(&ReceivedPage {
        page: me.page("community-received-title"),
        score: rating.as_ref().and_then(Rating::shown),
        reviews: rating.as_ref().map_or(0, |rating| rating.reviews),
        bars: rating.map(|rating| rated(me, &rating)).unwrap_or_default(),
        lines: lines.collect(),
        next,
    })
}

fn own(me: &SignedIn, review: Review) -> Mine {
    let tone = match review.status {
        Status::Published => "ok",
        Status::AwaitingModeration => "warn",
        Status::Rejected => "crit",
    };
    Mine {
        appointment: review.appointment,
        label: me.t(format!("community-status-{}", status_word(&review))),
        tone,
        bars: bars(me, &review.scores),
        doctor: review.practitioner_name,
        stars: review.scores.overall.number(),
        text: review.text,
        reason: review.reason.unwrap_or_default(),
        submitted_at: review.submitted_at,
    }
}

/// The averages by dimension, as bars.
fn rated(me: &SignedIn, rating: &Rating) -> Vec<Bar> {
    let averages =
        [rating.listening_milli, rating.explanation_milli, rating.punctuality_milli, rating.technology_milli];
    let judged = Dimension::ALL.iter().zip(averages).filter_map(|(dimension, milli)| Some((dimension, milli?)));
    judged
        .map(|(dimension, milli)| Bar {
            label: me.t(format!("community-{}", dimension.word())),
            value: format!("{}.{}", (milli + 50) / 1000, (milli + 50) % 1000 / 100),
            percent: milli / 50,
        })
        .collect()
}

/// "November 2026": never the day, which could tell who it was.
pub(super) fn month(me: &SignedIn, at: Timestamp) -> String {
    let day = at.in_zone(me.zone());
    let name = me.t(format!("community-month-{}", day.month()));
    format!("{name} {}", day.year())
}

/// The key of a state's label.
pub(super) fn status_word(review: &Review) -> &'static str {
    if review.redacted_to.is_some() { "redacted" } else { review.status.word() }
}
