//! All SQL of the sandbox's own books.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Secret, Timestamp,
    ids::{EventId, RefundId},
};

use super::{SandboxCheckout, SandboxState};

pub(super) mod payouts;

pub(super) async fn insert_secret_if_none(tx: &mut Tx, id: EventId, secret: &str) -> Result<(), Error> {
    sqlx::query!(
        "insert into sandbox_secrets (id, secret) select $1, $2 where not exists (select from sandbox_secrets)
         on conflict do nothing",
        id as EventId,
        secret
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Newest first.
pub(super) async fn list_secrets(tx: &mut Tx) -> Result<Vec<Secret<String>>, Error> {
    let rows = sqlx::query_scalar!("select secret from sandbox_secrets order by id desc").fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(Secret::new).collect())
}

/// False when this merchant reference has a checkout already.
pub(super) async fn insert_checkout(tx: &mut Tx, checkout: &SandboxCheckout) -> Result<bool, Error> {
    let done = sqlx::query!(
        "insert into sandbox_checkouts (token, merchant_ref, amount, currency, description, success_url, cancel_url, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (merchant_ref) do nothing",
        checkout.token,
        checkout.merchant_ref,
        checkout.money.amount,
        checkout.money.currency as Currency,
        checkout.description,
        checkout.success_url,
        checkout.cancel_url,
        checkout.state.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

struct CheckoutRow {
    token: String,
    merchant_ref: String,
    amount: i64,
    currency: Currency,
    description: String,
    success_url: String,
    cancel_url: String,
    state: String,
    captured_at: Option<Timestamp>,
}

impl From<CheckoutRow> for SandboxCheckout {
    fn from(row: CheckoutRow) -> Self {
        Self {
            token: row.token,
            merchant_ref: row.merchant_ref,
            money: Money::new(row.amount, row.currency),
            description: row.description,
            success_url: row.success_url,
            cancel_url: row.cancel_url,
            state: SandboxState::read(&row.state),
            captured_at: row.captured_at,
        }
    }
}

pub(super) async fn find_checkout(tx: &mut Tx, token: &str) -> Result<Option<SandboxCheckout>, Error> {
    let row = sqlx::query_as!(
        CheckoutRow,
        r#"select token, merchant_ref, amount, currency as "currency: Currency", description, success_url, cancel_url,
                  state, captured_at as "captured_at: Timestamp"
           from sandbox_checkouts where token = $1"#,
        token
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(super) async fn find_by_merchant_ref(tx: &mut Tx, merchant_ref: &str) -> Result<Option<SandboxCheckout>, Error> {
    let row = sqlx::query_as!(
        CheckoutRow,
        r#"select token, merchant_ref, amount, currency as "currency: Currency", description, success_url, cancel_url,
                  state, captured_at as "captured_at: Timestamp"
           from sandbox_checkouts where merchant_ref = $1"#,
        merchant_ref
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

/// Guarded: true when the checkout was in one of the states `from`.
pub(super) async fn set_state(
    tx: &mut Tx,
    token: &str,
    from: &[&'static str],
    to: SandboxState,
    captured_at: Option<Timestamp>,
) -> Result<bool, Error> {
    let from: Vec<String> = from.iter().map(|state| (*state).to_owned()).collect();
    let done = sqlx::query!(
        "update sandbox_checkouts set state = $3, captured_at = $4, updated_at = clock_timestamp()
         where token = $1 and state = any ($2)",
        token,
        &from,
        to.as_str(),
        captured_at as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_event(tx: &mut Tx, id: EventId, token: &str, kind: &str) -> Result<(), Error> {
    sqlx::query!("insert into sandbox_events (id, token, kind) values ($1, $2, $3)", id as EventId, token, kind)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(super) struct EventRow {
    pub(super) kind: String,
    /// Of a checkout.
    pub(super) token: Option<String>,
    pub(super) merchant_ref: Option<String>,
    /// Anything else.
    pub(super) about: Option<String>,
}

pub(super) async fn find_event(tx: &mut Tx, id: EventId) -> Result<Option<EventRow>, Error> {
    Ok(sqlx::query_as!(
        EventRow,
        r#"select e.kind, e.token, c.merchant_ref as "merchant_ref?", e.about
           from sandbox_events e left join sandbox_checkouts c on c.token = e.token where e.id = $1"#,
        id as EventId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// True when the refund is known already (the same key twice).
pub(super) async fn has_refund(tx: &mut Tx, refund_ref: &str) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sandbox_refunds where merchant_ref = $1) as "known!""#,
        refund_ref
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Guarded: false when more would be given back than was captured.
pub(super) async fn take_from_captured(tx: &mut Tx, token: &str, amount: i64) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update sandbox_checkouts set refunded = refunded + $2, updated_at = clock_timestamp()
         where token = $1 and state = 'captured' and refunded + $2 <= amount",
        token,
        amount
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_refund(tx: &mut Tx, id: RefundId, token: &str, amount: i64) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into sandbox_refunds (id, merchant_ref, token, amount, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)",
        id as RefundId,
        id.to_string(),
        token,
        amount,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Money that moved, by the sandbox's own books.
pub(super) struct MovedRow {
    pub(super) token: String,
    pub(super) merchant_ref: String,
    pub(super) money: Money,
    pub(super) at: Timestamp,
}

pub(super) async fn list_captured(tx: &mut Tx, from: Timestamp, until: Timestamp) -> Result<Vec<MovedRow>, Error> {
    let rows = sqlx::query!(
        r#"select token, merchant_ref, amount, currency as "currency: Currency", captured_at as "at!: Timestamp"
           from sandbox_checkouts where captured_at >= $1 and captured_at < $2 order by captured_at, token"#,
        from as Timestamp,
        until as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let moved = rows.into_iter().map(|row| MovedRow {
        token: row.token,
        merchant_ref: row.merchant_ref,
        money: Money::new(row.amount, row.currency),
        at: row.at,
    });
    Ok(moved.collect())
}

pub(super) async fn list_refunded(tx: &mut Tx, from: Timestamp, until: Timestamp) -> Result<Vec<MovedRow>, Error> {
    let rows = sqlx::query!(
        r#"select r.token, r.merchant_ref, r.amount, c.currency as "currency: Currency", r.created_at as "at: Timestamp"
           from sandbox_refunds r join sandbox_checkouts c using (token)
           where r.created_at >= $1 and r.created_at < $2 order by r.created_at, r.id"#,
        from as Timestamp,
        until as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let moved = rows.into_iter().map(|row| MovedRow {
        token: row.token,
        merchant_ref: row.merchant_ref,
        money: Money::new(row.amount, row.currency),
        at: row.at,
    });
    Ok(moved.collect())
}
