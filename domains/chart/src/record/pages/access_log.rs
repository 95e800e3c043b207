//! Who opened my record: name, role, which part, why, when. Straight from the audit trail.

use askama::Template;
use kernel::{Timestamp, ids::AccountId};
use serde::Deserialize;
use web::{Ctx, PageFrame, Patient, Query};

use crate::{
    purpose,
    questions::Line,
    record::store::{self, Access, After},
};

/// Rows of the trail looked at for one page; neighbours of one sitting are shown as one line.
const ROWS: i64 = 150;
/// Sections that have a name of their own (`chart-section-…`).
const SECTIONS: [&str; 30] = [
    "visit_recording",
    "allergies",
    "problems",
    "vitals",
    "immunizations",
    "family_history",
    "social_history",
    "visit",
    "visits",
    "visit_note",
    "visit_reason",
    "visit_notes",
    "visit_command",
    "visit_messages",
    "messages",
    "visit_transcript",
    "visit_guest",
    "intake_response",
    "prescription",
    "prescriptions",
    "appointment",
    "patient",
    "record",
    "timeline",
    "documents",
    "consent",
    "hidden",
    "access_question",
    "identity_card",
    "record_join",
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `1` shows one's own visits to the record as well.
    own: String,
    /// Where the page before ended.
    cursor: String,
}

/// One sitting: somebody, for one reason, within some minutes.
struct Sitting {
    who: String,
    role: String,
    reason: String,
    sections: Vec<String>,
    changed: bool,
    /// Under emergency access, or an attempt at it.
    emergency: bool,
    refused: bool,
    /// The line that a question would be about, the first of the sitting; none where one looked oneself.
    question: Option<String>,
    at: Timestamp,
    when: String,
}

#[derive(Template)]
#[template(path = "record/pages/access_log.html")]
struct AccessLogPage {
    page: PageFrame,
    sittings: Vec<Sitting>,
    own: bool,
    next: String,
}

/// `GET /record/access-log`
pub(crate) async fn show(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    let own = wanted.own == "1";
    let mut tx = me.begin().await?;
    let except = (!own).then_some(me.actor().account);
    let rows = store::list_accesses(&mut tx, me.patient_id(), except, After::parse(&wanted.cursor), ROWS).await?;
    tx.commit().await?;
    let next = if i64::try_from(rows.len()).is_ok_and(|count| count == ROWS) {
        rows.last().map(|row| format!("?own={}&cursor={}", u8::from(own), After::of(row))).unwrap_or_default()
    } else {
        String::new()
    };
    let page = me.page("chart-access-title");
    let mut sittings = sittings(&me, &rows);
    for sitting in &mut sittings {
        sitting.when = page.when(sitting.at);
    }
    web::render(&AccessLogPage { page, sittings, own, next })
}

fn sittings(me: &Patient, rows: &[Access]) -> Vec<Sitting> {
    let mut sittings: Vec<(Option<AccountId>, &str, Sitting)> = Vec::new();
    for row in rows {
        let section = section_name(me, &row.object);
        let changed = !matches!(
            row.action.as_str(),
            "read" | "check" | "seen" | "scanned" | "opened" | "closed" | "downloaded" | "ask" | "answer" | "reviewed"
        );
        if let Some((actor, reason, sitting)) = sittings.last_mut()
            && *actor == row.actor
            && *reason == row.purpose
            && sitting.refused == (row.outcome != "ok")
            && sitting.at.minutes_since(row.at) < 15
        {
            if !sitting.sections.contains(&section) {
                sitting.sections.push(section);
            }
            sitting.changed |= changed;
            continue;
        }
        let sitting = Sitting {
            who: who(me, row),
            role: role(me, row),
            reason: purpose_name(me, &row.purpose),
            sections: vec![section],
            changed,
            emergency: row.purpose == purpose::BREAK_GLASS,
            refused: row.outcome != "ok",
            question: (row.actor != Some(me.actor().account))
                .then(|| Line { shard: row.shard, seq: row.seq }.to_string()),
            at: row.at,
            when: String::new(),
        };
        sittings.push((row.actor, &row.purpose, sitting));
    }
    sittings.into_iter().map(|(_, _, sitting)| sitting).collect()
}

fn who(me: &Patient, row: &Access) -> String {
    match (&row.practitioner, row.actor) {
        (_, Some(actor)) if actor == me.actor().account => me.t("chart-access-you"),
        (Some(name), _) => name.clone(),
        (None, Some(_)) => me.t("chart-access-staff"),
        (None, None) => me.t("chart-access-program"),
    }
}

/// The most telling of the roles they acted in.
fn role(me: &Patient, row: &Access) -> String {
    const KNOWN: [&str; 7] =
        ["doctor", "nurse", "pharmacist", "lab_technician", "support_agent", "administrator", "patient"];
    let roles = row.roles.as_deref().unwrap_or_default();
    KNOWN
        .into_iter()
        .find(|known| roles.split(',').any(|role| role == *known))
        .map_or_else(|| me.t("chart-role-system"), |known| me.t(format!("chart-role-{known}")))
}

/// Why, in words.
pub(crate) fn purpose_name(me: &Ctx, purpose: &str) -> String {
    match purpose {
        "own record" => me.t("chart-purpose-own_record"),
        "care" => me.t("chart-purpose-treatment"),
        known if purpose::ALL.contains(&known) => me.t(format!("chart-purpose-{known}")),
        _ => me.t("chart-purpose-operations"),
    }
}

/// Which part of the record, in words.
pub(crate) fn section_name(me: &Ctx, object: &str) -> String {
    if SECTIONS.contains(&object) { me.t(format!("chart-section-{object}")) } else { me.t("chart-section-other") }
}
