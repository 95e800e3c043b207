//! Who is on which line of a call.

use db::Context;
use serde::Serialize;
use uuid::Uuid;
use web::App;

use super::{GuestError, store};
use crate::{rooms, sharing, visits::Visit};

/// Whom a page hears and sees.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct LinesView {
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct LineView {
    /// The `mid` of the page's own description.
    line: String,
    name: String,
    /// `patient`, `doctor`, or as what a third party came.
    role: &'static str,
    /// The picture is their screen.
    shares: bool,
}

/// The lines of this peer of the room, with names.
pub(crate) async fn lines(app: &App, visit: &Visit, peer: Uuid) -> Result<LinesView, GuestError> {
    let Some(node) = rooms::place::node_of(app, visit.id).await? else {
        return Ok(LinesView { lines: Vec::new() });
    };
    let heard = node.lines(visit.id.uuid(), peer).await;
    let mut tx = app.db().begin(&Context::system("the names of those in a media room")).await?;
    let guests = store::list_for_visit(&mut tx, app.vault(), visit).await?;
    let share = sharing::store::find_live(&mut tx, app.vault(), visit).await?;
    tx.rollback().await?;
    let sharer = share.and_then(|share| share.peer());
    let named = |peer: Uuid| {
        if peer == visit.practitioner_account.uuid() {
            return (visit.practitioner_name.clone(), "doctor");
        }
        match guests.iter().find(|guest| guest.id.uuid() == peer) {
            Some(guest) => {
                (guest.name.as_ref().map(|name| name.expose().clone()).unwrap_or_default(), guest.role.code())
            }
            None => (visit.patient_name.clone(), "patient"),
        }
    };
    let lines = heard
        .into_iter()
        .map(|heard| {
            let (name, role) = named(heard.peer);
            LineView { line: heard.line, name, role, shares: Some(heard.peer) == sharer }
        })
        .collect();
    Ok(LinesView { lines })
}
