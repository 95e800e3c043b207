//! Save the answers as a draft, or send them.

use access::Actor;
use db::Tx;
use kernel::ids::{AppointmentId, IntakeResponseId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::Vault;
use web::live::{self, LiveEvent, Topic};

use super::{
    Answers, IntakeError, forms,
    model::Completeness,
    store::{self, Place, Row},
};

/// What becomes of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// They stay the patient's own, and may be incomplete.
    Keep,
    /// The doctor reads them.
    Send,
}

/// Answers, and at which revision they were read.
#[derive(Debug)]
pub struct Save {
    pub appointment: AppointmentId,
    /// 0 where nothing was saved.
    pub revision: i32,
    /// The form that was shown; a form that changed meanwhile is shown anew.
    pub form: (String, i32),
    pub answers: Answers,
    pub wish: Wish,
}

/// Save or send answers, by the patient or somebody who speaks for them. What was sent stays, and a change of it is the next version.
///
/// # Errors
/// [`IntakeError::Stale`] when they were saved or sent elsewhere since; [`IntakeError::Closed`] once the visit has begun.
pub async fn save(tx: &mut Tx, vault: &Vault, actor: &Actor, save: Save) -> Result<(), IntakeError> {
    let place = store::find_place(tx, actor, save.appointment).await?.ok_or(IntakeError::NotFound)?;
    store::lock(tx, save.appointment).await?;
    if !place.is_open() {
        return Err(IntakeError::Closed);
    }
    let standing = store::find_standing(tx, save.appointment).await?;
    let current = standing.as_ref().map_or(0, |standing| standing.revision);
    if current != save.revision {
        return Err(IntakeError::Stale { current });
    }
    let form = forms::find(&save.form.0, save.form.1).ok_or(IntakeError::NotFound)?;
    let whole = if save.wish == Wish::Send { Completeness::Whole } else { Completeness::Draft };
    let answers = form.check(&save.answers, whole).map_err(IntakeError::Invalid)?;
    let draft = standing.as_ref().filter(|standing| standing.is_draft);
    let id = draft.map_or_else(|| tx.id::<IntakeResponseId>(), |draft| draft.id);
    let number = standing.as_ref().map_or(1, |standing| standing.number + i32::from(!standing.is_draft));
    let urgent = form.urgent(&answers).next().is_some();
    let sealed = vault.seal_json(tx, place.patient, store::at(id), &answers).await?;
    let row = Row {
        id,
        place: &place,
        form,
        number,
        revision: current + 1,
        urgent,
        sealed: &sealed,
        by: actor.account,
        completed: save.wish == Wish::Send,
        purpose: chart::purpose::OWN,
    };
    if draft.is_some() {
        store::set_draft(tx, row).await?;
    } else {
        store::insert(tx, row).await?;
    }
    if urgent {
        jobs::publish(tx, &RedFlagAnswered { appointment: save.appointment }).await?;
    }
    tell(tx, &place).await
}

/// An answer before this visit is a red flag: the doctor is told, once a visit, that it is so and not what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedFlagAnswered {
    pub appointment: AppointmentId,
}

impl jobs::Event for RedFlagAnswered {
    const NAME: &'static str = "consultations.red_flag_answered";
}

/// Open pages of the doctor's day look again; that is all they are told.
async fn tell(tx: &mut Tx, place: &Place) -> Result<(), IntakeError> {
    let data = json!({ "appointment": place.appointment });
    for topic in [Topic::Practitioner(place.practitioner), Topic::Appointment(place.appointment)] {
        live::publish(tx, topic, LiveEvent { kind: "appointment", data: data.clone() }).await?;
    }
    Ok(())
}
