//! Money on a real database: races, refusals, lost and doubled news.

mod adopting;
mod approving;
mod charging;
mod disputing;
mod fake_gateway;
mod ledger;
mod overview;
mod paying_out;
mod pricing;
mod reconciling;
mod refunding;
mod splitting;
mod suppliers;
mod till;
mod webhooks;
