//! Letters on their way, with an SMTP server and Twilio of our own.

mod doubles;
mod inbox;
mod mailbox;
mod sending;
#[path = "../../../vault/tests/support/mod.rs"]
mod support;
mod wishing;

use db::{Context, Db, Tx};
use kernel::{
    Locale, Zone,
    ids::{AccountId, DeliveryId},
};
use support::TestDb;
use uuid::Uuid;
use vault::Vault;

use crate::{Attachment, Deliver, Mail, Notice, Recipient, Transports, deliver, tell};

const CANARY: &str = "canary: your visit summary";

/// A database whose transactions carry a vault.
struct House {
    server: TestDb,
    db: Db,
    vault: Vault,
}

impl House {
    async fn new() -> Self {
        let server = TestDb::new().await;
        let vault = Vault::for_tests();
        let db = server.db.clone().with_part(vault.clone());
        Self { server, db, vault }
    }

    async fn system(&self) -> Tx {
        self.db.begin(&Context::system("test")).await.unwrap()
    }

    async fn as_account(&self, account: AccountId) -> Tx {
        self.db.begin(&Context { account: Some(account), ..Context::anonymous() }).await.unwrap()
    }

    async fn tell(&self, to: &Recipient, key: &str) {
        let mut tx = self.db.begin(&Context::anonymous()).await.unwrap();
        tell(&mut tx, a_notice(to, key)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Deliveries by state: state, channel, provider's word.
    async fn deliveries(&self) -> Vec<(String, String, Option<String>)> {
        let mut tx = self.system().await;
        let rows =
            sqlx::query!("select state, channel, provider_ref from deliveries order by id").fetch_all(tx.conn()).await;
        rows.unwrap().into_iter().map(|row| (row.state, row.channel, row.provider_ref)).collect()
    }

    /// Deliver everything once; how many attempts failed.
    async fn deliver_all(&self, transports: &Transports) -> usize {
        let mut tx = self.system().await;
        let ids = sqlx::query_scalar!("select id from deliveries order by id").fetch_all(tx.conn()).await.unwrap();
        tx.commit().await.unwrap();
        let mut failed = 0;
        for id in ids {
            let job = Deliver { delivery: DeliveryId::from_uuid(id) };
            failed += usize::from(deliver(&self.db, &self.vault, transports, job).await.is_err());
        }
        failed
    }
}

fn an_account(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}

fn amina() -> Recipient {
    Recipient {
        account: Some(an_account(1)),
        email: Some("amina@example.org".into()),
        phone: None,
        locale: Locale::En,
        zone: Zone::utc(),
        name: "Amina Karim".into(),
    }
}

fn a_notice<'a>(to: &'a Recipient, key: &str) -> Notice<'a> {
    Notice {
        to,
        kind: "test.confirmed",
        key: key.into(),
        subject: "Your visit is confirmed".into(),
        link: Some("/appointments".into()),
        mail: Some(Mail {
            text: CANARY.into(),
            html: format!("<p>{CANARY}</p>"),
            attachments: vec![Attachment {
                filename: "invoice.pdf".into(),
                content_type: "application/pdf".into(),
                bytes: b"%PDF-1.7 canary".to_vec(),
            }],
        }),
        sms: Some("Your visit is confirmed: https://example.org/appointments".into()),
    }
}
