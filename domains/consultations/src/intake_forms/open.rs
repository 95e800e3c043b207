//! Open a form: for the patient, and for the doctor.

use access::Actor;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{AppointmentId, PatientId, VisitId},
};
use web::App;

use super::{
    Answers, Change, Form, IntakeError, Score, forms,
    known::{self, Known},
    store::{self, Place, Response},
};

/// A form before a visit, as the patient sees it.
pub(super) struct Opened {
    pub(super) place: Place,
    pub(super) form: &'static Form,
    pub(super) answers: Answers,
    /// Of the draft; 0 before anything was saved.
    pub(super) revision: i32,
    /// The last version that was sent, and when.
    pub(super) sent: Option<(i32, Timestamp)>,
    /// Something was saved since that, or nothing was sent.
    pub(super) is_draft: bool,
    /// The draft was saved before, and not only filled in from the record.
    pub(super) is_saved: bool,
}

pub(super) async fn for_patient(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Opened, web::Error> {
    let place = store::find_place(tx, actor, appointment).await?.ok_or(IntakeError::NotFound)?;
    let purpose = chart::purpose::OWN;
    let versions = store::list(tx, app.vault(), appointment, place.patient, purpose).await?;
    let sent = versions.iter().find_map(|one| Some((one.number, one.completed_at?)));
    if !place.is_open() && sent.is_none() {
        return Err(IntakeError::Closed.into());
    }
    let latest = versions.into_iter().next();
    let is_draft = latest.as_ref().is_none_or(|one| one.completed_at.is_none());
    let form = if let Some(one) = &latest {
        forms::find(&one.form, one.form_version)
    } else {
        let age = place.birth_date.map(|born| i32::from(born.age_on(place.starts_at.date_in(&kernel::Zone::utc()))));
        forms::choose(&place.specialties, age)
    };
    let form = form.ok_or(IntakeError::NotFound)?;
    let (answers, revision, is_saved) = match latest {
        Some(one) => (one.answers, one.revision, true),
        None => (known::read(app, tx, place.patient, purpose).await?.fill(form), 0, false),
    };
    Ok(Opened { place, form, answers, revision, sent, is_draft, is_saved })
}

/// What was sent before a visit, as its doctor reads it.
pub(super) struct Sent {
    pub(super) appointment: AppointmentId,
    pub(super) patient: PatientId,
    /// The latest first; none where nothing was sent.
    pub(super) versions: Vec<(&'static Form, Response)>,
    pub(super) changes: Vec<Change>,
    pub(super) scores: Vec<Score>,
    /// Questions and fingerprints of lines that were accepted.
    pub(super) accepted: Vec<(String, Vec<u8>)>,
}

pub(super) async fn for_doctor(app: &App, tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<Sent, web::Error> {
    let place = store::find_visit(tx, actor, visit).await?.ok_or(IntakeError::NotFound)?;
    sent(app, tx, place).await
}

/// The same from the appointment on, as soon as the record is open to its doctor.
pub(super) async fn before_visit(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Sent, web::Error> {
    let place = store::find_appointment(tx, actor, appointment).await?.ok_or(IntakeError::NotFound)?;
    sent(app, tx, place).await
}

async fn sent(app: &App, tx: &mut Tx, (appointment, patient): (AppointmentId, PatientId)) -> Result<Sent, web::Error> {
    let purpose = chart::purpose::TREATMENT;
    let versions = store::list(tx, app.vault(), appointment, patient, purpose).await?;
    let with_form = |one: Response| Some((forms::find(&one.form, one.form_version)?, one));
    let versions: Vec<_> = versions.into_iter().filter_map(with_form).collect();
    let accepted = store::list_accepted(tx, appointment).await?;
    let (changes, scores) = match versions.first() {
        Some((form, latest)) => {
            let known: Known = known::read(app, tx, patient, purpose).await?;
            (known.changes(form, &latest.answers), form.scored(&latest.answers))
        }
        None => (Vec::new(), Vec::new()),
    };
    Ok(Sent { appointment, patient, versions, changes, scores, accepted })
}
