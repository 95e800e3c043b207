use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use kernel::{Random, Timestamp};
use sqlx::{
    PgPool, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    Context, Error, Standing, Tx,
    turns::{self, Turns},
    tx::Tools,
};

/// The role every request runs as: it owns nothing and row-level security binds it.
const RUNTIME_ROLE: &str = "bedside_app";

#[derive(Clone, Debug)]
pub struct DbConfig {
    pub options: PgConnectOptions,
    pub max_connections: u32,
}

/// The database's clock, which tests may shift. Shifting moves every decision about time, for it is the only clock
/// that decisions read.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Move the time that transactions see forward (or back), in seconds.
    pub fn shift_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }

    /// How far the time is shifted, for statements that run outside a transaction.
    pub fn shift_micros(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn adjust(&self, database_time: Timestamp) -> Timestamp {
        Timestamp::from_micros(database_time.micros() + self.0.load(Ordering::SeqCst))
    }
}

/// The pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
    clock: Clock,
    random: RandomSource,
    tools: Tools,
    turns: Turns,
}

#[derive(Clone, Copy, Debug)]
enum RandomSource {
    Os,
    #[expect(dead_code, reason = "demonstration data seed their own generator; tests may seed this one")]
    Seeded(u64),
}

impl Db {
    /// Connections are made lazily: the program starts while the database is still away.
    ///
    /// Statements are planned once for a connection, not with every use: with row-level security the planning costs more than
    /// most reads. `Tx::plan_for_values` is for the few whose filters may be absent.
    pub fn connect(config: &DbConfig) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(config.max_connections)
            .acquire_timeout(turns::PATIENCE)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    let settings = format!(
                        "set role {RUNTIME_ROLE}; set statement_timeout = '5s'; set lock_timeout = '3s'; \
                         set idle_in_transaction_session_timeout = '10s'; set plan_cache_mode = 'force_generic_plan'"
                    );
                    sqlx::raw_sql(sqlx::AssertSqlSafe(settings)).execute(connection).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(config.options.clone());
        Self {
            pool,
            clock: Clock::default(),
            random: RandomSource::Os,
            tools: Tools::default(),
            turns: Turns::default(),
        }
    }

    /// Give every transaction a tool, found by its type with `Tx::part`.
    #[must_use]
    pub fn with_part<T: Send + Sync + 'static>(mut self, part: T) -> Self {
        self.tools.parts.insert(part);
        self
    }

    /// Whose standing has changed in this process, and when.
    pub fn standing(&self) -> &Standing {
        &self.tools.standing
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Begin a transaction for `context`: sets what row-level security reads, and takes the database's time, in one
    /// round trip after `begin`.
    pub async fn begin(&self, context: &Context) -> Result<Tx, Error> {
        let mut inner = self.turns.take(self.pool.begin()).await?;
        let [system, why, account, session, practitioner, patients, roles, request_id] = context.settings();
        let row = sqlx::query!(
            r#"select set_config('app.context', 'on', true) as s1, set_config('app.system', $1, true) as s2,
                      set_config('app.why', $2, true) as s3, set_config('app.account', $3, true) as s4,
                      set_config('app.session', $4, true) as s5, set_config('app.practitioner', $5, true) as s6,
                      set_config('app.patients', $6, true) as s7, set_config('app.roles', $7, true) as s8,
                      set_config('app.request', $8, true) as s9,
                      clock_timestamp() as "now!: Timestamp""#,
            system,
            why,
            account,
            session,
            practitioner,
            patients,
            roles,
            request_id
        )
        .fetch_one(&mut *inner)
        .await?;
        let random = match self.random {
            RandomSource::Os => Random::os(),
            RandomSource::Seeded(seed) => Random::seeded(seed),
        };
        Ok(Tx::new(inner, context.clone(), self.clock.adjust(row.now), random, self.tools.clone()))
    }

    /// True when the database answers.
    pub async fn is_ready(&self) -> bool {
        let Ok(mut connection) = self.connection().await else { return false };
        let asked = sqlx::raw_sql("select 1").fetch_one(&mut *connection).await;
        asked.and_then(|row| row.try_get::<i32, _>(0)).is_ok()
    }

    /// A connection without a context, for a function that needs none. Waits its turn, as `begin` does.
    pub async fn connection(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Postgres>, Error> {
        self.turns.take(self.pool.acquire()).await
    }

    /// For listeners (`LISTEN`) and the one-off work of operators; requests use `begin`.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}
