//! Rows of appointments, their history, care links and visits.

use kernel::Timestamp;
use kernel::ids::{AccountId, CareLinkId, EventId};
use serde_json::{Value, json};
use vault::At;

use super::agenda::{Fate, Meeting};
use super::dice::Dice;
use super::seal::Sealer;
use super::{DemoError, Scene, store};

/// A chart stays open to the doctor for so long after a visit.
const CARE_DAYS: i64 = 30;

pub(super) async fn write(sealer: &mut Sealer<'_>, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), DemoError> {
    let mut appointments = Vec::new();
    let mut events = Vec::new();
    let mut links = Vec::new();
    let mut visits = Vec::new();
    let mut presences = Vec::new();
    for meeting in scene.meetings {
        let history = history(scene, meeting);
        appointments.push(appointment(sealer, scene, meeting, history.len()).await?);
        events.extend(history.iter().enumerate().map(|(index, step)| event(dice, scene, meeting, index, step)));
        links.extend(care_link(dice, scene, meeting));
        visits.extend(visit(scene, meeting));
        presences.extend(presence(dice, scene, meeting));
    }
    store::meetings::insert_appointments(sealer.tx, &Value::Array(appointments)).await?;
    store::meetings::insert_events(sealer.tx, &Value::Array(events)).await?;
    store::meetings::insert_care_links(sealer.tx, &Value::Array(links)).await?;
    store::meetings::insert_visits(sealer.tx, &Value::Array(visits)).await?;
    store::meetings::insert_presences(sealer.tx, &Value::Array(presences)).await?;
    Ok(())
}

async fn appointment(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    meeting: &Meeting<'_>,
    version: usize,
) -> Result<Value, DemoError> {
    let patient = &scene.cast.patients[meeting.patient];
    let fate = meeting.fate;
    let reason = sealer
        .text(patient.id, At::new("appointments", "reason_sealed", meeting.id.uuid()), meeting.case.reason)
        .await?;
    let came = matches!(fate, Fate::Signed | Fate::Ended | Fate::InCall | Fate::Waiting);
    let over = matches!(fate, Fate::Signed | Fate::Ended);
    let closed =
        matches!(fate, Fate::CancelledByPatient | Fate::CancelledByDoctor | Fate::NoShowPatient | Fate::Expired);
    let hold = match fate {
        Fate::Requested => Some(meeting.starts_at.min(meeting.booked_at.plus_minutes(24 * 60))),
        Fate::Held | Fate::Expired => Some(meeting.booked_at.plus_minutes(30)),
        _ => None,
    };
    Ok(json!({
        "id": meeting.id, "patient_id": patient.id, "practitioner_id": scene.cast.doctors[meeting.doctor].id,
        "service_id": meeting.service.id, "facility_id": meeting.service.facility, "mode": meeting.service.mode,
        "starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "status": fate.status(), "visit_status": fate.visit_status(),
        "hold_expires_at": hold, "price": meeting.service.price, "reason": reason, "patient_zone": patient.city.zone,
        "booked_by": patient.account, "arrived_at": came.then_some(meeting.arrived_at),
        "admitted_at": fate.has_visit().then_some(meeting.admitted_at), "ended_at": over.then_some(meeting.ended_at),
        "closed_at": closed.then_some(meeting.closed_at), "version": version, "booked_at": meeting.booked_at,
    }))
}

/// One line of the history: the command, the states after it, who gave it, and when.
struct Step {
    verb: &'static str,
    after: (&'static str, &'static str),
    by: Option<AccountId>,
    role: &'static str,
    at: Timestamp,
}

fn history(scene: &Scene<'_>, meeting: &Meeting<'_>) -> Vec<Step> {
    let patient = scene.cast.patients[meeting.patient].account;
    let doctor = scene.cast.doctors[meeting.doctor].account;
    let by_patient = |verb, after, at| Step { verb, after, by: Some(patient), role: "patient", at };
    let by_doctor = |verb, after, at| Step { verb, after, by: Some(doctor), role: "doctor", at };
    let by_system = |verb, after, at| Step { verb, after, by: None, role: "system", at };
    let asked = meeting.service.requires_approval;
    let mut steps = vec![by_patient("book", (if asked { "requested" } else { "held" }, "not_open"), meeting.booked_at)];
    if meeting.fate == Fate::Requested {
        return steps;
    }
    if asked {
        steps.push(by_doctor("approve", ("held", "not_open"), meeting.booked_at.plus_minutes(1)));
    }
    match meeting.fate {
        Fate::Held | Fate::Requested => return steps,
        Fate::Expired => {
            steps.push(by_system("expire", ("expired", "not_open"), meeting.closed_at));
            return steps;
        }
        _ => steps.push(by_system("confirm", ("confirmed", "not_open"), meeting.paid_at)),
    }
    match meeting.fate {
        Fate::CancelledByPatient => {
            steps.push(by_patient("cancel_by_patient", (meeting.fate.status(), "not_open"), meeting.closed_at));
        }
        Fate::CancelledByDoctor => {
            steps.push(by_doctor("cancel_by_doctor", (meeting.fate.status(), "not_open"), meeting.closed_at));
        }
        Fate::NoShowPatient => {
            steps.push(by_system("miss_by_patient", (meeting.fate.status(), "not_open"), meeting.closed_at));
        }
        _ => {}
    }
    if matches!(meeting.fate, Fate::Waiting | Fate::InCall | Fate::Ended | Fate::Signed) {
        steps.push(by_patient("arrive", ("confirmed", "waiting"), meeting.arrived_at));
    }
    if meeting.fate.has_visit() {
        steps.push(by_doctor("admit", ("confirmed", "in_consultation"), meeting.admitted_at));
    }
    if matches!(meeting.fate, Fate::Ended | Fate::Signed) {
        steps.push(by_doctor("end", ("fulfilled", "ended"), meeting.ended_at));
    }
    if meeting.fate == Fate::Signed {
        steps.push(by_doctor("sign", ("fulfilled", "signed"), signed_at(meeting)));
    }
    steps
}

