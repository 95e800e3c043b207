//! Write into a section: add, replace, take back.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError,
    ids::{HistoryEntryId, PatientId},
};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    model::{Section, Status},
    store::{self, Close, NewRow},
};
use crate::{
    ChartError,
    allergies::may_withdraw,
    record::who::{self, Writer},
};

/// Why an entry is taken back.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Withdrawal {
    /// 1 to 200 characters.
    pub(crate) reason: String,
}

/// The same as a form sends it, beside its token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Why {
    pub(crate) reason: String,
}

/// A section of one patient's record, held for writing until the transaction ends.
pub(crate) struct Writing<'a> {
    tx: &'a mut Tx,
    vault: &'a Vault,
    actor: &'a Actor,
    patient: PatientId,
    section: Section,
    writer: Writer,
}

impl<'a> Writing<'a> {
    /// By the patient, or by a doctor with a care link.
    pub(crate) async fn begin(
        tx: &'a mut Tx,
        vault: &'a Vault,
        actor: &'a Actor,
        patient: PatientId,
        section: Section,
    ) -> Result<Self, ChartError> {
        let writer = who::writes(tx, actor, patient).await?;
        store::lock_section(tx, patient, section).await?;
        Ok(Self { tx, vault, actor, patient, section, writer })
    }

    /// Whether anything stands outside the slots.
    pub(crate) async fn any_listed(&mut self) -> Result<bool, ChartError> {
        store::any_listed(self.tx, self.patient, self.section).await
    }

    /// One more entry.
    pub(crate) async fn add<T: Serialize + Sync>(&mut self, content: &T) -> Result<HistoryEntryId, ChartError> {
        self.insert(None, None, content).await
    }

    /// The answer of a slot; what stood there is replaced, whoever wrote it.
    pub(crate) async fn answer<T: Serialize + Sync>(
        &mut self,
        slot: &str,
        content: &T,
    ) -> Result<HistoryEntryId, ChartError> {
        let before = self.vacate(slot).await?;
        self.insert(Some(slot), before, content).await
    }

    /// Close what stands in a slot, if anything does.
    pub(crate) async fn vacate(&mut self, slot: &str) -> Result<Option<HistoryEntryId>, ChartError> {
        let before = store::find_in_slot(self.tx, self.patient, self.section, slot).await?;
        if let Some(before) = before {
            self.close(before, Status::Replaced, None).await?;
        }
        Ok(before)
    }

    /// A later version of `id`: patients of what they wrote, clinicians of anything.
    pub(crate) async fn replace<T: Serialize + Sync>(
        &mut self,
        id: HistoryEntryId,
        content: &T,
    ) -> Result<HistoryEntryId, ChartError> {
        self.own(id).await?;
        self.close(id, Status::Replaced, None).await?;
        self.insert(None, Some(id), content).await
    }

    /// Mark `id` as entered in error: patients what they wrote, clinicians anything.
    pub(crate) async fn take_back(&mut self, id: HistoryEntryId, withdrawal: &Withdrawal) -> Result<(), ChartError> {
        let reason = withdrawal.reason.trim();
        self.own(id).await?;
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(ChartError::Invalid(vec![FieldError::new("reason", "chart-error-withdrawal-reason")]));
        }
        let sealed = self.vault.seal_text(self.tx, self.patient, store::reason_at(id), reason).await?;
        self.close(id, Status::EnteredInError, Some(&sealed)).await
    }

    /// An entry that stands and that this writer may change.
    async fn own(&mut self, id: HistoryEntryId) -> Result<(), ChartError> {
        let entry = store::lock(self.tx, self.patient, self.section, id).await?.ok_or(ChartError::NotFound)?;
        if !may_withdraw(self.writer, entry.by_clinician) {
            return Err(ChartError::WrittenByClinician);
        }
        if !entry.stands {
            return Err(ChartError::AlreadyClosed);
        }
        Ok(())
    }

    async fn insert<T: Serialize + Sync>(
        &mut self,
        slot: Option<&str>,
        replaces: Option<HistoryEntryId>,
        content: &T,
    ) -> Result<HistoryEntryId, ChartError> {
        let id = self.tx.id::<HistoryEntryId>();
        let sealed = self.vault.seal_json(self.tx, self.patient, store::at(id), content).await?;
        let row = NewRow {
            id,
            patient: self.patient,
            section: self.section,
            slot,
            sealed: &sealed,
            replaces,
            by: self.actor.account,
            role: self.writer.as_str(),
            purpose: who::purpose(self.writer),
        };
        store::insert(self.tx, row).await?;
        Ok(id)
    }

    async fn close(&mut self, id: HistoryEntryId, status: Status, reason: Option<&[u8]>) -> Result<(), ChartError> {
        let close = Close {
            section: self.section,
            status,
            action: if status == Status::EnteredInError { "withdraw" } else { "replace" },
            reason,
            by: self.actor.account,
            purpose: who::purpose(self.writer),
        };
        store::set_closed(self.tx, self.patient, id, close).await
    }
}
