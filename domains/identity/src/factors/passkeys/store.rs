use db::{Error, Tx};
use kernel::{Timestamp, ids::AccountId};
use sqlx::types::Json;
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

use super::{
    Listed,
    ceremony::{CEREMONY_MINUTES, Taken},
};

/// A stored passkey and whose it is.
pub(super) struct Stored {
    pub(super) id: Uuid,
    pub(super) account: AccountId,
    pub(super) passkey: Passkey,
}

pub(super) struct NewCeremony<'a> {
    pub(super) id: Uuid,
    pub(super) purpose: &'static str,
    pub(super) account: Option<AccountId>,
    pub(super) sign_in_challenge: Option<Uuid>,
    pub(super) state_sealed: &'a [u8],
}

pub(super) async fn insert_ceremony(tx: &mut Tx, new: &NewCeremony<'_>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into passkey_challenges (id, account_id, purpose, sign_in_challenge_id, state_sealed, expires_at, created_at,
                                           updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $7)"#,
        new.id,
        new.account as Option<AccountId>,
        new.purpose,
        new.sign_in_challenge,
        new.state_sealed,
        now.plus_minutes(CEREMONY_MINUTES) as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Take a ceremony to answer it; none when it is used, too old or of another purpose.
pub(super) async fn take_ceremony(tx: &mut Tx, id: Uuid, purpose: &str) -> Result<Option<Taken>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"update passkey_challenges set used_at = $3, updated_at = $3
           where id = $1 and purpose = $2 and used_at is null and expires_at > $3
           returning account_id as "account: AccountId", sign_in_challenge_id, state_sealed"#,
        id,
        purpose,
        now as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Taken {
        account: row.account,
        sign_in_challenge: row.sign_in_challenge_id,
        state_sealed: row.state_sealed,
    }))
}

pub(super) async fn insert(tx: &mut Tx, account: AccountId, name: &str, passkey: &Passkey) -> Result<Uuid, Error> {
    let now = tx.now();
    let id = tx.random().uuid7(now);
    sqlx::query!(
        r#"insert into passkeys (id, account_id, credential_id, credential, name, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $6)"#,
        id,
        account as AccountId,
        &passkey.cred_id()[..],
        Json(passkey) as _,
        name,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn list_stored(tx: &mut Tx, account: AccountId) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query!(
        r#"select id, account_id as "account: AccountId", credential as "credential: Json<Passkey>" from passkeys
           where account_id = $1 order by created_at"#,
        account as AccountId,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Stored { id: row.id, account: row.account, passkey: row.credential.0 }).collect())
}

/// By the credential alone; the account must be active.
pub(super) async fn lock_by_credential(tx: &mut Tx, credential_id: &[u8]) -> Result<Option<Stored>, Error> {
    let row = sqlx::query!(
        r#"select p.id, p.account_id as "account: AccountId", p.credential as "credential: Json<Passkey>"
           from passkeys p join accounts a on a.id = p.account_id
           where p.credential_id = $1 and a.status = 'active' for update of p"#,
        credential_id,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Stored { id: row.id, account: row.account, passkey: row.credential.0 }))
}

pub(super) async fn set_used(tx: &mut Tx, id: Uuid, passkey: &Passkey) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update passkeys set credential = $2, last_used_at = $3, updated_at = $3 where id = $1",
        id,
        Json(passkey) as _,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<Listed>, Error> {
    let rows = sqlx::query!(
        r#"select id, name, created_at as "created_at: Timestamp", last_used_at as "last_used_at: Timestamp" from passkeys
           where account_id = $1 order by created_at"#,
        account as AccountId,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed { id: row.id, name: row.name, created_at: row.created_at, last_used_at: row.last_used_at })
        .collect())
}

pub(super) async fn delete(tx: &mut Tx, account: AccountId, id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!("delete from passkeys where id = $1 and account_id = $2", id, account as AccountId)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delete_old_ceremonies(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    let gone = sqlx::query!("delete from passkey_challenges where expires_at < $1", before as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(gone.rows_affected())
}
