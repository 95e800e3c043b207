//! One appointment, for whoever has a part in it: its state, its doors, its papers.

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Timestamp, ids::AppointmentId};
use web::{Patient, SignedIn};

use super::{
    super::{
        attend::arrive,
        cancel::CancelReason,
        change::ChangeError,
        decide::Decline,
        model::{Appointment, By, Status, VisitStatus},
        policy, reason,
        store::{
            self,
            lists::{self, Happened},
            people::{Parties, find_invoice, find_parties},
        },
    },
    checkout::facts,
    words::{Fact, cancellation_rule},
};
use crate::{
    choices::{self, Choice},
    follow_ups::{self, Right},
    letters::calendar_file,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/appointments/{appointment}", show)
        .get::<SignedIn, _, _>("/appointments/{appointment}/state", state)
        .post::<Patient, _, _>("/appointments/{appointment}/arrival", enter)
}

/// What the page offers, by state and by side.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one button of the page")]
struct Doors {
    pay: bool,
    join: bool,
    join_from: Option<String>,
    room: bool,
    cancel: bool,
    move_: bool,
    release: bool,
    answer: bool,
    no_show: bool,
    doctor_no_show: bool,
    reinstate: bool,
    calendar: bool,
    review: bool,
    choose: bool,
    intake: bool,
    answers: bool,
}

struct Step {
    what: String,
    who: String,
    when: String,
}

#[derive(Template)]
#[template(path = "appointments/pages/show.html")]
struct ShowPage {
    page: web::PageFrame,
    id: AppointmentId,
    back: (&'static str, String),
    is_patient: bool,
    facts: Vec<Fact>,
    price: String,
    status: &'static str,
    visit: &'static str,
    shows_visit: bool,
    explanation: String,
    reason: Option<String>,
    doors: Doors,
    invoice: Option<String>,
    /// While the visit can still be cancelled.
    rule: Vec<String>,
    doctor_href: String,
    history: Vec<Step>,
    /// What this visit gives: words, and where to book it.
    follow_up: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "appointments/pages/state.html")]
struct StateFragment {
    page: web::PageFrame,
    id: AppointmentId,
    status: &'static str,
    visit: &'static str,
    shows_visit: bool,
    explanation: String,
    doors: Doors,
}

/// `/appointments/ID` is the page, `/appointments/ID.ics` the calendar file.
async fn show(me: SignedIn, Path(name): Path<String>) -> web::Result {
    let (id, is_calendar) = name.strip_suffix(".ics").map_or((name.as_str(), false), |id| (id, true));
    let id: AppointmentId = id.parse().map_err(|_| ChangeError::NotFound)?;
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let parties = find_parties(&mut tx, id).await?.ok_or(ChangeError::NotFound)?;
    if is_calendar {
        return Ok(calendar(&me, &found, &parties, tx.now()));
    }
    let by = By::of(me.actor(), &found).ok_or(ChangeError::NotFound)?;
    let now = tx.now();
    // The reason is health content: the patient and the doctor read it, an administrator does not.
    let reason = reason::read(&mut tx, me.app().vault(), by, &found).await?;
    let history = lists::history(&mut tx, id).await?;
    let choice = choices::store::find(&mut tx, id).await?;
    let open_choice = choice.as_ref().is_some_and(|choice| choice.is_open(now));
    let right = follow_ups::find_right(&mut tx, id).await?.filter(|right| right.left(now) > 0);
    let invoice = match found.charge {
        Some(charge) => find_invoice(&mut tx, charge).await?,
        None => None,
    };
    tx.commit().await?;
    let me = me.about(found.patient);
    let page = me.page("scheduling-show-title");
    let status = found.status_at(now);
    let price = if found.price.is_zero() { page.t("scheduling-free") } else { page.money(found.price) };
    web::render(&ShowPage {
        id,
        back: back(&page, by),
        is_patient: matches!(by, By::Patient(_)),
        facts: facts(&page, &found, &parties),
        price,
        status: status.code(),
        visit: found.state.visit.code(),
        shows_visit: shows_visit(&found),
        explanation: explanation(&page, &found, now, choice.as_ref()),
        reason: reason.map(|text| text.expose().clone()),
        doors: doors(&page, &found, by, now, open_choice),
        invoice: invoice.map(|id| format!("/invoices/{id}.pdf")),
        rule: if status.is_active() && now < found.starts_at && !found.is_paid_later() {
            cancellation_rule(&page, &found.policy, found.price, found.starts_at, now)
        } else {
            Vec::new()
        },
        doctor_href: format!("/doctors/{}", parties.doctor_slug),
        follow_up: right.map(|right| follow_up(&page, &right, now, &parties.doctor_slug)),
        history: history.iter().map(|step| happened(&page, step)).collect(),
        page,
    })
}

/// The part of the page that changes while it is open.
async fn state(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(me.actor(), &found).ok_or(ChangeError::NotFound)?;
    let now = tx.now();
    let choice = choices::store::find(&mut tx, id).await?;
    let open_choice = choice.as_ref().is_some_and(|choice| choice.is_open(now));
    tx.commit().await?;
    let page = me.page("scheduling-show-title");
    web::render(&StateFragment {
        id,
        status: found.status_at(now).code(),
        visit: found.state.visit.code(),
        shows_visit: shows_visit(&found),
        explanation: explanation(&page, &found, now, choice.as_ref()),
        doors: doors(&page, &found, by, now, open_choice),
        page,
    })
}

