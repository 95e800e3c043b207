//! Say something in a conversation.

use access::Actor;
use db::{ResultExt, Tx};
use emergency::red_flags;
use jobs::Event;
use kernel::{
    FieldError, Timestamp,
    ids::{ThreadId, ThreadMessageId},
};
use serde::{Deserialize, Serialize};
use vault::Vault;

use super::{
    begin, find,
    model::{Body, Draft, Reader, Relation, Side, Thread},
    open::Extent,
    policy::Calendar,
    purpose,
    store::{self, Away, NewMessage},
};
use crate::{Config, MessageError, e_visits};

/// What stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub thread: ThreadId,
    pub message: ThreadMessageId,
    pub number: i32,
    /// Signs of an emergency were named, and every one of them denied.
    pub denies: bool,
}

/// Something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSent {
    pub message: ThreadMessageId,
}

impl Event for MessageSent {
    const NAME: &'static str = "correspondence.message_sent";
}

/// The patient's side while there is a treatment relationship, the team while the record is open to it. Sent again under the same id it is
/// the first one that stands; another message under it is refused.
pub async fn send(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    config: &Config,
    (id, draft): (ThreadId, &Draft),
) -> Result<Sent, MessageError> {
    let (_, reader) = find(tx, actor, id).await?;
    draft.check().map_err(MessageError::Invalid)?;
    let thread = store::lock(tx, id).await?.ok_or(MessageError::ReadOnly)?;
    if let Some(sent) = sent_before(tx, vault, actor, draft, Within::Thread(id)).await? {
        return Ok(sent);
    }
    if reader == Reader::Patient {
        let days = config.days_after_visit;
        let found = store::list_relations(tx, &[thread.patient], Some(thread.practitioner), days).await?;
        let relation = found.into_iter().next().ok_or(MessageError::NoRelationship)?;
        begin::prolong(tx, reader, &relation).await?;
    }
    post(tx, vault, actor, (thread, reader), (draft, None, config)).await
}

/// Where something that is sent again must stand.
#[derive(Clone, Copy)]
pub(super) enum Within<'a> {
    Thread(ThreadId),
    /// It began one: between these two, under this subject.
    Beginning(&'a Relation, &'a str),
}

/// What this account has sent under this id before.
pub(super) async fn sent_before(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    draft: &Draft,
    within: Within<'_>,
) -> Result<Option<Sent>, MessageError> {
    let found = store::find_by_client_id(tx, vault, actor.account, draft.client_id).await?;
    let Some((thread, message, number, body)) = found else { return Ok(None) };
    let mut documents = draft.documents.clone();
    documents.sort_unstable();
    let is_same = draft.check().is_ok_and(|text| text == body.text)
        && documents == store::list_documents_of(tx, message).await?
        && is_within(tx, vault, actor, thread, within).await?;
    if is_same { Ok(Some(Sent { thread, message, number, denies: false })) } else { Err(MessageError::IdUsed) }
}

async fn is_within(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: ThreadId,
    within: Within<'_>,
) -> Result<bool, MessageError> {
    match within {
        Within::Thread(wanted) => Ok(wanted == id),
        Within::Beginning(relation, subject) => {
            let Some((begun, _)) = store::find_for(tx, actor, id).await? else { return Ok(false) };
            if begun.patient != relation.patient || begun.practitioner != relation.practitioner {
                return Ok(false);
            }
            Ok(store::find_subject(tx, vault, &begun).await?.expose().as_str() == subject)
        }
    }
}

