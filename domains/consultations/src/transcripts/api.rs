//! JSON: the transcript and its steps.

use axum::extract::Path;
use kernel::{Timestamp, ids::VisitId};
use serde::{Deserialize, Serialize};
use web::{Ctx, Doctor, Json, SignedIn};

use super::{
    EndReason, Scribe, Terms, Transcript, TranscriptError, TranscriptStatus, agree, ask, listening::choose, pause,
    refuse, resume, stop, store, withdraw,
};
use crate::visits::{Side, store as visits};

/// How far it has come.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct StateView {
    status: TranscriptStatus,
    paused_by: Option<Side>,
    end_reason: Option<EndReason>,
    engine: String,
    language: String,
    /// Who outside this hospital is sent the sound.
    sound_to: Option<String>,
    started_at: Option<Timestamp>,
    /// What was written down is deleted by then.
    keep_until: Timestamp,
}

/// One utterance.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct SegmentView {
    number: i32,
    from: Side,
    starts_ms: i32,
    ends_ms: i32,
    /// Empty where something was said that was not heard.
    text: String,
    /// How sure the engine was of each word, in percent.
    sure: Vec<u8>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct TranscriptView {
    #[serde(flatten)]
    state: StateView,
    segments: Vec<SegmentView>,
}

/// What is asked.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    /// One of those that are offered; without it the patient's own, where it is among them.
    language: Option<String>,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    /// The patient's side: yes.
    Agree,
    /// The patient's side: no.
    Refuse,
    Pause,
    Resume,
    /// The doctor's side: no more of it.
    Stop,
    /// The patient's side: the consent is taken back.
    Withdraw,
    /// The same, and what was written down is deleted.
    Forget,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(super) step: Act,
    /// With `agree`: who outside this hospital is sent the sound, as the question named them (`sound_to`); nobody is null.
    asked_to: Option<String>,
}

impl From<Transcript> for StateView {
    fn from(transcript: Transcript) -> Self {
        Self {
            status: transcript.status,
            paused_by: transcript.paused_by,
            end_reason: transcript.end_reason,
            engine: transcript.engine,
            language: transcript.language,
            sound_to: transcript.sound_to,
            started_at: transcript.started_at,
            keep_until: transcript.keep_until,
        }
    }
}

/// `GET /api/v1/visits/{visit}/transcript`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(TranscriptError::NotFound)?;
    let transcript = store::find(&mut tx, id).await?.ok_or(TranscriptError::NotFound)?;
    let segments = store::list_segments(&mut tx, me.app().vault(), (&visit, Some(side.purpose())), 0).await?;
    tx.commit().await?;
    let segments = segments.into_iter().map(|segment| SegmentView {
        number: segment.number,
        from: segment.from,
        starts_ms: segment.starts_ms,
        ends_ms: segment.ends_ms,
        text: segment.said.text,
        sure: segment.said.sure,
    });
    web::json(&TranscriptView { segments: segments.collect(), state: transcript.into() })
}

/// `POST /api/v1/visits/{visit}/transcript`
pub(crate) async fn ask_it(me: Doctor, Path(id): Path<VisitId>, Json(body): Json<Question>) -> web::Result {
    web::created(&StateView::from(asked(&me, id, body.language.as_deref()).await?))
}

/// `POST /api/v1/visits/{visit}/transcript/steps`
pub(crate) async fn step(me: SignedIn, Path(id): Path<VisitId>, Json(body): Json<Step>) -> web::Result {
    web::json(&StateView::from(stepped(&me, id, body.step, body.asked_to.as_deref()).await?))
}

/// Asks, if something can listen to this language.
async fn asked(me: &Ctx, id: VisitId, language: Option<&str>) -> Result<Transcript, TranscriptError> {
    let scribe = me.app().try_part::<Scribe>();
    let mut tx = me.app().db().begin(&me.actor().context()).await?;
    visits::find_for(&mut tx, me.actor(), id).await?.ok_or(TranscriptError::NotFound)?;
    let scribe = scribe.ok_or(TranscriptError::NoEngine)?;
    let spoken = store::find_locale(&mut tx, id).await?;
    let listening = choose(scribe.listenings(), language, spoken.as_deref()).ok_or(TranscriptError::NotThisEngine)?;
    let recipient = recipient(me);
    let terms = Terms {
        engine: listening.engine,
        language: &listening.language,
        sound_to: listening.sound_to.as_deref(),
        keep_days: scribe.keep_days(),
        recipient: recipient.as_deref(),
    };
    let transcript = ask(&mut tx, me.actor(), id, terms).await?;
    tx.commit().await?;
    // While the patient reads the question.
    if transcript.sound_to.is_none() {
        scribe.warm_up();
    }
    Ok(transcript)
}

/// Who outside this hospital may be sent the words, if somebody.
pub(crate) fn recipient(me: &Ctx) -> Option<String> {
    me.app().try_part::<writers::Writer>()?.recipient().map(str::to_owned)
}

/// Takes the step, and lets the scribe know once it is certain.
pub(super) async fn stepped(
    me: &Ctx,
    id: VisitId,
    act: Act,
    asked_to: Option<&str>,
) -> Result<Transcript, TranscriptError> {
    let mut tx = me.app().db().begin(&me.actor().context()).await?;
    let actor = me.actor();
    let transcript = match act {
        Act::Agree => agree(&mut tx, actor, id, asked_to).await?,
        Act::Refuse => refuse(&mut tx, actor, id).await?,
        Act::Pause => pause(&mut tx, actor, id).await?,
        Act::Resume => resume(&mut tx, actor, id).await?,
        Act::Stop => stop(&mut tx, actor, id).await?,
        Act::Withdraw => withdraw(&mut tx, actor, id, false).await?,
        Act::Forget => withdraw(&mut tx, actor, id, true).await?,
    };
    tx.commit().await?;
    if let Some(scribe) = me.app().try_part::<Scribe>() {
        if transcript.status == TranscriptStatus::Running {
            scribe.attend(me.app(), id);
        } else {
            scribe.leave(id);
        }
    }
    Ok(transcript)
}
