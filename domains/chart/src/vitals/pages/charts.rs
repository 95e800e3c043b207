//! All measurements of a patient over time: a drawing per measure, and the values as a table beside it.
//!
//! One statement reads all sets; the period and the page of the table are cut out of them here, so that a body mass index knows the
//! height that was measured long ago.

use askama::Template;
use axum::extract::Path;
use kernel::{LocalDate, Timestamp, ids::PatientId};
use serde::Deserialize;
use web::{Ctx, Doctor, PageFrame, Patient, Query};

use super::{Of, base, from_right};
use crate::{
    ChartError,
    record::{store as records, who},
    vitals::{
        Sign, Units, Vitals,
        drawing::{self, Line, Words},
        model::number,
        ranges::{self, Side, Whose},
        series::{self, Lens, Measure, Measured, Point},
        store,
        units::{Glucose, Height, Temperature, Weight},
    },
};

/// More sets than these are not read.
const MOST: i64 = 20_000;
/// Rows of a page of the table.
const ROWS: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `30d`, `1y` or `all`; a year unless told.
    period: String,
    /// Of the table, from 1.
    page: usize,
}

/// A measure, ready to show.
struct MeasureView {
    id: &'static str,
    title: String,
    /// The latest value with its unit; and whether it lies outside, in words.
    latest: String,
    outside: String,
    /// How many values, from where to where, and when the latest was.
    summary: String,
    /// Where values usually lie today; empty where nothing is known.
    usual: String,
    source: &'static str,
    /// What is not drawn; empty where everything is.
    thinned: String,
    svg: String,
}

/// A cell of the table: the value, and the letter of the side it lies on.
struct Cell {
    label: String,
    text: String,
    flag: String,
    flag_name: String,
}

struct SetRow {
    at: String,
    cells: Vec<Cell>,
    by: String,
}

struct UnitChoice {
    name: &'static str,
    label: String,
    options: Vec<(&'static str, &'static str)>,
    chosen: &'static str,
}

#[derive(Template)]
#[template(path = "vitals/pages/charts.html")]
struct ChartsPage {
    page: PageFrame,
    base: String,
    back: (String, String),
    /// The patient's name; empty on their own page.
    name: String,
    may_write: bool,
    measures: Vec<MeasureView>,
    columns: Vec<String>,
    rows: Vec<SetRow>,
    /// "Values 51 to 100 of 5,000"
    shown: String,
    next: String,
    first: String,
    units: Vec<UnitChoice>,
    version: String,
    /// Address, name and whether it is shown, of each period.
    periods: Vec<(String, String, bool)>,
}

/// `GET /record/vitals`
pub(crate) async fn show(me: Patient, Query(wanted): Query<Wanted>) -> web::Result {
    open(&me, (me.patient_id(), false), &wanted).await
}

/// `GET /doctor/patients/{patient}/vitals`
pub(crate) async fn show_to_doctor(
    me: Doctor,
    Path(patient): Path<PatientId>,
    Query(wanted): Query<Wanted>,
) -> web::Result {
    open(&me, (patient, true), &wanted).await
}

struct Read {
    name: String,
    may_write: bool,
    born: Option<LocalDate>,
    sex: String,
    units: Units,
    sets: Vec<Vitals>,
    now: Timestamp,
}

async fn read(me: &Ctx, (patient, for_doctor): Of) -> Result<Read, web::Error> {
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let may_write = !for_doctor || records::basis(&mut tx, patient).await? == Some(who::Basis::CareLink);
    let name = if for_doctor {
        records::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?.full_name
    } else {
        String::new()
    };
    let (born, sex) = store::find_person(&mut tx, patient).await?;
    let units = store::find_units(&mut tx, me.actor().account).await?;
    let sets = store::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader), MOST).await?;
    let now = tx.now();
    tx.commit().await?;
    Ok(Read { name, may_write, born, sex, units, sets, now })
}

