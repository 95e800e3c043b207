//! Read, add, replace and take back family history.

use access::Actor;
use db::Tx;
use kernel::ids::{HistoryEntryId, PatientId};
use vault::Vault;

use super::{FamilyAnswer, FamilyHistory, Relative};
use crate::{
    ChartError,
    entries::{self, Section, Withdrawal, Writing},
};

/// The slot of the answer that nothing is known.
const NONE_KNOWN: &str = "none_known";

/// Every version of every entry, with the audit row of having read them.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
) -> Result<FamilyHistory, ChartError> {
    Ok(FamilyHistory { entries: entries::list_for(tx, vault, Section::FamilyHistory, patient, purpose).await? })
}

/// Add a relative; "none known" gives way.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    relative: Relative,
) -> Result<HistoryEntryId, ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::FamilyHistory).await?;
    let relative = relative.check().map_err(ChartError::Invalid)?;
    writing.vacate(NONE_KNOWN).await?;
    writing.add(&FamilyAnswer::Relative(relative)).await
}

/// A later version of a relative that stands.
pub async fn replace(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, id): (PatientId, HistoryEntryId),
    relative: Relative,
) -> Result<HistoryEntryId, ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::FamilyHistory).await?;
    let relative = relative.check().map_err(ChartError::Invalid)?;
    writing.replace(id, &FamilyAnswer::Relative(relative)).await
}

/// Write down that nothing is known to run in the family. Refused while relatives are listed.
pub async fn answer_none_known(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
) -> Result<(), ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::FamilyHistory).await?;
    if writing.any_listed().await? {
        return Err(ChartError::FamilyListed);
    }
    writing.answer(NONE_KNOWN, &FamilyAnswer::NoneKnown).await?;
    Ok(())
}

/// Take back an entry, with a reason.
pub(crate) async fn withdraw(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, id): (PatientId, HistoryEntryId),
    withdrawal: &Withdrawal,
) -> Result<(), ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::FamilyHistory).await?;
    writing.take_back(id, withdrawal).await
}
