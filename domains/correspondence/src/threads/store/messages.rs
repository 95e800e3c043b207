//! SQL of what is said, and of how far it was read.

use std::collections::HashMap;

use access::Actor;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{AccountId, DocumentId, PatientId, PractitionerId, ThreadId, ThreadMessageId},
};
use uuid::Uuid;
use vault::{At, Vault};

use super::super::model::{Attached, Author, Body, Message, Reader, Side, Thread};

pub(crate) fn body_at(id: ThreadMessageId) -> At {
    At::new("thread_messages", "body_sealed", id.uuid())
}

pub(crate) struct NewMessage<'a> {
    pub(crate) id: ThreadMessageId,
    pub(crate) thread: &'a Thread,
    pub(crate) number: i32,
    pub(crate) by: (AccountId, Side),
    pub(crate) written_by: Option<PractitionerId>,
    pub(crate) client_id: Uuid,
    pub(crate) sealed: &'a [u8],
    pub(crate) urgent: bool,
    pub(crate) purpose: &'static str,
}

/// With the audit row of having written.
pub(crate) async fn insert_message(tx: &mut Tx, new: NewMessage<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with added as (
               insert into thread_messages (id, thread_id, patient_id, practitioner_id, number, sender_account, sender_role, written_by,
                   client_id, body_sealed, urgent, sent_at, created_at, updated_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12) returning thread_id)
           select audit.append('write', 'messages', added.thread_id, $3, $13) as "seq!" from added"#,
        new.id as ThreadMessageId,
        new.thread.id as ThreadId,
        new.thread.patient as PatientId,
        new.thread.practitioner as PractitionerId,
        new.number,
        new.by.0 as AccountId,
        new.by.1.role(),
        new.written_by as Option<PractitionerId>,
        new.client_id,
        new.sealed,
        new.urgent,
        now as Timestamp,
        new.purpose
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Those of the documents that belong to the patient, stand and are clean.
pub(crate) async fn list_clean_documents(
    tx: &mut Tx,
    patient: PatientId,
    wanted: &[DocumentId],
) -> Result<Vec<DocumentId>, db::Error> {
    let wanted: Vec<Uuid> = wanted.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_scalar!(
        r#"select id as "id: DocumentId" from documents
           where id = any ($1) and patient_id = $2 and state = 'clean' and removed_at is null"#,
        &wanted,
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn insert_attachments(
    tx: &mut Tx,
    thread: &Thread,
    message: ThreadMessageId,
    documents: &[DocumentId],
) -> Result<(), db::Error> {
    let now = tx.now();
    let documents: Vec<Uuid> = documents.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "insert into thread_attachments (message_id, document_id, thread_id, patient_id, practitioner_id, created_at, updated_at)
         select $1, d, $3, $4, $5, $6, $6 from unnest($2::uuid[]) d",
        message as ThreadMessageId,
        &documents,
        thread.id as ThreadId,
        thread.patient as PatientId,
        thread.practitioner as PractitionerId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Beside this message, in the order of their ids.
pub(crate) async fn list_documents_of(tx: &mut Tx, message: ThreadMessageId) -> Result<Vec<DocumentId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select document_id as "id: DocumentId" from thread_attachments where message_id = $1 order by document_id"#,
        message as ThreadMessageId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What this account has sent under this id before: its thread, and the words.
pub(crate) async fn find_by_client_id(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    client_id: Uuid,
) -> Result<Option<(ThreadId, ThreadMessageId, i32, Body)>, vault::Error> {
    let row = sqlx::query!(
        r#"select id as "id: ThreadMessageId", thread_id as "thread: ThreadId", patient_id as "patient: PatientId", number, body_sealed
           from thread_messages where sender_account = $1 and client_id = $2"#,
        account as AccountId,
        client_id
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let Some(row) = row else { return Ok(None) };
    let body = vault.open_json::<Body>(tx, row.patient, body_at(row.id), &row.body_sealed).await?.into_inner();
    Ok(Some((row.thread, row.id, row.number, body)))
}

/// What was said, in turn, with the audit row of having read it: the last ones before this number, so many at most; all where neither is
/// given. Only these are opened.
pub(crate) async fn list_messages(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (thread, action, purpose): (&Thread, &'static str, &'static str),
    (before, limit): (Option<i32>, Option<i64>),
) -> Result<Vec<Message>, vault::Error> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append($4, 'messages', $1, $2, $3) as seq),
           found as materialized (
               select o.* from thread_messages o where o.thread_id = $1 and ($5::int is null or o.number < $5)
               order by o.number desc limit $6)
           select seen.seq as "seq!", m.id as "id?: ThreadMessageId", m.number as "number?", m.client_id as "client_id?",
                  m.sender_account as "sender?: AccountId", m.sender_role as "role?", m.body_sealed as "sealed?",
                  m.sent_at as "sent_at?: Timestamp", d.full_name as "doctor?",
                  m.sender_account is distinct from n.account_id as "by_proxy!"
           from seen left join found m on true left join practitioners d on d.id = m.written_by
                left join app.thread_names(array[$1::uuid]) n on true
           order by m.number"#,
        thread.id as ThreadId,
        thread.patient as PatientId,
        purpose,
        action,
        before,
        limit
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.id.map(ThreadMessageId::uuid)).collect();
    let mut documents = list_attached(tx, thread.id, &ids).await?;
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(number), Some(client_id), Some(sender)) = (row.id, row.number, row.client_id, row.sender)
        else {
            continue;
        };
        let (Some(role), Some(sealed), Some(sent_at)) = (row.role, row.sealed, row.sent_at) else { continue };
        let from = Side::of_role(&role);
        let author = match from {
            Side::Team => Author::Doctor(row.doctor.unwrap_or_default()),
            Side::Patient if row.by_proxy => Author::Proxy,
            Side::Patient => Author::Patient,
        };
        messages.push(Message {
            body: vault.open_json::<Body>(tx, thread.patient, body_at(id), &sealed).await?,
            documents: documents.remove(&id).unwrap_or_default(),
            mine: sender == actor.account,
            id,
            number,
            client_id,
            from,
            author,
            sent_at,
        });
    }
    Ok(messages)
}

