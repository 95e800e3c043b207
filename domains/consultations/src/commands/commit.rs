//! A staged command is signed and takes effect.

use access::Actor;
use chart::problems::{self, NewProblem};
use db::Tx;
use jobs::Event;
use kernel::{
    FieldError, LocalDate,
    ids::{CommandId, ProblemId, VisitId},
};
use people::care_links::{self, Source};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    Command, CommandRow, Status, change,
    store::{self, Signed, Signing, at},
};
use crate::{
    letters, news,
    visits::{self, Visit, VisitError, VisitState},
};

/// A referral opens the record for so long, unless an appointment does.
const REFERRAL_DAYS: i64 = 90;

/// A paper was issued after its note had been signed, or a patient was referred to somebody of this hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperIssued {
    pub command: CommandId,
    pub visit: VisitId,
    /// The patient already has the summary: this is news.
    pub after_signing: bool,
}

impl Event for PaperIssued {
    const NAME: &'static str = "consultations.paper_issued";
}

/// What is committed.
#[derive(Debug, Clone, Copy)]
pub struct Commitment {
    pub visit: VisitId,
    pub command: CommandId,
    /// The version that its doctor has read; left out, whatever is staged.
    pub read_at: Option<i32>,
    /// The doctor's day.
    pub today: LocalDate,
}

/// Commits and signs; what was committed before stays as it is. It is checked once more: days may have passed since it was staged.
///
/// A diagnosis for the problem list is written there (one that stands there already is none the worse for it); a referral to a doctor of
/// this hospital opens the record for 90 days where the patient agreed: only by a doctor to whom it is open.
pub async fn commit(tx: &mut Tx, vault: &Vault, actor: &Actor, one: Commitment) -> Result<CommandRow, VisitError> {
    let visit = visits::store::lock_as_doctor(tx, actor, one.visit).await?.ok_or(VisitError::NotFound)?;
    let mut row = store::lock(tx, vault, actor, (visit.id, one.command)).await?.ok_or(VisitError::NotFound)?;
    match row.status {
        Status::Committed => return Ok(row),
        Status::EnteredInError => return Err(VisitError::Command(row.status)),
        Status::Staged => {}
    }
    if one.read_at.is_some_and(|read_at| read_at != row.version) {
        return Err(VisitError::Stale { current: row.version });
    }
    let checked = row.content.into_inner().check(one.today).map_err(VisitError::Invalid)?;
    let mut content = change::named(tx, actor, checked).await?;
    if matches!(content, Command::Refer { agreed: true, .. }) && !store::treats(tx, visit.patient).await? {
        // Whoever may no longer read the record opens it to nobody.
        return Err(VisitError::Invalid(vec![FieldError::new("agreed", "consultations-error-command-closed")]));
    }
    change::open_to(&visit, &content)?;
    let id = row.id;
    let code = row.kind.is_paper().then(|| letters::code(tx));
    let signed = Signed {
        id,
        people: (visit.id, visit.patient, visit.practitioner),
        version: row.version + 1,
        at: tx.now(),
        code: code.as_deref(),
    };
    if let Command::Diagnose { code, on_list: true, problem, .. } = &mut content {
        *problem = listed(tx, vault, actor, &visit, code.clone()).await?;
    }
    let bytes = serde_json::to_vec(&content).map_err(vault::Error::from)?;
    let sealed = vault.seal(tx, visit.patient, at(id, signed.version), &bytes).await?;
    let hash = store::signed_hash(&signed, &bytes);
    store::set_committed(tx, Signing { signed, sealed: &sealed, hash: &hash, to: content.referred_to() }).await?;
    if let Command::Refer { to: Some(to), agreed: true, .. } = content {
        let source = Source::Referral(id.uuid());
        care_links::open(tx, visit.patient, to, source).await?;
        care_links::narrow(tx, source, tx.now().plus_days(REFERRAL_DAYS)).await?;
    }
    let after_signing = visit.state == VisitState::Signed;
    if row.kind.is_paper() {
        jobs::publish(tx, &PaperIssued { command: id, visit: visit.id, after_signing }).await?;
    }
    if after_signing {
        news::visit_changed(tx, &visit, "signed").await?;
    }
    let entry = audit::Entry {
        action: "committed",
        object: "visit_command",
        object_id: id.uuid(),
        patient: Some(visit.patient),
        purpose: chart::purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    (row.status, row.version, row.committed_at) = (Status::Committed, signed.version, Some(signed.at));
    Ok(CommandRow { content: kernel::Phi::new(content), verify_code: code, ..row })
}

/// Writes a diagnosis on the problem list; nothing where it stands there already.
async fn listed(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    visit: &Visit,
    code: String,
) -> Result<Option<ProblemId>, VisitError> {
    let new = NewProblem { code, visit: Some(visit.id), ..NewProblem::default() };
    match problems::record(tx, vault, actor, visit.patient, new).await {
        Ok(id) => Ok(Some(id)),
        Err(chart::ChartError::AlreadyListed) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
