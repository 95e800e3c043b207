use std::sync::Arc;

use super::{PaymentGateway, sandbox::Sandbox};

/// The gateways this installation speaks to. The first is the one new payments go through; the others still receive
/// webhooks, are asked, and give money back. An app part.
#[derive(Debug, Clone)]
pub struct Payments {
    primary: Arc<dyn PaymentGateway>,
    others: Vec<Arc<dyn PaymentGateway>>,
    sandbox: Option<Arc<Sandbox>>,
}

impl Payments {
    pub fn new(primary: Arc<dyn PaymentGateway>) -> Self {
        Self { primary, others: Vec::new(), sandbox: None }
    }

    /// Only the built-in sandbox, whose own pages are then served too. Demonstration mode only.
    pub fn sandbox_only(sandbox: Arc<Sandbox>) -> Self {
        Self::new(sandbox.clone()).showing(sandbox)
    }

    /// Serve the sandbox's own pages too, though something stands before it: for tests of bad weather.
    #[must_use]
    pub fn showing(mut self, sandbox: Arc<Sandbox>) -> Self {
        self.sandbox = Some(sandbox);
        self
    }

    /// Also answer for `gateway`: one that took payments before, or a second one.
    #[must_use]
    pub fn and(mut self, gateway: Arc<dyn PaymentGateway>) -> Self {
        self.others.push(gateway);
        self
    }

    /// Where new payments go.
    pub fn primary(&self) -> &Arc<dyn PaymentGateway> {
        &self.primary
    }

    /// The gateway of an old payment, or of a webhook's path.
    pub fn named(&self, name: &str) -> Option<&Arc<dyn PaymentGateway>> {
        self.all().find(|gateway| gateway.name() == name)
    }

    /// Every gateway there is: the first, then the others.
    pub fn all(&self) -> impl Iterator<Item = &Arc<dyn PaymentGateway>> {
        std::iter::once(&self.primary).chain(&self.others)
    }

    /// The sandbox behind the pages `/sandbox/pay/…`; `None` outside demonstration mode.
    pub fn sandbox(&self) -> Option<&Arc<Sandbox>> {
        self.sandbox.as_ref()
    }
}
