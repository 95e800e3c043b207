//! `/admin/duplicates`: two records side by side, and what agrees.

use askama::Template;
use axum::extract::Path;
use identity::door::Refused;
use kernel::{FaultKind, Sex, ids::DuplicateId};
use serde::Deserialize;
use web::{Admin, Form, PageFrame, Query};

use super::super::{
    decide::decide,
    list::list as look_through,
    model::{Band, Decision, Pair, Reason, Side},
    store::{self, After, Listed},
};

const ROWS: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    show: String,
    cursor: String,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

/// One field of both.
struct Row {
    label: String,
    one: String,
    other: String,
    /// Left to right, whatever the page.
    ltr: bool,
    differs: bool,
}

struct Why {
    label: String,
    tone: &'static str,
}

struct Line {
    decision: String,
    /// Where both are compared, and joined.
    joining: String,
    band: String,
    tone: &'static str,
    score: String,
    title: String,
    found: String,
    reasons: Vec<Why>,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "duplicates/pages/list.html")]
struct ListPage {
    page: PageFrame,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    is_open: bool,
    next: String,
    first: String,
}

/// `GET /admin/duplicates?show=different&cursor=`
pub(super) async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let status = Decision::from_code(&wanted.show).unwrap_or(Decision::Open);
    let mut tx = me.begin().await?;
    let Listed { pairs, next } = look_through(&mut tx, me.actor(), (status, after(&wanted.cursor)), ROWS).await?;
    let open = store::count_open(&mut tx).await?;
    tx.commit().await?;
    let page = me.page("people-duplicates-title");
    let next = next.map(|last| address(status, &cursor(last))).unwrap_or_default();
    let count = page.number(open);
    let tab =
        |decision: Decision, label: String| Tab { href: address(decision, ""), label, current: decision == status };
    web::render(&ListPage {
        tabs: vec![
            tab(Decision::Open, page.tr("people-duplicates-open", [("count", count.as_str())])),
            tab(Decision::Different, page.t("people-duplicates-different")),
        ],
        lines: pairs.iter().map(|pair| line(&page, pair)).collect(),
        is_open: status == Decision::Open,
        first: if wanted.cursor.is_empty() { String::new() } else { address(status, "") },
        next,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DecisionForm {
    decision: String,
}

/// `POST /admin/duplicates/{duplicate}/decision`
pub(super) async fn judge(me: Admin, Path(pair): Path<DuplicateId>, Form(form): Form<DecisionForm>) -> web::Result {
    let decision = Decision::from_code(&form.decision)
        .ok_or_else(|| Refused(FaultKind::invalid("decision", "people-duplicates-error-decision")))?;
    let mut tx = me.begin().await?;
    decide(&mut tx, me.actor(), pair, decision).await?;
    tx.commit().await?;
    me.flash_ok(match decision {
        Decision::Different => "people-duplicates-told-apart",
        Decision::Open => "people-duplicates-reopened",
    });
    Ok(me.redirect("/admin/duplicates"))
}

fn address(status: Decision, cursor: &str) -> String {
    let mut address = format!("/admin/duplicates?show={}", status.code());
    if !cursor.is_empty() {
        address.push_str("&cursor=");
        address.push_str(cursor);
    }
    address
}

pub(in super::super) fn cursor(last: After) -> String {
    format!("{}.{}", last.score, last.id)
}

/// What a page before has ended with; anything else is the beginning.
pub(in super::super) fn after(cursor: &str) -> Option<After> {
    let (score, id) = cursor.split_once('.')?;
    Some(After { score: score.parse().ok()?, id: id.parse().ok()? })
}

pub(super) fn tone(band: Band) -> &'static str {
    match band {
        Band::High => "crit",
        Band::Medium => "warn",
        Band::Low => "",
    }
}

pub(super) fn band_key(band: Band) -> &'static str {
    match band {
        Band::High => "people-band-high",
        Band::Medium => "people-band-medium",
        Band::Low => "people-band-low",
    }
}

fn line(page: &PageFrame, pair: &Pair) -> Line {
    let [one, other] = &pair.sides;
    let score = format!("{}.{}", pair.score / 10, (pair.score % 10).abs());
    let why = |reason: &Reason| Why {
        label: page.t(reason.label_key()),
        tone: match reason {
            Reason::PerhapsTwins | Reason::PerhapsParentAndChild => "warn",
            reason if reason.is_for() => "ok",
            _ => "",
        },
    };
    Line {
        decision: format!("/admin/duplicates/{}/decision", pair.id),
        joining: format!("/admin/record-joins/new?one={}&other={}", one.record_no, other.record_no),
        band: page.t(band_key(pair.band)),
        tone: tone(pair.band),
        score: page.tr("people-duplicates-score", [("score", score.as_str())]),
        title: format!("{} · {}", one.person.full_name, other.person.full_name),
        found: page.day(pair.decided_at.unwrap_or(pair.found_at)),
        reasons: pair.reasons.iter().map(why).collect(),
        rows: rows(page, one, other),
    }
}

fn rows(page: &PageFrame, one: &Side, other: &Side) -> Vec<Row> {
    let row = |key: &str, of: &dyn Fn(&Side) -> String, ltr: bool| {
        let (one, other) = (of(one), of(other));
        Row { label: page.t(key), differs: one != other, one, other, ltr }
    };
    let said = |text: String| if text.is_empty() { page.t("people-scan-not-said") } else { text };
    vec![
        row("people-full-name", &|side| side.person.full_name.clone(), false),
        row(
            "people-birth-date",
            &|side| said(side.person.birth_date.map(|day| page.date(day)).unwrap_or_default()),
            false,
        ),
        row("people-sex", &|side| page.t(sex_key(side.person.sex)), false),
        row("people-phone", &|side| said(side.person.phones.join(", ")), true),
        row("people-duplicates-email", &|side| said(side.person.email.clone().unwrap_or_default()), true),
        row("people-country", &|side| said(side.country.clone().unwrap_or_default()), false),
        row("people-record-no", &|side| side.record_no.clone(), true),
        row(
            "people-duplicates-account",
            &|side| {
                page.t(if side.has_account { "people-duplicates-own-account" } else { "people-duplicates-no-account" })
            },
            false,
        ),
        row("people-duplicates-since", &|side| page.day(side.since), false),
    ]
}

const fn sex_key(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "people-sex-female",
        Sex::Male => "people-sex-male",
        Sex::Intersex => "people-sex-intersex",
        Sex::Unknown => "people-sex-unknown",
    }
}
