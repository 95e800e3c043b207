//! A whole hospital for one test: every room, a vault on disk, the sandbox gateway, the mailbox. Only the sockets are missing.

mod books;
mod clamd;
mod files;
mod money;
mod people;
mod socket;
mod story;

use std::sync::Arc;

use gateways::{Payments, payment::sandbox::Sandbox};
use kernel::{LocalDate, Secret, Timestamp, Zone};
use tempfile::TempDir;
use testkit::{TestApp, TestDb};
use tokio_util::sync::CancellationToken;
use vault::Vault;

pub(crate) use clamd::{Clamd, Mood, eicar};
pub(crate) use files::{jpeg, pdf, pdf_saying, pdf_with, png};
pub(crate) use money::Paying;
pub(crate) use people::{PRICE, Person, book, offer};
pub(crate) use story::{Story, Words};

/// Nobody listens there, and asking is refused at once: webhooks come when a test posts them.
const BASE_URL: &str = "http://127.0.0.1:9/";

pub(crate) struct Hospital {
    pub(crate) doors: TestApp,
    pub(crate) app: web::App,
    pub(crate) test: TestDb,
    pub(crate) vault: Vault,
    pub(crate) sandbox: Arc<Sandbox>,
    secret: Secret<String>,
    data: TempDir,
    day: LocalDate,
}

impl Hospital {
    pub(crate) async fn open() -> Self {
        Self::open_at(BASE_URL).await
    }

    /// Reached by browsers under this address.
    pub(crate) async fn open_at(base_url: &str) -> Self {
        Self::furnished(base_url, Payments::sandbox_only, intake::Scanner::Nobody, |furniture| furniture).await
    }

    /// With other furniture than usual.
    pub(crate) async fn open_with(change: impl FnOnce(server::Furniture) -> server::Furniture) -> Self {
        Self::furnished(BASE_URL, Payments::sandbox_only, intake::Scanner::Nobody, change).await
    }

    /// With something of the test's own between the hospital and the sandbox.
    pub(crate) async fn paying(gateways: impl FnOnce(Arc<Sandbox>) -> Payments) -> Self {
        Self::furnished(BASE_URL, gateways, intake::Scanner::Nobody, |furniture| furniture).await
    }

    /// With somebody who looks for viruses, or nobody.
    pub(crate) async fn scanned_by(scanner: intake::Scanner) -> Self {
        Self::furnished(BASE_URL, Payments::sandbox_only, scanner, |furniture| furniture).await
    }

    async fn furnished(
        base_url: &str,
        gateways: impl FnOnce(Arc<Sandbox>) -> Payments,
        scanner: intake::Scanner,
        change: impl FnOnce(server::Furniture) -> server::Furniture,
    ) -> Self {
        let mut test = TestDb::new().await;
        let day = test.now().await.date_in(&Zone::utc()).plus_days(3);
        let data = tempfile::tempdir().unwrap();
        let vault = Vault::start(&vault::Config::for_tests(data.path())).await.unwrap();
        test.give(vault.clone());
        let secret = Secret::new("whsec_of_the_test".to_owned());
        let sandbox = Arc::new(Sandbox::with_secrets(test.db().clone(), base_url, vec![secret.clone()]));
        let furniture = server::Furniture {
            settings: web::AppConfig {
                brand: "Bedside".to_owned(),
                base_url: base_url.parse().unwrap(),
                demo_mode: false,
            },
            payments: gateways(sandbox.clone()),
            letters: notify::Transports::start(&notify::Config::for_tests()).unwrap(),
            anchors: audit::Anchors::open(&audit::AnchorConfig::for_tests(data.path())).unwrap(),
            media: media(),
            times: scheduling::Config::for_tests(),
            books: billing::Config::for_tests(),
            ages: ::people::dependants::Config::for_tests(),
            post: correspondence::Config::for_tests(),
            duplicates: ::people::duplicates::Config::for_tests(),
            scribe: None,
            recorder: None,
            writer: None,
            intake: incoming(data.path(), scanner),
        };
        let app = server::furnish(test.db().clone(), vault.clone(), change(furniture), &CancellationToken::new());
        Self { doors: TestApp::new(app.clone(), server::wiring::rooms()), app, test, vault, sandbox, secret, data, day }
    }

    /// Where files are, sealed.
    pub(crate) fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// A time of the hospital's day, three days after it opened: "10:30", UTC.
    pub(crate) fn at(&self, wall: &str) -> Timestamp {
        format!("{}T{wall}:00Z", self.day).parse().unwrap()
    }

    /// Let time pass until `minutes` before `moment`.
    pub(crate) async fn wait_until(&self, minutes: i64, moment: Timestamp) {
        let now = self.test.now().await;
        self.test.pass_minutes(moment.minutes_since(now) - minutes);
    }
}

/// Files come in as in the program, and are opened by the program itself; a sender that falls silent is given up sooner.
fn incoming(data: &std::path::Path, scanner: intake::Scanner) -> intake::Intake {
    let inspector = env!("CARGO_BIN_EXE_bedside").into();
    let config = intake::Config { folder: data.join("incoming"), scanner, inspector };
    intake::Intake::open(&config).unwrap().with_silence(std::time::Duration::from_millis(500))
}

/// One unit, in this process.
fn media() -> rtc::Nodes {
    let sfu = rtc::Sfu::start(rtc::RtcConfig::for_tests()).unwrap();
    rtc::Nodes::new(Some(("own".to_owned(), sfu)), &rtc::NodesConfig::for_tests())
}