fn follow_up(page: &web::PageFrame, right: &Right, now: Timestamp, doctor: &str) -> (String, String) {
    let (until, count) = (page.when(right.until), right.left(now).to_string());
    let words = page.tr("scheduling-follow-up-left", [("count", count.as_str()), ("until", until.as_str())]);
    (words, format!("/doctors/{doctor}?service={}#book", right.service))
}

fn shows_visit(found: &Appointment) -> bool {
    found.state.visit != VisitStatus::NotOpen
}

fn back(page: &web::PageFrame, by: By) -> (&'static str, String) {
    match by {
        By::Patient(_) => ("/appointments", page.t("scheduling-list-title")),
        By::Doctor(_) => ("/doctor", page.t("scheduling-back-day")),
        By::Administrator(_) | By::Reception(_) | By::System => {
            ("/admin/appointments", page.t("scheduling-admin-title"))
        }
    }
}

fn explanation(page: &web::PageFrame, found: &Appointment, now: Timestamp, choice: Option<&Choice>) -> String {
    let open_choice = choice.is_some_and(|choice| choice.is_open(now));
    let until = |key: &str| {
        let end = found.hold_expires_at.unwrap_or(found.starts_at);
        page.tr(key, [("until", page.when(end).as_str())])
    };
    match found.status_at(now) {
        Status::Requested => until("scheduling-explain-requested"),
        Status::Held => until("scheduling-explain-held"),
        Status::Confirmed => page.t("scheduling-explain-confirmed"),
        Status::Fulfilled if open_choice => page.t("scheduling-explain-failed"),
        Status::Fulfilled => page.t("scheduling-explain-fulfilled"),
        Status::Expired if open_choice => page.t("scheduling-explain-gone"),
        // It was paid, too late.
        Status::Expired if choice.is_some() => page.t("scheduling-explain-refunded"),
        Status::Expired => page.t("scheduling-explain-expired"),
        Status::NoShowPatient => page.t("scheduling-explain-no-show-patient"),
        Status::NoShowDoctor | Status::CancelledByDoctor | Status::CancelledByPlatform if open_choice => {
            page.t("scheduling-explain-choose")
        }
        Status::NoShowDoctor | Status::CancelledByDoctor | Status::CancelledByPlatform => {
            page.t("scheduling-explain-refunded")
        }
        Status::Rejected => page.t("scheduling-explain-rejected"),
        Status::Released | Status::CancelledByPatient | Status::EnteredInError => String::new(),
    }
}

fn doors(page: &web::PageFrame, a: &Appointment, by: By, now: Timestamp, open_choice: bool) -> Doors {
    let status = a.status_at(now);
    let (patient, doctor, admin) =
        (matches!(by, By::Patient(_)), matches!(by, By::Doctor(_)), matches!(by, By::Administrator(_)));
    let confirmed = status == Status::Confirmed;
    let unseen = a.state.visit == VisitStatus::NotOpen;
    let before_visit = matches!(a.state.visit, VisitStatus::NotOpen | VisitStatus::Waiting);
    let may_arrive = confirmed && policy::may_arrive(a, now);
    let opens = a.starts_at.plus_minutes(-policy::ARRIVE_BEFORE_MINUTES);
    Doors {
        pay: patient && a.is_payable(now),
        join: patient && may_arrive && unseen,
        join_from: (patient && confirmed && now < opens)
            .then(|| page.tr("scheduling-join-from", [("time", page.when(opens).as_str())])),
        room: patient && confirmed && !unseen,
        cancel: confirmed && before_visit && (patient || doctor || admin),
        move_: confirmed && unseen && policy::may_move(a, by, now),
        release: patient && status.lapses(),
        answer: doctor && status == Status::Requested,
        no_show: (doctor || admin)
            && confirmed
            && unseen
            && now >= a.starts_at.plus_minutes(policy::PATIENT_ABSENT_MINUTES),
        doctor_no_show: admin
            && confirmed
            && before_visit
            && now >= a.starts_at.plus_minutes(policy::DOCTOR_ABSENT_MINUTES),
        reinstate: admin && status == Status::NoShowPatient,
        calendar: confirmed,
        review: patient && status == Status::Fulfilled,
        choose: patient && open_choice,
        intake: patient && confirmed && before_visit,
        answers: doctor && confirmed && before_visit,
    }
}

fn happened(page: &web::PageFrame, step: &Happened) -> Step {
    let why = step.reason.as_deref().and_then(reason_key);
    let what = page.t(format!("scheduling-did-{}", step.verb.replace('_', "-")));
    Step {
        what: why.map_or_else(|| what.clone(), |key| format!("{what}: {}", page.t(key))),
        who: page.t(format!("scheduling-role-{}", step.role)),
        when: page.when(step.at),
    }
}

/// The words for a reason that is worth showing.
fn reason_key(code: &str) -> Option<&'static str> {
    if code == CancelReason::NoneGiven.code() {
        return None;
    }
    let cancel = CancelReason::ALL.into_iter().find(|why| why.code() == code).map(CancelReason::label_key);
    cancel.or_else(|| Decline::from_code(code).map(Decline::label_key))
}

fn calendar(me: &web::Ctx, found: &Appointment, parties: &Parties, now: Timestamp) -> Response {
    let file = calendar_file(me.app(), me.locale(), found, parties, now);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (headers, file).into_response()
}

/// The patient enters the waiting room.
async fn enter(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    arrive(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/appointments/{id}/waiting-room")))
}
