//! A note as its supervisor reads it, and the co-signature.

use access::Actor;
use audit::Entry;
use aws_lc_rs::digest::{Context, SHA256};
use db::Tx;
use kernel::{Timestamp, ids::NoteApprovalId};
use vault::{At, Vault};

use super::{Approval, Status, model::Words, store};
use crate::{
    addenda::{self, Addendum},
    commands::{self, CommandRow},
    notes::{self, Note, NoteContent},
    visits::{self, Visit, VisitError},
};

/// A note to check, with everything that belongs to it.
pub(super) struct Opened {
    pub(super) approval: Approval,
    pub(super) visit: Visit,
    pub(super) note: NoteContent,
    pub(super) note_hash: [u8; 32],
    pub(super) addenda: Vec<Addendum>,
    pub(super) commands: Vec<CommandRow>,
}

/// Opens one that is this doctor's to check now. Anything else does not exist.
pub(super) async fn open(tx: &mut Tx, vault: &Vault, actor: &Actor, id: NoteApprovalId) -> Result<Opened, VisitError> {
    let found = store::find_as_supervisor(tx, actor, id).await?.ok_or(VisitError::NotFound)?;
    opened(tx, vault, actor, found).await
}

/// The rest of it, once the row is found.
pub(super) async fn opened(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    approval: Approval,
) -> Result<Opened, VisitError> {
    if approval.status == Status::Approved || !store::holds(tx, approval.id).await? {
        return Err(VisitError::NotFound);
    }
    let readable = visits::store::find_readable(tx, actor, approval.visit).await?;
    let (visit, _) = readable.ok_or(VisitError::NotFound)?;
    let note =
        notes::find_for_visit(tx, vault, &visit, chart::purpose::SUPERVISION).await?.ok_or(VisitError::NotFound)?;
    let addenda = addenda::list(tx, vault, &visit, &note).await?;
    let mut commands = commands::store::list(tx, vault, visit.id).await?;
    commands.retain(|row| row.status != commands::Status::Staged);
    let note_hash = note.signed_hash.ok_or(VisitError::NotFound)?;
    Ok(Opened { approval, visit, note: note.content.into_inner(), note_hash, addenda, commands })
}

/// How far the checking of a note has come, none where nobody checks it. One whose co-signature does not fit is an error. The note's own
/// reading is the entry in the log of access.
pub(crate) async fn find_for_visit(
    tx: &mut Tx,
    visit: &Visit,
    note: &Note,
    addenda: &[Addendum],
) -> Result<Option<Approval>, VisitError> {
    let (Some(found), Some(note_hash)) = (store::find_of_visit(tx, visit.id).await?, note.signed_hash) else {
        return Ok(None);
    };
    if let (Some(at), Some(read), Some(hash)) = (found.approved_at, found.addenda, &found.signed_hash)
        && co_signature(&found, (&note_hash, addenda), (read, at))?.as_slice() != hash.as_slice()
    {
        return Err(tampered(&found));
    }
    Ok(Some(found))
}

/// What supervisors wrote when they returned it, the oldest first: for its doctor, and whoever checks it.
pub(crate) async fn list_words(tx: &mut Tx, vault: &Vault, approval: &Approval) -> Result<Vec<Words>, VisitError> {
    store::list_words(tx, vault, approval).await
}

/// SHA-256 over the note's signature, that of the last addition read (each takes in the one before), who signed, who approves, and when.
pub(super) fn co_signature(
    approval: &Approval,
    (note, addenda): (&[u8; 32], &[Addendum]),
    (read, at): (i32, Timestamp),
) -> Result<[u8; 32], VisitError> {
    let last = match usize::try_from(read) {
        Ok(0) => note,
        Ok(read) => addenda.get(read - 1).map(|last| &last.signed_hash).ok_or_else(|| tampered(approval))?,
        Err(_) => return Err(tampered(approval)),
    };
    let mut digest = Context::new(&SHA256);
    digest.update(b"bedside.note-approval.v1");
    let (visit, patient) = (approval.visit.uuid(), approval.patient.uuid());
    for id in [approval.id.uuid(), visit, patient, approval.author.uuid(), approval.supervisor.uuid()] {
        digest.update(id.as_bytes());
    }
    digest.update(note);
    digest.update(&read.to_be_bytes());
    digest.update(last);
    digest.update(&at.micros().to_be_bytes());
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.finish().as_ref());
    Ok(hash)
}

fn tampered(approval: &Approval) -> VisitError {
    tracing::error!(approval = %approval.id, "consultations.co_signature_mismatch");
    VisitError::Vault(vault::Error::Tampered(At::new("note_approvals", "signed_hash", approval.id.uuid())))
}

/// What the trail says of a step.
pub(super) fn entry(action: &'static str, approval: &Approval) -> Entry {
    Entry {
        action,
        object: "visit_note",
        object_id: approval.visit.uuid(),
        patient: Some(approval.patient),
        purpose: chart::purpose::SUPERVISION,
    }
}
