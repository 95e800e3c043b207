//! Where patient and doctor meet.
//!
//! * [`waiting`]: the waiting room, the place in it, and who is there
//! * [`rooms`]: tickets, and the way into the media room
//! * [`chat`]: the conversation in writing, and the socket of the room
//! * [`guests`]: third parties, invited by one of the two and consented to by both
//! * [`sharing`]: a screen that is shared in the room; [`shows`]: a document that is shown; [`photos`]: what the patient sends
//! * [`visits`]: admitting and ending, and what stays of a visit
//! * [`intake_forms`]: what the patient answers before the visit, by specialty
//! * `network`: which hop of a call fails
//! * [`notes`]: the doctor's note, saved as it is written, then signed and frozen
//! * [`commands`]: what the doctor decides, each as data: staged, then committed
//! * `letters`: what that issues on paper, and the page by which it is checked
//! * `referrals`: within the hospital, for both doctors
//! * [`addenda`]: what is added to a signed note
//! * [`supervisions`]: whose notes are checked by whom
//! * [`approvals`]: a supervisor checks a signed note and co-signs it, or returns it
//! * [`transcripts`]: what was said, written down while both agree
//! * [`recordings`]: its sound, kept while everyone in the room agrees
//! * [`drafts`]: a draft of the note from it, each sentence with its source
//! * [`absences`]: who did not come, by the clock
//! * `workspace`: the doctor's page: call, storyboard, note, prescription
//! * `summary`: what the patient takes home
//!
//! ```text
//! (appointment confirmed) ─arrive▶ waiting ─admit▶ visit open ─end▶ ended ─sign▶ signed ─▶ summary, e-mail with a link
//! ```

pub mod absences;
pub mod addenda;
pub mod approvals;
pub mod chat;
pub mod commands;
pub mod drafts;
pub mod guests;
mod holdings;
pub mod intake_forms;
pub mod letters;
mod network;
mod news;
pub mod notes;
pub mod photos;
pub mod recordings;
mod referrals;
pub mod rooms;
pub mod sharing;
pub mod shows;
mod summary;
pub mod supervisions;
mod tidy;
pub mod transcripts;
pub mod visits;
pub mod waiting;
mod workspace;

pub use holdings::VisitHoldings;
pub use rooms::{keep_rooms, put_out};
pub use visits::VisitsPanel;

/// Routes and jobs of this room.
pub fn room() -> web::Room {
    let routes = waiting::routes()
        .merge(rooms::routes())
        .merge(chat::routes())
        .merge(guests::routes())
        .merge(sharing::routes())
        .merge(shows::routes())
        .merge(photos::routes())
        .merge(intake_forms::routes())
        .merge(network::routes())
        .merge(visits::routes())
        .merge(notes::routes())
        .merge(commands::routes())
        .merge(letters::routes())
        .merge(referrals::routes())
        .merge(addenda::routes())
        .merge(supervisions::routes())
        .merge(approvals::routes())
        .merge(transcripts::routes())
        .merge(recordings::routes())
        .merge(drafts::routes())
        .merge(workspace::routes())
        .merge(summary::routes());
    web::Room { name: "consultations", routes, jobs: tidy::jobs() }
}
