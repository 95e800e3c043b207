//! JSON: commands.

use axum::extract::Path;
use kernel::{
    Timestamp,
    ids::{CommandId, VisitId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json};

use super::{Command, CommandRow, Commitment, Stage, Status, Withdrawal, change, commit, store, withdraw};
use crate::visits::{Side, VisitError, store as visits};

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct CommandView {
    id: CommandId,
    /// From 1 on, in the order of staging.
    number: i32,
    status: Status,
    version: i32,
    /// What it says.
    command: Command,
    committed_at: Option<Timestamp>,
    /// By which its paper can be checked.
    verify_code: Option<String>,
    ended_at: Option<Timestamp>,
}

impl From<CommandRow> for CommandView {
    fn from(row: CommandRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            status: row.status,
            version: row.version,
            command: row.content.into_inner(),
            committed_at: row.committed_at,
            verify_code: row.verify_code,
            ended_at: row.ended_at,
        }
    }
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<CommandView>,
}

/// A staged command as it is to be.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Again {
    /// The version it was read at.
    version: i32,
    command: Command,
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Commit {
    /// The version it was read at; left out, whatever is staged.
    version: Option<i32>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// Why it should never have been; at most 500 characters.
    reason: String,
}

/// `GET /api/v1/visits/{visit}/commands`
pub(super) async fn list(me: Doctor, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(VisitError::NotFound)?;
    if side != Side::Doctor {
        return Err(VisitError::NotFound.into());
    }
    store::seen(&mut tx, visit.patient, chart::purpose::TREATMENT).await?;
    let rows = store::list(&mut tx, me.app().vault(), visit.id).await?;
    tx.commit().await?;
    web::json(&Listed { items: rows.into_iter().map(CommandView::from).collect() })
}

/// `POST /api/v1/visits/{visit}/commands`
pub(super) async fn stage_new(me: Doctor, Path(visit): Path<VisitId>, Json(command): Json<Command>) -> web::Result {
    let row = staged(&me, visit, command, None).await?;
    web::created(&CommandView::from(row))
}

/// `PUT /api/v1/visits/{visit}/commands/{command}`
pub(super) async fn stage_again(
    me: Doctor,
    Path((visit, id)): Path<(VisitId, CommandId)>,
    Json(again): Json<Again>,
) -> web::Result {
    let row = staged(&me, visit, again.command, Some((id, again.version))).await?;
    web::json(&CommandView::from(row))
}

async fn staged(
    me: &Doctor,
    visit: VisitId,
    command: Command,
    instead_of: Option<(CommandId, i32)>,
) -> Result<CommandRow, web::Error> {
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let new = Stage { visit, command, instead_of, today };
    let row = change::stage(&mut tx, me.app().vault(), me.actor(), new).await?;
    tx.commit().await?;
    Ok(row)
}

/// `DELETE /api/v1/visits/{visit}/commands/{command}`
pub(super) async fn discard_it(me: Doctor, Path(of): Path<(VisitId, CommandId)>) -> web::Result {
    let mut tx = me.begin().await?;
    change::discard(&mut tx, me.app().vault(), me.actor(), of).await?;
    tx.commit().await?;
    Ok(web::no_content())
}

/// `POST /api/v1/visits/{visit}/commands/{command}/commitment`
pub(super) async fn commit_it(
    me: Doctor,
    Path((visit, command)): Path<(VisitId, CommandId)>,
    Json(body): Json<Commit>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let today = tx.now().date_in(me.zone());
    let one = Commitment { visit, command, read_at: body.version, today };
    let row = commit::commit(&mut tx, me.app().vault(), me.actor(), one).await?;
    tx.commit().await?;
    web::created(&CommandView::from(row))
}

/// `POST /api/v1/visits/{visit}/commands/{command}/withdrawal`
pub(super) async fn withdraw_it(
    me: Doctor,
    Path((visit, command)): Path<(VisitId, CommandId)>,
    Json(body): Json<Reason>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let one = Withdrawal { visit, command, reason: body.reason };
    let row = withdraw::withdraw(&mut tx, me.app().vault(), me.actor(), one).await?;
    tx.commit().await?;
    web::created(&CommandView::from(row))
}
