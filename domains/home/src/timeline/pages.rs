//! HTML: the timeline of the patient, and of the doctor's chart.

use askama::Template;
use axum::extract::Path;
use kernel::{LocalDate, ids::PatientId};
use people::patients;
use web::{Ctx, Doctor, PageFrame, Patient, Query};

use super::{
    model::{Asked, Kind},
    read::{self, Entry, Reader},
};

/// Entries of one day.
struct Day {
    name: String,
    lines: Vec<Line>,
}

struct Line {
    icon: &'static str,
    kind: String,
    title: String,
    detail: String,
    /// The doctor, where the title is another's.
    name: String,
    href: Option<String>,
}

/// A kind to choose.
struct Choice {
    code: &'static str,
    name: String,
    chosen: bool,
}

/// A year to choose: its days and its name.
struct Year {
    href: String,
    name: String,
    chosen: bool,
}

/// What both pages show.
struct View {
    base: String,
    days: Vec<Day>,
    kinds: Vec<Choice>,
    years: Vec<Year>,
    form: Asked,
    filtered: bool,
    looked_at: String,
    next: String,
    first: String,
}

#[derive(Template)]
#[template(path = "timeline/pages/own.html")]
struct OwnPage {
    page: PageFrame,
    view: View,
}

#[derive(Template)]
#[template(path = "timeline/pages/of_patient.html")]
struct PatientPage {
    page: PageFrame,
    chart: String,
    name: String,
    view: View,
}

/// Years offered beside the days that can be typed.
const YEARS: i16 = 5;

/// `GET /record/timeline`
pub(super) async fn own(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let page = me.page("home-timeline-title");
    let reader = Reader { patient: me.patient_id(), for_doctor: false };
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let found = read::page(&me, &page, &mut tx, reader, &asked).await?;
    tx.commit().await?;
    let view = view(&me, &page, ("/record/timeline".to_owned(), today), asked, found);
    web::render(&OwnPage { page, view })
}

/// `GET /doctor/patients/{patient}/timeline`
pub(super) async fn of_patient(me: Doctor, Path(patient): Path<PatientId>, Query(asked): Query<Asked>) -> web::Result {
    let page = me.page("home-timeline-title");
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let found = read::page(&me, &page, &mut tx, Reader { patient, for_doctor: true }, &asked).await?;
    let name = patients::brief(&mut tx, patient).await?.map(|brief| brief.full_name).unwrap_or_default();
    tx.commit().await?;
    let chart = format!("/doctor/patients/{patient}");
    let view = view(&me, &page, (format!("{chart}/timeline"), today), asked, found);
    let title = page.tr("home-timeline-of", [("name", name.as_str())]);
    web::render(&PatientPage { page: page.titled(&title), chart, name, view })
}

fn view(me: &Ctx, page: &PageFrame, (base, today): (String, LocalDate), asked: Asked, found: read::Page) -> View {
    let mut days: Vec<Day> = Vec::new();
    for entry in found.entries {
        let name = page.date(entry.at.date_in(me.zone()));
        let line = line(page, entry);
        match days.last_mut() {
            Some(day) if day.name == name => day.lines.push(line),
            _ => days.push(Day { name, lines: vec![line] }),
        }
    }
    let looked_at =
        found.looked_at.map(|count| page.tr("home-timeline-looked-at", [("count", count.to_string().as_str())]));
    let kinds = Kind::ALL.map(|kind| Choice {
        code: kind.code(),
        name: page.t(format!("home-timeline-{}", kind.code())),
        chosen: asked.kind.iter().any(|code| code == kind.code()),
    });
    View {
        days,
        kinds: kinds.into(),
        years: years(&base, &asked, today),
        filtered: asked.filters(),
        looked_at: looked_at.unwrap_or_default(),
        next: found.next.map(|cursor| format!("{base}{}", asked.next(cursor))).unwrap_or_default(),
        first: if asked.cursor.is_empty() { String::new() } else { format!("{base}{}", asked.without_cursor()) },
        form: asked,
        base,
    }
}

fn years(base: &str, asked: &Asked, today: LocalDate) -> Vec<Year> {
    let this = today.jiff().year();
    (0..YEARS)
        .map(|back| {
            let name = (this - back).to_string();
            let (from, until) = (format!("{name}-01-01"), format!("{name}-12-31"));
            let chosen = asked.from == from && asked.until == until;
            let of_year = Asked { from, until, cursor: String::new(), ..asked.clone() };
            Year { href: format!("{base}{}", of_year.without_cursor()), name, chosen }
        })
        .collect()
}

fn line(page: &PageFrame, entry: Entry) -> Line {
    let other = entry.name != entry.title;
    Line {
        icon: entry.kind.icon(),
        kind: page.t(format!("home-timeline-{}", entry.kind.code())),
        title: entry.title,
        detail: entry.detail,
        name: if other { entry.name } else { String::new() },
        href: entry.href,
    }
}
