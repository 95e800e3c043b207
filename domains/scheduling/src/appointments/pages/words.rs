//! What several pages say alike.

use db::Tx;
use kernel::{Timestamp, ids::PractitionerId};

use super::super::{
    book::alternatives,
    policy::{FULL_REFUND_HOURS, HALF_REFUND_HOURS},
};
use crate::slots::{Mode, Slot};

/// A row of a summary list.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

impl Fact {
    pub(super) fn new(page: &web::PageFrame, key: &str, value: impl Into<String>) -> Self {
        Self { label: page.t(key), value: value.into() }
    }
}

/// Another time, as a link to take it.
pub(super) struct Choice {
    pub(super) href: String,
    pub(super) label: String,
}

pub(super) fn choices(page: &web::PageFrame, doctor_slug: &str, slots: &[Slot]) -> Vec<Choice> {
    let choice = |slot: &Slot| Choice {
        href: book_url(doctor_slug, &slot.service.to_string(), slot.starts_at),
        label: page.when(slot.starts_at),
    };
    slots.iter().map(choice).collect()
}

pub(super) fn book_url(doctor: &str, service: &str, starts_at: Timestamp) -> String {
    let query =
        serde_urlencoded::to_string([("doctor", doctor), ("service", service), ("starts_at", &starts_at.to_string())]);
    format!("/book?{}", query.unwrap_or_default())
}

/// The three nearest other times of a doctor, ready to show.
pub(super) async fn other_times(
    tx: &mut Tx,
    doctor: PractitionerId,
    wished: Timestamp,
    mode: Mode,
) -> Result<Vec<Slot>, db::Error> {
    alternatives(tx, doctor, wished, mode).await
}

/// The rule for the money of a cancellation, as lines. Steps that have passed are not offered any more.
pub(super) fn cancellation_rule(page: &web::PageFrame, starts_at: Timestamp, now: Timestamp) -> Vec<String> {
    let steps = [("scheduling-rule-full", FULL_REFUND_HOURS), ("scheduling-rule-half", HALF_REFUND_HOURS)];
    let mut lines: Vec<String> = steps
        .into_iter()
        .map(|(key, hours)| (key, starts_at.plus_minutes(-hours * 60)))
        .filter(|(_, until)| *until > now)
        .map(|(key, until)| page.tr(key, [("until", page.when(until).as_str())]))
        .collect();
    let rest = if lines.is_empty() { "scheduling-rule-none-now" } else { "scheduling-rule-none" };
    lines.extend([page.t(rest), page.t("scheduling-rule-doctor")]);
    lines
}

pub(super) fn specialties(page: &web::PageFrame, codes: &[String]) -> String {
    codes.iter().map(|code| page.t(format!("specialty-{code}"))).collect::<Vec<_>>().join(" · ")
}
