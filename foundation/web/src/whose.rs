//! Whose record the pages show: one's own, or that of somebody one acts for (adr/0038).
//!
//! The choice is a cookie of this session. What a page sends acts for whom the page was made: its form token says so, and so does the
//! header of its scripts, whatever another tab has chosen meanwhile. Nothing is taken that the session does not hold now.

use access::Actor;
use axum::{
    http::{HeaderMap, HeaderValue, header::SET_COOKIE},
    response::Response,
};
use data_encoding::BASE64URL_NOPAD;
use kernel::ids::PatientId;
use subtle::ConstantTimeEq as _;

use crate::{
    App, Ctx,
    ctx::{cookie, session_cookie_name},
};

/// Sent by scripts of a page: for whom it was made.
const HEADER: &str = "x-for";

/// One of the patients that an account speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpokenFor {
    pub patient: PatientId,
    /// As pages show it.
    pub name: String,
    /// The account's own record.
    pub is_own: bool,
}

/// A token that a form may carry, and for whom it acts; none where there is no choice.
#[derive(Clone, Debug)]
pub(crate) struct FormToken {
    pub(crate) text: String,
    pub(crate) patient: Option<PatientId>,
}

/// One token for each of these people. The first is that of the session itself.
pub(crate) fn form_tokens(app: &App, session: &str, people: &[SpokenFor]) -> Vec<FormToken> {
    let own = FormToken { text: crate::gate::form_token(app, session), patient: people.first().map(|one| one.patient) };
    let other = |one: &SpokenFor| FormToken {
        text: crate::gate::form_token(app, &format!("{session}/{}", one.patient)),
        patient: Some(one.patient),
    };
    std::iter::once(own).chain(people.iter().skip(1).map(other)).collect()
}

/// For whom this request of a browser asks: the word of its page, else the session's choice, else the first.
pub(crate) fn chosen(app: &App, headers: &HeaderMap, session: &str, people: &[SpokenFor]) -> Option<PatientId> {
    let held = |patient: PatientId| people.iter().any(|one| one.patient == patient).then_some(patient);
    let said = headers.get(HEADER).and_then(|value| value.to_str().ok()?.parse().ok()).and_then(held);
    let kept = || {
        let (patient, proof) = cookie(headers, cookie_name(app))?.split_once('.')?;
        let patient = held(patient.parse().ok()?)?;
        bool::from(self::proof(app, session, patient).as_bytes().ct_eq(proof.as_bytes())).then_some(patient)
    };
    said.or_else(kept).or_else(|| people.first().map(|one| one.patient))
}

/// The chosen one stands first: the patient of this request.
pub(crate) fn put_first(actor: &mut Actor, chosen: Option<PatientId>) {
    if let Some(place) = actor.patients.iter().position(|one| Some(*one) == chosen) {
        actor.patients[..=place].rotate_right(1);
    }
}

/// Keeps the choice for the rest of the session.
pub(crate) fn keep(ctx: &Ctx, mut response: Response, patient: PatientId) -> Response {
    let app = ctx.app();
    let Some(session) = ctx.cookie(session_cookie_name(app)) else { return response };
    let secure = if app.is_https() { "; Secure" } else { "" };
    let (name, proof) = (cookie_name(app), proof(app, session, patient));
    if let Ok(value) =
        HeaderValue::from_str(&format!("{name}={patient}.{proof}; Path=/; HttpOnly; SameSite=Lax{secure}"))
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

/// A person goes on to another page by this request; no script asks for a part of one.
pub(crate) fn is_by_hand(ctx: &Ctx) -> bool {
    let mode = ctx.header("sec-fetch-mode");
    mode.is_none_or(|mode| mode == "navigate") && ctx.header("x-fragment").is_none() && !ctx.path().starts_with("/api/")
}

/// After a page of somebody else than the session's choice: what it leads to is theirs, too. A refusal changes nothing, and where the answer
/// has chosen itself, that stands.
pub(crate) fn follow(ctx: &Ctx, response: Response, patient: PatientId) -> Response {
    let name = cookie_name(ctx.app());
    let is_choice = |value: &HeaderValue| {
        value.to_str().is_ok_and(|value| value.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')))
    };
    let is_done = response.status().is_success() || response.status().is_redirection();
    if is_done && !response.headers().get_all(SET_COOKIE).iter().any(is_choice) {
        keep(ctx, response, patient)
    } else {
        response
    }
}

fn cookie_name(app: &App) -> &'static str {
    if app.is_https() { "__Host-for" } else { "for" }
}

/// Of this session alone: the next person at this browser begins with themselves.
fn proof(app: &App, session: &str, patient: PatientId) -> String {
    BASE64URL_NOPAD.encode(&app.vault().mac("web.for", format!("{session}/{patient}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_one_stands_first_and_the_others_keep_their_order() {
        let ids: Vec<PatientId> = (1..=4).map(|n| PatientId::from_uuid(uuid::Uuid::from_u128(n))).collect();
        let ordered = |chosen: Option<PatientId>| {
            let mut actor = Actor { patients: ids.clone(), ..Actor::nobody() };
            put_first(&mut actor, chosen);
            actor.patients
        };
        assert_eq!(ordered(Some(ids[2])), [ids[2], ids[0], ids[1], ids[3]]);
        assert_eq!(ordered(Some(ids[0])), ids);
        assert_eq!(ordered(None), ids);
        assert_eq!(ordered(Some(PatientId::from_uuid(uuid::Uuid::nil()))), ids, "nobody of theirs");
    }
}
