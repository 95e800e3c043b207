//! Cancelling: what comes back is shown before it is done.

use askama::Template;
use axum::extract::Path;
use kernel::ids::AppointmentId;
use serde::Deserialize;
use web::{Form, SignedIn};

use super::{
    super::{
        cancel::{CancelReason, cancel},
        change::ChangeError,
        model::{By, Verb},
        policy,
        store::{self, people::find_parties},
    },
    checkout::facts,
    words::{Fact, cancellation_rule},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/appointments/{appointment}/cancellation", show)
        .post::<SignedIn, _, _>("/appointments/{appointment}/cancellation", submit)
}

#[derive(Template)]
#[template(path = "appointments/pages/cancel.html")]
struct CancelPage {
    page: web::PageFrame,
    id: AppointmentId,
    facts: Vec<Fact>,
    price: String,
    refund: String,
    what_comes_back: String,
    rule: Vec<String>,
    reasons: Vec<(&'static str, String)>,
}

async fn show(me: SignedIn, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::find_for(&mut tx, me.actor(), id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(me.actor(), &found).ok_or(ChangeError::NotFound)?;
    let parties = find_parties(&mut tx, id).await?.ok_or(ChangeError::NotFound)?;
    let now = tx.now();
    tx.commit().await?;
    if found.state_at(now).after(Verb::CancelByPatient).is_err() {
        return Ok(me.redirect(&format!("/appointments/{id}")));
    }
    let page = me.page("scheduling-cancel-title");
    let refund = policy::refund_of(&found, by, now);
    let share = match policy::refund_basis_points(by, found.starts_at, now) {
        _ if found.price.is_zero() => "scheduling-back-free",
        10_000 => "scheduling-back-full",
        0 => "scheduling-back-none",
        _ => "scheduling-back-half",
    };
    web::render(&CancelPage {
        id,
        facts: facts(&page, &found, &parties),
        price: page.money(found.price),
        refund: page.money(refund),
        what_comes_back: page.t(share),
        rule: cancellation_rule(&page, found.starts_at, now),
        reasons: CancelReason::ALL.into_iter().map(|r| (r.code(), page.t(r.label_key()))).collect(),
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CancelForm {
    reason: String,
}

async fn submit(me: SignedIn, Path(id): Path<AppointmentId>, Form(form): Form<CancelForm>) -> web::Result {
    let mut tx = me.begin().await?;
    cancel(&mut tx, me.actor(), id, CancelReason::from_code(&form.reason)).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-cancelled-done");
    Ok(me.redirect(&format!("/appointments/{id}")))
}
