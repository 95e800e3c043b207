//! Where a route answers otherwise, and why. This list may only shrink.

use super::cast::Who;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// Though it is not theirs: their work.
    ByRight,
    /// Somebody else's answers like an absent one, but not 404.
    LikeAbsent,
    /// 404 for their own.
    Nothing,
}

pub(super) struct Exception {
    /// Method and path.
    pub(super) route: &'static str,
    pub(super) who: &'static [Who],
    pub(super) instead: Instead,
    pub(super) why: &'static str,
}

const fn exception(route: &'static str, who: &'static [Who], instead: Instead, why: &'static str) -> Exception {
    Exception { route, who, instead, why }
}

const ADMINISTRATOR: &[Who] = &[Who::Administrator];
const NAMED: &str = "the administrator sees and changes appointments by the named commands, and reads no reason";
const STANDS: &str = "nobody has called it off: there is nothing to choose";
const RECEPTION: &[Who] = &[Who::Nurse, Who::Administrator];
const DESK: &str = "reception works at every place of the house, and a number says nothing of who holds it";
const CARD: &str = "reception says that whoever has shown their card is here";
const REMOVED: &str = "the patient has removed it just before, and what is removed doctors do not see";
const NOT_OFFERED: &str = "nothing was offered to this appointment's patient: it was booked";
const ANY_HOURS: &str = "the administrator keeps the hours of any doctor";
const ANY_DOCTOR: &str = "the administrator calls off the day of any doctor";
const EVERYONE: &[Who] =
    &[Who::OtherPatient, Who::Doctor, Who::OtherDoctor, Who::Nurse, Who::Administrator, Who::Support];

const OWN_TOPIC: &str = "a topic names a question, and everyone answers it of themselves";
const NOTHING_SENT: &str = "the patient sent no answers before this visit: there is no line to accept";

