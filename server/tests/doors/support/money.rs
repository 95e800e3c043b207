//! The gateway's page and its webhooks, as a payer and a gateway use them.

use gateways::payment::{sandbox::Delivery, signature};
use http::Method;
use kernel::{Secret, ids::EventId};
use serde_json::{Value, json};
use testkit::{Answer, Client};

use super::Hospital;

pub(crate) const WEBHOOK: &str = "/webhooks/payments/sandbox";

/// A payment that waits for its payer.
#[derive(Clone, Debug)]
pub(crate) struct Paying {
    /// The checkout, in the gateway's words.
    pub(crate) checkout: String,
}

impl Hospital {
    /// Open the gateway's page for an appointment.
    pub(crate) async fn checkout(&self, client: &Client, appointment: &str) -> Paying {
        let path = format!("/api/v1/appointments/{appointment}/payments");
        let url = client.post_json(&path, &json!({})).await.is(201).field("checkout_url");
        Paying { checkout: url.rsplit('/').next().unwrap().to_owned() }
    }

    /// Press a button of the gateway's page: `approve`, `decline`, `delay`.
    pub(crate) async fn press(&self, paying: &Paying, button: &str) {
        self.answer(paying, &[("answer", button)]).await;
    }

    /// A bank transfer, which takes so long.
    pub(crate) async fn press_delay(&self, paying: &Paying, seconds: &str) {
        self.answer(paying, &[("answer", "delay"), ("seconds", seconds)]).await;
    }

    async fn answer(&self, paying: &Paying, fields: &[(&str, &str)]) {
        let payer = self.doors.visitor();
        let page = format!("/sandbox/pay/{}", paying.checkout);
        payer.get(&page).await.is(200);
        payer.post_form(&page, fields).await.is(303);
    }

    /// What the gateway itself says of a checkout: `open`, `captured`, `expired`, …
    pub(crate) async fn at_gateway(&self, paying: &Paying) -> String {
        let sql = format!("select state from sandbox_checkouts where token = '{}'", paying.checkout);
        self.test.texts(&sql).await.remove(0)
    }

    /// The webhooks that the gateway has for this checkout, signed now.
    pub(crate) async fn news(&self, paying: &Paying) -> Vec<Delivery> {
        let sql = format!("select id::text from sandbox_events where token = '{}' order by id", paying.checkout);
        let mut news = Vec::new();
        for event in self.test.texts(&sql).await {
            let event: EventId = event.parse().unwrap();
            let mut tx = self.test.system().await;
            news.push(self.sandbox.delivery(&mut tx, event).await.unwrap().unwrap());
        }
        news
    }

    /// The gateway reports all it has.
    pub(crate) async fn report(&self, paying: &Paying) {
        for delivery in self.news(paying).await {
            self.deliver(&delivery.signature, &delivery.body).await.is(204);
        }
    }

    pub(crate) async fn deliver(&self, signature: &str, body: &[u8]) -> Answer {
        let gateway = self.doors.visitor().with_header("sandbox-signature", signature);
        gateway.ask(Method::POST, WEBHOOK, Some(("application/json", body.to_vec()))).await
    }

    /// Any event, signed with the gateway's secret or another, so many seconds from now.
    pub(crate) async fn sign(&self, body: &Value, secret: Option<&str>, seconds: i64) -> (String, Vec<u8>) {
        let secret = secret.map_or_else(|| self.secret.clone(), |text| Secret::new(text.to_owned()));
        let bytes = body.to_string().into_bytes();
        (signature::sign(&secret, &bytes, self.test.now().await.plus_seconds(seconds)), bytes)
    }

    /// Pay in one breath: page, button, webhook, and what follows from it.
    pub(crate) async fn pay(&self, client: &Client, appointment: &str) {
        let paying = self.checkout(client, appointment).await;
        self.press(&paying, "approve").await;
        self.report(&paying).await;
        self.doors.work().await;
    }
}