/// Keep it, under the lock of the thread's row. Of what begins one, the subject is listened to as well.
pub(super) async fn post(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (mut thread, reader): (Thread, Reader),
    (draft, subject, config): (&Draft, Option<&str>, &Config),
) -> Result<Sent, MessageError> {
    let text = draft.check().map_err(MessageError::Invalid)?;
    let side = reader.side();
    let spoken = match side {
        Side::Patient => red_flags::listen(&format!("{}\n{text}", subject.unwrap_or_default())),
        Side::Team => red_flags::Spoken::default(),
    };
    if spoken.is_emergency() && !draft.send_anyway {
        return Err(MessageError::Urgent(spoken.codes));
    }
    if side == Side::Team {
        e_visits::answering(tx, &thread).await?;
    }
    check_documents(tx, &thread, draft).await?;
    let (id, number) = (tx.id::<ThreadMessageId>(), thread.last_number + 1);
    let (urgent, denies) = (spoken.is_emergency(), !spoken.is_emergency() && !spoken.denied.is_empty());
    let body = Body { text, flags: spoken.codes, flags_version: spoken.version };
    let sealed = vault.seal_json(tx, thread.patient, store::body_at(id), &body).await?;
    let new = NewMessage {
        id,
        thread: &thread,
        number,
        by: (actor.account, side),
        written_by: actor.practitioner.filter(|_| side == Side::Team),
        client_id: draft.client_id,
        sealed: &sealed,
        urgent,
        purpose: purpose(reader),
    };
    store::insert_message(tx, new).await.on_constraint("thread_messages_once", || MessageError::IdUsed)?;
    store::insert_attachments(tx, &thread, id, &draft.documents).await?;
    moved_on(tx, actor, config, (&mut thread, side), (number, urgent)).await?;
    // Who answers below the newest page has read it.
    store::mark_read(tx, actor, (&thread, reader), ((number - Extent::PAGE + 1).max(1), number)).await?;
    jobs::publish(tx, &MessageSent { message: id }).await?;
    Ok(Sent { thread: thread.id, message: id, number, denies })
}

/// Clean documents of this patient, each once.
async fn check_documents(tx: &mut Tx, thread: &Thread, draft: &Draft) -> Result<(), MessageError> {
    let mut wanted = draft.documents.clone();
    wanted.sort_unstable();
    wanted.dedup();
    let clean = store::list_clean_documents(tx, thread.patient, &wanted).await?;
    if clean.len() == draft.documents.len() {
        return Ok(());
    }
    Err(MessageError::Invalid(vec![FieldError::new("documents", "correspondence-error-document-not-clean")]))
}

/// The state after the message.
async fn moved_on(
    tx: &mut Tx,
    actor: &Actor,
    config: &Config,
    (thread, side): (&mut Thread, Side),
    (number, urgent): (i32, bool),
) -> Result<(), db::Error> {
    (thread.last_number, thread.last_at) = (number, tx.now());
    match side {
        Side::Team => {
            thread.status = thread.status.after_message(side);
            thread.assignee = actor.practitioner.unwrap_or(thread.assignee);
            (thread.due_at, thread.urgent) = (None, false);
        }
        Side::Patient => {
            thread.urgent |= urgent;
            team_owes(tx, config, thread).await?;
        }
    }
    store::set(tx, thread).await
}

/// The team owes an answer. The first that waits sets its time; more does not put it off. Kept by whoever asks.
pub(crate) async fn team_owes(tx: &mut Tx, config: &Config, thread: &mut Thread) -> Result<(), db::Error> {
    thread.status = thread.status.after_message(Side::Patient);
    if thread.due_at.is_none() {
        let away = store::find_away(tx, thread.practitioner, thread.patient).await?;
        let calendar = store::find_calendar(tx, thread.practitioner).await?;
        thread.due_at = Some(due_from(tx.now(), &calendar, away.as_ref(), config));
        let covering = away.and_then(|away| away.cover).map(|(id, _)| id);
        thread.assignee = covering.unwrap_or(thread.practitioner);
    }
    Ok(())
}

/// By when something that is owed from now on is to be answered.
pub(crate) async fn due_now(tx: &mut Tx, config: &Config, thread: &Thread) -> Result<Timestamp, db::Error> {
    let away = store::find_away(tx, thread.practitioner, thread.patient).await?;
    let calendar = store::find_calendar(tx, thread.practitioner).await?;
    Ok(due_from(tx.now(), &calendar, away.as_ref(), config))
}

/// By when it is to be answered: where nobody covers, counted from the doctor's return.
pub(super) fn due_from(now: Timestamp, calendar: &Calendar, away: Option<&Away>, config: &Config) -> Timestamp {
    let back = away.filter(|away| away.cover.is_none()).map_or(now, |away| away.until.max(now));
    calendar.due(back, config.working_days)
}
