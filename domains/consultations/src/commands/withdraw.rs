//! A committed command should never have been.

use access::Actor;
use chart::problems::{self, Closing};
use db::Tx;
use kernel::{
    FieldError,
    ids::{CommandId, VisitId},
};
use people::care_links::{self, Source};
use vault::Vault;

use super::{Command, CommandRow, Status, store};
use crate::{
    news,
    visits::{self, VisitError, VisitState},
};

/// What is withdrawn, and why.
#[derive(Debug, Clone)]
pub struct Withdrawal {
    pub visit: VisitId,
    pub command: CommandId,
    /// For the record; at most 500 characters.
    pub reason: String,
}

/// Marks it as entered in error: its paper is no longer valid on the page by which it is checked, the record is closed to the doctor it
/// was opened to, and the diagnosis it put on the problem list is marked too. What became part of a signed note stays there: an addition
/// corrects it.
pub async fn withdraw(tx: &mut Tx, vault: &Vault, actor: &Actor, one: Withdrawal) -> Result<CommandRow, VisitError> {
    let visit = visits::store::lock_as_doctor(tx, actor, one.visit).await?.ok_or(VisitError::NotFound)?;
    let row = store::lock(tx, vault, actor, (visit.id, one.command)).await?.ok_or(VisitError::NotFound)?;
    if row.status != Status::Committed {
        return Err(VisitError::Command(row.status));
    }
    if visit.state == VisitState::Signed && !row.kind.is_paper() {
        return Err(VisitError::Illegal(visit.state));
    }
    let reason = one.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(VisitError::Invalid(vec![FieldError::new("reason", "consultations-error-command-reason")]));
    }
    match row.content.expose() {
        Command::Diagnose { problem: Some(problem), .. } => {
            match problems::close(tx, actor, visit.patient, *problem, Closing::EnteredInError).await {
                Ok(()) | Err(chart::ChartError::AlreadyClosed) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Command::Refer { to: Some(_), .. } => care_links::close(tx, Source::Referral(row.id.uuid())).await?,
        _ => {}
    }
    let sealed = vault.seal(tx, visit.patient, store::reason_at(row.id), reason.as_bytes()).await?;
    store::set_ended(tx, row.id, &sealed).await?;
    if visit.state == VisitState::Signed {
        news::visit_changed(tx, &visit, "signed").await?;
    }
    let entry = audit::Entry {
        action: "withdrew",
        object: "visit_command",
        object_id: row.id.uuid(),
        patient: Some(visit.patient),
        purpose: chart::purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    Ok(CommandRow { status: Status::EnteredInError, ended_at: Some(tx.now()), ..row })
}
