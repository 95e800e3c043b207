//! The page of the trail, and the file of it.

use askama::Template;
use audit::{Entry, Verified};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use identity::door::Refused;
use kernel::{FaultKind, FieldError};
use serde::Deserialize;
use web::{Admin, PageFrame, Query};

use super::{Filter, Row, store};
use crate::{purpose, record::store::After};

const ROWS: i64 = 50;
/// The most rows of one file; who needs more asks for fewer days.
const EXPORTED: i64 = 20_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    #[serde(flatten)]
    filter: Filter,
    cursor: String,
}

struct Line {
    when: String,
    who: String,
    roles: String,
    what: String,
    why: String,
    patient: String,
    place: String,
    emergency: bool,
    refused: bool,
}

#[derive(Template)]
#[template(path = "trail/pages/show.html")]
struct TrailPage {
    page: PageFrame,
    wanted: Filter,
    actions: Vec<(String, String)>,
    lines: Vec<Line>,
    next: String,
    first: String,
    export: String,
    verified: String,
    findings: Vec<String>,
    never: bool,
}

/// `GET /admin/audit?who=&patient=&action=&from=&until=`
pub(crate) async fn show(me: Admin, Query(asked): Query<Asked>) -> web::Result {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut tx = me.begin().await?;
    let rows = match asked.filter.parse(me.zone()) {
        Ok(wanted) => store::list(&mut tx, &wanted, After::parse(&asked.cursor), ROWS + 1).await?,
        Err(wrong) => {
            errors = wrong;
            Vec::new()
        }
    };
    let actions = store::list_actions(&mut tx).await?;
    let verified = audit::last_verified(&mut tx).await?;
    tx.commit().await?;
    let status = if errors.is_empty() { 200 } else { 422 };
    let page = me.page("chart-audit-title").with_errors(errors);
    let shown = usize::try_from(ROWS).unwrap_or(50);
    let next = rows.get(shown.saturating_sub(1)).filter(|_| rows.len() > shown).map(|last| {
        let after = After::at(last.at, last.shard, last.seq).to_string();
        address("/admin/audit", &asked.filter, &after)
    });
    let first = if asked.cursor.is_empty() { String::new() } else { address("/admin/audit", &asked.filter, "") };
    web::render_status(
        status,
        &TrailPage {
            lines: rows.iter().take(shown).map(|row| line(&me, &page, row)).collect(),
            actions: actions.into_iter().map(|action| (action.clone(), action)).collect(),
            next: next.unwrap_or_default(),
            first,
            export: address("/admin/audit/trail.csv", &asked.filter, ""),
            never: verified.is_none(),
            verified: verified.as_ref().map(|seen| verified_line(&page, seen)).unwrap_or_default(),
            findings: verified.map(|seen| seen.findings).unwrap_or_default(),
            page,
            wanted: asked.filter,
        },
    )
}

fn verified_line(page: &PageFrame, seen: &Verified) -> String {
    let (when, rows, anchored) = (page.when(seen.at), page.number(seen.rows), page.number(seen.anchored));
    let args = [("when", when.as_str()), ("rows", rows.as_str()), ("anchored", anchored.as_str())];
    page.tr(if seen.findings.is_empty() { "chart-audit-sound" } else { "chart-audit-broken" }, args)
}

fn line(me: &Admin, page: &PageFrame, row: &Row) -> Line {
    Line {
        when: page.when(row.at),
        who: row.actor_name.clone().unwrap_or_else(|| me.t("chart-access-program")),
        roles: row.roles.clone().unwrap_or_default(),
        what: format!("{} · {}", row.action, row.object),
        why: row.purpose.clone(),
        patient: row.record_no.clone().unwrap_or_default(),
        place: format!("{}/{}", row.shard, row.seq),
        emergency: row.purpose == purpose::BREAK_GLASS,
        refused: row.outcome != "ok",
    }
}

/// `GET /admin/audit/trail.csv?who=&…`: the same rows as a file. That it was taken is a row of the trail.
pub(crate) async fn export(me: Admin, Query(asked): Query<Asked>) -> web::Result {
    let wanted = asked.filter.parse(me.zone()).map_err(|errors| Refused(FaultKind::Invalid(errors)))?;
    let mut tx = me.begin().await?;
    let rows = store::list(&mut tx, &wanted, After::parse(""), EXPORTED).await?;
    let (object_id, purpose) = (me.actor().account.uuid(), purpose::PRIVACY);
    audit::record(&mut tx, Entry { action: "exported", object: "audit_trail", object_id, patient: None, purpose })
        .await?;
    tx.commit().await?;
    let header = [
        "at",
        "chain",
        "row",
        "actor",
        "name",
        "roles",
        "action",
        "object",
        "object_id",
        "purpose",
        "outcome",
        "patient",
        "record_no",
    ];
    let cells = rows.into_iter().map(|row| {
        vec![
            row.at.to_string(),
            row.shard.to_string(),
            row.seq.to_string(),
            row.actor.map(|id| id.to_string()).unwrap_or_default(),
            row.actor_name.unwrap_or_default(),
            row.roles.unwrap_or_default(),
            row.action,
            row.object,
            row.object_id.map(|id| id.to_string()).unwrap_or_default(),
            row.purpose,
            row.outcome,
            row.patient_id.map(|id| id.to_string()).unwrap_or_default(),
            row.record_no.unwrap_or_default(),
        ]
    });
    let file = documents::csv(&header, cells);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit-trail.csv\""),
    ];
    let answer: Response = (headers, file).into_response();
    Ok(answer)
}

fn address(path: &str, filter: &Filter, cursor: &str) -> String {
    let pairs = [
        ("who", filter.who.as_str()),
        ("patient", &filter.patient),
        ("action", &filter.action),
        ("from", &filter.from),
        ("until", &filter.until),
        ("cursor", cursor),
    ];
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