pub(super) const EXCEPTIONS: &[Exception] = &[
    exception("GET /record/social-history/{topic}", &[Who::OtherPatient], Instead::ByRight, OWN_TOPIC),
    exception("POST /record/social-history/{topic}", &[Who::OtherPatient], Instead::ByRight, OWN_TOPIC),
    exception("POST /visits/{visit}/intake/acceptances", &[Who::Doctor], Instead::Nothing, NOTHING_SENT),
    exception("POST /api/v1/visits/{visit}/intake/acceptances", &[Who::Doctor], Instead::Nothing, NOTHING_SENT),
    exception("GET /appointments/{appointment}", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("GET /appointments/{appointment}/state", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("GET /appointments/{appointment}/cancellation", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /appointments/{appointment}/cancellation", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("GET /appointments/{appointment}/rescheduling", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /appointments/{appointment}/rescheduling", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /appointments/{appointment}/no-show", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("GET /api/v1/appointments/{appointment}", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /api/v1/appointments/{appointment}/arrival", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /api/v1/appointments/{appointment}/cancellation", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /api/v1/appointments/{appointment}/rescheduling", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("POST /admin/commission/withdrawal", ADMINISTRATOR, Instead::Nothing, "an empty form names no rule"),
    exception(
        "POST /admin/service-commission/withdrawal",
        ADMINISTRATOR,
        Instead::Nothing,
        "an empty form names no rule",
    ),
    exception("GET /invoices/{invoice}", ADMINISTRATOR, Instead::ByRight, "the administrator keeps the books"),
    exception(
        "POST /account/security/passkeys/{passkey}/removal",
        EVERYONE,
        Instead::LikeAbsent,
        "the password is asked for before the key is looked for",
    ),
    exception(
        "GET /visits/{visit}/live",
        &[Who::Owner, Who::Doctor],
        Instead::Nothing,
        "a socket is asked for by an upgrade; `sockets` tests it over one",
    ),
    exception(
        "POST /emergency/requests/{request}/claim",
        &[Who::Owner],
        Instead::Nothing,
        "it is theirs already: only a guest with the token has something to claim",
    ),
    exception(
        "POST /urgent/requests/{request}/acuity",
        &[Who::Nurse],
        Instead::ByRight,
        "a nurse says of every request how urgent it is",
    ),
    exception("POST /book", &[Who::Owner, Who::OtherPatient], Instead::Nothing, "an empty form names no doctor"),
    exception(
        "POST /api/v1/appointments/{appointment}/rescheduling",
        &[Who::Doctor],
        Instead::Nothing,
        "a doctor calls off, and does not move",
    ),
    exception(
        "POST /visits/{visit}/prescription/signature",
        &[Who::Doctor],
        Instead::Nothing,
        "what is signed has no draft",
    ),
    exception(
        "POST /visits/{visit}/prescription/removal",
        &[Who::Doctor],
        Instead::Nothing,
        "what is signed has no draft",
    ),
    exception(
        "DELETE /api/v1/outside-calendars/{calendar}",
        &[Who::Doctor],
        Instead::Nothing,
        "the page has removed it just before",
    ),
    exception(
        "POST /account/sessions/{session}/end",
        &[Who::Owner],
        Instead::Nothing,
        "the call of the API has ended it just before",
    ),
    exception(
        "POST /admin/doctors/{doctor}/schedule/hours/{hours}/removal",
        ADMINISTRATOR,
        Instead::Nothing,
        "the doctor has removed them just before",
    ),
    exception(
        "POST /admin/doctors/{doctor}/schedule/rules/{service}",
        ADMINISTRATOR,
        Instead::Nothing,
        "the doctor has withdrawn the service just before",
    ),
    exception(
        "POST /admin/doctors/{doctor}/schedule/exceptions/{exception}/removal",
        ADMINISTRATOR,
        Instead::Nothing,
        "the doctor has removed it just before",
    ),
    exception("GET /api/v1/appointments/{appointment}/cancellation", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception("GET /appointments/{appointment}/choices", &[Who::Owner], Instead::Nothing, STANDS),
    exception("POST /appointments/{appointment}/choices", &[Who::Owner], Instead::Nothing, STANDS),
    exception("POST /appointments/{appointment}/choices/refund", &[Who::Owner], Instead::Nothing, STANDS),
    exception("GET /api/v1/appointments/{appointment}/choices", &[Who::Owner], Instead::Nothing, STANDS),
    exception("POST /api/v1/appointments/{appointment}/choices", &[Who::Owner], Instead::Nothing, STANDS),
    exception("POST /api/v1/appointments/{appointment}/choices/refund", &[Who::Owner], Instead::Nothing, STANDS),
    exception("GET /appointments/{appointment}/offer", &[Who::Owner], Instead::Nothing, NOT_OFFERED),
    exception("POST /appointments/{appointment}/offer", &[Who::Owner], Instead::Nothing, NOT_OFFERED),
    exception("POST /appointments/{appointment}/offer/refusal", &[Who::Owner], Instead::Nothing, NOT_OFFERED),
    exception("POST /api/v1/appointments/{appointment}/offer", &[Who::Owner], Instead::Nothing, NOT_OFFERED),
    exception("POST /api/v1/appointments/{appointment}/offer/refusal", &[Who::Owner], Instead::Nothing, NOT_OFFERED),
    exception(
        "POST /account/children/{dependant}/ending",
        &[Who::Owner],
        Instead::Nothing,
        "the call of the API has ended it just before",
    ),
    exception("POST /acting-for", &[Who::Owner, Who::OtherPatient], Instead::Nothing, "an empty form chooses nobody"),
    exception(
        "POST /waiting-list",
        &[Who::Owner, Who::OtherPatient],
        Instead::Nothing,
        "an empty form names no doctor",
    ),
    exception(
        "PUT /api/v1/waiting-list/{waiting}/acuity",
        &[Who::Owner],
        Instead::Nothing,
        "a patient does not say how urgent it is",
    ),
    exception(
        "PUT /api/v1/waiting-list/{waiting}/acuity",
        ADMINISTRATOR,
        Instead::ByRight,
        "the desk puts the waiting list in order",
    ),
    exception("POST /doctor/patients/{patient}/documents/{file}/removal", &[Who::Doctor], Instead::Nothing, REMOVED),
    exception("POST /api/v1/patients/{patient}/documents/{file}/removal", &[Who::Doctor], Instead::Nothing, REMOVED),
    exception("POST /c/{card_token}/arrivals/{appointment}", RECEPTION, Instead::ByRight, CARD),
    exception("GET /desk/places/{facility}", RECEPTION, Instead::ByRight, DESK),
    exception("POST /desk/queues/{queue}/tokens", RECEPTION, Instead::ByRight, DESK),
    exception("POST /desk/queues/{queue}/calls", RECEPTION, Instead::ByRight, DESK),
    exception("GET /desk/tokens/{number}", RECEPTION, Instead::ByRight, DESK),
    exception("POST /desk/tokens/{number}/call", RECEPTION, Instead::ByRight, DESK),
    exception("POST /desk/tokens/{number}/service", RECEPTION, Instead::ByRight, DESK),
    exception("POST /desk/tokens/{number}/skip", RECEPTION, Instead::ByRight, DESK),
    exception("POST /api/v1/queues/{queue}/tokens", RECEPTION, Instead::ByRight, DESK),
    exception("POST /api/v1/queues/{queue}/calls", RECEPTION, Instead::ByRight, DESK),
    exception("POST /api/v1/tokens/{number}/steps", RECEPTION, Instead::ByRight, DESK),
    exception("GET /api/v1/appointments/{appointment}/follow-up", ADMINISTRATOR, Instead::ByRight, NAMED),
    exception(
        "POST /admin/doctors/{doctor}/schedule/follow-ups/{service}",
        ADMINISTRATOR,
        Instead::Nothing,
        "the doctor has withdrawn the service just before",
    ),
    exception("GET /api/v1/doctors/{doctor}/called-off-days/{day}", ADMINISTRATOR, Instead::ByRight, ANY_DOCTOR),
    exception("PUT /api/v1/doctors/{doctor}/weekly-hours", ADMINISTRATOR, Instead::ByRight, ANY_HOURS),
    exception("POST /api/v1/doctors/{doctor}/schedule-exceptions", ADMINISTRATOR, Instead::ByRight, ANY_HOURS),
    exception(
        "POST /api/v1/doctors/{doctor}/schedule-exceptions/{exception}/removal",
        ADMINISTRATOR,
        Instead::ByRight,
        ANY_HOURS,
    ),
    exception("POST /api/v1/doctors/{doctor}/called-off-days", ADMINISTRATOR, Instead::ByRight, ANY_DOCTOR),
    exception(
        "PUT /api/v1/doctors/{doctor}/services/{service}/cancellation-policy",
        ADMINISTRATOR,
        Instead::ByRight,
        "the administrator sets the rules of any doctor",
    ),
];
