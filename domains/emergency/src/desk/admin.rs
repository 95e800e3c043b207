//! The administrators' pages: the board with its clocks, and the review of overrides.

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Cursor, Fault, FaultKind, LocalDate, PageRequest, Timestamp, ids::UrgentRequestId};
use serde::Deserialize;
use web::{Admin, Ctx, Form, PageFrame, Query};

use super::{
    duty::be_on_duty,
    review::{Review, Verdict, review},
    store::{self, OnBoard, Override},
};
use crate::{acuity::Acuity, red_flags, requests::policy};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/urgent", board)
        .post::<Admin, _, _>("/admin/urgent/duty", take_duty)
        .get::<Admin, _, _>("/admin/urgent/review", overrides)
        .get::<Admin, _, _>("/admin/urgent/overrides.csv", csv)
        .post::<Admin, _, _>("/admin/urgent/requests/{request}/review", judge)
}

pub(super) struct Line {
    pub(super) id: UrgentRequestId,
    pub(super) acuity: i16,
    pub(super) level: String,
    pub(super) tone: &'static str,
    pub(super) who: String,
    pub(super) rung: String,
    pub(super) asked: String,
    pub(super) clock: String,
    pub(super) is_late: bool,
    pub(super) since: String,
}

struct Tile {
    name: String,
    number: i64,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "desk/pages/board.html")]
struct BoardPage {
    page: PageFrame,
    tiles: Vec<Tile>,
    lines: Vec<Line>,
    duty: Vec<String>,
    is_on_duty: bool,
    counts: Vec<(String, i64)>,
}

async fn board(me: Admin) -> web::Result {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let open = store::list_open(&mut tx).await?;
    let lately = store::find_lately(&mut tx, now.plus_seconds(-policy::SEEN_SECONDS)).await?;
    let duty = store::list_duty(&mut tx).await?;
    let counts = red_flags::store::list_counts(&mut tx).await?;
    tx.commit().await?;
    let page = me.page("emergency-board-title");
    let tile = |key: &str, number: i64, tone| Tile { name: page.t(key), number, tone };
    let warn = |number: i64| if number > 0 { "crit" } else { "" };
    let until = |until: &Timestamp| page.time(*until);
    let named = |one: &store::OnDuty| {
        page.tr("emergency-board-on-duty", [("name", one.name.as_str()), ("time", until(&one.until).as_str())])
    };
    web::render(&BoardPage {
        tiles: vec![
            tile("emergency-board-ready", lately.ready, ""),
            tile("emergency-board-asked", lately.asked, ""),
            tile("emergency-board-met", lately.met, ""),
            tile("emergency-board-broken", lately.broken, warn(lately.broken)),
            tile("emergency-board-escalated", lately.escalated, warn(lately.escalated)),
        ],
        lines: open.iter().map(|one| line(&page, one, now)).collect(),
        is_on_duty: duty.iter().any(|one| one.account == me.actor().account),
        duty: duty.iter().map(named).collect(),
        counts: counts.into_iter().map(|one| (answer(&page, &one.answer), one.times)).collect(),
        page,
    })
}

fn answer(page: &PageFrame, code: &str) -> String {
    if code == "none" { page.t("emergency-board-none") } else { page.t(format!("emergency-flag-{code}")) }
}

