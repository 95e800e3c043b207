//! Ask, agree, refuse, pause, go on, stop, take back.

use access::Actor;
use audit::Entry;
use db::{Context, Tx};
use kernel::ids::VisitId;
use serde_json::json;

use super::{
    EndReason, Transcript, TranscriptError, TranscriptStatus as Status,
    store::{self, Change},
};
use crate::{
    news,
    visits::{Side, Visit, VisitState, store as visits},
};

/// What will listen, and what comes of its words.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub engine: &'a str,
    pub language: &'a str,
    /// Who outside is sent the sound; both are told.
    pub sound_to: Option<&'a str>,
    /// Days that the words are kept.
    pub keep_days: i64,
    /// Who outside may be sent them for rewording; the patient is told.
    pub recipient: Option<&'a str>,
}

/// The doctor asks, and with that agrees.
pub async fn ask(tx: &mut Tx, actor: &Actor, id: VisitId, terms: Terms<'_>) -> Result<Transcript, TranscriptError> {
    let visit = visits::lock_as_doctor(tx, actor, id).await?.ok_or(TranscriptError::NotFound)?;
    if visit.state != VisitState::Open || !visit.has_media() {
        return Err(TranscriptError::NotSpoken);
    }
    if let Some(standing) = store::lock(tx, id).await?
        && standing.status != Status::Ended
    {
        return Err(TranscriptError::Illegal(standing.status));
    }
    let keep_until = tx.now().plus_days(terms.keep_days);
    store::upsert_asked(tx, &visit, terms, keep_until).await?;
    decide(tx, actor, (&visit, Side::Doctor), "given").await?;
    told(tx, &visit, Status::Asked).await
}

/// The patient's side says yes, from the room: from now on both are listened to. Who is not in it cannot agree for who is. It is a yes to
/// who was named in the question that was shown, and to nobody who was named meanwhile.
pub async fn agree(
    tx: &mut Tx,
    actor: &Actor,
    id: VisitId,
    asked_to: Option<&str>,
) -> Result<Transcript, TranscriptError> {
    let (visit, transcript) = standing(tx, actor, id, (Side::Patient, &[Status::Asked])).await?;
    if transcript.sound_to.as_deref() != asked_to {
        return Err(TranscriptError::Illegal(transcript.status));
    }
    if visit.state != VisitState::Open {
        return Err(TranscriptError::NotSpoken);
    }
    if !store::is_seated(tx, id, actor.account).await? {
        return Err(TranscriptError::NotInRoom);
    }
    decide(tx, actor, (&visit, Side::Patient), "given").await?;
    move_to(tx, &visit, Status::Asked, Change::to(Status::Running)).await
}