async fn list_attached(
    tx: &mut Tx,
    thread: ThreadId,
    messages: &[Uuid],
) -> Result<HashMap<ThreadMessageId, Vec<Attached>>, db::Error> {
    let rows = sqlx::query!(
        r#"select a.message_id as "message: ThreadMessageId", a.document_id as "document: DocumentId", d.kind as "kind?"
           from thread_attachments a left join documents d on d.id = a.document_id and d.removed_at is null and d.state = 'clean'
           where a.thread_id = $1 and a.message_id = any ($2) order by a.document_id"#,
        thread as ThreadId,
        messages
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found: HashMap<ThreadMessageId, Vec<Attached>> = HashMap::new();
    for row in rows {
        found.entry(row.message).or_default().push(Attached { id: row.document, kind: row.kind });
    }
    Ok(found)
}

/// This person has these messages before them, the first and the last of a page: they have read up to its end, unless something of the other side
/// before the page is unread. That message's number then, and the mark stays.
pub(crate) async fn mark_read(
    tx: &mut Tx,
    actor: &Actor,
    (thread, reader): (&Thread, Reader),
    (first, last): (i32, i32),
) -> Result<Option<i32>, db::Error> {
    let unread = if first > 1 {
        sqlx::query_scalar!(
            r#"select min(m.number) as "unread?" from thread_messages m where m.thread_id = $1 and m.sender_role <> $2 and m.number < $4
                 and m.number > coalesce((select r.upto from thread_reads r where r.thread_id = $1 and r.account_id = $3), 0)"#,
            thread.id as ThreadId,
            reader.side().role(),
            actor.account as AccountId,
            first
        )
        .fetch_one(tx.conn())
        .await?
    } else {
        None
    };
    if unread.is_none() {
        set_read(tx, actor, (thread, reader), last).await?;
    }
    Ok(unread)
}

/// This person has read up to there; a mark never goes back.
pub(crate) async fn set_read(
    tx: &mut Tx,
    actor: &Actor,
    (thread, reader): (&Thread, Reader),
    upto: i32,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into thread_reads as r (thread_id, account_id, patient_id, practitioner_id, side, upto, read_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $7)
         on conflict (thread_id, account_id) do update set upto = excluded.upto, read_at = excluded.read_at, updated_at = excluded.updated_at
             where r.upto < excluded.upto",
        thread.id as ThreadId,
        actor.account as AccountId,
        thread.patient as PatientId,
        thread.practitioner as PractitionerId,
        reader.side().role(),
        upto.min(thread.last_number),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How far somebody of the team has read.
pub(crate) async fn team_has_read(tx: &mut Tx, thread: ThreadId) -> Result<i32, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(upto), 0) as "upto!" from thread_reads where thread_id = $1 and side = 'clinician'"#,
        thread as ThreadId
    )
    .fetch_one(tx.conn())
    .await?)
}