async fn open(me: &Ctx, of: Of, wanted: &Wanted) -> web::Result {
    let Read { name, may_write, born, sex, units, sets, now } = read(me, of).await?;
    let (period, days) = match wanted.period.as_str() {
        "30d" => ("30d", Some(30)),
        "all" => ("all", None),
        _ => ("1y", Some(365)),
    };
    let page = me.page("chart-charts-title");
    let lens = Lens { whose: Whose { born, sex: &sex }, units, zone: me.zone() };
    let since = days.map(|days| now.plus_minutes(-days * 24 * 60));
    let mut measured = series::measured(&sets, lens.whose, lens.zone);
    measured.retain(|one| since.is_none_or(|since| one.set.taken_at >= since));
    let from = since.or_else(|| measured.first().map(|one| one.set.taken_at)).unwrap_or(now);
    let drawn = Drawn { me, page: &page, lens: &lens, span: (from, now) };
    let views: Vec<_> =
        Measure::ALL.into_iter().filter_map(|measure| Some((measure, drawn.view(measure, &measured)?))).collect();
    let shown: Vec<_> = views.iter().map(|(measure, _)| *measure).collect();
    let number_of = wanted.page.clamp(1, 1 + measured.len() / ROWS);
    let start = (number_of - 1) * ROWS;
    let rows: Vec<_> = measured.iter().rev().skip(start).take(ROWS).map(|one| drawn.row(&shown, one, of.1)).collect();
    let address = |page: usize| format!("{}?period={period}&page={page}#values", base(of));
    let back = if of.1 {
        (format!("/doctor/patients/{}", of.0), name.clone())
    } else {
        ("/record".to_owned(), me.t("chart-record-title"))
    };
    let count = |count: usize| page.number(i64::try_from(count).unwrap_or(i64::MAX));
    let (first, last, all) = (count(start + 1), count(start + rows.len()), count(measured.len()));
    web::render(&ChartsPage {
        base: base(of),
        back,
        name,
        may_write,
        columns: shown.iter().map(|measure| me.t(format!("chart-vital-{}", measure.as_str()))).collect(),
        measures: views.into_iter().map(|(_, view)| view).collect(),
        shown: me.tr("chart-charts-rows", [("first", first.as_str()), ("last", last.as_str()), ("all", all.as_str())]),
        next: if start + rows.len() < measured.len() { address(number_of + 1) } else { String::new() },
        first: if start > 0 { address(1) } else { String::new() },
        rows,
        units: unit_choices(me, units),
        version: ranges::version().to_owned(),
        periods: ["30d", "1y", "all"]
            .into_iter()
            .map(|one| (format!("{}?period={one}", base(of)), me.t(format!("chart-charts-{one}")), one == period))
            .collect(),
        page,
    })
}

/// What a measure is drawn with.
struct Drawn<'a> {
    me: &'a Ctx,
    page: &'a PageFrame,
    lens: &'a Lens<'a>,
    span: (Timestamp, Timestamp),
}

