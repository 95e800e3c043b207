//! Money on a real database: races, refusals, lost and doubled news.

mod approving;
mod charging;
mod fake_gateway;
mod ledger;
mod overview;
mod pricing;
mod reconciling;
mod refunding;
mod till;
mod webhooks;
