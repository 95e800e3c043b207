//! Pages of the payer: to the gateway, and back.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use db::Context;
use kernel::{
    Locale, Money,
    ids::{AppointmentId, PaymentId},
};

use super::{Due, PaymentStatus, StartError, checkout::PayError, checkout::Payer, gateways_of, open_checkout, store};
use crate::charges::{self, Charge};

#[derive(Template)]
#[template(path = "payments/pages/return.html")]
struct ReturnPage {
    page: web::PageFrame,
    title: String,
    text: String,
    state: &'static str,
    tone: &'static str,
    amount: String,
    doctor_page: String,
    /// Something is still under way: the page looks again by itself.
    waits: bool,
    /// Where "pay" leads, while it can still be paid.
    pay_action: Option<String>,
}

#[derive(Template)]
#[template(path = "payments/pages/unavailable.html")]
struct UnavailablePage {
    page: web::PageFrame,
    amount: String,
    held_until: String,
    pay_action: String,
    back: String,
}

/// Seconds until a page that waits looks again.
const LOOK_AGAIN_SECONDS: u32 = 3;

/// What `Payer` borrows.
pub(super) struct OwnedPayer {
    context: Context,
    locale: Locale,
    base_url: String,
    brand: String,
}

impl OwnedPayer {
    pub(super) fn as_payer(&self) -> Payer<'_> {
        Payer { context: &self.context, locale: self.locale, base_url: &self.base_url, brand: &self.brand }
    }
}

pub(super) fn payer(me: &web::Patient) -> OwnedPayer {
    OwnedPayer {
        context: me.actor().context(),
        locale: me.locale(),
        base_url: me.app().base_url().to_string(),
        brand: me.app().brand().to_string(),
    }
}

/// The charge of the patient's own appointment; foreign and absent are the same.
pub(super) async fn charge_of(me: &web::Patient, appointment: AppointmentId) -> Result<Charge, PayError> {
    let mut tx = me.begin().await?;
    let found = charges::store::find_for_appointment(&mut tx, &me.actor().patients, appointment).await?;
    tx.commit().await?;
    Ok(found.ok_or(StartError::NotFound)?)
}

/// To the gateway's page. When it does not answer the hold stays, and this page says so.
async fn pay(me: web::Patient, Path(appointment): Path<AppointmentId>) -> web::Result {
    let charge = charge_of(&me, appointment).await?;
    go(&me, charge.id.into(), &charge.subject.path()).await
}

/// All that is owed on the bill of a visit, at once.
async fn pay_bill(me: web::Patient, Path(visit): Path<AppointmentId>) -> web::Result {
    go(&me, Due::Bill(visit), &format!("/bills/{visit}")).await
}

/// To the gateway's page, or `back` where there is nothing to pay.
async fn go(me: &web::Patient, due: Due, back: &str) -> web::Result {
    let payer = payer(me);
    match open_checkout(me.app().db(), &gateways_of(me.app()), payer.as_payer(), due).await {
        Ok(payment) => match payment.checkout_url {
            Some(url) if payment.status == PaymentStatus::RequiresAction => Ok(web::see_other(&url)),
            _ => Ok(web::see_other(&format!("/payments/{}/return", payment.id))),
        },
        Err(PayError::Start(StartError::AlreadyPaid | StartError::Expired)) => Ok(web::see_other(back)),
        Err(PayError::GatewayDown(error)) => {
            tracing::warn!(?due, %error, "billing.gateway.down");
            unavailable(me, due).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn unavailable(me: &web::Patient, due: Due) -> web::Result {
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let owed = match due {
        Due::Charge(charge) => {
            charges::store::find(&mut tx, charge).await.map_err(PayError::from)?.into_iter().collect()
        }
        Due::Bill(visit) => {
            let bill = charges::store::lock_bill(&mut tx, &me.actor().patients, visit).await.map_err(PayError::from)?;
            let now = tx.now();
            bill.into_iter().filter(|charge| charge.is_payable(now)).collect::<Vec<_>>()
        }
    };
    tx.commit().await.map_err(PayError::from)?;
    let page = me.page("billing-unavailable-title");
    let Some(first) = owed.first() else { return Err(PayError::from(StartError::NotFound).into()) };
    let back = match due {
        Due::Charge(_) => first.subject.path(),
        Due::Bill(visit) => format!("/bills/{visit}"),
    };
    let same = owed.iter().filter(|charge| charge.price.currency == first.price.currency);
    let view = UnavailablePage {
        amount: page.money(Money::new(same.map(|charge| charge.price.amount).sum(), first.price.currency)),
        held_until: page.when(owed.iter().map(|charge| charge.payable_until).min().unwrap_or(first.payable_until)),
        pay_action: format!("{back}/payment"),
        back,
        page,
    };
    web::render_status(503, &view)
}

/// Back from the gateway. Says what is known; while that is not final it looks again by itself, without a script.
async fn back(me: web::Patient, Path(payment): Path<PaymentId>) -> web::Result {
    let mut tx = me.begin().await.map_err(PayError::from)?;
    let now = tx.now();
    let found = store::find_for(&mut tx, &me.actor().patients, payment).await.map_err(PayError::from)?;
    let payment = found.ok_or(StartError::NotFound)?;
    let charge = charges::store::find(&mut tx, payment.charge).await.map_err(PayError::from)?;
    let charge = charge.ok_or(StartError::NotFound)?;
    tx.commit().await.map_err(PayError::from)?;
    let payable = charge.status == charges::ChargeStatus::Open && now < charge.payable_until;
    let words = words(payment.status);
    let page = me.page("billing-return-title");
    let view = ReturnPage {
        title: page.t(words.title),
        text: page.t(words.text),
        state: payment.status.as_str(),
        tone: words.tone,
        amount: page.money(payment.money),
        doctor_page: charge.subject.path(),
        waits: payment.status.is_open(),
        pay_action: (payable && words.may_pay).then(|| charge.subject.pay_path()),
        page,
    };
    let mut response = web::render(&view)?.into_response();
    let refresh = match payment.status {
        PaymentStatus::Captured => Some(format!("{LOOK_AGAIN_SECONDS}; url={}", charge.subject.path())),
        status if status.is_open() => Some(LOOK_AGAIN_SECONDS.to_string()),
        _ => None,
    };
    if let Some(value) = refresh.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    Ok(response)
}

struct Words {
    title: &'static str,
    text: &'static str,
    tone: &'static str,
    may_pay: bool,
}

fn words(status: PaymentStatus) -> Words {
    let (title, text, tone, may_pay) = match status {
        PaymentStatus::Created | PaymentStatus::RequiresAction => {
            ("billing-return-open", "billing-return-open-text", "info", true)
        }
        PaymentStatus::Processing => ("billing-return-processing", "billing-return-processing-text", "info", false),
        PaymentStatus::Captured => ("billing-return-paid", "billing-return-paid-text", "ok", false),
        PaymentStatus::Failed => ("billing-return-failed", "billing-return-failed-text", "warn", true),
        PaymentStatus::Cancelled => ("billing-return-cancelled", "billing-return-cancelled-text", "warn", true),
        PaymentStatus::PartiallyRefunded | PaymentStatus::Refunded => {
            ("billing-return-refunded", "billing-return-refunded-text", "info", false)
        }
    };
    Words { title, text, tone, may_pay }
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .post::<web::Patient, _, _>("/appointments/{appointment}/payment", pay)
        .post::<web::Patient, _, _>("/bills/{appointment}/payment", pay_bill)
        .get::<web::Patient, _, _>("/payments/{payment}/return", back)
}
