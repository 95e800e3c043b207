use kernel::{Random, Timestamp, ids::TypedId};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::{Context, Error, parts::Parts};

/// A transaction with its context, its time and its randomness. Dropped without `commit`, it never happened.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    context: Context,
    now: Timestamp,
    random: Random,
    parts: Parts,
}

impl Tx {
    pub(crate) fn new(
        inner: Transaction<'static, Postgres>,
        context: Context,
        now: Timestamp,
        random: Random,
        parts: Parts,
    ) -> Self {
        Self { inner, context, now, random, parts }
    }

    /// Where a store's statement runs.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// The database's time when the transaction began: the only clock that decisions read.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn context(&self) -> &Context {
        &self.context
    }

    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// A tool that `Db::with_part` gave to every transaction.
    pub fn part<T: Send + Sync + 'static>(&self) -> Option<std::sync::Arc<T>> {
        self.parts.get()
    }

    /// A new id of this instant.
    pub fn id<T: TypedId>(&mut self) -> T {
        self.random.id(self.now)
    }

    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.inner.commit().await?)
    }

    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
    }
}
