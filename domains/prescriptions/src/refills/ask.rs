//! Ask for a refill.

use access::Actor;
use chart::purpose;
use db::{ResultExt as _, Tx};
use kernel::{
    Fault, FaultKind, FieldError, Timestamp,
    ids::{PrescriptionId, RefillRequestId},
};
use people::care_links::{self, Source};
use vault::{At, Vault};

use super::{
    model::{ANSWER_HOURS, from_when, refills_remain},
    store::{self, NewRequest},
};
use crate::{
    fills,
    prescribing::{ReadError, Status, find_for},
};

/// How long the doctor may read the chart on account of a request.
const CARE_DAYS: i64 = 14;

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It was stopped, replaced or signed by mistake, or is on hold: a visit is needed.
    #[error("a prescription in this state is not refilled: {}", .0.as_str())]
    NotRefilled(Status),
    /// Fills remain on the prescription itself.
    #[error("refills remain on this prescription")]
    RefillsRemain,
    /// There should be enough until then.
    #[error("a refill may be asked for from {0:?} on")]
    TooEarly(Timestamp),
    /// One waits for its answer already.
    #[error("a refill was asked for already")]
    AlreadyAsked,
    /// The note is too long.
    #[error("the note is too long")]
    Invalid(Vec<FieldError>),
    /// See [`ReadError`].
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<db::Error> for AskError {
    fn from(error: db::Error) -> Self {
        Self::Read(error.into())
    }
}

impl From<vault::Error> for AskError {
    fn from(error: vault::Error) -> Self {
        Self::Read(error.into())
    }
}

impl Fault for AskError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotRefilled(_) => FaultKind::conflict("not_refilled"),
            Self::RefillsRemain => FaultKind::conflict("refills_remain"),
            Self::TooEarly(at) => FaultKind::Conflict {
                code: "too_early",
                detail: serde_json::to_value(at).ok().map(|at| serde_json::json!({ "from": at })),
            },
            Self::AlreadyAsked => FaultKind::conflict("already_asked"),
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Read(error) => error.kind(),
        }
    }
}

/// Ask the prescriber of one's own prescription for a refill. The prescriber may read the chart for fourteen days on account of it.
pub async fn ask(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: PrescriptionId,
    note: &str,
) -> Result<RefillRequestId, AskError> {
    let prescription = find_for(tx, vault, id, purpose::OWN).await?;
    if !actor.patients.contains(&prescription.patient) {
        return Err(ReadError::NotFound.into());
    }
    let note = note.trim();
    if note.chars().count() > 500 {
        return Err(AskError::Invalid(vec![FieldError::new("note", "prescriptions-error-long").with("most", 500)]));
    }
    if !prescription.status.may_renew() {
        return Err(AskError::NotRefilled(prescription.status));
    }
    let filled = fills::list_of(tx, &[id]).await?;
    if refills_remain(&prescription, &filled) {
        return Err(AskError::RefillsRemain);
    }
    if let Some(at) = from_when(&prescription, &filled)
        && tx.now() < at
    {
        return Err(AskError::TooEarly(at));
    }
    let request = tx.id::<RefillRequestId>();
    let sealed = match note {
        "" => None,
        note => Some(vault.seal_text(tx, prescription.patient, at_note(request), note).await?),
    };
    let due_at = tx.now().plus_seconds(ANSWER_HOURS * 3600);
    let new = NewRequest {
        id: request,
        prescription: id,
        patient: prescription.patient,
        practitioner: prescription.practitioner,
        note_sealed: sealed.as_deref(),
        due_at,
    };
    store::insert(tx, new).await.on_constraint("refill_requests_one_open", || AskError::AlreadyAsked)?;
    let until = tx.now().plus_days(CARE_DAYS);
    if let Some(appointment) = store::find_narrow_link(tx, id, until).await? {
        let source = Source::Appointment(appointment);
        care_links::open(tx, prescription.patient, prescription.practitioner, source).await?;
        care_links::narrow(tx, source, until).await?;
    }
    Ok(request)
}

/// Where the patient's words are sealed to.
pub(super) const fn at_note(id: RefillRequestId) -> At {
    At::new("refill_requests", "note_sealed", id.uuid())
}

/// Where the doctor's words are sealed to.
pub(super) const fn at_answer(id: RefillRequestId) -> At {
    At::new("refill_requests", "answer_sealed", id.uuid())
}
