//! The page of the QR code.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use web::{PageFrame, Query, Visitor};

use consultations::letters::initials;

use super::store;
use crate::fills::{self, Filled};
use crate::prescribing::{self, Prescription, ReadError, Status, find_for, quantity_words, status_tone};

/// What the page says.
struct Facts {
    status: String,
    tone: &'static str,
    valid: bool,
    prescriber: String,
    registration: String,
    initials: String,
    signed_at: String,
    valid_until: String,
    /// Quantity per item that may still be dispensed.
    remaining: Vec<String>,
}

#[derive(Template)]
#[template(path = "verification/pages/show.html")]
struct VerifyPage {
    page: PageFrame,
    code: String,
    /// None: no such prescription, or one that was altered.
    facts: Option<Facts>,
    altered: bool,
    /// Nothing was looked for yet.
    asking: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    code: String,
}

/// `GET /verify?code=`: a form, for codes typed in by hand.
pub(crate) async fn ask(me: Visitor, Query(wanted): Query<Wanted>) -> web::Result {
    if wanted.code.trim().is_empty() {
        let page = me.page("prescriptions-verify-title");
        return web::render(&VerifyPage { page, code: String::new(), facts: None, altered: false, asking: true });
    }
    Ok(me.redirect(&format!("/verify/{}", bare(&wanted.code))))
}

/// `GET /verify/{code}`
pub(crate) async fn show(me: Visitor, Path(code): Path<String>) -> web::Result {
    let code = bare(&code);
    let mut tx = me.begin_system("verify a prescription by its code").await?;
    let found = store::find_by_code(&mut tx, &code).await?;
    let read = match found {
        None => Err(ReadError::NotFound),
        Some(id) => find_for(&mut tx, me.app().vault(), id, "verification").await,
    };
    let (facts, altered) = match read {
        Ok(prescription) => {
            let people = prescribing::store::find_people(&mut tx, prescription.id).await?;
            let filled = fills::list_of(&mut tx, &[prescription.id]).await?;
            (people.and_then(|people| facts(&me, &prescription, people, &filled)), false)
        }
        Err(ReadError::NotFound) => (None, false),
        Err(ReadError::Altered(_)) => (None, true),
        Err(error) => return Err(error.into()),
    };
    // Somebody typed the code of a sick note or another paper of a visit.
    let is_paper = facts.is_none() && consultations::letters::stands(&mut tx, &code).await?;
    tx.commit().await?;
    if facts.is_none() && !altered && is_paper {
        return Ok(me.redirect(&format!("/papers/{code}")));
    }
    let status = if facts.is_some() || altered { 200 } else { 404 };
    let page = me.page("prescriptions-verify-title");
    web::render_status(status, &VerifyPage { page, code, facts, altered, asking: false })
}

/// As stored: capitals and digits; what reads alike is taken as meant (Crockford).
pub(crate) fn bare(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn facts(
    me: &Visitor,
    prescription: &Prescription,
    people: prescribing::store::People,
    filled: &[Filled],
) -> Option<Facts> {
    let locale = me.locale();
    let page = me.page("prescriptions-verify-title");
    let valid = prescription.status == Status::Active;
    let registration = format!("{} {}", people.prescriber_registration_body, people.prescriber_registration_no);
    Some(Facts {
        status: me.t(format!("prescriptions-status-{}", prescription.status.as_str())),
        tone: status_tone(prescription.status),
        valid,
        prescriber: people.prescriber_name,
        registration: registration.trim().to_owned(),
        initials: initials(&people.patient_name),
        signed_at: page.when(prescription.signed_at?),
        valid_until: page.when(prescription.valid_until?),
        remaining: prescription
            .items
            .iter()
            .map(|item| {
                quantity_words(locale, if valid { fills::remaining(item, filled) } else { 0 }, item.quantity_unit)
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_by_hand_is_read_as_meant() {
        assert_eq!(bare(" abcd-efgh-io01 "), "ABCDEFGH1001");
    }

    #[test]
    fn a_name_becomes_initials_in_any_script() {
        assert_eq!(initials("Fatima al-Zahra"), "F. a.");
        assert_eq!(initials("নাদিয়া রহমান"), "ন. র.");
    }
}
