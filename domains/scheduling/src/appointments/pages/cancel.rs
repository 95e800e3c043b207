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
use crate::cancellation::{Settlement, WHOLE_POINTS};

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
    kept: String,
    movable: bool,
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
    let Settlement { refund, kept } = policy::settlement(&found, by, now);
    let (refund, kept) = (page.money(refund), page.money(kept));
    let money = [("refund", refund.as_str()), ("kept", kept.as_str())];
    let what_comes_back = match policy::refund_basis_points(&found, by, now) {
        _ if found.price.is_zero() => page.t("scheduling-back-free"),
        WHOLE_POINTS => page.t("scheduling-back-full"),
        0 => page.t("scheduling-back-none"),
        _ => page.tr("scheduling-back-part", money),
    };
    web::render(&CancelPage {
        id,
        facts: facts(&page, &found, &parties),
        price: page.money(found.price),
        refund,
        kept,
        what_comes_back,
        movable: policy::may_move(&found, by, now),
        rule: cancellation_rule(&page, &found.policy, found.price, found.starts_at, now),
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
