//! The database of this process: our own private PostgreSQL, or the one that was named.

use std::time::Duration;

use db::{Db, DbConfig, Durability, Embedded, EmbeddedConfig, EmbeddedError};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::config::{Basics, Database};
use crate::store;

/// Between two looks for a database that is away.
const PAUSE: Duration = Duration::from_millis(500);
const NAME: &str = "bedside";
const OWNER: &str = "postgres";
/// The role of requests: it owns nothing, and row-level security binds it.
const RUNTIME: &str = "bedside_app";

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    #[error("the database cannot be reached or prepared: {0}")]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] db::MigrateError),
    #[error("the database lacks {missing} migrations. Run: bedside migrate")]
    NotMigrated { missing: usize },
}

/// An open database, and the server behind it when it is ours.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) db: Db,
    owner: PgConnectOptions,
    embedded: Option<Embedded>,
}

impl Open {
    /// Starts the private server or names the given one. Connects lazily in the second case: it may be away for now.
    pub(crate) async fn start(basics: &Basics) -> Result<Self, DatabaseError> {
        let (runtime, owner, embedded) = match &basics.database {
            Database::Given { runtime, owner } => (runtime.expose().clone(), owner.expose().clone(), None),
            Database::Private { dir, bin, caches } => {
                let private = EmbeddedConfig {
                    dir: dir.clone(),
                    bin: bin.clone(),
                    caches: caches.clone(),
                    durability: Durability::Durable,
                };
                let embedded = Embedded::start(private).await?;
                prepare(&embedded).await?;
                (embedded.options(NAME, RUNTIME), embedded.options(NAME, OWNER), Some(embedded))
            }
        };
        let quiet = |options: PgConnectOptions| options.disable_statement_logging().application_name("bedside");
        let db = Db::connect(&DbConfig { options: quiet(runtime), max_connections: basics.db_connections });
        Ok(Self { db, owner: quiet(owner), embedded })
    }

    /// Ours is brought up to date without asking. A given one is looked at only: several processes may share it, and
    /// `bedside migrate` is a step of the deployment.
    pub(crate) async fn ready_schema(&self) -> Result<(), DatabaseError> {
        if self.embedded.is_some() {
            self.migrate().await?;
            return Ok(());
        }
        loop {
            match self.missing_migrations().await {
                Ok(0) => return Ok(()),
                Ok(missing) => return Err(DatabaseError::NotMigrated { missing }),
                Err(error) => wait_for(&error).await,
            }
        }
    }

    /// Returns how many migrations ran.
    pub(crate) async fn migrate(&self) -> Result<usize, DatabaseError> {
        let ran = db::migrate(&self.owner).await?;
        if self.embedded.is_some() {
            let mut owner = PgConnection::connect_with(&self.owner).await?;
            store::let_in(&mut owner, RUNTIME).await?;
            owner.close().await?;
        }
        Ok(ran)
    }

    pub(crate) async fn missing_migrations(&self) -> Result<usize, sqlx::Error> {
        use sqlx::migrate::{Migrate as _, MigrateError};
        let mut connection = PgConnection::connect_with(&self.owner).await?;
        let applied = match connection.list_applied_migrations("_sqlx_migrations").await {
            Ok(applied) => applied.len(),
            Err(MigrateError::Execute(error)) if is_no_table(&error) => 0,
            // A database that went away while it was asked has not lost its schema.
            Err(MigrateError::Execute(error)) => return Err(error),
            Err(error) => return Err(sqlx::Error::Migrate(Box::new(error))),
        };
        connection.close().await?;
        Ok(db::MIGRATOR.iter().count().saturating_sub(applied))
    }

    pub(crate) fn is_private(&self) -> bool {
        self.embedded.is_some()
    }

    /// Lets connections go, then stops the private server if nobody else uses it.
    pub(crate) async fn stop(self) -> Result<(), DatabaseError> {
        self.db.close().await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await?;
        }
        Ok(())
    }
}

/// SQLSTATE `undefined_table`.
fn is_no_table(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("42P01")
}

/// A database that is away while the program starts is waited for, like one that goes away later.
pub(crate) async fn wait_for(away: &(dyn std::error::Error + Sync)) {
    tracing::warn!(error = %away, "database.away");
    tokio::time::sleep(PAUSE).await;
}

async fn prepare(embedded: &Embedded) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(&embedded.options("postgres", OWNER)).await?;
    store::create_database_if_absent(&mut connection, NAME).await?;
    connection.close().await
}
