//! Referrals within the hospital, for both doctors: who was sent to me, and what became of those whom I sent.
//!
//! ```text
//! committed ──▶ sent ──(the patient books)──▶ booked ──(the other doctor admits)──▶ seen
//! ```
//!
//! A referral is a committed command ([`crate::commands`]). The other doctor finds it here where the patient agreed, or has booked; its author
//! learns the step where the patient agreed, and nothing else of the other's appointments.

mod api;
mod pages;
mod store;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/referrals", pages::show)
        .api_get::<Doctor, (), api::Referrals, _, _>(
            "/api/v1/referrals",
            "Referrals within the hospital: to me, or by me with `?by=me`",
            api::list,
        )
}
