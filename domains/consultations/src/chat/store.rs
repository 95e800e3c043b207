//! SQL of messages.

use access::Actor;
use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, MessageId, PatientId, PractitionerId, VisitId},
};
use uuid::Uuid;
use vault::{At, Vault};

use super::{ChatError, Message};
use crate::visits::{Side, Visit};

pub(super) fn at(id: MessageId) -> At {
    At::new("visit_messages", "body_sealed", id.uuid())
}

struct Row {
    id: MessageId,
    sender_account: AccountId,
    sender_role: String,
    client_id: Uuid,
    body_sealed: Vec<u8>,
    sent_at: Timestamp,
}

/// False when this message was kept before.
pub(super) async fn insert(
    tx: &mut Tx,
    id: MessageId,
    visit: &Visit,
    (sender, side, client_id): (AccountId, Side, Uuid),
    sealed: &[u8],
) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"insert into visit_messages (id, visit_id, patient_id, practitioner_id, sender_account, sender_role, client_id,
               body_sealed, sent_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)
           on conflict (visit_id, sender_account, client_id) do nothing"#,
        id as MessageId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        sender as AccountId,
        side.code(),
        client_id,
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn find_by_client_id(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    actor: &Actor,
    client_id: Uuid,
) -> Result<Option<Message>, ChatError> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: MessageId", sender_account as "sender_account: AccountId", sender_role, client_id, body_sealed,
                  sent_at as "sent_at: Timestamp"
           from visit_messages where visit_id = $1 and sender_account = $2 and client_id = $3"#,
        visit.id as VisitId,
        actor.account as AccountId,
        client_id
    )
    .fetch_optional(tx.conn())
    .await?;
    match row {
        Some(row) => Ok(Some(open(tx, vault, visit, actor, row).await?)),
        None => Ok(None),
    }
}

/// What was said since an instant (all of it, without one), oldest first, with the audit row of having read it.
pub(crate) async fn list_since(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    (actor, purpose): (&Actor, &str),
    since: Option<Timestamp>,
) -> Result<Vec<Message>, ChatError> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'visit_messages', $1, $2, $3) as seq)
           select seen.seq as "seq!", m.id as "id?: MessageId", m.sender_account as "sender_account?: AccountId",
                  m.sender_role as "sender_role?", m.client_id as "client_id?", m.body_sealed as "body_sealed?",
                  m.sent_at as "sent_at?: Timestamp"
           from seen left join visit_messages m on m.visit_id = $1 and ($4::timestamptz is null or m.sent_at > $4)
           order by m.sent_at, m.id limit 500"#,
        visit.id as VisitId,
        visit.patient as PatientId,
        purpose,
        since as Option<Timestamp>
    )
    .fetch_all(tx.conn())
    .await?;
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(sender_account), Some(client_id)) = (row.id, row.sender_account, row.client_id) else {
            continue;
        };
        let (Some(sender_role), Some(body_sealed), Some(sent_at)) = (row.sender_role, row.body_sealed, row.sent_at)
        else {
            continue;
        };
        let row = Row { id, sender_account, sender_role, client_id, body_sealed, sent_at };
        messages.push(open(tx, vault, visit, actor, row).await?);
    }
    Ok(messages)
}

async fn open(tx: &mut Tx, vault: &Vault, visit: &Visit, actor: &Actor, row: Row) -> Result<Message, ChatError> {
    Ok(Message {
        text: vault.open_text(tx, visit.patient, at(row.id), &row.body_sealed).await?,
        id: row.id,
        client_id: row.client_id,
        from: Side::parse(&row.sender_role)?,
        mine: row.sender_account == actor.account,
        sent_at: row.sent_at,
    })
}
