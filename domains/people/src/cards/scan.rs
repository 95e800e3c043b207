use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::CardId};

use super::{issue, policy, store};
use crate::patients::{self, Brief};

/// Why a record is touched, as the access log says it.
const PURPOSE: &str = "identification";

/// Somebody was recognized.
#[derive(Clone, Debug)]
pub struct Scanned {
    pub card: CardId,
    pub person: Brief,
}

#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("cards are for the staff")]
    NotStaff,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ScanError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotStaff => FaultKind::forbidden("web-only-staff", "web-who-gives-roles"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Whose card this is. Counted, and in the patient's access log. None when it is not in force: made up, too old, replaced or revoked
/// alike. In the system's context, for whoever scans may have nothing else to do with the patient.
pub async fn scan(tx: &mut Tx, actor: &Actor, token: &str) -> Result<Option<Scanned>, ScanError> {
    if !policy::may_identify(actor) {
        return Err(ScanError::NotStaff);
    }
    let Some((card, patient)) = store::count_scan(tx, &issue::hash(token)).await? else { return Ok(None) };
    let entry = audit::Entry {
        action: "scanned",
        object: "identity_card",
        object_id: card.uuid(),
        patient: Some(patient),
        purpose: PURPOSE,
    };
    audit::record(tx, entry).await?;
    Ok(patients::brief(tx, patient).await?.map(|person| Scanned { card, person }))
}
