//! All SQL of payouts and payees.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{AccountId, PayoutBatchId, PayoutId, PractitionerId},
};
use uuid::Uuid;

use super::{PayeeState, Payout, PayoutStatus};

mod lists;
mod payees;

pub(crate) use lists::{AdminRow, Filter, ReadyRow, list_for_admin, list_for_export, list_of_payee, list_ready};
pub(crate) use payees::{find_email, find_payee, insert_payee, lock_verified, set_account, set_state_by_account};

struct PayoutRow {
    id: PayoutId,
    payee: PractitionerId,
    gateway: String,
    account_ref: String,
    amount: i64,
    currency: Currency,
    status: String,
    payout_ref: Option<String>,
}

impl From<PayoutRow> for Payout {
    fn from(row: PayoutRow) -> Self {
        Self {
            id: row.id,
            payee: row.payee,
            gateway: row.gateway,
            account_ref: row.account_ref,
            money: Money::new(row.amount, row.currency),
            status: PayoutStatus::read(&row.status),
            payout_ref: row.payout_ref,
        }
    }
}

pub(crate) async fn insert_batch(tx: &mut Tx, id: PayoutBatchId, made_by: AccountId) -> Result<(), Error> {
    sqlx::query!("insert into payout_batches (id, made_by) values ($1, $2)", id as PayoutBatchId, made_by as AccountId)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// All payouts of a batch, which go through one gateway.
pub(crate) async fn insert_all(tx: &mut Tx, payouts: &[Payout], batch: PayoutBatchId) -> Result<(), Error> {
    let ids: Vec<Uuid> = payouts.iter().map(|payout| payout.id.uuid()).collect();
    let payees: Vec<Uuid> = payouts.iter().map(|payout| payout.payee.uuid()).collect();
    let gateways: Vec<String> = payouts.iter().map(|payout| payout.gateway.clone()).collect();
    let accounts: Vec<String> = payouts.iter().map(|payout| payout.account_ref.clone()).collect();
    let amounts: Vec<i64> = payouts.iter().map(|payout| payout.money.amount).collect();
    let currencies: Vec<String> = payouts.iter().map(|payout| payout.money.currency.code().to_owned()).collect();
    sqlx::query!(
        "insert into payouts (id, batch_id, practitioner_id, gateway, account_ref, amount, currency, status)
         select made.id, $1, made.payee, made.gateway, made.account_ref, made.amount, made.currency, 'created'
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[])
                  as made (id, payee, gateway, account_ref, amount, currency)",
        batch as PayoutBatchId,
        &ids,
        &payees,
        &gateways,
        &accounts,
        &amounts,
        &currencies
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: PayoutId) -> Result<Option<Payout>, Error> {
    let row = sqlx::query_as!(
        PayoutRow,
        r#"select id as "id: PayoutId", practitioner_id as "payee: PractitionerId", gateway, account_ref, amount,
                  currency as "currency: Currency", status, payout_ref
           from payouts where id = $1"#,
        id as PayoutId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// Holds the row.
pub(crate) async fn lock(tx: &mut Tx, id: PayoutId) -> Result<Option<Payout>, Error> {
    let row = sqlx::query_as!(
        PayoutRow,
        r#"select id as "id: PayoutId", practitioner_id as "payee: PractitionerId", gateway, account_ref, amount,
                  currency as "currency: Currency", status, payout_ref
           from payouts where id = $1 for update"#,
        id as PayoutId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// By the gateway's reference, or by our own id where the answer that carried the reference was lost. Holds the row.
pub(crate) async fn lock_for_gateway(
    tx: &mut Tx,
    gateway: &str,
    payout_ref: &str,
    ours: Option<PayoutId>,
) -> Result<Option<Payout>, Error> {
    let row = sqlx::query_as!(
        PayoutRow,
        r#"select id as "id: PayoutId", practitioner_id as "payee: PractitionerId", gateway, account_ref, amount,
                  currency as "currency: Currency", status, payout_ref
           from payouts where gateway = $1 and (payout_ref = $2 or (payout_ref is null and id = $3))
           order by payout_ref nulls last limit 1 for update"#,
        gateway,
        payout_ref,
        ours as Option<PayoutId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn set_ref(tx: &mut Tx, id: PayoutId, payout_ref: &str) -> Result<(), Error> {
    sqlx::query!(
        "update payouts set payout_ref = $2, updated_at = clock_timestamp() where id = $1 and payout_ref is null",
        id as PayoutId,
        payout_ref
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_status(
    tx: &mut Tx,
    id: PayoutId,
    status: PayoutStatus,
    failure: Option<&str>,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update payouts set status = $2, failure = coalesce($3, failure),
             paid_at = case when $2 = 'paid' then $4 else paid_at end,
             closed_at = case when $2 in ('failed', 'returned') then $4 else closed_at end, updated_at = clock_timestamp()
         where id = $1",
        id as PayoutId,
        status.as_str(),
        failure,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn list_under_way(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<PayoutId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PayoutId" from payouts
           where status in ('created', 'submitted') and coalesce(checked_at, created_at) <= $1
           order by checked_at nulls first limit $2"#,
        before as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn set_checked(tx: &mut Tx, id: PayoutId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("update payouts set checked_at = $2 where id = $1", id as PayoutId, now as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(())
}
