use kernel::{Random, Timestamp, ids::TypedId};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::{Context, Error, Kept, Standing, Whose, kept::Shelves, parts::Parts};

/// A transaction with its context, its time and its randomness. Dropped without `commit`, it never happened.
#[derive(Debug)]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    context: Context,
    now: Timestamp,
    random: Random,
    tools: Tools,
    changed: Vec<Whose>,
}

/// What all transactions of a `Db` share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tools {
    pub(crate) parts: Parts,
    pub(crate) standing: Standing,
    pub(crate) shelves: Shelves,
}

impl Tx {
    pub(crate) fn new(
        inner: Transaction<'static, Postgres>,
        context: Context,
        now: Timestamp,
        random: Random,
        tools: Tools,
    ) -> Self {
        Self { inner, context, now, random, tools, changed: Vec::new() }
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
        self.tools.parts.get()
    }

    /// What this process keeps of one type, by id and version.
    pub fn kept<T: Send + Sync + 'static>(&self) -> std::sync::Arc<Kept<T>> {
        self.shelf()
    }

    /// The one value of its type that all transactions of this process share, empty at first.
    pub fn shelf<T: Default + Send + Sync + 'static>(&self) -> std::sync::Arc<T> {
        self.tools.shelves.of()
    }

    /// A new id of this instant.
    pub fn id<T: TypedId>(&mut self) -> T {
        self.random.id(self.now)
    }

    /// This transaction changes what a request may remember of a person for a moment (see `Standing`).
    pub fn changes_standing(&mut self, whose: Whose) {
        if !self.changed.contains(&whose) {
            self.changed.push(whose);
        }
    }

    /// Plan the statements that follow for their values, not once for all: for lists with filters that may be absent, where
    /// one plan cannot suit all. Costs a round trip and the planning.
    pub async fn plan_for_values(&mut self) -> Result<(), Error> {
        sqlx::query!("select set_config('plan_cache_mode', 'force_custom_plan', true) as set")
            .fetch_one(self.conn())
            .await?;
        Ok(())
    }

    /// For long looks over everything, such as the verification of the ledger: a hospital that has grown needs more time for them
    /// than a request may have.
    pub async fn without_time_limit(&mut self) -> Result<(), Error> {
        sqlx::query!("select set_config('statement_timeout', '0', true) as set").fetch_one(self.conn()).await?;
        Ok(())
    }

    pub async fn commit(self) -> Result<(), Error> {
        self.inner.commit().await?;
        self.tools.standing.changed(&self.changed);
        Ok(())
    }

    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.inner.rollback().await?)
    }
}
