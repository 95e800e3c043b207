//! The editor: one page, three forms, a preview of the times that follow. The doctor's own, or an administrator's for a doctor.

use askama::Template;
use axum::extract::Path;
use db::Tx;
use kernel::{
    Fault, FaultKind, FieldError, Zone,
    ids::{ExceptionId, PractitionerId, ScheduleId, ServiceId},
};
use serde::Deserialize;
use web::{Admin, Doctor, Form, Query};

use super::{
    Desk,
    change::{Change, ChangeError, carry_out, foresee, zone_of},
    edit::EditError,
    form::{ExceptionForm, ROWS, ServiceForm, Step, WeekForm},
    model::{ServiceLine, SetHolidays},
    store::{self, ExceptionLine},
};
use crate::slots::{Doctors, ExceptionKind, Mode, Notice, Wanted, open_slots, rules_for};

mod preview;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/availability", own)
        .post::<Doctor, _, _>("/doctor/availability/week", own_week)
        .post::<Doctor, _, _>("/doctor/availability/hours/{hours}/removal", own_hours_removal)
        .post::<Doctor, _, _>("/doctor/availability/exceptions", own_exception)
        .post::<Doctor, _, _>("/doctor/availability/exceptions/{exception}/removal", own_exception_removal)
        .post::<Doctor, _, _>("/doctor/availability/holidays", own_holidays)
        .post::<Doctor, _, _>("/doctor/availability/services", own_service)
        .post::<Doctor, _, _>("/doctor/availability/services/{service}/withdrawal", own_service_withdrawal)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/schedule", of_doctor)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/week", doctor_week)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/hours/{hours}/removal", doctor_hours_removal)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/exceptions", doctor_exception)
        .post::<Admin, _, _>(
            "/admin/doctors/{doctor}/schedule/exceptions/{exception}/removal",
            doctor_exception_removal,
        )
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/holidays", doctor_holidays)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/schedule/services", doctor_service)
        .post::<Admin, _, _>(
            "/admin/doctors/{doctor}/schedule/services/{service}/withdrawal",
            doctor_service_withdrawal,
        )
}

#[derive(Debug, Default, Deserialize)]
struct Pick {
    hours: Option<ScheduleId>,
}

/// One timetable of several.
struct HoursRow {
    text: String,
    href: String,
    removal: String,
    shown: bool,
}

struct WindowRow {
    row: usize,
    from: String,
    until: String,
    service: String,
}

struct Day {
    weekday: u8,
    name: String,
    rows: Vec<WindowRow>,
    /// From here on rows are empty, and folded away.
    spare: usize,
    error: Option<String>,
}

struct ExceptionRow {
    removal: String,
    what: String,
    when: String,
}

struct ServiceRow {
    withdrawal: String,
    name: String,
    price: String,
    details: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "availability/pages/editor.html")]
