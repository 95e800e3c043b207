//! Entries of the agenda as words.

use kernel::{LocalDate, Timestamp, Zone};
use web::PageFrame;

use super::store::Entry;
use crate::doctors::{day_name, initials};

/// What the doctor can do with an entry, one primary thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// The patient waits: admit.
    Admit,
    /// The visit runs: go back to it.
    Return,
    /// Ended, not signed: finish the note.
    Finish,
    /// Signed: read.
    Read,
    None,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) chart: String,
    pub(super) go: String,
    pub(super) action: Action,
    pub(super) state: &'static str,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) name: String,
    pub(super) initials: String,
    pub(super) about: String,
    pub(super) mode: String,
    pub(super) mode_icon: &'static str,
    pub(super) label: String,
    pub(super) tone: &'static str,
    pub(super) since: String,
    pub(super) day: String,
    /// The patient answered a red flag beforehand.
    pub(super) urgent: bool,
}

/// How times are read: the doctor's zone and the present.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock<'a> {
    pub(super) zone: &'a Zone,
    pub(super) now: Timestamp,
}

impl Clock<'_> {
    /// "09:05" on the doctor's wall.
    pub(super) fn time(&self, at: Timestamp) -> String {
        let at = at.in_zone(self.zone);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    pub(super) fn today(&self) -> LocalDate {
        self.now.date_in(self.zone)
    }
}

pub(super) fn line(page: &PageFrame, entry: &Entry, clock: Clock<'_>) -> Line {
    let action = action(entry);
    let (label, tone) = label(page, entry);
    Line {
        href: format!("/appointments/{}", entry.id),
        chart: format!("/doctor/patients/{}", entry.patient),
        go: go(entry, action),
        state: state(entry, clock.now),
        from: clock.time(entry.starts_at),
        until: clock.time(entry.ends_at),
        name: entry.name.clone(),
        initials: initials(&entry.name),
        about: about(page, entry, clock),
        mode: mode(page, entry),
        mode_icon: mode_icon(&entry.mode),
        since: since(page, entry, clock.now),
        urgent: entry.urgent,
        day: day_name(page, entry.starts_at, clock.zone, clock.now),
        action,
        label,
        tone,
    }
}

fn action(entry: &Entry) -> Action {
    match (entry.status.as_str(), entry.visit_status.as_str()) {
        ("confirmed", "waiting") => Action::Admit,
        ("confirmed", "in_consultation") => Action::Return,
        ("confirmed" | "fulfilled", "ended") => Action::Finish,
        ("confirmed" | "fulfilled", "signed") => Action::Read,
        _ => Action::None,
    }
}

fn go(entry: &Entry, action: Action) -> String {
    match (action, entry.visit) {
        (Action::Admit, _) => format!("/appointments/{}/visit", entry.id),
        (Action::Return, Some(visit)) => format!("/visits/{visit}"),
        (Action::Finish, Some(visit)) => format!("/visits/{visit}/note"),
        (Action::Read, Some(visit)) => format!("/visits/{visit}/summary"),
        _ => format!("/appointments/{}", entry.id),
    }
}

/// The colour of the row: who waits stands out, who is through steps back.
fn state(entry: &Entry, now: Timestamp) -> &'static str {
    match entry.visit_status.as_str() {
        "waiting" if entry.status == "confirmed" => "waiting",
        "in_consultation" => "in_consultation",
        "ended" | "signed" => "past",
        _ if entry.ends_at < now || entry.status.starts_with("no_show") || entry.status.starts_with("cancelled") => {
            "past"
        }
        _ => "coming",
    }
}

fn label(page: &PageFrame, entry: &Entry) -> (String, &'static str) {
    let appointment = |tone| (page.t(format!("shared-appointment-{}", entry.status)), tone);
    let visit = |tone| (page.t(format!("shared-visit-{}", entry.visit_status)), tone);
    match (entry.approval.as_deref(), entry.visit_status.as_str()) {
        (Some("awaiting"), "signed") => return (page.t("home-approval-awaiting"), "info"),
        (Some("returned"), "signed") => return (page.t("home-approval-returned"), "crit"),
        _ => {}
    }
    match (entry.status.as_str(), entry.visit_status.as_str()) {
        ("confirmed", "waiting") | ("confirmed" | "fulfilled", "ended") => visit("warn"),
        ("confirmed", "in_consultation") => visit("info"),
        (_, "signed") => visit("ok"),
        ("confirmed", _) => appointment("ok"),
        ("requested" | "held", _) => appointment("warn"),
        ("no_show_patient" | "no_show_doctor", _) => appointment("crit"),
        _ => appointment(""),
    }
}

/// "Waiting 4 minutes", "In the visit for 12 minutes".
fn since(page: &PageFrame, entry: &Entry, now: Timestamp) -> String {
    let said = |key: &str, at: Timestamp| {
        let minutes = now.minutes_since(at).max(0).to_string();
        page.tr(key, [("count", minutes.as_str())])
    };
    match (entry.visit_status.as_str(), entry.arrived_at, entry.admitted_at) {
        ("waiting", Some(arrived), _) => said("home-waiting-since", arrived),
        ("in_consultation", _, Some(admitted)) => said("home-in-visit-since", admitted),
        _ => String::new(),
    }
}

/// "58 years · Male · 4 visits".
fn about(page: &PageFrame, entry: &Entry, clock: Clock<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(born) = entry.birth_date {
        let age = born.age_on(clock.today()).to_string();
        parts.push(page.tr("home-age", [("count", age.as_str())]));
    }
    if entry.sex != "unknown" {
        parts.push(page.t(format!("shared-sex-{}", entry.sex)));
    }
    let before = entry.before.to_string();
    parts.push(page.tr("home-visits-before", [("count", before.as_str())]));
    parts.join(" · ")
}

fn mode(page: &PageFrame, entry: &Entry) -> String {
    let mode = page.t(format!("shared-mode-{}", entry.mode));
    entry.place.as_ref().map_or(mode.clone(), |place| format!("{mode} · {place}"))
}

fn mode_icon(mode: &str) -> &'static str {
    match mode {
        "video" => "video",
        "audio" => "phone",
        "chat" => "message-square",
        _ => "building-2",
    }
}
