//! The migrated database that every test's own is copied from: copying takes a tenth of the time that migrating takes.
//!
//! Each test may be a process of its own, so the template is found by its name, which is made of the migrations: the first to
//! need it makes it, under a lock of the server, and marks it as a template when it is whole.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::database::run;

/// Any number that nobody else locks on a test server.
const LOCK: i64 = 0x6265_6473_6964_6531;

/// The template's name, once it is there.
pub(crate) async fn ready(server: &PgConnectOptions) -> String {
    let name = name();
    let mut connection = PgConnection::connect_with(server).await.expect("the server answers");
    // Ends with the connection, so a process that dies leaves no lock.
    run(&mut connection, &format!("select pg_advisory_lock({LOCK})")).await;
    let whole = format!("select from pg_database where datname = '{name}' and datistemplate");
    let found = sqlx::raw_sql(sqlx::AssertSqlSafe(whole)).fetch_optional(&mut connection).await;
    if found.expect("the server knows its databases").is_none() {
        make(&mut connection, server, &name).await;
    }
    connection.close().await.expect("the connection closes");
    name
}

async fn make(connection: &mut PgConnection, server: &PgConnectOptions, name: &str) {
    // Half of one, of a process that died.
    run(connection, &format!("drop database if exists {name} with (force)")).await;
    run(connection, &format!("create database {name}")).await;
    db::migrate(&server.clone().database(name)).await.expect("the migrations run");
    run(connection, &format!("alter database {name} with is_template true allow_connections false")).await;
}

fn name() -> String {
    let mut hasher = DefaultHasher::new();
    for migration in db::MIGRATOR.iter() {
        (migration.version, &migration.checksum).hash(&mut hasher);
    }
    format!("bedside_template_{:016x}", hasher.finish())
}
