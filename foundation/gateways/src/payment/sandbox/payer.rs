//! The payer's side of the sandbox: what the buttons of its page do, and the webhook that follows.

use std::time::Duration;

use db::Tx;
use kernel::ids::EventId;

use super::{SIGNATURE_HEADER, Sandbox, SandboxCheckout, SandboxState, store};
use crate::payment::{GatewayError, signature};

/// What the payer pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Approve,
    Decline,
    /// The money is on its way: it arrives when `settle` is called, as a bank transfer would.
    Delay,
}

#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("no checkout has this token")]
    NotFound,
    #[error("this checkout is closed")]
    Closed,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl kernel::Fault for AnswerError {
    fn kind(&self) -> kernel::FaultKind {
        match self {
            Self::NotFound => kernel::FaultKind::NotFound,
            Self::Closed => kernel::FaultKind::conflict("checkout_closed"),
            Self::Db(_) => kernel::FaultKind::Internal,
        }
    }
}

/// A webhook ready to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub url: String,
    pub signature: String,
    pub body: Vec<u8>,
}

impl Sandbox {
    /// The checkout behind a page.
    pub async fn find(&self, tx: &mut Tx, token: &str) -> Result<Option<SandboxCheckout>, db::Error> {
        store::find_checkout(tx, token).await
    }

    /// Do what the payer pressed. Returns the event whose webhook must be delivered.
    pub async fn answer(&self, tx: &mut Tx, token: &str, answer: Answer) -> Result<EventId, AnswerError> {
        let to = match answer {
            Answer::Approve => SandboxState::Captured,
            Answer::Decline => SandboxState::Declined,
            Answer::Delay => SandboxState::Processing,
        };
        self.advance(tx, token, &["open"], to).await
    }

    /// The delayed money arrives.
    pub async fn settle(&self, tx: &mut Tx, token: &str) -> Result<EventId, AnswerError> {
        self.advance(tx, token, &["processing"], SandboxState::Captured).await
    }

    async fn advance(
        &self,
        tx: &mut Tx,
        token: &str,
        from: &[&'static str],
        to: SandboxState,
    ) -> Result<EventId, AnswerError> {
        let captured_at = (to == SandboxState::Captured).then_some(tx.now());
        if !store::set_state(tx, token, from, to, captured_at).await? {
            let known = store::find_checkout(tx, token).await?.is_some();
            return Err(if known { AnswerError::Closed } else { AnswerError::NotFound });
        }
        let event = tx.id::<EventId>();
        store::insert_event(tx, event, token, to.event_kind()).await?;
        Ok(event)
    }

    /// The webhook of an event, signed at the transaction's time with the newest secret. `None` for an unknown event.
    pub async fn delivery(&self, tx: &mut Tx, event: EventId) -> Result<Option<Delivery>, db::Error> {
        let Some(row) = store::find_event(tx, event).await? else { return Ok(None) };
        let body = serde_json::json!({
            "id": format!("sbx_{event}"),
            "type": row.kind,
            "checkout": row.token.unwrap_or_default(),
            "merchant_ref": row.merchant_ref.unwrap_or_default(),
            "about": row.about.unwrap_or_default(),
        });
        let body = body.to_string().into_bytes();
        let Some(secret) = self.secrets.first() else { return Ok(None) };
        let signature = signature::sign(secret, &body, tx.now());
        Ok(Some(Delivery { url: format!("{}/webhooks/payments/{}", self.base_url, super::NAME), signature, body }))
    }
}

impl Delivery {
    /// Post it, as any gateway would: anything but a 2xx means that it must be sent again.
    pub async fn send(self) -> Result<(), GatewayError> {
        let client = crate::payment::http_client(Duration::from_secs(10))?;
        let sent = client
            .post(&self.url)
            .header("content-type", "application/json")
            .header(SIGNATURE_HEADER, self.signature)
            .body(self.body)
            .send()
            .await
            .map_err(|error| GatewayError::Unreachable(error.without_url().to_string()))?;
        if sent.status().is_success() {
            Ok(())
        } else {
            Err(GatewayError::Unexpected(format!("the webhook was answered {}", sent.status())))
        }
    }
}
