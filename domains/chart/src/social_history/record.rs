//! Read, answer and take back social history.

use access::Actor;
use db::Tx;
use kernel::ids::{HistoryEntryId, PatientId};
use vault::Vault;

use super::{SocialAnswer, SocialHistory};
use crate::{
    ChartError,
    entries::{self, Section, Withdrawal, Writing},
};

/// Every version of every answer, with the audit row of having read them.
pub async fn list_for(
    tx: &mut Tx,
    vault: &Vault,
    patient: PatientId,
    purpose: &str,
) -> Result<SocialHistory, ChartError> {
    Ok(SocialHistory { entries: entries::list_for(tx, vault, Section::SocialHistory, patient, purpose).await? })
}

/// Answer a topic; the answer before it is replaced and stays readable.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    patient: PatientId,
    answer: SocialAnswer,
) -> Result<HistoryEntryId, ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::SocialHistory).await?;
    let answer = answer.check().map_err(ChartError::Invalid)?;
    writing.answer(answer.topic().as_str(), &answer).await
}

/// Take back an answer, with a reason. The topic is open again.
pub(crate) async fn withdraw(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, id): (PatientId, HistoryEntryId),
    withdrawal: &Withdrawal,
) -> Result<(), ChartError> {
    let mut writing = Writing::begin(tx, vault, actor, patient, Section::SocialHistory).await?;
    writing.take_back(id, withdrawal).await
}
