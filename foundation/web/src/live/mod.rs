//! News for open pages, between all processes: published with a transaction, heard after its commit.
//!
//! ```text
//! publish(tx) ─▶ NOTIFY bedside_live ─(commit)─▶ one listener per process ─▶ the topic's subscribers
//! ```
//!
//! News say that something changed: kinds, ids and states, never content. Who hears them asks for what changed and is authorised
//! then. News may be lost (a dropped connection, a slow page): a page that was cut off asks for everything again.

mod hub;
mod store;

use std::fmt;

use db::Tx;
use kernel::ids::{AccountId, AppointmentId, PractitionerId, VisitId};
use serde_json::{Value, json};

pub use hub::{Live, Subscription};

/// Whom news concern.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Topic {
    Account(AccountId),
    Practitioner(PractitionerId),
    Appointment(AppointmentId),
    Visit(VisitId),
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Practitioner(id) => write!(f, "practitioner:{id}"),
            Self::Appointment(id) => write!(f, "appointment:{id}"),
            Self::Visit(id) => write!(f, "visit:{id}"),
        }
    }
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveEvent {
    pub kind: &'static str,
    pub data: Value,
}

/// What is heard. `missed` says that some were lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    pub kind: String,
    pub data: Value,
}

/// Tell whoever listens to this topic, if this transaction commits.
pub async fn publish(tx: &mut Tx, topic: Topic, event: LiveEvent) -> Result<(), db::Error> {
    let payload = json!({ "topic": topic.to_string(), "kind": event.kind, "data": event.data }).to_string();
    store::notify(tx, &payload).await
}
