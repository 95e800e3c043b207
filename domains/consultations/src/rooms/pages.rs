//! HTML: the room of the patient. The doctor's is the workspace.

use askama::Template;
use axum::extract::Path;
use kernel::{Timestamp, ids::VisitId};
use web::{Ctx, PageFrame, SignedIn};

use super::api;
use crate::{
    transcripts::{self, Listening, Scribe},
    visits::{Side, Visit, VisitError, VisitState, store as visits},
    workspace,
};

/// What `<video-visit>` needs to know.
pub(crate) struct RoomView {
    pub(crate) visit: VisitId,
    pub(crate) role: &'static str,
    pub(crate) mode: String,
    pub(crate) state: &'static str,
    pub(crate) other: String,
    pub(crate) initials: String,
    pub(crate) started_at: Timestamp,
    pub(crate) now: Timestamp,
    /// Where leaving leads; empty stays here.
    pub(crate) after: String,
    /// Where a signed visit is read; empty for the doctor.
    pub(crate) summary: String,
    /// This hospital keeps the sound of visits where everyone agrees.
    pub(crate) records: bool,
    /// Languages in which what is said can be written down.
    pub(crate) listenings: Vec<ListeningView>,
}

/// A language, and what both agree to with it.
pub(crate) struct ListeningView {
    pub(crate) language: String,
    pub(crate) name: String,
    pub(crate) terms: String,
    /// Sound leaves this hospital.
    pub(crate) is_outside: bool,
}

impl ListeningView {
    fn of(me: &Ctx, listening: Listening, recipient: Option<&str>) -> Self {
        let Listening { language, sound_to, .. } = listening;
        let name = match &sound_to {
            None => transcripts::language_in_words(me, &language),
            Some(to) => {
                let (name, to) =
                    (transcripts::language_in_words(me, &language), transcripts::recipient_in_words(me, to));
                me.tr("consultations-transcript-choice-outside", [("language", name.as_str()), ("to", to.as_str())])
            }
        };
        let terms = transcripts::terms_in_words(me, (&language, sound_to.as_deref()), recipient);
        Self { name, terms, is_outside: sound_to.is_some(), language }
    }
}

impl RoomView {
    pub(crate) fn new(me: &Ctx, visit: &Visit, side: Side, now: Timestamp) -> Self {
        let other = match side {
            Side::Patient => &visit.practitioner_name,
            Side::Doctor => &visit.patient_name,
        };
        let (after, summary) = match side {
            Side::Patient => (format!("/appointments/{}", visit.appointment), format!("/visits/{}/summary", visit.id)),
            Side::Doctor => (String::new(), String::new()),
        };
        Self {
            visit: visit.id,
            role: side.code(),
            mode: visit.mode.clone(),
            state: visit.state.code(),
            initials: initials(other),
            other: other.clone(),
            started_at: visit.started_at,
            now,
            after,
            summary,
            records: me.app().try_part::<crate::recordings::Recorder>().is_some(),
            listenings: listenings(me, side),
        }
    }

    pub(crate) fn has_media(&self) -> bool {
        matches!(self.mode.as_str(), "video" | "audio")
    }

    pub(crate) fn transcribes(&self) -> bool {
        !self.listenings.is_empty()
    }

    /// One language, understood here: there is nothing to choose, and nobody to name.
    pub(crate) fn asks_at_once(&self) -> Option<&str> {
        match self.listenings.as_slice() {
            [only] if !only.is_outside => Some(&only.language),
            _ => None,
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// For the doctor, who asks.
fn listenings(me: &Ctx, side: Side) -> Vec<ListeningView> {
    let scribe = me.app().try_part::<Scribe>().filter(|_| side == Side::Doctor);
    let recipient = transcripts::recipient(me);
    let all = scribe.map(|scribe| scribe.listenings()).unwrap_or_default();
    all.into_iter().map(|one| ListeningView::of(me, one, recipient.as_deref())).collect()
}

/// First letters of the first and the last name.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.'));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[derive(Template)]
#[template(path = "rooms/pages/room.html")]
struct RoomPage {
    page: PageFrame,
    room: RoomView,
}

/// `GET /visits/{visit}`: the room for the patient, the workspace for the doctor.
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    let now = tx.now();
    tx.commit().await?;
    match (side, visit.state) {
        (Side::Doctor, _) => workspace::show(&me, &visit).await,
        (Side::Patient, VisitState::Signed) => Ok(me.redirect(&format!("/visits/{id}/summary"))),
        (Side::Patient, VisitState::Open | VisitState::Ended) => {
            let title = me.tr("consultations-room-title", [("name", visit.practitioner_name.as_str())]);
            let page = me.page("consultations-room").titled(&title);
            web::render(&RoomPage { page, room: RoomView::new(&me, &visit, side, now) })
        }
    }
}

/// `POST /appointments/{appointment}/visit`: the doctor admits.
pub(crate) async fn admit(me: web::Doctor, Path(appointment): Path<kernel::ids::AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let visit = crate::visits::admit(&mut tx, me.actor(), appointment).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{}", visit.id)))
}

pub(crate) fn routes() -> web::Routes {
    use web::{Doctor, SignedIn};
    web::Routes::new()
        .get::<SignedIn, _, _>("/visits/{visit}", show)
        .post::<Doctor, _, _>("/appointments/{appointment}/visit", admit)
        .api_post::<SignedIn, (), api::Ticket, _, _>(
            "/api/v1/visits/{visit}/room-tokens",
            "A ticket to the media room, good for five minutes",
            api::mint,
        )
        .api_post::<SignedIn, api::Knock, api::Answer, _, _>(
            "/api/v1/visits/{visit}/media",
            "Join the media room: an SDP offer for an answer",
            api::join,
        )
        .api_delete::<SignedIn, api::Leaver, (), _, _>(
            "/api/v1/visits/{visit}/media",
            "Leave the media room",
            api::depart,
        )
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_leave_titles_out() {
        assert_eq!(initials("Dr. Amina binti Yusuf"), "AY");
        assert_eq!(initials("আনিকা"), "আ");
        assert_eq!(initials(""), "");
    }
}
