//! The doctor of a visit adds to its signed note.

use access::Actor;
use db::Tx;
use jobs::Event;
use kernel::{
    Phi,
    ids::{AddendumId, VisitId},
};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    Addendum, AddendumInput,
    store::{self, Place, at},
};
use crate::{
    approvals, news, notes,
    visits::{self, Side, VisitError, VisitState},
};

/// What is added, and to which visit's note.
#[derive(Debug, Clone)]
pub struct AddAddendum {
    pub visit: VisitId,
    pub input: AddendumInput,
}

/// Something was added to a signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAmended {
    pub visit: VisitId,
    pub number: i32,
}

impl Event for NoteAmended {
    const NAME: &'static str = "consultations.note_amended";
}

/// Adds and signs. Refused before the note is signed, and when something else was added since the writer read; sent twice, it is added
/// once.
pub async fn add(tx: &mut Tx, vault: &Vault, actor: &Actor, command: AddAddendum) -> Result<Addendum, VisitError> {
    let visit = visits::store::lock_as_doctor(tx, actor, command.visit).await?.ok_or(VisitError::NotFound)?;
    let content = command.input.check().map_err(VisitError::Invalid)?;
    if visit.state != VisitState::Signed {
        return Err(VisitError::Illegal(visit.state));
    }
    // Whoever co-signs the note holds this row too, and has read all that stands.
    approvals::store::lock_of_visit(tx, visit.id).await?;
    let note = notes::find_for_visit(tx, vault, &visit, chart::purpose::TREATMENT).await?;
    let Some(first) = note.and_then(|note| note.signed_hash) else { return Err(VisitError::Illegal(visit.state)) };
    let (standing, before) = store::read(tx, vault, &visit, first).await?;
    let current = i32::try_from(standing.len()).unwrap_or(i32::MAX);
    if let Some(after) = command.input.after.filter(|after| *after != current) {
        return match standing.into_iter().next_back() {
            Some(last) if last.number == after + 1 && *last.content.expose() == content => Ok(last),
            _ => Err(VisitError::Stale { current }),
        };
    }
    let place = Place { id: tx.id::<AddendumId>(), number: current + 1, signed_at: tx.now(), before };
    let bytes = serde_json::to_vec(&content).map_err(vault::Error::from)?;
    let sealed = vault.seal(tx, visit.patient, at(place.id), &bytes).await?;
    let signed_hash = store::signed_hash(&visit, &place, &bytes);
    store::insert(tx, &visit, &place, &sealed, &signed_hash).await?;
    visits::store::insert_event(tx, &visit, Some((actor.account, Side::Doctor)), "amended").await?;
    jobs::publish(tx, &NoteAmended { visit: visit.id, number: place.number }).await?;
    news::visit_changed(tx, &visit, "signed").await?;
    let entry = audit::Entry {
        action: "amended",
        object: "visit_note",
        object_id: visit.id.uuid(),
        patient: Some(visit.patient),
        purpose: chart::purpose::TREATMENT,
    };
    audit::record(tx, entry).await?;
    Ok(Addendum { number: place.number, content: Phi::new(content), signed_at: place.signed_at, signed_hash })
}
