//! Break the glass.

use access::{Actor, Role};
use audit::{Entry, Outcome as Done};
use db::Tx;
use identity::{
    factors::{Proof, prove_anew},
    letters::Sender,
};
use kernel::{
    Fault, FaultKind, FieldError, Timestamp,
    ids::{BreakGlassId, PatientId, PractitionerId},
};
use vault::Vault;

use super::{
    letters,
    model::{MINUTES, Reason, UNREVIEWED, WORDS},
    store::{self, NewAccess},
};
use crate::purpose;

/// Whose record, why, and the second factor.
#[derive(Debug, Clone)]
pub struct Begin {
    /// As it stands on the patient's card, letters and prescriptions.
    pub record_no: String,
    pub reason: Option<Reason>,
    pub words: String,
    /// Six digits of the authenticator app, or a recovery code.
    pub code: String,
}

/// What was opened.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    pub id: BreakGlassId,
    pub patient: PatientId,
    pub ends_at: Timestamp,
}

/// Why it was not opened.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    #[error("emergency access is for doctors")]
    NotADoctor,
    #[error("the form is not complete")]
    Invalid(Vec<FieldError>),
    #[error("the second factor is wrong")]
    WrongFactor,
    #[error("the account has no second factor")]
    NoFactor,
    #[error("there is no patient of this number")]
    NoSuchPatient,
    #[error("two emergency accesses wait for their review")]
    Unreviewed,
    #[error("the record is open in an emergency already")]
    AlreadyOpen,
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl BeginError {
    /// The refusal is on record, and a code that was right is spent: the caller commits.
    pub fn is_kept(&self) -> bool {
        match self {
            Self::WrongFactor | Self::NoSuchPatient | Self::Unreviewed | Self::AlreadyOpen => true,
            Self::NotADoctor | Self::Invalid(_) | Self::NoFactor | Self::Tell(_) | Self::Vault(_) | Self::Db(_) => {
                false
            }
        }
    }
}

impl Fault for BeginError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotADoctor => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::WrongFactor => FaultKind::invalid("code", "chart-error-emergency-code"),
            Self::NoFactor => FaultKind::forbidden("chart-rule-emergency-factor", "chart-rule-emergency-factor-who"),
            Self::NoSuchPatient => FaultKind::invalid("record_no", "chart-error-emergency-record"),
            Self::Unreviewed => {
                FaultKind::forbidden("chart-rule-emergency-unreviewed", "chart-rule-emergency-unreviewed-who")
            }
            Self::AlreadyOpen => FaultKind::conflict("emergency_access_open"),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open a record to a doctor for an hour: in the system's context, for nothing of the patient is known to the doctor before. The
/// caller has counted the try of the second factor, and commits also when [`BeginError::is_kept`].
pub async fn begin(
    tx: &mut Tx,
    vault: &Vault,
    sender: &Sender<'_>,
    actor: &Actor,
    command: Begin,
) -> Result<Begun, BeginError> {
    let doctor = actor.practitioner.filter(|_| actor.is(Role::Doctor)).ok_or(BeginError::NotADoctor)?;
    let (reason, words) = checked(&command).map_err(BeginError::Invalid)?;
    match prove_anew(tx, vault, actor.account, &command.code).await? {
        Proof::Right => {}
        Proof::Wrong => return refuse(tx, actor, None, BeginError::WrongFactor).await,
        Proof::NoneThere => return Err(BeginError::NoFactor),
    }
    let record_no = command.record_no.trim().to_uppercase();
    let Some(patient) = store::find_patient(tx, &record_no).await? else {
        return refuse(tx, actor, None, BeginError::NoSuchPatient).await;
    };
    if store::lock_unreviewed(tx, doctor).await? >= UNREVIEWED {
        return refuse(tx, actor, Some(patient), BeginError::Unreviewed).await;
    }
    if store::find_open(tx, doctor, patient).await?.is_some() {
        return refuse(tx, actor, Some(patient), BeginError::AlreadyOpen).await;
    }
    let begun = open(tx, vault, actor, doctor, (patient, reason, &words)).await?;
    letters::begun(tx, sender, actor, doctor, &begun).await?;
    Ok(begun)
}

async fn open(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    doctor: PractitionerId,
    (patient, reason, words): (PatientId, Reason, &str),
) -> Result<Begun, BeginError> {
    let id = tx.id::<BreakGlassId>();
    let ends_at = tx.now().plus_minutes(MINUTES);
    let sealed = vault.seal_text(tx, patient, store::words_at(id), words).await?;
    let new = NewAccess { id, patient, doctor, account: actor.account, reason, words: &sealed, ends_at };
    store::insert(tx, &new).await?;
    entry(id.uuid(), Some(patient)).record(tx, Done::Done).await?;
    Ok(Begun { id, patient, ends_at })
}

async fn refuse(tx: &mut Tx, actor: &Actor, patient: Option<PatientId>, why: BeginError) -> Result<Begun, BeginError> {
    entry(actor.account.uuid(), patient).record(tx, Done::Refused).await?;
    Err(why)
}

const fn entry(object_id: uuid::Uuid, patient: Option<PatientId>) -> Entry {
    Entry { action: "opened", object: "record", object_id, patient, purpose: purpose::BREAK_GLASS }
}

fn checked(command: &Begin) -> Result<(Reason, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let words = command.words.trim().to_owned();
    if command.record_no.trim().is_empty() {
        errors.push(FieldError::new("record_no", "chart-error-emergency-record-missing"));
    }
    if command.reason.is_none() {
        errors.push(FieldError::new("reason", "chart-error-emergency-reason"));
    }
    if !WORDS.contains(&words.chars().count()) {
        errors.push(FieldError::new("words", "chart-error-emergency-words"));
    }
    if command.code.trim().is_empty() {
        errors.push(FieldError::new("code", "chart-error-emergency-code-missing"));
    }
    match command.reason {
        Some(reason) if errors.is_empty() => Ok((reason, words)),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_in_code_and_words_and_a_factor_are_asked_for() {
        let whole = Begin {
            record_no: "7K3M-9QXT".to_owned(),
            reason: Some(Reason::Unconscious),
            words: "Found unconscious in the street".to_owned(),
            code: "123456".to_owned(),
        };
        assert!(checked(&whole).is_ok());
        let fields = |command: &Begin| -> Vec<String> {
            checked(command).unwrap_err().into_iter().map(|error| error.field.into_owned()).collect()
        };
        assert_eq!(fields(&Begin { reason: None, ..whole.clone() }), ["reason"]);
        assert_eq!(fields(&Begin { words: "urgent".to_owned(), ..whole.clone() }), ["words"]);
        assert_eq!(fields(&Begin { words: "x".repeat(1001), ..whole.clone() }), ["words"]);
        assert_eq!(fields(&Begin { code: " ".to_owned(), ..whole.clone() }), ["code"]);
        assert_eq!(fields(&Begin { record_no: String::new(), ..whole }), ["record_no"]);
    }
}
