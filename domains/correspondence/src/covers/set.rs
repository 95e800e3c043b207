//! Name who answers meanwhile.

use access::Actor;
use db::{ResultExt, Tx};
use jobs::Event;
use kernel::{
    FieldError, LocalDate,
    ids::{PractitionerId, ThreadCoverId},
};
use serde::{Deserialize, Serialize};

use super::store;
use crate::MessageError;

/// Whole days of the doctor's own calendar, the last one included.
#[derive(Debug, Clone, Copy, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCover {
    pub cover_id: PractitionerId,
    pub from: LocalDate,
    pub until: LocalDate,
}

/// A doctor was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverSet {
    pub cover: ThreadCoverId,
}

impl Event for CoverSet {
    const NAME: &'static str = "correspondence.cover_set";
}

const MOST_DAYS: i32 = 365;

pub async fn set(tx: &mut Tx, actor: &Actor, command: SetCover) -> Result<ThreadCoverId, MessageError> {
    let me = actor.practitioner.ok_or(MessageError::NotFound)?;
    let zone = store::find_zone(tx, me).await?;
    let today = tx.now().date_in(&zone);
    let mut errors = Vec::new();
    if command.cover_id == me || !store::is_published(tx, command.cover_id).await? {
        errors.push(FieldError::new("cover_id", "correspondence-error-cover"));
    }
    if command.from.jiff() < today.jiff() {
        errors.push(FieldError::new("from", "correspondence-error-cover-from"));
    }
    if command.until.jiff() < command.from.jiff() || command.until.jiff() > command.from.plus_days(MOST_DAYS - 1).jiff()
    {
        errors.push(FieldError::new("until", "correspondence-error-cover-until"));
    }
    if !errors.is_empty() {
        return Err(MessageError::Invalid(errors));
    }
    let days = (command.from.starts_in(&zone), command.until.plus_days(1).starts_in(&zone));
    let id = tx.id::<ThreadCoverId>();
    store::insert(tx, id, (me, command.cover_id), days)
        .await
        .on_constraint("thread_covers_one_at_a_time", || MessageError::CoverOverlaps)?;
    let entry = audit::Entry {
        action: "covered",
        object: "thread_cover",
        object_id: id.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    jobs::publish(tx, &CoverSet { cover: id }).await?;
    Ok(id)
}
