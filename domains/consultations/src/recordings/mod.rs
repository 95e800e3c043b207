//! The sound of a visit, kept on this machine while everyone agrees.
//!
//! ```text
//! (none) ─ask▶ asked ─agree▶ running ⇄ paused (by one of the two, or while somebody in the room has not agreed)
//!                └refuse┐       └──stop, withdraw, the visit is over, three hours──┐
//!                       └───────────────────────▶ ended ◀─────────────────────────┘    (asked again while the visit is open)
//! ```
//!
//! Off unless the operator says for how many days sound is kept, and unless both agree for this visit, from inside the room. Only voices
//! of those who agreed are mixed; while a relative, an interpreter or a second guardian who has not is in the room, nothing is. Who paused
//! goes on. The patient may take the consent back at any time and have the sound deleted. Pictures are never kept.
//!
//! * [`Recorder`] listens: one task a visit, from the media room through `speech::Mixer` to [`append`]
//! * a part is some seconds of Opus, sealed under the patient's key

mod api;
mod append;
mod change;
mod config;
mod error;
mod forget;
mod live;
mod model;
mod pages;
mod recorder;
pub(crate) mod store;

pub use append::{Kept, NewPart, append};
pub use change::{ask, step, visit_over};
pub use config::{Config, ConfigError};
pub use error::RecordingError;
pub use model::{Recording, RecordingEnd, RecordingStatus, RecordingStep, Standing, Who};
pub use recorder::Recorder;

pub(crate) use change::{answer_as_guest, nobody_records};
pub(crate) use forget::forget_old;
pub(crate) use live::{Sign, sign};
pub(crate) use model::{Stretch, place_of};

/// What was kept, for another clock of the same visit: how many milliseconds after `zero` the recording began, and its stretches.
pub(crate) async fn stretches_since(
    tx: &mut db::Tx,
    visit: kernel::ids::VisitId,
    zero: kernel::Timestamp,
) -> Result<Option<(i64, Vec<Stretch>)>, db::Error> {
    let Some(began) = store::find(tx, visit).await?.filter(|found| found.parts > 0).and_then(|found| found.started_at)
    else {
        return Ok(None);
    };
    Ok(Some(((began.micros() - zero.micros()) / 1000, store::list_stretches(tx, visit).await?)))
}

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, SignedIn};
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}/recording", pages::show)
        .post::<SignedIn, _, _>("/visits/{visit}/recording", pages::post)
        .get::<SignedIn, _, _>("/visits/{visit}/recording/sound", pages::serve)
        .api_get::<SignedIn, (), api::RecordingView, _, _>(
            "/api/v1/visits/{visit}/recording",
            "Whether the sound of a visit is kept, and for how long",
            api::show,
        )
        .api_post::<Doctor, (), api::RecordingView, _, _>(
            "/api/v1/visits/{visit}/recording",
            "Ask the patient whether the visit may be recorded",
            api::ask_it,
        )
        .api_post::<SignedIn, api::Stepped, api::RecordingView, _, _>(
            "/api/v1/visits/{visit}/recording/steps",
            "Agree, refuse, pause, go on, stop, or take the consent back",
            api::step_it,
        )
}
