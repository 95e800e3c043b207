use std::str::FromStr as _;

use db::{Context, Db, DbConfig, Tx};
use kernel::{Random, Timestamp};
use sqlx::{Connection as _, PgConnection, Row as _, postgres::PgConnectOptions};

use crate::template;

/// As many as a serving process has by default.
const CONNECTIONS: u32 = 20;

/// A database of its own for one test; gone when this is dropped.
#[derive(Debug)]
pub struct TestDb {
    db: Db,
    server: PgConnectOptions,
    name: String,
}

impl TestDb {
    pub async fn new() -> Self {
        let server = PgConnectOptions::from_str(&server_url()).expect("BEDSIDE_TEST_SERVER is a URL of PostgreSQL");
        let template = template::ready(&server).await;
        let name = format!("bedside_test_{}", hex::encode(&Random::os().token32()[..12]));
        on(&server, &format!("create database {name} template {template}")).await;
        let options = server.clone().database(&name);
        let db = Db::connect(&DbConfig { options, max_connections: CONNECTIONS });
        Self { db, server, name }
    }

    /// As the program has it: in the role of requests.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Give every transaction a tool, as the program does at its start.
    pub fn give<T: Send + Sync + 'static>(&mut self, part: T) {
        self.db = self.db.clone().with_part(part);
    }

    pub async fn system(&self) -> Tx {
        self.db.begin(&Context::system("test")).await.expect("a transaction begins")
    }

    /// The time as the program sees it.
    pub async fn now(&self) -> Timestamp {
        self.system().await.now()
    }

    pub fn pass_minutes(&self, minutes: i64) {
        self.db.clock().shift_seconds(minutes * 60);
    }

    /// Run SQL as the superuser, past every policy.
    pub async fn force(&self, sql: &str) {
        on(&self.server.clone().database(&self.name), sql).await;
    }

    /// Why the database refuses this, even to a superuser.
    ///
    /// # Panics
    /// When it does not.
    pub async fn refusal(&self, sql: &str) -> String {
        let mut connection =
            PgConnection::connect_with(&self.server.clone().database(&self.name)).await.expect("the server answers");
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        connection.close().await.expect("the connection closes");
        done.err().unwrap_or_else(|| panic!("{sql} is not refused")).to_string()
    }

    /// The first column of what a superuser's query finds, as text.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut connection =
            PgConnection::connect_with(&self.server.clone().database(&self.name)).await.expect("the server answers");
        let found = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
        let rows = found.unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection.close().await.expect("the connection closes");
        rows.iter().map(|row| row.try_get::<Option<String>, _>(0).expect("text").unwrap_or_default()).collect()
    }

    /// The one number that a superuser's query finds.
    pub async fn count(&self, sql: &str) -> i64 {
        let found = self.texts(&format!("select ({sql})::text")).await;
        found.first().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{sql} finds no number"))
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (server, drop) = (self.server.clone(), format!("drop database if exists {} with (force)", self.name));
        // A thread of its own, for the test's runtime may be ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
            runtime.block_on(on(&server, &drop));
        });
        let _ = dropping.join();
    }
}

async fn on(options: &PgConnectOptions, sql: &str) {
    let mut connection = PgConnection::connect_with(options).await.expect("the server answers");
    run(&mut connection, sql).await;
    connection.close().await.expect("the connection closes");
}

pub(crate) async fn run(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

#[expect(clippy::disallowed_methods, reason = "tests are told their server by the environment")]
fn server_url() -> String {
    std::env::var("BEDSIDE_TEST_SERVER").expect("BEDSIDE_TEST_SERVER names a server: run `make test`, or with-postgres")
}
