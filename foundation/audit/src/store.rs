use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, PatientId},
};
use uuid::Uuid;

use crate::{Entry, Seen, Verification, Verified, canonical::Row};

pub(crate) async fn append(tx: &mut Tx, entry: &Entry, outcome: &str) -> Result<i64, Error> {
    let seq = sqlx::query_scalar!(
        r#"select audit.append($1, $2, $3, $4, $5, $6) as "seq!""#,
        entry.action,
        entry.object,
        entry.object_id,
        entry.patient as Option<PatientId>,
        entry.purpose,
        outcome
    );
    Ok(seq.fetch_one(tx.conn()).await?)
}

pub(crate) async fn list_seen(
    tx: &mut Tx,
    patient: PatientId,
    after: Option<(Timestamp, i16, i64)>,
    limit: i64,
) -> Result<Vec<Seen>, Error> {
    let (at, shard, seq) = after.map_or((None, 0, 0), |(at, shard, seq)| (Some(at), shard, seq));
    tx.plan_for_values().await?;
    let rows = sqlx::query_as!(
        Seen,
        r#"select at as "at: Timestamp", actor as "actor: AccountId", roles, on_behalf as "on_behalf: PatientId",
                  action, object, object_id, purpose, outcome, shard, seq
           from audit_log
           where patient_id = $1
             and ($2::timestamptz is null or at < $2 or (at = $2 and (shard, seq) > ($3, $4)))
           order by at desc, shard, seq limit $5"#,
        patient as PatientId,
        at as Option<Timestamp>,
        shard,
        seq,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// A stretch of one chain, in order.
pub(crate) async fn list_chain(tx: &mut Tx, shard: i16, after: i64, limit: i64) -> Result<Vec<Row>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select shard, seq, at as "at: Timestamp", actor, on_behalf, roles, purpose, action, object, object_id,
                  patient_id, outcome, request_id, prev, hash
           from audit_log where shard = $1 and seq > $2 order by seq limit $3"#,
        shard,
        after,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

/// The end of a chain.
pub(crate) struct Head {
    pub(crate) shard: i16,
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
}

pub(crate) async fn list_heads(tx: &mut Tx) -> Result<Vec<Head>, Error> {
    let rows = sqlx::query_as!(Head, "select shard, seq, hash from audit_heads order by shard");
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn insert_verification(tx: &mut Tx, seen: &Verification, findings: &[String]) -> Result<(), Error> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    sqlx::query!(
        "insert into audit_verifications (id, verified_at, seen, anchored, findings) values ($1, $2, $3, $4, $5)",
        id as Uuid,
        now as Timestamp,
        count(seen.rows),
        count(seen.anchored),
        findings
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find_last_verification(tx: &mut Tx) -> Result<Option<Verified>, Error> {
    let row = sqlx::query_as!(
        Verified,
        r#"select verified_at as "at: Timestamp", seen as rows, anchored, findings
           from audit_verifications order by verified_at desc limit 1"#
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}
