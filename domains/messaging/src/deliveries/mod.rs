//! What administrators see of letters on their way: for whom, of which kind, how far they came and why not further. Never what they
//! say: the letters are sealed, and stay so.
//!
//! ```text
//! failed, refused, unclear ─retry─▶ waiting
//! suppressed ─lift and retry─▶ waiting            the address is written to again
//! ```

mod api;
mod pages;
mod store;

use web::{Admin, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get::<Admin, _, _>("/admin/deliveries", pages::list)
        .get::<Admin, _, _>("/admin/deliveries/addresses", pages::addresses)
        .post::<Admin, _, _>("/admin/deliveries/addresses/lifting", pages::lift)
        .post::<Admin, _, _>("/admin/deliveries/{delivery}/retry", pages::retry)
        .post::<Admin, _, _>("/admin/deliveries/{delivery}/lifting", pages::lift_and_retry)
        .api_get::<Admin, (), api::DeliveryPage, _, _>(
            "/api/v1/admin/deliveries",
            "Letters and how far they came, newest first; by `state`, `channel` and `kind`",
            api::list,
        )
        .api_post::<Admin, (), (), _, _>(
            "/api/v1/admin/deliveries/{delivery}/retry",
            "Send a letter once more",
            api::retry,
        )
}
