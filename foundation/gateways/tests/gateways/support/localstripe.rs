//! Starts `localstripe` (PyPI), a stand-in for Stripe's API, on an ephemeral port.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// It keeps its books in /tmp by default; several tests at once should not share them.
const START: &str = "import localstripe.resources as r
r.Store.dump_to_disk = lambda self: None
from localstripe.server import start
start()";

pub(crate) struct LocalStripe {
    pub(crate) url: String,
    child: Child,
}

impl Drop for LocalStripe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `None`, with a word on how to get it, where it is not installed; on the build machine that is a failure.
pub(crate) async fn start() -> Option<LocalStripe> {
    let Some(python) = python() else {
        assert!(!on_the_build_machine(), "localstripe is not installed: run `make test`, which installs it");
        eprintln!("skipped: localstripe is not installed; `make test` installs it under .cache/localstripe");
        return None;
    };
    let port = free_port();
    let child = Command::new(python)
        .args(["-c", START, "--port", &port.to_string(), "--from-scratch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("python starts");
    let running = LocalStripe { url: format!("http://127.0.0.1:{port}"), child };
    wait_for(port).await;
    Some(running)
}

fn python() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ours = root.join(".cache/localstripe/bin/python");
    [ours, PathBuf::from("python3")].into_iter().find(|python| {
        let asked = Command::new(python).args(["-c", "import localstripe.server"]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    })
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration of their own")]
fn on_the_build_machine() -> bool {
    std::env::var_os("BEDSIDE_CI").is_some()
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

/// Until it accepts connections; at most half a minute.
async fn wait_for(port: u16) {
    let ready = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ready).await.expect("localstripe listens");
}
