//! What is said at a visit, written down: on this machine, or, in languages that no engine here knows, by a service outside that both were
//! told of.
//!
//! ```text
//! (none) ─ask▶ asked ─agree▶ running ⇄ paused
//!                └refuse┐       └──stop, withdraw, the visit is over──┐
//!                       └────────────────▶ ended ◀────────────────────┘        (asked again while the visit is open)
//! ```
//!
//! Off unless both agree for this visit: the doctor by asking, the patient's side by answering. Only whoever agreed is listened
//! to: an interpreter or a relative in the room is not. Who paused goes on. The patient may take the consent back at any time,
//! also long after, and have deleted what was written down. No sound is kept, and what was written goes after
//! [`Config::keep_days`].
//!
//! * `listening` says which engine there is for a language, and who outside would be sent the sound
//! * [`Scribe`] listens: one task a visit, from the media room through `speech` to [`append`]
//! * a segment is one utterance of one person, sealed, with how sure the engine was of each word

mod api;
mod append;
mod change;
mod config;
mod error;
mod forget;
mod listening;
mod live;
mod model;
mod pages;
mod scribe;
pub(crate) mod store;
mod view;

pub use append::{NewSegment, append};
pub use change::{Terms, agree, ask, pause, refuse, resume, stop, visit_over, withdraw};
pub use config::{Config, ConfigError};
pub use error::TranscriptError;
pub use listening::Listening;
pub use model::{EndReason, Said, Segment, Transcript, TranscriptStatus};
pub use scribe::Scribe;

pub(crate) use api::recipient;
pub(crate) use forget::forget_old;
pub(crate) use live::{Caption, Sign};
pub(crate) use model::UNSURE;
pub(crate) use pages::{language_in_words, recipient_in_words, terms_in_words};
pub(crate) use view::Line;

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, SignedIn};
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}/transcript", pages::show)
        .post::<SignedIn, _, _>("/visits/{visit}/transcript", pages::post)
        .api_get::<SignedIn, (), api::TranscriptView, _, _>(
            "/api/v1/visits/{visit}/transcript",
            "What was said, as far as it was written down",
            api::show,
        )
        .api_post::<Doctor, api::Question, api::StateView, _, _>(
            "/api/v1/visits/{visit}/transcript",
            "Ask the patient whether what is said may be written down",
            api::ask_it,
        )
        .api_post::<SignedIn, api::Step, api::StateView, _, _>(
            "/api/v1/visits/{visit}/transcript/steps",
            "Agree, refuse, pause, go on, stop, or take the consent back",
            api::step,
        )
}
