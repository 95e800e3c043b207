use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// The forward-only migrations of `migrations/`, built into the program.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("cannot connect as the owner of the database: {0}")]
    Connect(#[from] sqlx::Error),
    #[error("a migration failed: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Bring the schema up to date, as the database's owner (never as the runtime role). Returns how many ran.
pub async fn migrate(owner: &PgConnectOptions) -> Result<usize, MigrateError> {
    let mut connection = PgConnection::connect_with(owner).await?;
    let before = applied(&mut connection).await;
    MIGRATOR.run(&mut connection).await?;
    // A server that runs as the runtime role looks whether the schema is current.
    sqlx::raw_sql("grant select on _sqlx_migrations to bedside_app").execute(&mut connection).await?;
    let after = applied(&mut connection).await;
    connection.close().await?;
    Ok(after.saturating_sub(before))
}

async fn applied(connection: &mut PgConnection) -> usize {
    use sqlx::migrate::Migrate;
    connection.list_applied_migrations("_sqlx_migrations").await.map_or(0, |list| list.len())
}
