//! SQL of the trail's page: reads only.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, PatientId},
};

use super::model::{Row, Wanted};
use crate::record::store::After;

/// The account that was meant; none where nobody is.
pub(super) async fn find_account(tx: &mut Tx, who: &str) -> Result<Option<AccountId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: AccountId" from accounts where id::text = lower($1) or email = $1::text::citext or phone = $1 limit 1"#,
        who
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The patient of a record number.
pub(super) async fn find_patient(tx: &mut Tx, record_no: &str) -> Result<Option<PatientId>, Error> {
    Ok(sqlx::query_scalar!(r#"select id as "id: PatientId" from patients where record_no = $1"#, record_no)
        .fetch_optional(tx.conn())
        .await?)
}

/// Rows as they are wanted, newest first. An account or a patient that nobody is finds nothing.
pub(super) async fn list(tx: &mut Tx, wanted: &Wanted, after: After, limit: i64) -> Result<Vec<Row>, Error> {
    let actor = match &wanted.who {
        Some(who) => match find_account(tx, who).await? {
            Some(account) => Some(account),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let patient = match &wanted.record_no {
        Some(number) => match find_patient(tx, number).await? {
            Some(patient) => Some(patient),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    tx.plan_for_values().await?;
    rows(tx, (actor, patient), wanted, after, limit).await
}

async fn rows(
    tx: &mut Tx,
    (actor, patient): (Option<AccountId>, Option<PatientId>),
    wanted: &Wanted,
    after: After,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let (at, shard, seq) = after.place();
    Ok(sqlx::query_as!(
        Row,
        r#"select l.shard, l.seq, l.at as "at: Timestamp", l.actor as "actor: AccountId", a.name as "actor_name?", l.roles, l.action,
                  l.object, l.object_id, l.purpose, l.outcome, l.patient_id as "patient_id: PatientId", p.record_no as "record_no?"
           from (select shard, seq, at, actor, roles, action, object, object_id, purpose, outcome, patient_id from audit_log
                 where ($1::uuid is null or actor = $1) and ($2::uuid is null or patient_id = $2) and ($3::text is null or action = $3)
                   and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
                   and (at, shard, seq) < ($6, $7, $8)
                 order by at desc, shard desc, seq desc limit $9) l
               left join accounts a on a.id = l.actor left join patients p on p.id = l.patient_id
           order by l.at desc, l.shard desc, l.seq desc"#,
        actor as Option<AccountId>,
        patient as Option<PatientId>,
        wanted.action.as_deref(),
        wanted.from as Option<Timestamp>,
        wanted.until as Option<Timestamp>,
        at as Timestamp,
        shard,
        seq,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What is done here at all, for the filter: a walk over the index, one step an action.
pub(super) async fn list_actions(tx: &mut Tx) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"with recursive steps as (
               (select action from audit_log order by action limit 1)
               union all
               select (select l.action from audit_log l where l.action > s.action order by l.action limit 1) from steps s where s.action is not null)
           select action as "action!" from steps where action is not null limit 200"#
    )
    .fetch_all(tx.conn())
    .await?)
}