/// Doctors sign a few minutes after a visit.
pub(super) fn signed_at(meeting: &Meeting<'_>) -> Timestamp {
    meeting.ended_at.plus_minutes(3)
}

fn event(dice: &mut Dice, scene: &Scene<'_>, meeting: &Meeting<'_>, index: usize, step: &Step) -> Value {
    let history = history(scene, meeting);
    let before = index.checked_sub(1).map(|before| history[before].after);
    let id: EventId = dice.id(step.at);
    json!({
        "id": id, "appointment_id": meeting.id, "patient_id": scene.cast.patients[meeting.patient].id,
        "practitioner_id": scene.cast.doctors[meeting.doctor].id, "version": index + 1, "verb": step.verb,
        "before_status": before.map(|(status, _)| status), "after_status": step.after.0,
        "before_visit": before.map(|(_, visit)| visit), "after_visit": step.after.1, "starts_at": meeting.starts_at,
        "actor": step.by, "role": step.role, "at": step.at,
    })
}

/// Open from the payment on; closed by a cancellation; only the name where a request was made.
fn care_link(dice: &mut Dice, scene: &Scene<'_>, meeting: &Meeting<'_>) -> Option<Value> {
    let fate = meeting.fate;
    if matches!(fate, Fate::Held | Fate::Expired) {
        return None;
    }
    let from = if fate == Fate::Requested { meeting.booked_at } else { meeting.paid_at };
    let until = match fate {
        Fate::Requested => Some(from),
        Fate::Signed | Fate::Ended => Some(meeting.ended_at.plus_days(CARE_DAYS)),
        _ => None,
    };
    let closed = fate.was_refunded().then_some(meeting.closed_at);
    let id: CareLinkId = dice.id(from);
    Some(json!({"id": id, "patient_id": scene.cast.patients[meeting.patient].id,
                "practitioner_id": scene.cast.doctors[meeting.doctor].id, "source_id": meeting.id, "valid_from": from,
                "valid_until": until, "closed_at": closed}))
}

fn visit(scene: &Scene<'_>, meeting: &Meeting<'_>) -> Option<Value> {
    let status = match meeting.fate {
        Fate::Signed => "signed",
        Fate::Ended => "ended",
        Fate::InCall => "open",
        _ => return None,
    };
    let over = meeting.fate != Fate::InCall;
    Some(
        json!({"id": meeting.visit, "appointment_id": meeting.id, "patient_id": scene.cast.patients[meeting.patient].id,
                "practitioner_id": scene.cast.doctors[meeting.doctor].id, "status": status, "started_at": meeting.admitted_at,
                "ended_at": over.then_some(meeting.ended_at),
                "signed_at": (meeting.fate == Fate::Signed).then(|| signed_at(meeting))}),
    )
}

fn presence(dice: &mut Dice, scene: &Scene<'_>, meeting: &Meeting<'_>) -> Vec<Value> {
    let patient = &scene.cast.patients[meeting.patient];
    let doctor = &scene.cast.doctors[meeting.doctor];
    let here = matches!(meeting.fate, Fate::Waiting | Fate::InCall);
    let mut rows = Vec::new();
    if here {
        let id: EventId = dice.id(scene.now);
        rows.push(json!({"id": id, "account_id": patient.account, "appointment_id": meeting.id, "seen_at": scene.now}));
    }
    if meeting.fate == Fate::InCall {
        let id: EventId = dice.id(scene.now);
        rows.push(
            json!({"id": id, "account_id": doctor.account, "practitioner_id": doctor.id, "appointment_id": meeting.id,
                         "seen_at": scene.now}),
        );
    }
    rows
}
