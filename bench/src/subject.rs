//! The hospital under test: the release build, in demonstration mode, with its own durable PostgreSQL.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::{Failed, failed};

const PASSWORD: &str = "demo-Bedside-2026";
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Subject {
    child: Child,
    pub(crate) base: String,
    data: PathBuf,
    pub(crate) boot: Duration,
}

impl Subject {
    /// Starts it on a free port and waits until it is ready.
    pub(crate) async fn start(program: &Path, data: &Path) -> Result<Self, Failed> {
        fs::set_permissions(data, fs::Permissions::from_mode(0o711))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = fs::File::create(data.join("bench.log"))?;
        let began = Instant::now();
        let child = Command::new(program)
            .args(["serve", "--demo"])
            .env("BEDSIDE_ADDR", format!("127.0.0.1:{port}"))
            .env("BEDSIDE_INTERNAL_ADDR", "off")
            .env("BEDSIDE_DATA", data)
            .env("BEDSIDE_LOG", "warn")
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let base = format!("http://127.0.0.1:{port}");
        let mut subject = Self { child, base, data: data.to_owned(), boot: Duration::ZERO };
        subject.wait(began).await?;
        Ok(subject)
    }

    async fn wait(&mut self, began: Instant) -> Result<(), Failed> {
        let client = Client::builder().no_proxy().build()?;
        loop {
            let asked = client.get(format!("{}/readyz", self.base)).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                self.boot = began.elapsed();
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || began.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.data.join("bench.log")).unwrap_or_default();
                return Err(failed(format!("the server did not start: {log}")));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Server and PostgreSQL, to be charged together.
    pub(crate) fn processes(&self) -> Result<Vec<u32>, Failed> {
        Ok(vec![self.process(), self.postgres()?.0])
    }

    /// The process of its PostgreSQL and the folder of its socket.
    fn postgres(&self) -> Result<(u32, String), Failed> {
        let home = self.data.join("postgres");
        let home = fs::read_to_string(home.join("moved-to")).map_or(home, |moved| PathBuf::from(moved.trim()));
        let status = fs::read_to_string(home.join("cluster/postmaster.pid"))?;
        let lines: Vec<&str> = status.lines().collect();
        let process = lines.first().and_then(|line| line.trim().parse().ok());
        process
            .zip(lines.get(4).map(ToString::to_string))
            .ok_or_else(|| failed("PostgreSQL's pid file is not understood"))
    }

    /// Its database, as owner.
    pub(crate) fn database(&self) -> Result<String, Failed> {
        let (_, socket) = self.postgres()?;
        Ok(format!(
            "postgres://postgres@localhost:5432/bedside?host={}",
            socket.replace('/', "%2F").replace(' ', "%20")
        ))
    }

    pub(crate) fn socket(&self) -> Result<String, Failed> {
        Ok(self.postgres()?.1)
    }

    /// A token of this account.
    pub(crate) async fn sign_in(&self, identifier: &str) -> Result<String, Failed> {
        let client = Client::builder().no_proxy().build()?;
        let body = json!({"identifier": identifier, "password": PASSWORD}).to_string();
        loop {
            let asked =
                client.post(format!("{}/api/v1/sessions", self.base)).header("content-type", "application/json");
            let answer = asked.body(body.clone()).send().await?;
            let status = answer.status();
            if status.as_u16() == 429 {
                let wait = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
                tokio::time::sleep(Duration::from_secs(wait.unwrap_or(5))).await;
                continue;
            }
            let text = answer.text().await?;
            let token = serde_json::from_str::<Value>(&text)
                .ok()
                .and_then(|body| Some(body.get("token")?.as_str()?.to_owned()));
            return token.ok_or_else(|| failed(format!("{identifier} could not sign in: {status} {text}")));
        }
    }

    pub(crate) fn stop(mut self) -> Result<(), Failed> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // SIGTERM, not SIGKILL: its PostgreSQL must go with it.
            let _ = Command::new("kill").arg(self.child.id().to_string()).status();
            let _ = self.child.wait();
        }
    }
}