/// The patient's side says no.
pub async fn refuse(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Transcript, TranscriptError> {
    let (visit, _) = standing(tx, actor, id, (Side::Patient, &[Status::Asked])).await?;
    decide(tx, actor, (&visit, Side::Patient), "refused").await?;
    move_to(tx, &visit, Status::Asked, Change::ended(EndReason::Refused)).await
}

/// Either side wants something not to be written down.
pub async fn pause(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Transcript, TranscriptError> {
    let (visit, side, transcript) = any_side(tx, actor, id).await?;
    let change = Change { paused_by: Some(side), ..Change::to(Status::Paused) };
    move_to(tx, &visit, transcript.status, change).await
}

/// Whoever paused goes on.
pub async fn resume(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Transcript, TranscriptError> {
    let (visit, side, transcript) = any_side(tx, actor, id).await?;
    if transcript.status != Status::Paused {
        return Err(TranscriptError::Illegal(transcript.status));
    }
    if transcript.paused_by != Some(side) {
        return Err(TranscriptError::PausedByOther);
    }
    move_to(tx, &visit, Status::Paused, Change::to(Status::Running)).await
}

/// The doctor needs it no longer. What was written stays until its time.
pub async fn stop(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Transcript, TranscriptError> {
    let on = [Status::Asked, Status::Running, Status::Paused];
    let (visit, transcript) = standing(tx, actor, id, (Side::Doctor, &on)).await?;
    move_to(tx, &visit, transcript.status, Change::ended(EndReason::Stopped)).await
}

/// The patient takes the consent back, during the visit or after it; with `forget`, what was written down is deleted at once.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: VisitId, forget: bool) -> Result<Transcript, TranscriptError> {
    let (visit, side, transcript) = any_side(tx, actor, id).await?;
    if side != Side::Patient {
        return Err(TranscriptError::NotYours);
    }
    // Taken back twice is taken back once.
    if store::find_decision(tx, id, actor.account).await?.as_deref() != Some("withdrawn") {
        decide(tx, actor, (&visit, side), "withdrawn").await?;
    }
    if forget {
        store::delete_segments(tx, id).await?;
        crate::drafts::delete_for_visit(tx, id).await?;
        let (object_id, purpose) = (id.uuid(), chart::purpose::OWN);
        let patient = Some(visit.patient);
        audit::record(tx, Entry { action: "delete", object: "visit_transcript", object_id, patient, purpose }).await?;
    }
    if transcript.status == Status::Ended {
        return Ok(transcript);
    }
    move_to(tx, &visit, transcript.status, Change::ended(EndReason::Withdrawn)).await
}

/// The visit is over: nobody is listened to any more. By the verb that ends it, in its transaction.
pub async fn visit_over(tx: &mut Tx, visit: &Visit) -> Result<(), db::Error> {
    let Some(transcript) = store::lock(tx, visit.id).await? else {
        return Ok(());
    };
    if transcript.status != Status::Ended {
        store::set(tx, visit.id, Change::ended(EndReason::VisitOver)).await?;
        news::in_room(tx, visit.id, "transcript", json!({ "status": Status::Ended.code() })).await?;
    }
    Ok(())
}

/// The machine cannot go on: the room sees it, and why. In the system's context.
pub(super) async fn give_up(tx: &mut Tx, id: VisitId, reason: EndReason) -> Result<(), db::Error> {
    if store::lock(tx, id).await?.is_some_and(|transcript| transcript.status == Status::Running) {
        store::set(tx, id, Change::ended(reason)).await?;
        news::in_room(tx, id, "transcript", json!({ "status": Status::Ended.code() })).await?;
    }
    Ok(())
}

async fn any_side(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<(Visit, Side, Transcript), TranscriptError> {
    let (visit, side) = visits::find_for(tx, actor, id).await?.ok_or(TranscriptError::NotFound)?;
    let transcript = store::lock(tx, id).await?.ok_or(TranscriptError::NotFound)?;
    Ok((visit, side, transcript))
}

async fn standing(
    tx: &mut Tx,
    actor: &Actor,
    id: VisitId,
    (whose, from): (Side, &[Status]),
) -> Result<(Visit, Transcript), TranscriptError> {
    let (visit, side, transcript) = any_side(tx, actor, id).await?;
    if side != whose {
        return Err(TranscriptError::NotYours);
    }
    if !from.contains(&transcript.status) {
        return Err(TranscriptError::Illegal(transcript.status));
    }
    Ok((visit, transcript))
}

async fn decide(
    tx: &mut Tx,
    actor: &Actor,
    (visit, side): (&Visit, Side),
    decision: &str,
) -> Result<(), TranscriptError> {
    store::insert_consent(tx, visit, (actor.account, side), decision).await?;
    let purpose = side.purpose();
    let action = match decision {
        "given" => "consent",
        "refused" => "refuse",
        _ => "revoke",
    };
    let (object_id, patient) = (visit.id.uuid(), Some(visit.patient));
    audit::record(tx, Entry { action, object: "visit_transcript", object_id, patient, purpose }).await?;
    Ok(())
}

async fn move_to(tx: &mut Tx, visit: &Visit, from: Status, change: Change) -> Result<Transcript, TranscriptError> {
    if !from.next().contains(&change.status) {
        return Err(TranscriptError::Illegal(from));
    }
    store::set(tx, visit.id, change).await?;
    told(tx, visit, change.status).await
}

async fn told(tx: &mut Tx, visit: &Visit, status: Status) -> Result<Transcript, TranscriptError> {
    news::in_room(tx, visit.id, "transcript", json!({ "status": status.code() })).await?;
    store::find(tx, visit.id).await?.ok_or(TranscriptError::NotFound)
}

/// As the system sees it, for the scribe.
pub(super) fn context() -> Context {
    Context::system("write down what is said at a visit")
}