pub(super) fn line(page: &PageFrame, one: &OnBoard, now: Timestamp) -> Line {
    let left = one.promised_by.seconds_since(now);
    let is_late = left < 0 && one.status == "seeking";
    let minutes = (left.abs() / 60).to_string();
    let key = if is_late { "emergency-clock-late" } else { "emergency-clock-left" };
    let country = one.country.as_ref().map(|code| page.t(format!("country-{code}")));
    let who = page.t(if one.is_guest { "emergency-pool-guest" } else { "emergency-pool-patient" });
    let rung = match (&one.doctor, one.status.as_str()) {
        (Some(doctor), "accepted") => page.tr("emergency-board-accepted", [("doctor", doctor.as_str())]),
        _ => page.t(format!("emergency-rung-{}", one.rung)),
    };
    Line {
        id: one.id,
        acuity: one.acuity,
        level: page.t(format!("emergency-acuity-{}", one.acuity)),
        tone: Acuity::try_from(one.acuity).map_or("", Acuity::tone),
        who: [Some(who), country].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        rung,
        asked: page.tr("emergency-board-offers", [("count", one.asked.to_string().as_str())]),
        clock: page.tr(key, [("minutes", minutes.as_str())]),
        is_late,
        since: page.time(one.created_at),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DutyForm {
    hours: String,
}

async fn take_duty(me: Admin, Form(form): Form<DutyForm>) -> web::Result {
    let mut tx = me.begin().await?;
    be_on_duty(&mut tx, me.actor(), form.hours.parse().unwrap_or(-1)).await?;
    tx.commit().await?;
    me.flash_ok("emergency-board-duty-kept");
    Ok(me.redirect("/admin/urgent"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// "2026-11"; this month where empty or wrong.
    month: String,
    cursor: Option<Cursor>,
}

/// A month of the reader's calendar.
struct Month {
    code: String,
    range: (Timestamp, Timestamp),
    earlier: String,
    /// There is none after this month.
    later: Option<String>,
    /// Of the one before, this one, and the one after.
    days: [LocalDate; 3],
}

impl Month {
    async fn of(me: &Ctx, wanted: &str) -> Result<Self, db::Error> {
        let today = me.today().await?;
        let first = first_of(wanted).or_else(|| first_of(&today.to_string())).unwrap_or(today);
        let next = first_of(&first.plus_days(31).to_string()).unwrap_or(first);
        let code = |day: LocalDate| day.to_string().chars().take(7).collect::<String>();
        Ok(Self {
            code: code(first),
            range: (first.starts_in(me.zone()), next.starts_in(me.zone())),
            earlier: code(first.plus_days(-1)),
            later: (next <= today).then(|| code(next)),
            days: [first.plus_days(-1), first, next],
        })
    }
}

/// "2026-11" and "2026-11-26" begin on 2026-11-01.
fn first_of(text: &str) -> Option<LocalDate> {
    format!("{}-01", text.get(..7)?).parse().ok()
}

struct OverrideView {
    id: UrgentRequestId,
    when: String,
    level: String,
    tone: &'static str,
    who: String,
    why: String,
    found: String,
    displaced: String,
    before: String,
    verdict: String,
    verdict_tone: &'static str,
    reason: String,
    appointment: Option<String>,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "desk/pages/review.html")]
struct ReviewPage {
    page: PageFrame,
    month: String,
    month_name: String,
    earlier: String,
    earlier_name: String,
    later: Option<String>,
    later_name: String,
    figures: Vec<(String, String)>,
    lines: Vec<OverrideView>,
    next: String,
}

async fn overrides(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    show_review(&me, &wanted, None).await
}

async fn show_review(
    me: &Admin,
    wanted: &Wanted,
    refused: Option<(UrgentRequestId, String, FaultKind)>,
) -> web::Result {
    let month = Month::of(me, &wanted.month).await?;
    let mut tx = me.begin().await?;
    let request = PageRequest::of(20, wanted.cursor.clone());
    let found = store::list_overrides(&mut tx, month.range, &request).await?;
    let figures = store::find_figures(&mut tx, month.range.0, month.range.1).await?;
    tx.commit().await?;
    let mut page = me.page("emergency-review-title");
    let mut typed = None;
    if let Some((id, text, kind)) = refused {
        typed = Some((id, text));
        if let FaultKind::Invalid(errors) = kind {
            page = page.with_errors(errors);
        }
    }
    let status = if typed.is_some() { 422 } else { 200 };
    web::render_status(
        status,
        &ReviewPage {
            figures: figures_view(&page, &figures),
            next: found
                .next_cursor
                .map(|cursor| format!("/admin/urgent/review?month={}&cursor={}", month.code, cursor.0))
                .unwrap_or_default(),
            lines: found.items.into_iter().map(|one| override_view(&page, one, typed.as_ref())).collect(),
            month: month.code,
            month_name: page.month(month.days[1]),
            earlier: month.earlier,
            earlier_name: page.month(month.days[0]),
            later: month.later,
            later_name: page.month(month.days[2]),
            page,
        },
    )
}

fn figures_view(page: &PageFrame, figures: &store::Figures) -> Vec<(String, String)> {
    let number = |key: &str, n: i64| (page.t(key), page.number(n));
    #[expect(clippy::cast_possible_truncation, reason = "a wait in seconds")]
    let median = figures.median_seconds.map_or_else(String::new, |seconds| {
        page.tr("emergency-review-seconds", [("count", (seconds.round() as i64).to_string().as_str())])
    });
    vec![
        number("emergency-review-asked", figures.asked),
        number("emergency-review-overrides", figures.overrides),
        number("emergency-review-displaced", figures.displaced),
        number("emergency-review-justified", figures.justified),
        number("emergency-review-unjustified", figures.unjustified),
        number("emergency-board-broken", figures.broken),
        number("emergency-board-escalated", figures.escalated),
        (page.t("emergency-review-median"), median),
    ]
}

fn override_view(page: &PageFrame, one: Override, typed: Option<&(UrgentRequestId, String)>) -> OverrideView {
    let typed = typed.filter(|(id, _)| *id == one.id).map(|(_, text)| text.clone());
    let source = page.t(format!("emergency-source-{}", one.source));
    let why = page.t(format!("emergency-why-{}", one.why));
    let found = page.t(format!("emergency-rung-{}", one.rung));
    OverrideView {
        id: one.id,
        when: page.when(one.created_at),
        level: page.t(format!("emergency-acuity-{}", one.acuity)),
        tone: Acuity::try_from(one.acuity).map_or("", Acuity::tone),
        who: one.record_no.unwrap_or_else(|| page.t("emergency-pool-guest")),
        why: page.tr("emergency-review-why", [("source", source.as_str()), ("why", why.as_str())]),
        found: [Some(found), one.doctor].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        displaced: one
            .displaced_at
            .map(|at| page.tr("emergency-review-took", [("when", page.when(at).as_str())]))
            .unwrap_or_default(),
        before: if one.unjustified_before > 0 {
            page.tr("emergency-review-before", [("count", one.unjustified_before.to_string().as_str())])
        } else {
            String::new()
        },
        verdict: one.verdict.as_ref().map(|v| page.t(format!("emergency-verdict-{v}"))).unwrap_or_default(),
        verdict_tone: if one.verdict.as_deref() == Some("unjustified") { "crit" } else { "ok" },
        is_open: typed.is_some(),
        reason: typed.or(one.reason).unwrap_or_default(),
        appointment: one.appointment.map(|id| format!("/appointments/{id}")),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct JudgeForm {
    verdict: String,
    reason: String,
    month: String,
}

async fn judge(me: Admin, Path(request): Path<UrgentRequestId>, Form(form): Form<JudgeForm>) -> web::Result {
    let verdict = Verdict::read(&form.verdict).unwrap_or(Verdict::Justified);
    let command = Review { request, verdict, reason: form.reason.clone() };
    let mut tx = me.begin().await?;
    if let Err(error) = review(&mut tx, me.actor(), &command).await {
        tx.rollback().await?;
        return match error.kind() {
            kind @ FaultKind::Invalid(_) => {
                let wanted = Wanted { month: form.month, cursor: None };
                show_review(&me, &wanted, Some((request, form.reason, kind))).await
            }
            _ => Err(error.into()),
        };
    }
    tx.commit().await?;
    me.flash_ok("emergency-review-kept");
    let month = first_of(&form.month).map(|day| format!("?month={}", &day.to_string()[..7])).unwrap_or_default();
    Ok(me.redirect(&format!("/admin/urgent/review{month}")))
}

/// More than a hospital has in a month.
const MOST_LINES: u16 = 1000;

/// The month as a file: codes, not words, for whoever counts on. No health content.
async fn csv(me: Admin, Query(wanted): Query<Wanted>) -> Result<Response, web::Error> {
    let month = Month::of(&me, &wanted.month).await?;
    let mut tx = me.begin().await?;
    let mut request = PageRequest::of(100, None);
    let mut rows = Vec::new();
    loop {
        let found = store::list_overrides(&mut tx, month.range, &request).await?;
        rows.extend(found.items.into_iter().map(row));
        match found.next_cursor {
            Some(cursor) if rows.len() < usize::from(MOST_LINES) => request = PageRequest::of(100, Some(cursor)),
            _ => break,
        }
    }
    tx.commit().await?;
    let head = [
        "request",
        "asked_at",
        "acuity",
        "source",
        "why",
        "status",
        "rung",
        "record_no",
        "appointment",
        "displaced",
        "verdict",
        "reason",
    ];
    let name = format!("attachment; filename=\"overrides-{}.csv\"", month.code);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, documents::csv(&head, rows)).into_response())
}

fn row(one: Override) -> Vec<String> {
    vec![
        one.id.to_string(),
        one.created_at.to_string(),
        one.acuity.to_string(),
        one.source,
        one.why,
        one.status,
        one.rung,
        one.record_no.unwrap_or_default(),
        one.appointment.map(|id| id.to_string()).unwrap_or_default(),
        one.displaced.map(|id| id.to_string()).unwrap_or_default(),
        one.verdict.unwrap_or_default(),
        one.reason.unwrap_or_default(),
    ]
}
