//! What several pages say alike.

use db::Tx;
use kernel::{Money, Timestamp, ids::PractitionerId};

use super::super::offered::{Near, alternatives};
use crate::{
    cancellation::{Policy, Settlement},
    slots::{Mode, Slot},
};

/// A row of a summary list.
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
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
    alternatives(tx, &Near { doctor, wished, mode }).await
}

/// The rule for the money of a cancellation, as lines with amounts. Steps that have passed are not offered any more.
pub(crate) fn cancellation_rule(
    page: &web::PageFrame,
    policy: &Policy,
    price: Money,
    starts_at: Timestamp,
    now: Timestamp,
) -> Vec<String> {
    if price.is_zero() {
        return vec![page.t("scheduling-back-free"), page.t("scheduling-rule-doctor")];
    }
    let step = |(until, points): (Timestamp, u32)| {
        let (until, money) = (page.when(until), page.money(Settlement::of(price, points).refund));
        let percent = (points / 100).to_string();
        let args = [("until", until.as_str()), ("money", &money), ("percent", &percent)];
        page.tr(if points == 10_000 { "scheduling-rule-all-until" } else { "scheduling-rule-part-until" }, args)
    };
    let steps = policy.terms.tiers.iter().map(|tier| (Policy::until(*tier, starts_at), tier.basis_points));
    let mut lines: Vec<String> = steps.filter(|(until, _)| *until > now).map(step).collect();
    lines.push(page.t(if lines.is_empty() { "scheduling-rule-none-now" } else { "scheduling-rule-none" }));
    let movable = policy.movable_until(starts_at);
    if policy.terms.free_moves > 0 && movable > now {
        lines.push(page.tr("scheduling-rule-move-instead", [("until", page.when(movable).as_str())]));
    }
    lines.push(page.t("scheduling-rule-doctor"));
    lines
}

pub(super) fn specialties(page: &web::PageFrame, codes: &[String]) -> String {
    codes.iter().map(|code| page.t(format!("specialty-{code}"))).collect::<Vec<_>>().join(" · ")
}
