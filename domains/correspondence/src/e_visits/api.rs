//! JSON: prices for answers.

use axum::extract::Path;
use kernel::{
    Money, Timestamp,
    ids::{EVisitId, ThreadId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Json, Patient};

use super::{Answer, EVisit, Propose, Status, answer, propose, store, withdraw};
use crate::{Config, MessageError};

/// A price for an answer.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct EVisitView {
    id: EVisitId,
    price: Money,
    status: Status,
    proposed_at: Timestamp,
    /// From then on it cannot be accepted; once accepted, not be paid.
    ends_at: Timestamp,
    /// The bill on which it is paid, once accepted.
    bill_url: Option<String>,
    paid_at: Option<Timestamp>,
    /// Once paid: where nobody has answered by then, the money goes back by itself.
    answer_due_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
}

impl EVisitView {
    pub(crate) fn of(e_visit: &EVisit, now: Timestamp) -> Self {
        Self {
            id: e_visit.id,
            price: e_visit.price,
            status: e_visit.status_at(now),
            proposed_at: e_visit.proposed_at,
            ends_at: e_visit.ends_at,
            bill_url: e_visit.charge.map(|_| format!("/bills/{}", e_visit.appointment)),
            paid_at: e_visit.paid_at,
            answer_due_at: e_visit.answer_due_at,
            answered_at: e_visit.answered_at,
        }
    }
}

/// All of a thread, the oldest first.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Listed {
    items: Vec<EVisitView>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeBody {
    /// In minor units of the doctor's currency; needed where the doctor's chat service has no price.
    #[serde(default)]
    amount: Option<i64>,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<Doctor, ProposeBody, Listed, _, _>(
            "/api/v1/threads/{thread}/e-visits",
            "Say that the question needs a paid answer; nothing is owed until the patient accepts",
            suggest,
        )
        .api_post::<Patient, (), Listed, _, _>(
            "/api/v1/threads/{thread}/e-visits/{e_visit}/acceptance",
            "Accept the price: it is owed from then on, and the answer is held until it is paid",
            accept,
        )
        .api_post::<Patient, (), Listed, _, _>(
            "/api/v1/threads/{thread}/e-visits/{e_visit}/refusal",
            "Decline the price",
            decline,
        )
        .api_post::<Doctor, (), Listed, _, _>(
            "/api/v1/threads/{thread}/e-visits/{e_visit}/removal",
            "Take a price back while it is not paid",
            take_back,
        )
}

async fn listed(tx: &mut db::Tx, thread: ThreadId) -> Result<Listed, MessageError> {
    let now = tx.now();
    let items = store::list(tx, thread).await?;
    Ok(Listed { items: items.iter().map(|one| EVisitView::of(one, now)).collect() })
}

async fn suggest(me: Doctor, Path(thread): Path<ThreadId>, Json(body): Json<ProposeBody>) -> web::Result {
    let config = me.app().part::<Config>();
    let mut tx = me.begin().await?;
    propose(&mut tx, me.actor(), &config, Propose { thread, amount: body.amount }).await?;
    let view = listed(&mut tx, thread).await?;
    tx.commit().await?;
    web::created(&view)
}

async fn accept(me: Patient, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    decide(me, place, Answer::Accept).await
}

async fn decline(me: Patient, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    decide(me, place, Answer::Decline).await
}

async fn decide(me: Patient, place: (ThreadId, EVisitId), said: Answer) -> web::Result {
    let config = me.app().part::<Config>();
    let mut tx = me.begin().await?;
    answer(&mut tx, me.actor(), &config, place, said).await?;
    let view = listed(&mut tx, place.0).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn take_back(me: Doctor, Path(place): Path<(ThreadId, EVisitId)>) -> web::Result {
    let mut tx = me.begin().await?;
    withdraw(&mut tx, me.actor(), place).await?;
    let view = listed(&mut tx, place.0).await?;
    tx.commit().await?;
    web::json(&view)
}
