//! A durable PostgreSQL of our own, and hospitals that stand on it, each a process that can be killed.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use db::{Durability, Embedded, EmbeddedConfig};
use reqwest::Client;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use tempfile::TempDir;

use crate::{Failed, failed, process};

const SUPERUSER: &str = "postgres";
const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct Cluster {
    home: TempDir,
    /// Never dropped while it runs: a server that was killed is not ours to stop.
    embedded: Option<Embedded>,
}

impl Cluster {
    pub(crate) async fn start() -> Result<Self, Failed> {
        let home = tempfile::Builder::new().prefix("bedside-bench-").tempdir()?;
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o711))?;
        let embedded = Embedded::start(config(&home.path().join("postgres"))).await?;
        Ok(Self { home, embedded: Some(embedded) })
    }

    fn embedded(&self) -> Result<&Embedded, Failed> {
        self.embedded.as_ref().ok_or_else(|| failed("PostgreSQL is not running"))
    }

    pub(crate) fn url(&self, database: &str) -> Result<String, Failed> {
        Ok(self.embedded()?.url(database, SUPERUSER))
    }

    pub(crate) fn process(&self) -> Result<u32, Failed> {
        self.embedded()?.process_id().ok_or_else(|| failed("PostgreSQL has no process"))
    }

    pub(crate) async fn connect(&self, database: &str) -> Result<PgConnection, Failed> {
        Ok(PgConnection::connect_with(&self.embedded()?.options(database, SUPERUSER)).await?)
    }

    pub(crate) async fn execute(&self, database: &str, sql: &str) -> Result<(), Failed> {
        let mut connection = self.connect(database).await?;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    pub(crate) async fn rows(&self, database: &str, sql: &str) -> Result<Vec<PgRow>, Failed> {
        let mut connection = self.connect(database).await?;
        let rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await?;
        connection.close().await?;
        Ok(rows)
    }

    /// The first column, as text.
    pub(crate) async fn texts(&self, database: &str, sql: &str) -> Result<Vec<String>, Failed> {
        let rows = self.rows(database, sql).await?;
        rows.iter().map(|row| Ok(row.try_get::<Option<String>, _>(0)?.unwrap_or_default())).collect()
    }

    pub(crate) async fn count(&self, database: &str, sql: &str) -> Result<i64, Failed> {
        let found = self.texts(database, &format!("select ({sql})::text")).await?;
        found.first().and_then(|text| text.parse().ok()).ok_or_else(|| failed(format!("{sql} finds no number")))
    }

    /// SIGKILL to the postmaster and to every backend, and then a new server on the same files.
    pub(crate) async fn kill_whole(&mut self) -> Result<(), Failed> {
        let postmaster = self.process()?;
        let mut doomed = vec![postmaster];
        doomed.extend(process::children(postmaster));
        kill_now(&doomed)?;
        // One that is still dying would be taken for one that runs.
        while doomed.iter().any(|id| process::is_alive(*id)) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        if let Some(killed) = self.embedded.take() {
            std::mem::forget(killed);
        }
        self.embedded = Some(Embedded::start(config(&self.home.path().join("postgres"))).await?);
        Ok(())
    }

    /// SIGKILL to one process that serves a client: the postmaster ends all others and recovers by itself. Waits until it has.
    pub(crate) async fn kill_backend(&mut self, number: usize) -> Result<(), Failed> {
        let served: Vec<u32> = process::children(self.process()?)
            .into_iter()
            .filter(|id| process::title(*id).contains(" bedside "))
            .collect();
        let Some(victim) = served.get(number % served.len().max(1)) else { return self.kill_whole().await };
        kill_now(&[*victim])?;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let began = Instant::now();
        while self.count("postgres", "1").await.is_err() {
            if began.elapsed() > PATIENCE {
                return Err(failed("PostgreSQL did not recover"));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// A database of this name with the schema in it.
    pub(crate) async fn create(&self, database: &str, program: &Path) -> Result<(), Failed> {
        self.execute("postgres", &format!("create database {database}")).await?;
        let done = Command::new(program)
            .arg("migrate")
            .env("DATABASE_URL", self.url(database)?)
            .env("BEDSIDE_DATA", self.data(database)?)
            .env("BEDSIDE_ENV", "demonstration")
            .output()?;
        if done.status.success() {
            return Ok(());
        }
        Err(failed(format!("bedside migrate: {}", String::from_utf8_lossy(&done.stderr))))
    }

    fn data(&self, database: &str) -> Result<PathBuf, Failed> {
        let data = self.home.path().join(database);
        fs::create_dir_all(&data)?;
        Ok(data)
    }

    /// The hospital on a database, from its first process on.
    pub(crate) async fn hospital(&self, database: &str, program: &Path) -> Result<Hospital, Failed> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut hospital = Hospital {
            program: program.to_owned(),
            database: self.url(database)?,
            data: self.data(database)?,
            port,
            base: format!("http://127.0.0.1:{port}"),
            child: None,
        };
        hospital.start()?;
        hospital.wait("/readyz").await?;
        Ok(hospital)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(embedded) = self.embedded.take() {
            if let Some(id) = embedded.process_id() {
                let _ = Command::new("kill").args(["-INT", &id.to_string()]).status();
                let began = Instant::now();
                while process::is_alive(id) && began.elapsed() < Duration::from_mins(1) {
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
            std::mem::forget(embedded);
        }
    }
}

fn config(dir: &Path) -> EmbeddedConfig {
    EmbeddedConfig { dir: dir.to_owned(), bin: None, caches: Vec::new(), durability: Durability::Durable }
}

fn kill_now(ids: &[u32]) -> Result<(), Failed> {
    Command::new("kill").arg("-9").args(ids.iter().map(ToString::to_string)).stderr(Stdio::null()).status()?;
    Ok(())
}

/// The process under test, which is started again as a supervisor would.
pub(crate) struct Hospital {
    program: PathBuf,
    database: String,
    data: PathBuf,
    port: u16,
    pub(crate) base: String,
    child: Option<Child>,
}

impl Hospital {
    pub(crate) fn start(&mut self) -> Result<(), Failed> {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log())?;
        let child = Command::new(&self.program)
            .args(["serve", "--demo"])
            .env("DATABASE_URL", &self.database)
            .env("BEDSIDE_ADDR", format!("127.0.0.1:{}", self.port))
            .env("BEDSIDE_INTERNAL_ADDR", "off")
            .env("BEDSIDE_DATA", &self.data)
            .env("BEDSIDE_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        self.child = Some(child);
        Ok(())
    }

    fn log(&self) -> PathBuf {
        self.data.join("bench.log")
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    /// It has not ended by itself.
    pub(crate) fn is_alive(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    pub(crate) fn kill(&mut self) -> Result<(), Failed> {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Until this path answers 200. Returns how long it took.
    pub(crate) async fn wait(&mut self, path: &str) -> Result<Duration, Failed> {
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(2)).build()?;
        let began = Instant::now();
        loop {
            let asked = client.get(format!("{}{path}", self.base)).send().await;
            if asked.is_ok_and(|answer| answer.status().as_u16() == 200) {
                return Ok(began.elapsed());
            }
            if !self.is_alive() || began.elapsed() > PATIENCE {
                return Err(failed(format!("the server does not serve: {}", self.last_words())));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) fn last_words(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// SIGTERM, and the drain.
    pub(crate) fn stop(&mut self) -> Result<(), Failed> {
        if let Some(mut child) = self.child.take() {
            Command::new("kill").arg(child.id().to_string()).status()?;
            child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Hospital {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