struct EditorPage {
    page: web::PageFrame,
    base: String,
    doctor: Option<String>,
    zone: String,
    place: String,
    valid_from: String,
    valid_until: String,
    hours: Vec<HoursRow>,
    days: Vec<Day>,
    countries: Vec<(String, String)>,
    kept: Vec<String>,
    country: String,
    kinds: Vec<(&'static str, String)>,
    service_options: Vec<(String, String)>,
    exceptions: Vec<ExceptionRow>,
    exception: ExceptionForm,
    services: Vec<ServiceRow>,
    service: ServiceForm,
    modes: Vec<(&'static str, String)>,
    places: Vec<(String, String)>,
    preview: Vec<String>,
}

/// What was typed and refused; empty on a first look.
#[derive(Default)]
struct Typed {
    /// The timetable that is looked at; else the first.
    hours: Option<ScheduleId>,
    week: Option<WeekForm>,
    exception: ExceptionForm,
    service: Option<ServiceForm>,
}

async fn own(me: Doctor, Query(pick): Query<Pick>) -> web::Result {
    show(&Desk::own(&me), Typed { hours: pick.hours, ..Typed::default() }, None).await
}

async fn own_hours_removal(me: Doctor, Path(id): Path<ScheduleId>, Form(form): Form<WeekForm>) -> web::Result {
    remove_hours(&Desk::own(&me), id, form).await
}

async fn own_week(me: Doctor, Form(form): Form<WeekForm>) -> web::Result {
    save_week(&Desk::own(&me), form).await
}

async fn own_exception(me: Doctor, Form(form): Form<WeekForm>) -> web::Result {
    save_exception(&Desk::own(&me), form).await
}

async fn own_exception_removal(me: Doctor, Path(id): Path<ExceptionId>, Form(form): Form<WeekForm>) -> web::Result {
    remove_exception(&Desk::own(&me), id, form).await
}

async fn own_service(me: Doctor, Form(form): Form<WeekForm>) -> web::Result {
    save_service(&Desk::own(&me), form).await
}

async fn own_service_withdrawal(me: Doctor, Path(id): Path<ServiceId>, Form(form): Form<WeekForm>) -> web::Result {
    withdraw(&Desk::own(&me), id, form).await
}

async fn of_doctor(me: Admin, Path(doctor): Path<String>, Query(pick): Query<Pick>) -> web::Result {
    show(&Desk::of(&me, &doctor).await?, Typed { hours: pick.hours, ..Typed::default() }, None).await
}

async fn doctor_hours_removal(
    me: Admin,
    Path((doctor, id)): Path<(String, ScheduleId)>,
    Form(form): Form<WeekForm>,
) -> web::Result {
    remove_hours(&Desk::of(&me, &doctor).await?, id, form).await
}

async fn doctor_week(me: Admin, Path(doctor): Path<String>, Form(form): Form<WeekForm>) -> web::Result {
    save_week(&Desk::of(&me, &doctor).await?, form).await
}

async fn doctor_exception(me: Admin, Path(doctor): Path<String>, Form(form): Form<WeekForm>) -> web::Result {
    save_exception(&Desk::of(&me, &doctor).await?, form).await
}

async fn doctor_exception_removal(
    me: Admin,
    Path((doctor, id)): Path<(String, ExceptionId)>,
    Form(form): Form<WeekForm>,
) -> web::Result {
    remove_exception(&Desk::of(&me, &doctor).await?, id, form).await
}

async fn doctor_service(me: Admin, Path(doctor): Path<String>, Form(form): Form<WeekForm>) -> web::Result {
    save_service(&Desk::of(&me, &doctor).await?, form).await
}

async fn doctor_service_withdrawal(
    me: Admin,
    Path((doctor, id)): Path<(String, ServiceId)>,
    Form(form): Form<WeekForm>,
) -> web::Result {
    withdraw(&Desk::of(&me, &doctor).await?, id, form).await
}

async fn own_holidays(me: Doctor, Form(form): Form<WeekForm>) -> web::Result {
    save_holidays(&Desk::own(&me), form).await
}

async fn doctor_holidays(me: Admin, Path(doctor): Path<String>, Form(form): Form<WeekForm>) -> web::Result {
    save_holidays(&Desk::of(&me, &doctor).await?, form).await
}

async fn save_week(desk: &Desk<'_>, form: WeekForm) -> web::Result {
    let change = form.parse().map(Change::Week);
    submit(desk, "week", form.clone(), change, Typed { week: Some(form), ..Typed::default() }).await
}

async fn remove_hours(desk: &Desk<'_>, id: ScheduleId, form: WeekForm) -> web::Result {
    let action = format!("hours/{id}/removal");
    submit(desk, &action, form, Ok(Change::RemoveWeek(id)), Typed::default()).await
}

async fn save_exception(desk: &Desk<'_>, form: WeekForm) -> web::Result {
    let mut tx = desk.me.begin().await?;
    let zone = zone_of(&mut tx, desk.doctor).await?.ok_or(EditError::NotFound)?;
    tx.commit().await?;
    let exception: ExceptionForm = form.read();
    let change = exception.parse(&zone).map(Change::Except);
    submit(desk, "exceptions", form, change, Typed { exception, ..Typed::default() }).await
}

/// All that are known of a country, or none of them.
async fn save_holidays(desk: &Desk<'_>, form: WeekForm) -> web::Result {
    let country = form.get("country").to_owned();
    let mut closed_on = Vec::new();
    if form.get("holidays") != "off" {
        let mut tx = desk.me.begin().await?;
        let zone = zone_of(&mut tx, desk.doctor).await?.ok_or(EditError::NotFound)?;
        let today = tx.now().date_in(&zone);
        closed_on = store::holidays::list_holidays(&mut tx, &country, today).await?;
        tx.commit().await?;
    }
    let change = Ok(Change::Holidays(SetHolidays { country, closed_on }));
    submit(desk, "holidays", form, change, Typed::default()).await
}

async fn remove_exception(desk: &Desk<'_>, id: ExceptionId, form: WeekForm) -> web::Result {
    let action = format!("exceptions/{id}/removal");
    submit(desk, &action, form, Ok(Change::RemoveException(id)), Typed::default()).await
}

async fn save_service(desk: &Desk<'_>, form: WeekForm) -> web::Result {
    let service: ServiceForm = form.read();
    let change = service.parse().map(Change::Service);
    submit(desk, "services", form, change, Typed { service: Some(service), ..Typed::default() }).await
}

async fn withdraw(desk: &Desk<'_>, id: ServiceId, form: WeekForm) -> web::Result {
    let action = format!("services/{id}/withdrawal");
    submit(desk, &action, form, Ok(Change::Withdraw(id)), Typed::default()).await
}

/// Show what would follow, or go back, or make the change. What strands an appointment is never made without a word about it.
async fn submit(
    desk: &Desk<'_>,
    action: &str,
    form: WeekForm,
    change: Result<Change, Vec<FieldError>>,
    typed: Typed,
) -> web::Result {
    let change = match change {
        Ok(_) if form.step() == Step::Edit => return show(desk, typed, None).await,
        Ok(change) => change,
        Err(errors) => return show(desk, typed, Some(EditError::Invalid(errors))).await,
    };
    let mut tx = desk.me.begin().await?;
    let done = if form.step() == Step::Preview {
        foresee(&mut tx, desk.doctor, &change).await
    } else {
        carry_out(&mut tx, desk.me.actor(), desk.doctor, &change, &form.fates()).await
    };
    match done {
        Ok(outlook) if form.step() == Step::Preview => preview::show(desk, action, &form, &outlook, 200),
        Ok(_) => {
            tx.commit().await?;
            desk.me.flash_ok("scheduling-saved");
            Ok(desk.me.redirect(&desk.base))
        }
        Err(ChangeError::Undecided(outlook)) => preview::show(desk, action, &form, &outlook, 409),
        Err(ChangeError::Edit(error @ EditError::Invalid(_))) => {
            drop(tx);
            show(desk, typed, Some(error)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(desk: &Desk<'_>, typed: Typed, refused: Option<EditError>) -> web::Result {
    let mut tx = desk.me.begin().await?;
    let zone = zone_of(&mut tx, desk.doctor).await?.ok_or(EditError::NotFound)?;
    let today = tx.now().date_in(&zone);
    let schedules = store::list_schedules(&mut tx, desk.doctor, today).await?;
    let current = schedules.iter().find(|one| Some(one.id) == typed.hours).or_else(|| schedules.first());
    let windows = match current {
        Some(current) => store::list_windows(&mut tx, current.id).await?,
        None => Vec::new(),
    };
    let exceptions = store::list_exceptions(&mut tx, desk.doctor, today).await?;
    let services = store::list_services(&mut tx, desk.doctor).await?;
    let places = store::list_places(&mut tx, desk.doctor).await?;
    let countries = store::holidays::list_countries(&mut tx).await?;
    let kept = store::holidays::list_calendars(&mut tx, desk.doctor).await?;
    let country = store::holidays::find_country(&mut tx, desk.doctor).await?.unwrap_or_default();
    let preview = next_times(&mut tx, desk.doctor).await?;
    tx.commit().await?;
    let mut page = desk.me.page("scheduling-availability-title");
    let status = if let Some(error) = &refused {
        if let FaultKind::Invalid(errors) = error.kind() {
            page = page.with_errors(errors);
        }
        422
    } else {
        200
    };
    let week = typed.week.unwrap_or_else(|| WeekForm::of(&zone, current, &windows));
    let options = service_options(&page, &services);
    let editor = EditorPage {
        days: days(&page, &week),
        zone: week.get("time_zone").to_owned(),
        service_options: options,
        place: week.get("place").to_owned(),
        valid_from: week.get("valid_from").to_owned(),
        valid_until: week.get("valid_until").to_owned(),
        hours: schedules.iter().map(|line| hours_row(&page, desk, line, current)).collect(),
        countries: countries.iter().map(|code| (code.clone(), page.t(format!("country-{code}")))).collect(),
        kept: kept.iter().map(|code| page.t(format!("country-{code}"))).collect(),
        country,
        kinds: KINDS.into_iter().map(|kind| (kind.code(), page.t(kind_key(kind)))).collect(),
        exceptions: exceptions.iter().map(|line| exception_row(&page, &desk.base, line, &services)).collect(),
        exception: typed.exception,
        services: services.iter().map(|line| service_row(&page, &desk.base, line)).collect(),
        service: typed.service.unwrap_or_else(|| blank_service(&services)),
        modes: Mode::ALL.into_iter().map(|mode| (mode.code(), page.t(mode.label_key()))).collect(),
        places: places.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        preview: preview.into_iter().map(|(at, mode)| shown_in(&page, &zone, at, mode)).collect(),
        base: desk.base.clone(),
        doctor: desk.name.clone(),
        page,
    };
    web::render_status(status, &editor)
}

/// The doctor reads times in the zone of the timetable, whatever zone the account is in.
fn shown_in(page: &web::PageFrame, zone: &Zone, at: kernel::Timestamp, mode: Mode) -> String {
    format!("{} · {}", page.when_in(zone, at), page.t(mode.label_key()))
}

async fn next_times(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<(kernel::Timestamp, Mode)>, db::Error> {
    let now = tx.now();
    let to = now.plus_days(28);
    let rules = rules_for(tx, &[doctor], Doctors::Any, now, to).await?;
    let wanted = Wanted { from: now, to, mode: None, now, notice: Notice::AsOffered, at_most: 12 };
    let slots = rules.first().map(|rules| open_slots(rules, &wanted)).unwrap_or_default();
    Ok(slots.iter().map(|slot| (slot.starts_at, slot.mode)).collect())
}

fn days(page: &web::PageFrame, week: &WeekForm) -> Vec<Day> {
    let day = |weekday: u8| {
        let rows: Vec<WindowRow> = (0..ROWS)
            .map(|row| WindowRow {
                row,
                from: week.get(&format!("from-{weekday}-{row}")).to_owned(),
                until: week.get(&format!("until-{weekday}-{row}")).to_owned(),
                service: week.get(&format!("service-{weekday}-{row}")).to_owned(),
            })
            .collect();
        let filled =
            rows.iter().rposition(|row| !row.from.is_empty() || !row.until.is_empty()).map_or(0, |last| last + 1);
        let field = format!("day-{weekday}");
        let of_this_day = |name: &str| {
            name == field
                || name.ends_with(&format!("-{weekday}-0"))
                || (0..ROWS).any(|r| name.ends_with(&format!("-{weekday}-{r}")))
        };
        let error = page.errors.iter().find(|e| of_this_day(&e.field)).map(|e| e.text.clone());
        Day { weekday, name: page.t(format!("facilities-weekday-{weekday}")), rows, spare: filled.max(2), error }
    };
    (1..=7).map(day).collect()
}

fn service_options(page: &web::PageFrame, services: &[ServiceLine]) -> Vec<(String, String)> {
    let all = (String::new(), page.t("scheduling-every-service"));
    let one = |line: &ServiceLine| (line.id.to_string(), service_name(page, line));
    std::iter::once(all).chain(services.iter().filter(|line| line.active).map(one)).collect()
}

fn service_name(page: &web::PageFrame, line: &ServiceLine) -> String {
    let mode = page.t(line.offer.mode.label_key());
    line.place.as_ref().map_or(mode.clone(), |place| format!("{mode}, {place}"))
}

fn exception_row(page: &web::PageFrame, base: &str, line: &ExceptionLine, services: &[ServiceLine]) -> ExceptionRow {
    let days = if line.starts_on == line.ends_on {
        page.date(line.starts_on)
    } else {
        format!("{} – {}", page.date(line.starts_on), page.date(line.ends_on))
    };
    let part = line.part.map_or_else(|| page.t("scheduling-whole-day"), |(a, b)| format!("{a} – {b}"));
    let journey = line.journey.map(|_| line.zone.city());
    ExceptionRow {
        removal: format!("{base}/exceptions/{}/removal", line.id),
        what: page.t(kind_key(line.kind)),
        when: match services.iter().find(|service| Some(service.id) == line.service) {
            Some(only) => format!("{days} · {part} · {}", service_name(page, only)),
            None => format!("{days} · {}", journey.unwrap_or(part)),
        },
    }
}

/// Those that the form offers.
const KINDS: [ExceptionKind; 5] =
    [ExceptionKind::Closed, ExceptionKind::Open, ExceptionKind::Override, ExceptionKind::Leave, ExceptionKind::Travel];

const fn kind_key(kind: ExceptionKind) -> &'static str {
    match kind {
        ExceptionKind::Closed => "scheduling-closed",
        ExceptionKind::Open => "scheduling-extra",
        ExceptionKind::Override => "scheduling-override",
        ExceptionKind::Leave => "scheduling-leave",
        ExceptionKind::Holiday => "scheduling-holiday",
        ExceptionKind::Travel => "scheduling-travel",
    }
}

fn hours_row(
    page: &web::PageFrame,
    desk: &Desk<'_>,
    line: &store::ScheduleLine,
    current: Option<&store::ScheduleLine>,
) -> HoursRow {
    let place = line.place.clone().unwrap_or_else(|| page.t("scheduling-everywhere"));
    let until = line.valid_until.map_or_else(String::new, |day| page.date(day));
    HoursRow {
        text: format!("{place} · {} – {until} · {}", page.date(line.valid_from), line.zone.city()),
        href: format!("{}?hours={}", desk.base, line.id),
        removal: format!("{}/hours/{}/removal", desk.base, line.id),
        shown: current.is_some_and(|current| current.id == line.id),
    }
}

fn service_row(page: &web::PageFrame, base: &str, line: &ServiceLine) -> ServiceRow {
    let offer = &line.offer;
    let minutes = |n: i32| page.tr("shared-minutes", [("count", n.to_string().as_str())]);
    let mut details = vec![minutes(offer.duration_min)];
    if offer.buffer_before_min > 0 {
        details.push(page.tr("scheduling-buffer-before", [("minutes", minutes(offer.buffer_before_min).as_str())]));
    }
    if offer.buffer_after_min > 0 {
        details.push(page.tr("scheduling-buffer-after", [("minutes", minutes(offer.buffer_after_min).as_str())]));
    }
    if offer.requires_approval {
        details.push(page.t("scheduling-needs-approval"));
    }
    ServiceRow {
        withdrawal: format!("{base}/services/{}/withdrawal", line.id),
        name: service_name(page, line),
        price: if offer.price.is_zero() { page.t("scheduling-free") } else { page.money(offer.price) },
        details: details.join(" · "),
        active: line.active,
    }
}

/// The usual values, in the currency the doctor already charges in.
fn blank_service(services: &[ServiceLine]) -> ServiceForm {
    let currency = services.first().map_or("USD", |line| line.offer.price.currency.code());
    ServiceForm {
        mode: Mode::Video.code().to_owned(),
        duration_min: "20".to_owned(),
        buffer_before_min: "0".to_owned(),
        buffer_after_min: "5".to_owned(),
        lead_min: "15".to_owned(),
        horizon_days: "60".to_owned(),
        currency: currency.to_owned(),
        ..ServiceForm::default()
    }
}
