use db::{Error, Tx};
use kernel::{Timestamp, ids::PractitionerId};

use super::PayeeState;

/// Somebody who is paid through a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payee {
    pub(crate) practitioner: PractitionerId,
    pub(crate) gateway: String,
    pub(crate) account_ref: String,
}

/// Those who may be paid. Holds their rows, so that two who make batches go one after the other.
pub(crate) async fn lock_verified(tx: &mut Tx, gateway: &str) -> Result<Vec<Payee>, Error> {
    Ok(sqlx::query_as!(
        Payee,
        r#"select practitioner_id as "practitioner: PractitionerId", gateway, account_ref as "account_ref!"
           from payees where gateway = $1 and state = 'verified' order by practitioner_id for update"#,
        gateway
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The account of a payee, and what the gateway said of it.
pub(crate) async fn find_payee(
    tx: &mut Tx,
    practitioner: PractitionerId,
    gateway: &str,
) -> Result<(PayeeState, Option<String>), Error> {
    let row = sqlx::query!(
        "select state, account_ref from payees where practitioner_id = $1 and gateway = $2",
        practitioner as PractitionerId,
        gateway
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok((PayeeState::read(row.as_ref().map(|row| row.state.as_str())), row.and_then(|row| row.account_ref)))
}

pub(crate) async fn insert_payee(tx: &mut Tx, practitioner: PractitionerId, gateway: &str) -> Result<(), Error> {
    sqlx::query!(
        "insert into payees (practitioner_id, gateway) values ($1, $2) on conflict do nothing",
        practitioner as PractitionerId,
        gateway
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The first account stays: a payee has one at each gateway.
pub(crate) async fn set_account(
    tx: &mut Tx,
    practitioner: PractitionerId,
    gateway: &str,
    account_ref: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "update payees set account_ref = $3, updated_at = clock_timestamp()
         where practitioner_id = $1 and gateway = $2 and account_ref is null",
        practitioner as PractitionerId,
        gateway,
        account_ref
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// False when no payee has this account.
pub(crate) async fn set_state_by_account(
    tx: &mut Tx,
    gateway: &str,
    account_ref: &str,
    state: PayeeState,
) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update payees set state = $3, verified_at = case when $3 = 'verified' then coalesce(verified_at, $4) else verified_at end,
             updated_at = clock_timestamp()
         where gateway = $1 and account_ref = $2",
        gateway,
        account_ref,
        state.as_str(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where a gateway may write to a payee, and in which country they work.
pub(crate) async fn find_email(
    tx: &mut Tx,
    practitioner: PractitionerId,
) -> Result<Option<(String, Option<String>)>, Error> {
    let row = sqlx::query!(
        r#"select coalesce(a.email::text, s.email) as "email!", nullif(coalesce(p.country, s.country), '') as country
           from suppliers s left join practitioners p on p.id = s.practitioner_id left join accounts a on a.id = p.account_id
           where s.id = $1"#,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.email, row.country)))
}
