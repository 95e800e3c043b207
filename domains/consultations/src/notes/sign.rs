//! The doctor signs: the note is frozen, the visit over, and the patient reads it at once.

use access::Actor;
use aws_lc_rs::digest::{Context, SHA256};
use chart::vitals::{self, NewVitals};
use db::Tx;
use jobs::Event;
use kernel::{
    FieldError, Timestamp,
    ids::{AppointmentId, NoteId, PatientId, PractitionerId, VisitId},
};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    NoteContent,
    store::{self, at},
};
use crate::{
    approvals, commands, news,
    visits::{self, Incomplete, Side, Visit, VisitError, VisitState},
};

/// What is signed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signing {
    pub visit: VisitId,
    /// Why the note has no assessment or plan, where it has none.
    pub incomplete: Option<Incomplete>,
}

/// The note of a visit was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitSigned {
    pub visit: VisitId,
    pub appointment: AppointmentId,
}

impl Event for VisitSigned {
    const NAME: &'static str = "consultations.visit_signed";
}

/// Signs the note. An open visit is ended first. Refused while an assessment or a plan is missing and no reason is given.
pub async fn sign(tx: &mut Tx, vault: &Vault, actor: &Actor, signing: Signing) -> Result<Visit, VisitError> {
    let mut visit = visits::store::lock_as_doctor(tx, actor, signing.visit).await?.ok_or(VisitError::NotFound)?;
    if visit.state == VisitState::Signed {
        return Err(VisitError::Illegal(visit.state));
    }
    let (note, version) = match store::lock(tx, actor, visit.id).await? {
        Some((_, _, true)) => return Err(VisitError::Illegal(VisitState::Signed)),
        Some((id, version, false)) => (id, version),
        None if signing.incomplete.is_none() => return Err(VisitError::Invalid(NoteContent::default().missing())),
        None => empty_note(tx, vault, &visit).await?,
    };
    let sealed = store::sealed_content(tx, note).await?;
    let bytes = vault.open(tx, visit.patient, at(note, version), &sealed).await?;
    let mut content: NoteContent = serde_json::from_slice(bytes.expose()).map_err(vault::Error::from)?;
    let (version, signed) = folded(tx, vault, &visit, (note, version), &mut content).await?;
    let missing = content.missing();
    if !missing.is_empty() && signing.incomplete.is_none() {
        return Err(VisitError::Invalid(missing));
    }
    if visit.state == VisitState::Open {
        visit = visits::end(tx, actor, visit.id, signing.incomplete).await?;
    }
    let now = tx.now();
    let people = (visit.patient, visit.practitioner);
    store::set_signed(
        tx,
        note,
        &signed_hash(visit.id, people, (note, version), now, signed.as_deref().unwrap_or(bytes.expose())),
    )
    .await?;
    visits::store::set_signed(tx, visit.id, signing.incomplete).await?;
    if !content.vitals.is_empty() {
        let new = NewVitals { signs: content.vitals, taken_at: None, visit: Some(visit.id), confirmed: true };
        vitals::record(tx, vault, actor, visit.patient, new).await?;
    }
    approvals::ask(tx, actor, &visit).await?;
    scheduling::appointments::mark_signed(tx, actor, visit.appointment).await?;
    told(tx, actor, &visit).await?;
    Ok(Visit { state: VisitState::Signed, signed_at: Some(now), ..visit })
}

/// What committed commands add becomes a version of its own, and is what is signed; none where they add nothing. Refused while something is
/// still staged.
async fn folded(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    (note, version): (NoteId, i32),
    content: &mut NoteContent,
) -> Result<(i32, Option<Vec<u8>>), VisitError> {
    let commands = commands::store::list(tx, vault, visit.id).await?;
    let staged = commands.iter().filter(|row| row.status == commands::Status::Staged).count();
    if staged > 0 {
        let error = FieldError::new("commands", "consultations-error-commands-staged").with("count", staged);
        return Err(VisitError::Invalid(vec![error]));
    }
    let before = content.clone();
    commands::fold(content, &commands);
    if *content == before {
        return Ok((version, None));
    }
    let bytes = serde_json::to_vec(content).map_err(vault::Error::from)?;
    let sealed = vault.seal(tx, visit.patient, at(note, version + 1), &bytes).await?;
    store::set_content(tx, note, version + 1, &sealed).await?;
    Ok((version + 1, Some(bytes)))
}

/// A visit that came to nothing has a note that says nothing.
async fn empty_note(tx: &mut Tx, vault: &Vault, visit: &Visit) -> Result<(NoteId, i32), VisitError> {
    let id = tx.id::<NoteId>();
    let sealed = vault.seal_json(tx, visit.patient, at(id, 1), &NoteContent::default()).await?;
    store::insert(tx, id, visit, &sealed).await?;
    Ok((id, 1))
}

async fn told(tx: &mut Tx, actor: &Actor, visit: &Visit) -> Result<(), VisitError> {
    visits::store::insert_event(tx, visit, Some((actor.account, Side::Doctor)), "signed").await?;
    jobs::publish(tx, &VisitSigned { visit: visit.id, appointment: visit.appointment }).await?;
    news::visit_changed(tx, visit, "signed").await?;
    let entry = audit::Entry {
        action: "signed",
        object: "visit_note",
        object_id: visit.id.uuid(),
        patient: Some(visit.patient),
        purpose: chart::purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    Ok(())
}

/// SHA-256 over the signed bytes and everything that says what they are: the visit, its two people, the note's id and
/// version, and the instant.
pub fn signed_hash(
    visit: VisitId,
    (patient, practitioner): (PatientId, PractitionerId),
    (note, version): (NoteId, i32),
    signed_at: Timestamp,
    content: &[u8],
) -> [u8; 32] {
    let mut digest = Context::new(&SHA256);
    digest.update(b"bedside.visit-note.v1");
    for id in [visit.uuid(), patient.uuid(), practitioner.uuid(), note.uuid()] {
        digest.update(id.as_bytes());
    }
    digest.update(&version.to_be_bytes());
    digest.update(&signed_at.micros().to_be_bytes());
    digest.update(content);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.finish().as_ref());
    hash
}
