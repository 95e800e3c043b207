//! Ask, answer, pause, stop, take back; and what the recorder itself does.

use access::Actor;
use audit::Entry;
use db::{Context, Tx};
use kernel::ids::{VisitGuestId, VisitId};
use serde_json::json;

use super::{
    Recording, RecordingEnd, RecordingError, RecordingStatus as Status, RecordingStep as Step, Standing, Who,
    store::{self, Decider},
};
use crate::{
    news, transcripts,
    visits::{Side, Visit, VisitState, store as visits},
};

/// The doctor asks, and with that agrees.
pub async fn ask(tx: &mut Tx, actor: &Actor, id: VisitId, keep_days: i64) -> Result<Recording, RecordingError> {
    let visit = visits::lock_as_doctor(tx, actor, id).await?.ok_or(RecordingError::NotFound)?;
    if visit.state != VisitState::Open || !visit.has_media() {
        return Err(RecordingError::NotSpoken);
    }
    if let Some(found) = store::lock(tx, id).await?
        && found.standing.status != Status::Ended
    {
        return Err(RecordingError::Illegal(found.standing.status));
    }
    let keep_until = tx.now().plus_days(keep_days);
    store::upsert_asked(tx, &visit, keep_until).await?;
    decide(tx, &visit, Decider::Account(actor.account, Side::Doctor), "given").await?;
    told(tx, &visit).await
}

/// One of the two does something.
pub async fn step(tx: &mut Tx, actor: &Actor, id: VisitId, step: Step) -> Result<Recording, RecordingError> {
    let (visit, side) = visits::find_for(tx, actor, id).await?.ok_or(RecordingError::NotFound)?;
    let found = store::lock(tx, id).await?.ok_or(RecordingError::NotFound)?;
    let next = found.standing.after(side, step)?;
    let me = Decider::Account(actor.account, side);
    match step {
        Step::Agree => {
            if visit.state != VisitState::Open {
                return Err(RecordingError::NotSpoken);
            }
            // Who is not in the room cannot agree for who is.
            if !transcripts::store::is_seated(tx, id, actor.account).await? {
                return Err(RecordingError::NotInRoom);
            }
            decide(tx, &visit, me, "given").await?;
        }
        Step::Refuse => decide(tx, &visit, me, "refused").await?,
        Step::Withdraw | Step::Forget => {
            // Taken back twice is taken back once.
            if store::find_decision(tx, id, actor.account).await?.as_deref() != Some("withdrawn") {
                decide(tx, &visit, me, "withdrawn").await?;
            }
        }
        Step::Pause | Step::Resume | Step::Stop => {}
    }
    if step == Step::Forget {
        store::delete_parts(tx, id).await?;
        let (object_id, patient, purpose) = (id.uuid(), Some(visit.patient), chart::purpose::OWN);
        audit::record(tx, Entry { action: "delete", object: "visit_recording", object_id, patient, purpose }).await?;
    }
    if next != found.standing {
        store::set(tx, id, next).await?;
    }
    told(tx, &visit).await
}

/// A third party answers, by the key of its browser. In the system's context; the trail has it as the system's deed for the guest.
pub(crate) async fn answer_as_guest(
    tx: &mut Tx,
    (visit, guest): (&Visit, VisitGuestId),
    agrees: bool,
) -> Result<(), RecordingError> {
    let found = store::lock(tx, visit.id).await?.ok_or(RecordingError::NotFound)?;
    if found.standing.status == Status::Ended {
        return Err(RecordingError::Illegal(Status::Ended));
    }
    decide(tx, visit, Decider::Guest(guest), if agrees { "given" } else { "refused" }).await?;
    // Whoever is no longer recorded is not, from this moment on; the recorder finds out when everyone agrees again.
    if !agrees && found.standing.status == Status::Running {
        store::set(tx, visit.id, Standing::paused(Who::Guest)).await?;
    }
    told(tx, visit).await?;
    Ok(())
}

/// The visit is over: nobody is recorded any more. By the verb that ends it, in its transaction.
pub async fn visit_over(tx: &mut Tx, visit: VisitId) -> Result<(), db::Error> {
    end(tx, visit, RecordingEnd::VisitOver, |_| true).await
}

/// The recorder ends it by itself: the room sees it. In the system's context.
pub(super) async fn give_up(tx: &mut Tx, visit: VisitId, why: RecordingEnd) -> Result<(), db::Error> {
    end(tx, visit, why, Standing::is_listening).await
}

/// This process has no recorder, and somebody may still be told that one runs.
pub(crate) async fn nobody_records(app: &web::App, visit: VisitId) -> Result<(), db::Error> {
    let mut tx = app.db().begin(&context()).await?;
    give_up(&mut tx, visit, RecordingEnd::Failed).await?;
    tx.commit().await
}

async fn end(tx: &mut Tx, id: VisitId, why: RecordingEnd, from: fn(Standing) -> bool) -> Result<(), db::Error> {
    let Some(found) = store::lock(tx, id).await? else {
        return Ok(());
    };
    if found.standing.status != Status::Ended && from(found.standing) {
        store::set(tx, id, Standing::ended(why)).await?;
        tell(tx, id, Status::Ended).await?;
    }
    Ok(())
}

/// Whether somebody in the room has not agreed, as the recorder finds it: then it waits, and goes on when all have. Where it stands after
/// that. In the system's context.
pub(super) async fn hold(tx: &mut Tx, id: VisitId, everyone: bool) -> Result<Option<Standing>, db::Error> {
    let Some(found) = store::lock(tx, id).await? else {
        return Ok(None);
    };
    let next = match (found.standing, everyone) {
        (Standing { status: Status::Running, .. }, false) => Standing::paused(Who::Guest),
        (Standing { paused_by: Some(Who::Guest), .. }, true) => Standing::running(),
        (as_it_is, _) => as_it_is,
    };
    if next != found.standing {
        store::set(tx, id, next).await?;
        tell(tx, id, next.status).await?;
    }
    Ok(Some(next))
}

async fn decide(tx: &mut Tx, visit: &Visit, who: Decider, decision: &str) -> Result<(), RecordingError> {
    store::insert_consent(tx, visit, who, decision).await?;
    let purpose =
        if matches!(who, Decider::Account(_, Side::Patient)) { chart::purpose::OWN } else { chart::purpose::TREATMENT };
    let action = match decision {
        "given" => "consent",
        "refused" => "refuse",
        _ => "revoke",
    };
    let (object_id, patient) = (visit.id.uuid(), Some(visit.patient));
    audit::record(tx, Entry { action, object: "visit_recording", object_id, patient, purpose }).await?;
    Ok(())
}

async fn told(tx: &mut Tx, visit: &Visit) -> Result<Recording, RecordingError> {
    let found = store::find(tx, visit.id).await?.ok_or(RecordingError::NotFound)?;
    tell(tx, visit.id, found.standing.status).await?;
    Ok(found)
}

async fn tell(tx: &mut Tx, visit: VisitId, status: Status) -> Result<(), db::Error> {
    news::in_room(tx, visit, "recording", json!({ "status": status.code() })).await
}

/// As the system sees it, for the recorder.
pub(super) fn context() -> Context {
    Context::system("keep the sound of a visit")
}
