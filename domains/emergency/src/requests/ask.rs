use access::Actor;
use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind, Locale, Zone,
    ids::{PatientId, UrgentRequestId},
};
use vault::Vault;

use super::{
    flags,
    guest::GuestToken,
    model::Request,
    policy,
    store::{self, NewRequest},
};
use crate::{
    acuity::{Acuity, Source},
    desk::Watch,
    ladder::Climb,
    red_flags::{ScreenError, read_flags},
};

/// Who asks.
#[derive(Clone, Debug)]
pub enum Who {
    Patient(PatientId),
    /// Nobody known: whoever has the token.
    Guest(GuestToken),
}

#[derive(Clone, Debug)]
pub struct Ask {
    pub who: Who,
    /// Codes of the screen that were said yes to; none for who just wants a doctor.
    pub flags: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub locale: Locale,
    pub zone: Zone,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub enum Asked {
    New(UrgentRequestId),
    /// The same person has an open one: this is it.
    Open(UrgentRequestId),
}

impl Asked {
    pub const fn id(&self) -> UrgentRequestId {
        match self {
            Self::New(id) | Self::Open(id) => *id,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("this person asked {} times within a day", policy::A_DAY)]
    Quota,
    #[error("this person does not speak for the patient")]
    NotTheirPatient,
    #[error(transparent)]
    Flags(#[from] ScreenError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AskError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Quota => FaultKind::conflict("urgent_quota"),
            Self::NotTheirPatient => FaultKind::NotFound,
            Self::Flags(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(error) if error.constraint() == Some("urgent_requests_one_open") => {
                FaultKind::conflict("urgent_open")
            }
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Ask for a doctor now. In the system's context. Asking again while one is open gives the same. What one declares of oneself is
/// lowered to the urgent queue when too many overrides were found unjustified; whoever has asked too often is told to call, or to book.
pub async fn ask(tx: &mut Tx, vault: &Vault, actor: &Actor, command: Ask) -> Result<Asked, AskError> {
    let (patient, mac) = match &command.who {
        Who::Patient(patient) if !actor.patients.contains(patient) => return Err(AskError::NotTheirPatient),
        Who::Patient(patient) => (Some(*patient), None),
        Who::Guest(token) => (None, Some(token.mac(vault))),
    };
    let mac = mac.as_ref().map(<[u8; 32]>::as_slice);
    if let Some(open) = store::find_open(tx, patient, mac).await? {
        return Ok(Asked::Open(open.id));
    }
    if let Some(patient) = patient
        && store::count_lately(tx, patient).await? >= policy::A_DAY
    {
        return Err(AskError::Quota);
    }
    let screened = read_flags(tx).await?.answered(&command.flags);
    let declared = screened.acuity().unwrap_or(Acuity::URGENT);
    let acuity = believed(tx, patient, declared).await?;
    let id = tx.id::<UrgentRequestId>();
    let sealed = flags::seal(tx, vault, id, &screened.codes()).await?;
    let new = NewRequest {
        id,
        patient,
        guest_mac: mac,
        country: command.country.as_deref(),
        locale: command.locale,
        zone: &command.zone,
        acuity,
        promised_by: tx.now().plus_minutes(acuity.promise_minutes()),
        flags_sealed: sealed.as_deref(),
    };
    store::insert(tx, &new).await?;
    let account = Some(actor.account).filter(|account| !account.uuid().is_nil());
    let why = if screened.is_emergency() { "red_flag" } else { "self_declared" };
    store::insert_assessment(tx, id, declared, (Source::Patient, account), why).await?;
    if acuity != declared {
        store::insert_assessment(tx, id, acuity, (Source::Rule, None), "abuse_score").await?;
    }
    jobs::enqueue(tx, &Climb { request: id, step: 0 }, When::Now).await?;
    jobs::enqueue(tx, &Watch { request: id }, When::At(new.promised_by.plus_seconds(1))).await?;
    note(tx, id, patient, "asked").await?;
    Ok(Asked::New(id))
}

/// What is declared, or the urgent queue for who has cried wolf.
async fn believed(tx: &mut Tx, patient: Option<PatientId>, declared: Acuity) -> Result<Acuity, db::Error> {
    let Some(patient) = patient.filter(|_| declared.overrides()) else { return Ok(declared) };
    let since = tx.now().plus_days(-policy::UNJUSTIFIED_DAYS);
    let unjustified = store::count_unjustified(tx, patient, since).await?;
    Ok(if unjustified >= policy::UNJUSTIFIED { Acuity::URGENT } else { declared })
}

/// In the trail, without what it is about.
pub(crate) async fn note(
    tx: &mut Tx,
    request: UrgentRequestId,
    patient: Option<PatientId>,
    action: &'static str,
) -> Result<(), db::Error> {
    let object_id = request.uuid();
    let entry = audit::Entry { action, object: "urgent_request", object_id, patient, purpose: "care" };
    audit::record(tx, entry).await.map(|_| ())
}

/// The same for one that is held.
pub(crate) async fn note_of(tx: &mut Tx, request: &Request, action: &'static str) -> Result<(), db::Error> {
    note(tx, request.id, request.patient, action).await
}
