//! How the room is now, as its open pages are told: ids, times and kinds, no word of a document.

use access::Actor;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{ScreenShareId, ShowId},
};
use serde::Serialize;
use uuid::Uuid;
use vault::Vault;

use super::store;
use crate::{
    sharing::{self, Shown},
    visits::Visit,
};

/// All of it, so that what was missed is made up for by the next.
#[derive(Debug, Serialize)]
pub(crate) struct RoomState {
    sharing: Option<Shown>,
    /// Names what is shown.
    shown: Option<ShowId>,
    lines: Vec<Line>,
}

/// One thing that was shared, shown or sent.
#[derive(Debug, Serialize)]
struct Line {
    id: Uuid,
    kind: String,
    /// `patient`, `doctor`, or as what a third party came.
    role: String,
    mine: bool,
    at: Timestamp,
    /// Of a photo: `quarantined`, `clean` or `refused`.
    state: Option<String>,
}

impl RoomState {
    pub(crate) async fn find(
        tx: &mut Tx,
        vault: &Vault,
        visit: &Visit,
        actor: &Actor,
    ) -> Result<(Self, Option<ScreenShareId>), vault::Error> {
        let share = sharing::store::find_live(tx, vault, visit).await?;
        let shown = store::find_current(tx, visit.id).await?;
        let lines = store::list(tx, visit.id).await?;
        let line = |one: store::Happened| Line {
            id: one.id,
            kind: one.kind,
            role: one.role,
            mine: one.account == Some(actor.account),
            at: one.at,
            state: one.state,
        };
        let told = |share: &sharing::Share| Shown::new(share, visit, share.account == Some(actor.account));
        let state = Self {
            sharing: share.as_ref().map(told),
            shown: shown.map(|shown| shown.id),
            lines: lines.into_iter().map(line).collect(),
        };
        Ok((state, share.map(|share| share.id)))
    }
}