impl Drawn<'_> {
    fn view(&self, measure: Measure, sets: &[Measured<'_>]) -> Option<MeasureView> {
        let lines = series::lines(measure, sets, self.lens);
        let last = lines.first().and_then(|line| line.last())?.at;
        let id = measure.as_str();
        let unit = measure.unit(self.lens.units);
        let title = self.me.t(format!("chart-vital-{id}"));
        let latest: Vec<_> = lines.iter().filter_map(|line| line.last()).collect();
        let latest_text = latest.iter().map(|point| number(point.value)).collect::<Vec<_>>().join("/");
        let worst = latest.iter().map(|point| point.side).find(|side| *side != Side::Within);
        let total = lines.first().map_or(0, Vec::len);
        let summary = self.summary(&lines, unit, last);
        let thinned: Vec<Vec<Point>> = lines.iter().map(|line| series::thinned(line)).collect();
        let fewer = thinned.first().map_or(0, Vec::len);
        let count = |count: usize| self.page.number(i64::try_from(count).unwrap_or(i64::MAX));
        let drawn = thinned
            .into_iter()
            .enumerate()
            .map(|(line, points)| Line { points, band: self.band(measure, line) })
            .collect::<Vec<_>>();
        let ends = (self.page.day(self.span.0), self.page.day(self.span.1));
        let words =
            Words { id, name: &title, summary: &summary, ends: (&ends.0, &ends.1), from_right: from_right(self.me) };
        let usual = self.usual(measure, lines.len(), unit);
        Some(MeasureView {
            id,
            latest: format!("{latest_text} {unit}"),
            outside: worst.map(|side| self.me.t(format!("chart-side-{}", side_name(side)))).unwrap_or_default(),
            thinned: if fewer < total {
                let (all, drawn) = (count(total), count(fewer));
                self.me.tr("chart-charts-thinned", [("all", all.as_str()), ("drawn", drawn.as_str())])
            } else {
                String::new()
            },
            svg: drawing::draw(&words, &drawn, self.span),
            usual: usual.0,
            source: usual.1,
            title,
            summary,
        })
    }

    fn summary(&self, lines: &[Vec<Point>], unit: &str, last: Timestamp) -> String {
        let ends = |line: &Vec<Point>| {
            let low = line.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
            let high = line.iter().map(|point| point.value).fold(f64::NEG_INFINITY, f64::max);
            if low < high { format!("{}–{}", number(low), number(high)) } else { number(low) }
        };
        let span = lines.iter().map(ends).collect::<Vec<_>>().join(" / ");
        let outside = lines.iter().flatten().filter(|point| point.side != Side::Within).count();
        let (count, outside) = (lines.first().map_or(0, Vec::len).to_string(), outside.to_string());
        let when = self.page.when(last);
        self.me.tr(
            "chart-charts-summary",
            [("count", count.as_str()), ("span", &format!("{span} {unit}")), ("outside", &outside), ("when", &when)],
        )
    }

    /// The usual range of today in words, and who says so.
    fn usual(&self, measure: Measure, lines: usize, unit: &str) -> (String, &'static str) {
        let today = self.lens.day(self.span.1);
        let found: Vec<_> = (0..lines).filter_map(|line| self.lens.range(measure, line, today)).collect();
        let Some(source) = found.first().map(|range| range.source) else { return (String::new(), "") };
        let texts = found.iter().map(|range| format!("{}–{}", number(range.low), number(range.high)));
        let range = format!("{} {unit}", texts.collect::<Vec<_>>().join(" / "));
        (self.me.tr("chart-charts-usual", [("range", range.as_str())]), source)
    }

    /// Which values are usual when: the age grows along the drawing.
    fn band(&self, measure: Measure, line: usize) -> Vec<(Timestamp, Timestamp, f64, f64)> {
        const STEPS: i64 = 100;
        let (from, to) = self.span;
        let at = |step: i64| Timestamp::from_micros(from.micros() + (to.micros() - from.micros()) / STEPS * step);
        let mut bands: Vec<(Timestamp, Timestamp, f64, f64)> = Vec::new();
        for step in 0..STEPS {
            let Some(range) = self.lens.range(measure, line, self.lens.day(at(step))) else { continue };
            let ends = (at(step), if step + 1 == STEPS { to } else { at(step + 1) });
            let same = |band: &(Timestamp, Timestamp, f64, f64)| {
                band.1 == ends.0
                    && (band.2 - range.low).abs() < f64::EPSILON
                    && (band.3 - range.high).abs() < f64::EPSILON
            };
            match bands.last_mut() {
                Some(band) if same(band) => band.1 = ends.1,
                _ => bands.push((ends.0, ends.1, range.low, range.high)),
            }
        }
        bands
    }

    fn row(&self, shown: &[Measure], one: &Measured<'_>, for_doctor: bool) -> SetRow {
        let cell = |measure: &Measure| {
            let points: Vec<_> =
                series::lines(*measure, std::slice::from_ref(one), self.lens).into_iter().flatten().collect();
            let side = points.iter().map(|point| point.side).find(|side| *side != Side::Within);
            let text = points.iter().map(|point| number(point.value)).collect::<Vec<_>>().join("/");
            Cell {
                label: self.me.t(format!("chart-vital-{}", measure.as_str())),
                text: if text.is_empty() { text } else { format!("{text} {}", measure.unit(self.lens.units)) },
                flag: match side {
                    Some(Side::High) => "H",
                    Some(Side::Low) => "L",
                    Some(Side::Within) | None => "",
                }
                .to_owned(),
                flag_name: side.map(|side| self.me.t(format!("chart-side-{}", side_name(side)))).unwrap_or_default(),
            }
        };
        SetRow {
            at: self.page.when(one.set.taken_at),
            cells: shown.iter().map(cell).collect(),
            by: self.me.t(match (one.set.by_clinician, for_doctor) {
                (true, _) => "chart-by-clinician",
                (false, true) => "chart-by-patient",
                (false, false) => "chart-by-you",
            }),
        }
    }
}

const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Low => "low",
        Side::Within => "within",
        Side::High => "high",
    }
}

fn unit_choices(me: &Ctx, units: Units) -> Vec<UnitChoice> {
    let label = |sign: Sign| me.t(format!("chart-vital-{}", sign.as_str()));
    vec![
        UnitChoice {
            name: "temperature",
            label: label(Sign::Temperature),
            options: vec![(Temperature::ALL[0].as_str(), "°C"), (Temperature::ALL[1].as_str(), "°F")],
            chosen: units.temperature.as_str(),
        },
        UnitChoice {
            name: "weight",
            label: label(Sign::Weight),
            options: vec![(Weight::ALL[0].as_str(), "kg"), (Weight::ALL[1].as_str(), "lb")],
            chosen: units.weight.as_str(),
        },
        UnitChoice {
            name: "height",
            label: label(Sign::Height),
            options: vec![(Height::ALL[0].as_str(), "cm"), (Height::ALL[1].as_str(), "in")],
            chosen: units.height.as_str(),
        },
        UnitChoice {
            name: "glucose",
            label: label(Sign::Glucose),
            options: vec![(Glucose::ALL[0].as_str(), "mmol/L"), (Glucose::ALL[1].as_str(), "mg/dL")],
            chosen: units.glucose.as_str(),
        },
    ]
}
