//! The forms about prices in a thread. Their pages are the thread's.

use axum::extract::Path;
use billing::charges::LARGEST_AMOUNT;
use kernel::ids::{EVisitId, ThreadId};
use serde::Deserialize;
use web::{Doctor, Form, Patient};

use super::{Answer, Propose, answer, listed_price, propose, withdraw};
use crate::{Config, MessageError, threads};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// "24.50".
    amount: String,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .post::<Doctor, _, _>("/doctor/messages/{thread}/e-visits", suggest)
        .post::<Doctor, _, _>("/doctor/messages/{thread}/e-visits/{e_visit}/removal", take_back)
        .post::<Patient, _, _>("/messages/{thread}/e-visits/{e_visit}/acceptance", accept)
        .post::<Patient, _, _>("/messages/{thread}/e-visits/{e_visit}/refusal", decline)
}

async fn suggest(me: Doctor, Path(thread): Path<ThreadId>, Form(typed): Form<Typed>) -> web::Result {
    let config = me.app().part::<Config>();
    let mut tx = me.begin().await?;
    let (found, _) = threads::find(&mut tx, me.actor(), thread).await?;
    let (_, currency) = listed_price(&mut tx, &found).await?;
    let amount = minor_units(&typed.amount, currency.exponent());
    match propose(&mut tx, me.actor(), &config, Propose { thread, amount }).await {
        Ok(_) => tx.commit().await?,
        Err(MessageError::Invalid(errors)) => {
            drop(tx);
            return threads::refused(&me, thread, typed.amount, errors).await;
        }
        Err(other) => return Err(other.into()),
    }
    me.flash_ok("correspondence-flash-proposed");
    Ok(me.redirect(&format!("/doctor/messages/{thread}#e-visits")))
}

async fn take_back(me: Doctor, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    let mut tx = me.begin().await?;
    withdraw(&mut tx, me.actor(), place).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-taken-back");
    Ok(me.redirect(&format!("/doctor/messages/{}#e-visits", place.0)))
}

/// From here to the bill, where it is paid.
async fn accept(me: Patient, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    let config = me.app().part::<Config>();
    let mut tx = me.begin().await?;
    let accepted = answer(&mut tx, me.actor(), &config, place, Answer::Accept).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-accepted");
    Ok(me.redirect(&format!("/bills/{}", accepted.appointment)))
}

async fn decline(me: Patient, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    let config = me.app().part::<Config>();
    let mut tx = me.begin().await?;
    answer(&mut tx, me.actor(), &config, place, Answer::Decline).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-declined");
    Ok(me.redirect(&format!("/messages/{}#e-visits", place.0)))
}

/// "24.50" as minor units of a currency with so many digits; nothing where it is none, or too large.
fn minor_units(text: &str, digits: u32) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = usize::try_from(digits).ok()?;
    if part.len() > digits || !part.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let amount: i64 = format!("{whole}{part:0<digits$}").parse().ok()?;
    (1..=LARGEST_AMOUNT).contains(&amount).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::minor_units;

    #[test]
    fn what_is_typed_is_read_to_the_last_unit_or_not_at_all() {
        assert_eq!(minor_units("24.50", 2), Some(2450));
        assert_eq!(minor_units(" 24,5 ", 2), Some(2450));
        assert_eq!(minor_units("24", 2), Some(2400));
        assert_eq!(minor_units("500", 0), Some(500));
        for wrong in ["", "x", "-1", "1.234", "0", "1.-2", "99999999999999999999", "1.5 USD"] {
            assert_eq!(minor_units(wrong, 2), None, "{wrong}");
        }
        assert_eq!(minor_units("5.5", 0), None);
    }
}
