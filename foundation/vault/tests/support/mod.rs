//! A database of its own for one test, on the server that the environment names. Crates that testkit stands on include this file;
//! everything above uses testkit.

use std::str::FromStr;

use db::{Db, DbConfig};
use kernel::Random;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

pub(crate) struct TestDb {
    pub(crate) db: Db,
    server: PgConnectOptions,
    name: String,
}

impl TestDb {
    pub(crate) async fn new() -> Self {
        let server = PgConnectOptions::from_str(&server_url()).expect("the server's URL is one");
        let name =
            format!("bedside_test_{:032x}", u128::from_be_bytes(Random::os().token32()[..16].try_into().unwrap()));
        on(&server, &format!("create database {name}")).await;
        let owner = server.clone().database(&name);
        db::migrate(&owner).await.expect("the migrations run");
        let db = Db::connect(&DbConfig { options: owner, max_connections: 16 });
        Self { db, server, name }
    }

    /// Run SQL as the superuser, past every policy: what an intruder with the database's password can do.
    pub(crate) async fn force(&self, sql: &str) {
        on(&self.server.clone().database(&self.name), sql).await;
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (server, drop) = (self.server.clone(), format!("drop database if exists {} with (force)", self.name));
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
            runtime.block_on(on(&server, &drop));
        });
        let _ = dropping.join();
    }
}

async fn on(options: &PgConnectOptions, sql: &str) {
    let mut connection = PgConnection::connect_with(options).await.expect("the server answers");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect("the statement runs");
    let _ = connection.close().await;
}

#[expect(clippy::disallowed_methods, reason = "tests are told their server by the environment")]
fn server_url() -> String {
    std::env::var("BEDSIDE_TEST_SERVER").or_else(|_| std::env::var("DATABASE_URL")).expect("BEDSIDE_TEST_SERVER is set")
}
