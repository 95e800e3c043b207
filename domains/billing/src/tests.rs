//! Money on a real database: races, refusals, lost and doubled news.

mod charging;
mod fake_gateway;
mod ledger;
mod pricing;
mod refunding;
mod till;
mod webhooks;
