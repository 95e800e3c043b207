//! The privacy officer's desk: emergency accesses that wait for their review, and questions of patients that wait for an answer.
//! Administrators keep it; they read who looked and why, and no chart.

mod pages;

pub(crate) fn routes() -> web::Routes {
    use web::Admin;
    web::Routes::new()
        .get::<Admin, _, _>("/admin/privacy", pages::show)
        .post::<Admin, _, _>("/admin/privacy/emergency-access/{access}/review", pages::review)
        .post::<Admin, _, _>("/admin/privacy/questions/{question}/answer", pages::answer)
}
