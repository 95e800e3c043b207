//! What happens behind: letters, and what billing tells of e-visits.

use billing::PaymentSettled;

use crate::{
    covers::CoverSet,
    e_visits::{self, GiveBackUnanswered, VoidCharge},
    letters::{self, PriceProposed},
    threads::MessageSent,
};

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new()
        .on::<VoidCharge, _, _>(e_visits::void_charge)
        .on::<GiveBackUnanswered, _, _>(e_visits::give_back_unanswered)
        .on_event::<MessageSent, _, _>("correspondence.message_letter", letters::message)
        .on_event::<PriceProposed, _, _>("correspondence.price_letter", letters::price)
        .on_event::<CoverSet, _, _>("correspondence.cover_letter", letters::cover)
        .on_event::<PaymentSettled, _, _>("correspondence.e_visit_paid", |app, settled| async move {
            e_visits::settled(app, settled.charge, settled.captured_at).await
        })
        .every("correspondence.give_back_late", 60, e_visits::give_back_late)
}
