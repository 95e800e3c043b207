//! All SQL of the sandbox's accounts, payouts and disputes.

use db::{Error, Tx};
use kernel::{Currency, Money, Timestamp, ids::EventId};

use super::super::payouts::{Bank, SandboxAccount, SandboxDispute};
use crate::payment::{AccountState, DisputeState, PayoutState, RemotePayout};

/// The account of this merchant reference: the first one stays.
pub(in crate::payment::sandbox) async fn insert_account(
    tx: &mut Tx,
    token: &str,
    merchant_ref: &str,
) -> Result<String, Error> {
    Ok(sqlx::query_scalar!(
        "insert into sandbox_accounts (token, merchant_ref, state) values ($1, $2, 'pending')
         on conflict (merchant_ref) do update set updated_at = sandbox_accounts.updated_at
         returning token",
        token,
        merchant_ref
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(in crate::payment::sandbox) async fn set_return_url(tx: &mut Tx, token: &str, url: &str) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update sandbox_accounts set return_url = $2, updated_at = clock_timestamp() where token = $1",
        token,
        url
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::payment::sandbox) async fn set_account(
    tx: &mut Tx,
    token: &str,
    state: AccountState,
    bank: Bank,
) -> Result<bool, Error> {
    let state = match state {
        AccountState::Pending => "pending",
        AccountState::Verified => "verified",
        AccountState::Restricted => "restricted",
    };
    let done = sqlx::query!(
        "update sandbox_accounts set state = $2, bank = $3, updated_at = clock_timestamp() where token = $1",
        token,
        state,
        bank.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::payment::sandbox) async fn find_account(
    tx: &mut Tx,
    token: &str,
) -> Result<Option<SandboxAccount>, Error> {
    let row = sqlx::query!("select token, return_url, state, bank from sandbox_accounts where token = $1", token)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(|row| SandboxAccount {
        token: row.token,
        return_url: row.return_url,
        state: match row.state.as_str() {
            "verified" => AccountState::Verified,
            "restricted" => AccountState::Restricted,
            _ => AccountState::Pending,
        },
        bank: Bank::read(&row.bank),
    }))
}

const fn word(state: PayoutState) -> &'static str {
    match state {
        PayoutState::Pending => "pending",
        PayoutState::Paid => "paid",
        PayoutState::Failed => "failed",
        PayoutState::Returned => "returned",
    }
}

pub(in crate::payment::sandbox) async fn insert_payout(
    tx: &mut Tx,
    payout: &RemotePayout,
    merchant_ref: &str,
    account: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into sandbox_payouts (token, merchant_ref, account, amount, currency, state) values ($1, $2, $3, $4, $5, $6)",
        payout.payout_ref,
        merchant_ref,
        account,
        payout.money.amount,
        payout.money.currency as Currency,
        word(payout.state)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct PayoutRow {
    token: String,
    merchant_ref: String,
    amount: i64,
    currency: Currency,
    state: String,
}

impl From<PayoutRow> for RemotePayout {
    fn from(row: PayoutRow) -> Self {
        Self {
            payout_ref: row.token,
            payout: row.merchant_ref.parse().ok(),
            money: Money::new(row.amount, row.currency),
            state: match row.state.as_str() {
                "paid" => PayoutState::Paid,
                "failed" => PayoutState::Failed,
                "returned" => PayoutState::Returned,
                _ => PayoutState::Pending,
            },
        }
    }
}

pub(in crate::payment::sandbox) async fn find_payout(tx: &mut Tx, token: &str) -> Result<Option<RemotePayout>, Error> {
    let row = sqlx::query_as!(
        PayoutRow,
        r#"select token, merchant_ref, amount, currency as "currency: Currency", state from sandbox_payouts where token = $1"#,
        token
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(in crate::payment::sandbox) async fn find_payout_by_merchant_ref(
    tx: &mut Tx,
    ours: &str,
) -> Result<Option<RemotePayout>, Error> {
    let row = sqlx::query_as!(
        PayoutRow,
        r#"select token, merchant_ref, amount, currency as "currency: Currency", state
           from sandbox_payouts where merchant_ref = $1"#,
        ours
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(in crate::payment::sandbox) async fn set_payout_state(
    tx: &mut Tx,
    token: &str,
    state: PayoutState,
) -> Result<(), Error> {
    sqlx::query!(
        "update sandbox_payouts set state = $2, updated_at = clock_timestamp() where token = $1 and state in ('pending', 'paid')",
        token,
        word(state)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Paid to accounts whose bank sends everything back.
pub(in crate::payment::sandbox) async fn list_to_return(tx: &mut Tx) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        "select p.token from sandbox_payouts p join sandbox_accounts a on a.token = p.account
         where p.state = 'paid' and a.bank = 'returns' order by p.created_at, p.token limit 100"
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Of a payment that was captured; the first objection stays. `None` where there is nothing to object to.
pub(in crate::payment::sandbox) async fn insert_dispute(
    tx: &mut Tx,
    token: &str,
    checkout: &str,
    fee: i64,
    due: Timestamp,
) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!(
        "insert into sandbox_disputes (token, checkout, amount, currency, fee, state, evidence_due_at)
         select $1, c.token, c.amount - c.refunded, c.currency, $3, 'open', $4 from sandbox_checkouts c
         where c.token = $2 and c.state = 'captured' and c.amount > c.refunded
         on conflict (checkout) do update set updated_at = sandbox_disputes.updated_at
         returning token",
        token,
        checkout,
        fee,
        due as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(in crate::payment::sandbox) async fn find_dispute(
    tx: &mut Tx,
    token: &str,
) -> Result<Option<SandboxDispute>, Error> {
    let row = sqlx::query!(
        r#"select d.token, c.merchant_ref, d.amount, d.currency as "currency: Currency", d.fee, d.state,
                  d.evidence_due_at as "evidence_due_at: Timestamp"
           from sandbox_disputes d join sandbox_checkouts c on c.token = d.checkout where d.token = $1"#,
        token
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| SandboxDispute {
        token: row.token,
        merchant_ref: row.merchant_ref,
        money: Money::new(row.amount, row.currency),
        fee: row.fee,
        state: match row.state.as_str() {
            "won" => DisputeState::Won,
            "lost" => DisputeState::Lost,
            _ => DisputeState::Open,
        },
        evidence_due_at: row.evidence_due_at,
    }))
}

/// Guarded: what is decided stays decided.
pub(in crate::payment::sandbox) async fn set_dispute_state(
    tx: &mut Tx,
    token: &str,
    state: DisputeState,
) -> Result<bool, Error> {
    let state = match state {
        DisputeState::Open | DisputeState::UnderReview => "open",
        DisputeState::Won => "won",
        DisputeState::Lost => "lost",
    };
    let done = sqlx::query!(
        "update sandbox_disputes set state = $2, updated_at = clock_timestamp() where token = $1 and state = 'open'",
        token,
        state
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::payment::sandbox) async fn insert_event(
    tx: &mut Tx,
    id: EventId,
    kind: &str,
    about: &str,
) -> Result<(), Error> {
    sqlx::query!("insert into sandbox_events (id, kind, about) values ($1, $2, $3)", id as EventId, kind, about)
        .execute(tx.conn())
        .await?;
    Ok(())
}
