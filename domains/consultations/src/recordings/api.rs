//! JSON: the recording and its steps.

use axum::extract::Path;
use kernel::{Timestamp, ids::VisitId};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, SignedIn};

use super::{Recorder, Recording, RecordingEnd, RecordingError, RecordingStatus, RecordingStep, Who, ask, step, store};
use crate::visits::store as visits;

/// How far it has come.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct RecordingView {
    status: RecordingStatus,
    paused_by: Option<Who>,
    end_reason: Option<RecordingEnd>,
    started_at: Option<Timestamp>,
    /// The sound is deleted by then.
    keep_until: Timestamp,
    /// Milliseconds that are kept, pauses left out.
    length_ms: i64,
    /// Where it is heard, as Ogg with Opus; each request of it stands in the access log. Absent where there is no sound.
    sound: Option<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stepped {
    step: RecordingStep,
}

fn view(id: VisitId, recording: Recording) -> RecordingView {
    RecordingView {
        status: recording.standing.status,
        paused_by: recording.standing.paused_by,
        end_reason: recording.standing.end,
        started_at: recording.started_at,
        keep_until: recording.keep_until,
        length_ms: recording.length_ms,
        sound: (recording.parts > 0).then(|| format!("/visits/{id}/recording/sound")),
    }
}

/// `GET /api/v1/visits/{visit}/recording`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    visits::find_for(&mut tx, me.actor(), id).await?.ok_or(RecordingError::NotFound)?;
    let recording = store::find(&mut tx, id).await?.ok_or(RecordingError::NotFound)?;
    tx.commit().await?;
    web::json(&view(id, recording))
}

/// `POST /api/v1/visits/{visit}/recording`
pub(crate) async fn ask_it(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let recorder = me.app().try_part::<Recorder>();
    let mut tx = me.begin().await?;
    visits::find_for(&mut tx, me.actor(), id).await?.ok_or(RecordingError::NotFound)?;
    let recorder = recorder.ok_or(RecordingError::Off)?;
    let recording = ask(&mut tx, me.actor(), id, recorder.keep_days()).await?;
    tx.commit().await?;
    web::created(&view(id, recording))
}

/// `POST /api/v1/visits/{visit}/recording/steps`
pub(crate) async fn step_it(me: SignedIn, Path(id): Path<VisitId>, Json(body): Json<Stepped>) -> web::Result {
    web::json(&view(id, stepped(&me, id, body.step).await?))
}

/// Takes the step, and lets the recorder know once it is certain.
pub(super) async fn stepped(me: &Ctx, id: VisitId, what: RecordingStep) -> Result<Recording, RecordingError> {
    let mut tx = me.app().db().begin(&me.actor().context()).await?;
    let recording = step(&mut tx, me.actor(), id, what).await?;
    tx.commit().await?;
    if let Some(recorder) = me.app().try_part::<Recorder>() {
        if recording.standing.is_listening() {
            recorder.attend(me.app(), id);
        } else {
            recorder.leave(id);
        }
    }
    Ok(recording)
}
