//! A gateway in bad weather: the sandbox behind a line that fails before or after the work, or falls silent for ever.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use async_trait::async_trait;
use futures::FutureExt as _;
use gateways::{
    PaymentGateway, Payments,
    payment::{
        Checkout, CheckoutRequest, GatewayError, Movement, RefundRequest, RemotePayment, RemoteRefund, WebhookError,
        WebhookEvent, sandbox::Sandbox,
    },
};
use http::HeaderMap;
use kernel::Timestamp;
use tokio::sync::Notify;

#[derive(Debug, Default)]
pub(super) struct Sky {
    stormy: AtomicBool,
    calls: AtomicUsize,
    /// Refunds that are done at the gateway before the line falls silent; `usize::MAX` for no silence.
    until_silence: AtomicUsize,
    silent: Notify,
    pub(super) failed: AtomicUsize,
    pub(super) lost: AtomicUsize,
    pub(super) left_hanging: AtomicUsize,
}

/// What becomes of one call.
enum Fate {
    Answered,
    NeverArrives,
    AnswerLost,
}

impl Sky {
    /// From now on half of all calls fail before the work or lose their answer after it.
    pub(super) fn storm(&self) {
        self.until_silence.store(usize::MAX, SeqCst);
        self.stormy.store(true, SeqCst);
    }

    /// The storm goes on, and after so many refunds every further one is made and never answered.
    pub(super) fn silence_after(&self, refunds: usize) {
        // A silence of before is over.
        let _ = self.silent.notified().now_or_never();
        self.storm();
        self.until_silence.store(refunds, SeqCst);
    }

    pub(super) fn clears(&self) {
        self.stormy.store(false, SeqCst);
    }

    /// Until a refund hangs.
    pub(super) async fn falls_silent(&self) {
        self.silent.notified().await;
    }

    fn fate(&self) -> Fate {
        if !self.stormy.load(SeqCst) {
            return Fate::Answered;
        }
        match self.calls.fetch_add(1, SeqCst) % 4 {
            0 => {
                self.failed.fetch_add(1, SeqCst);
                Fate::NeverArrives
            }
            1 => {
                self.lost.fetch_add(1, SeqCst);
                Fate::AnswerLost
            }
            _ => Fate::Answered,
        }
    }

    async fn through<T>(&self, call: impl Future<Output = Result<T, GatewayError>>) -> Result<T, GatewayError> {
        let lost = || GatewayError::Unreachable("bad weather".into());
        match self.fate() {
            Fate::NeverArrives => Err(lost()),
            Fate::AnswerLost => {
                call.await?;
                Err(lost())
            }
            Fate::Answered => call.await,
        }
    }

    fn is_silent(&self) -> bool {
        let spent = self.until_silence.fetch_update(SeqCst, SeqCst, |left| match left {
            usize::MAX => None,
            left => left.checked_sub(1),
        });
        spent == Err(0)
    }
}

#[derive(Debug)]
struct Line {
    sandbox: Arc<Sandbox>,
    sky: Arc<Sky>,
}

/// The sandbox, reached under this sky; its own pages stand in the dry.
pub(super) fn under(sky: &Arc<Sky>) -> impl FnOnce(Arc<Sandbox>) -> Payments {
    let sky = sky.clone();
    move |sandbox| Payments::new(Arc::new(Line { sandbox: sandbox.clone(), sky })).showing(sandbox)
}

#[async_trait]
impl PaymentGateway for Line {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.sky.through(self.sandbox.create_checkout(request)).await
    }

    async fn fetch(&self, gateway_ref: &str) -> Result<RemotePayment, GatewayError> {
        self.sky.through(self.sandbox.fetch(gateway_ref)).await
    }

    async fn expire(&self, gateway_ref: &str) -> Result<(), GatewayError> {
        self.sky.through(self.sandbox.expire(gateway_ref)).await
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RemoteRefund, GatewayError> {
        if self.sky.is_silent() {
            self.sandbox.refund(request).await?;
            self.sky.left_hanging.fetch_add(1, SeqCst);
            self.sky.silent.notify_one();
            return std::future::pending().await;
        }
        self.sky.through(self.sandbox.refund(request)).await
    }

    async fn fetch_refund(&self, refund_ref: &str) -> Result<RemoteRefund, GatewayError> {
        self.sky.through(self.sandbox.fetch_refund(refund_ref)).await
    }

    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Movement>, GatewayError> {
        self.sky.through(self.sandbox.movements(from, until)).await
    }

    fn verify_webhook(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<WebhookEvent, WebhookError> {
        self.sandbox.verify_webhook(headers, body, now)
    }
}
