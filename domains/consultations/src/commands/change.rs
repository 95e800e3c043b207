//! Stage a command, change it while it is staged, or drop it.

use access::Actor;
use db::Tx;
use kernel::{
    FieldError, LocalDate, Phi,
    ids::{CommandId, VisitId},
};
use vault::Vault;

use super::{
    Command, CommandRow, Status,
    store::{self, at},
};
use crate::visits::{self, Visit, VisitError, VisitState};

/// Commands of one note.
const MOST: i64 = 30;

/// What to stage.
#[derive(Debug, Clone)]
pub struct Stage {
    pub visit: VisitId,
    pub command: Command,
    /// Which staged command it replaces, and the version that the writer has read.
    pub instead_of: Option<(CommandId, i32)>,
    /// The doctor's day.
    pub today: LocalDate,
}

/// Stages, and answers with the row. Refused in a signed note unless it is a paper.
pub async fn stage(tx: &mut Tx, vault: &Vault, actor: &Actor, new: Stage) -> Result<CommandRow, VisitError> {
    let visit = visits::store::lock_as_doctor(tx, actor, new.visit).await?.ok_or(VisitError::NotFound)?;
    let content = named(tx, actor, new.command.check(new.today).map_err(VisitError::Invalid)?).await?;
    open_to(&visit, &content)?;
    let standing = match new.instead_of {
        None => None,
        Some((id, read_at)) => {
            let row = store::lock(tx, vault, actor, (visit.id, id)).await?.ok_or(VisitError::NotFound)?;
            if row.status != Status::Staged {
                return Err(VisitError::Command(row.status));
            }
            if row.version != read_at {
                return Err(VisitError::Stale { current: row.version });
            }
            if row.kind != content.kind() {
                return Err(VisitError::Invalid(vec![FieldError::new("kind", "consultations-error-command-kind")]));
            }
            Some(row)
        }
    };
    let version = standing.as_ref().map_or(1, |row| row.version + 1);
    let id = standing.as_ref().map_or_else(|| tx.id::<CommandId>(), |row| row.id);
    let sealed = vault.seal_json(tx, visit.patient, at(id, version), &content).await?;
    let number = if let Some(row) = standing {
        store::set_content(tx, id, version, &sealed).await?;
        row.number
    } else {
        let (count, last) = store::count(tx, visit.id).await?;
        if count >= MOST {
            return Err(VisitError::TooManyCommands);
        }
        store::insert(tx, &visit, (id, last + 1, content.kind()), &sealed).await?;
        last + 1
    };
    Ok(CommandRow {
        id,
        visit: visit.id,
        patient: visit.patient,
        practitioner: visit.practitioner,
        number,
        kind: content.kind(),
        status: Status::Staged,
        version,
        content: Phi::new(content),
        committed_at: None,
        verify_code: None,
        ended_at: None,
    })
}

/// Drops a staged command; one that is gone already is no mistake.
pub async fn discard(tx: &mut Tx, vault: &Vault, actor: &Actor, of: (VisitId, CommandId)) -> Result<(), VisitError> {
    visits::store::lock_as_doctor(tx, actor, of.0).await?.ok_or(VisitError::NotFound)?;
    let Some(row) = store::lock(tx, vault, actor, of).await? else { return Err(VisitError::NotFound) };
    if row.status != Status::Staged {
        return Err(VisitError::Command(row.status));
    }
    Ok(store::delete(tx, row.id).await?)
}

/// Once a note is signed it takes no more; papers are signed by themselves.
pub(super) fn open_to(visit: &Visit, command: &Command) -> Result<(), VisitError> {
    if visit.state == VisitState::Signed && !command.kind().is_paper() {
        return Err(VisitError::Illegal(visit.state));
    }
    Ok(())
}

/// A referral to a doctor of this hospital carries that doctor's name, whatever was typed.
pub(super) async fn named(tx: &mut Tx, actor: &Actor, command: Command) -> Result<Command, VisitError> {
    let Command::Refer { specialty, to: Some(to), question, urgency, agreed, .. } = command else {
        return Ok(command);
    };
    let name = if actor.practitioner == Some(to) { None } else { store::find_colleague(tx, to).await? };
    let Some(to_name) = name else {
        return Err(VisitError::Invalid(vec![FieldError::new("to", "consultations-error-command-to")]));
    };
    Ok(Command::Refer { specialty, to: Some(to), to_name, question, urgency, agreed })
}
