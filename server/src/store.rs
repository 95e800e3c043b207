//! The server's own SQL: making the private database, and looking at roles. It runs before there is a schema, so nothing checks it.

use sqlx::{AssertSqlSafe, PgConnection, Row as _};

pub(crate) async fn create_database_if_absent(
    connection: &mut PgConnection,
    name: &'static str,
) -> Result<(), sqlx::Error> {
    let wanted = AssertSqlSafe(format!("select from pg_database where datname = '{name}'"));
    if sqlx::raw_sql(wanted).fetch_optional(&mut *connection).await?.is_none() {
        sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(connection).await?;
    }
    Ok(())
}

/// The role of requests may connect. On the private database's socket, who may enter its folder may come in.
pub(crate) async fn let_in(connection: &mut PgConnection, role: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(format!("alter role {role} login"))).execute(connection).await?;
    Ok(())
}

/// Row-level security binds neither superusers nor those who bypass it.
pub(crate) async fn is_above_the_rules(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let asked = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user";
    sqlx::raw_sql(asked).fetch_one(connection).await?.try_get(0)
}
