//! Work after the commit: confirm what was paid, write letters, write down what lapsed.

use jobs::When;
use kernel::ids::AppointmentId;

use crate::{
    appointments::{
        care::{FollowCare, follow},
        confirm, grace, tell_of_ended,
        tidy::{TidyHold, tidy, to_ask_about},
    },
    choices::{MoveMoney, SettleChoice, move_money, settle_due},
    config::Config,
    days_off::{CallOffOne, call_off_one},
    events::{AppointmentCancelled, AppointmentConfirmed, AppointmentMoved},
    letters::{Letter, write},
    outside::{AskCalendar, ask, plan_due},
    reminders::{Agenda, Remind, announce, plan, remind, say_agenda, sweep},
    waiting_list::{LookEverywhere, OfferTimes, Progress, look_at_all, offer_next},
};

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new()
        .on_event::<billing::PaymentSettled, _, _>("scheduling.confirm", |app, paid| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.confirm")).await?;
            let outcome = confirm(&mut tx, &paid).await?;
            tx.commit().await?;
            tracing::info!(appointment = ?paid.appointment, charge = %paid.charge, outcome = ?outcome, "scheduling.payment_settled");
            Ok(())
        })
        .on_event::<billing::PaymentUnderWay, _, _>("scheduling.grace", |app, news| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.grace")).await?;
            grace::grant(&mut tx, &news).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<Letter, _, _>(|app, letter| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.letter")).await?;
            write(&mut tx, &app, &letter).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<FollowCare, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.follow_care")).await?;
            follow(&mut tx, due.appointment).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<TidyHold, _, _>(|app, due| async move {
            ask_gateway(&app, due.appointment).await?;
            let mut tx = app.db().begin(&db::Context::system("scheduling.tidy")).await?;
            if let Some(again) = tidy(&mut tx, due.appointment).await? {
                jobs::enqueue(&mut tx, &due, When::At(again)).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .every("scheduling.tell_of_ended", 30, |app| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.tell_of_ended")).await?;
            tell_of_ended(&mut tx).await?;
            Ok(tx.commit().await?)
        })
        .merge(calling_off())
        .merge(reminding())
        .merge(offering())
        .merge(reading_calendars())
}

/// What follows when visits are called off.
fn calling_off() -> web::Jobs {
    web::Jobs::new()
        .on::<SettleChoice, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.settle_choice")).await?;
            if let Some(again) = settle_due(&mut tx, due.appointment).await? {
                jobs::enqueue(&mut tx, &due, When::At(again)).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .on::<CallOffOne, _, _>(|app, job| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.call_off_one")).await?;
            call_off_one(&mut tx, &job).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<MoveMoney, _, _>(|app, job| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.move_money")).await?;
            move_money(&mut tx, &job).await?;
            tx.commit().await?;
            Ok(())
        })
}

/// An end that comes must lose to money that came before. A gateway that does not answer holds nothing up: what arrives later is still
/// applied, and either the time is free or the money goes back.
async fn ask_gateway(app: &web::App, appointment: AppointmentId) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&db::Context::system("scheduling.tidy")).await?;
    let charge = to_ask_about(&mut tx, appointment).await?;
    tx.commit().await?;
    let Some(charge) = charge else { return Ok(()) };
    if let Err(error) = billing::payments::ask(app, charge).await {
        tracing::warn!(%appointment, %error, "scheduling.tidy.gateway_not_asked");
    }
    Ok(())
}

/// Offers of one doctor's times that one job makes; what is left over is the next round's.
const OFFERS_AT_ONCE: usize = 100;

fn offering() -> web::Jobs {
    web::Jobs::new()
        .on::<OfferTimes, _, _>(|app, job| async move {
            let minutes = app.part::<Config>().offer_minutes;
            for _ in 0..OFFERS_AT_ONCE {
                let mut tx = app.db().begin(&db::Context::system("scheduling.offer_times")).await?;
                let progress = offer_next(&mut tx, job.doctor, minutes).await?;
                tx.commit().await?;
                if progress == Progress::Nothing {
                    break;
                }
            }
            Ok(())
        })
        .on::<LookEverywhere, _, _>(|app, _| async move { look_for_all(app).await })
        .every("scheduling.look_at_waiting_list", 5, look_for_all)
}

async fn look_for_all(app: web::App) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&db::Context::system("scheduling.look_at_waiting_list")).await?;
    look_at_all(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Calendars elsewhere, each in its turn.
fn reading_calendars() -> web::Jobs {
    web::Jobs::new()
        .on::<AskCalendar, _, _>(|app, job| async move {
            let fetcher = calendars::Fetcher::new(app.part::<Config>().calendars);
            Ok(ask(&app, &fetcher, job).await?)
        })
        .every("scheduling.plan_calendars", 5, |app| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.plan_calendars")).await?;
            plan_due(&mut tx).await?;
            Ok(tx.commit().await?)
        })
}

fn reminding() -> web::Jobs {
    web::Jobs::new()
        .on_event::<AppointmentConfirmed, _, _>("scheduling.plan_reminders", |app, news| replan(app, news.appointment))
        .on_event::<AppointmentMoved, _, _>("scheduling.move_reminders", |app, news| replan(app, news.appointment))
        .on_event::<AppointmentCancelled, _, _>("scheduling.void_reminders", |app, news| replan(app, news.appointment))
        .on::<Remind, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.remind")).await?;
            remind(&mut tx, &app, due.reminder).await?;
            Ok(tx.commit().await?)
        })
        .on::<Agenda, _, _>(|app, agenda| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.agenda")).await?;
            say_agenda(&mut tx, &app, agenda).await?;
            Ok(tx.commit().await?)
        })
        .every("scheduling.announce_days", 15, |app| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.announce_days")).await?;
            announce(&mut tx).await?;
            Ok(tx.commit().await?)
        })
        .every("scheduling.sweep_reminders", 15, |app| async move {
            let mut tx = app.db().begin(&db::Context::system("scheduling.sweep_reminders")).await?;
            sweep(&mut tx, &app.part::<Config>()).await?;
            Ok(tx.commit().await?)
        })
}

async fn replan(app: web::App, appointment: AppointmentId) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&db::Context::system("scheduling.plan_reminders")).await?;
    plan(&mut tx, &app.part::<Config>(), appointment).await?;
    Ok(tx.commit().await?)
}
