//! Letters that are tried again.

use db::{Error, Tx};
use kernel::{Timestamp, ids::DeliveryId};

use crate::{deliveries::State, letter::Channel};

pub(crate) struct Settled {
    pub(crate) channel: Channel,
    pub(crate) state: State,
    pub(crate) void_after: Option<Timestamp>,
    pub(crate) letter_sealed: Vec<u8>,
}

pub(crate) async fn lock(tx: &mut Tx, id: DeliveryId) -> Result<Option<Settled>, Error> {
    let row = sqlx::query!(
        r#"select channel, state, void_after as "void_after: Timestamp", letter_sealed from deliveries where id = $1 for update"#,
        id as DeliveryId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Settled {
        channel: Channel::of(&row.channel),
        state: State::from_word(&row.state).unwrap_or(State::Waiting),
        void_after: row.void_after,
        letter_sealed: row.letter_sealed,
    }))
}

/// As if it had been written now.
pub(crate) async fn set_waiting(tx: &mut Tx, id: DeliveryId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update deliveries set state = 'waiting', settled_at = null, last_error = null, provider_ref = null, handed_at = null,
             not_before = null, retried_at = $2, updated_at = $2 where id = $1",
        id as DeliveryId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
