//! Adapters to payment services. Knows no domain. (Mail and text messages leave through `notify`.)
//!
//! `payment` is one trait with two adapters: the sandbox that is built in (demonstration mode only) and Stripe Checkout.
//! The card never comes near us: a checkout is the gateway's own page, and what happened there reaches us as a signed
//! webhook, after which the payment is fetched from the gateway and only that answer is believed.

pub mod config;
pub mod payment;

pub use config::{ConfigError, PaymentsConfig};
pub use payment::{PaymentGateway, Payments};
