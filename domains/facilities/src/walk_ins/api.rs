//! The JSON door.

use axum::extract::Path;
use kernel::{
    LocalDate,
    ids::{FacilityId, QueueId, TokenId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Staff, Visitor};

use super::{
    issue::{IssueError, issue},
    model::{State, Token},
    serve::{Step, StepError, call_next, step},
    store,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_post::<Staff, Empty, TokenView, _, _>("/api/v1/queues/{queue}/tokens", "Take the next number", create)
        .api_post::<Staff, Empty, TokenView, _, _>("/api/v1/queues/{queue}/calls", "Call the next number", create_call)
        .api_post::<Staff, StepBody, TokenView, _, _>(
            "/api/v1/tokens/{number}/steps",
            "Call a number again, serve it or skip it",
            create_step,
        )
        .api_public_get::<(), Numbers, _, _>(
            "/api/v1/health-centres/{facility}/queue",
            "The numbers of today that are called or wait",
            "a number says nothing of who holds it",
            list,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct TokenView {
    id: TokenId,
    queue_id: QueueId,
    /// Such as A12.
    label: String,
    day: LocalDate,
    number: i32,
    state: State,
}

impl From<&Token> for TokenView {
    fn from(token: &Token) -> Self {
        Self {
            id: token.id,
            queue_id: token.queue,
            label: token.label(),
            day: token.day,
            number: token.number,
            state: token.state,
        }
    }
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

async fn create(me: Staff, Path(queue): Path<QueueId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = issue(&mut tx, queue).await?;
    tx.commit().await?;
    web::created(&TokenView::from(&token))
}

async fn create_call(me: Staff, Path(queue): Path<QueueId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = call_next(&mut tx, queue).await?;
    tx.commit().await?;
    web::json(&TokenView::from(&token))
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    Call,
    Serve,
    Skip,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct StepBody {
    step: Wanted,
}

async fn create_step(me: Staff, Path(token): Path<TokenId>, Json(body): Json<StepBody>) -> web::Result {
    let wanted = match body.step {
        Wanted::Call => Step::Call,
        Wanted::Serve => Step::Serve,
        Wanted::Skip => Step::Skip,
    };
    let mut tx = me.begin().await?;
    let token = step(&mut tx, token, wanted).await?;
    tx.commit().await.map_err(StepError::from)?;
    web::json(&TokenView::from(&token))
}

#[derive(Serialize, schemars::JsonSchema)]
struct Numbers {
    items: Vec<TokenView>,
}

async fn list(me: Visitor, Path(place): Path<FacilityId>) -> web::Result {
    let mut tx = me.begin().await?;
    let found = crate::places::find(&mut tx, place).await?.ok_or(IssueError::NotFound)?;
    let day = tx.now().date_in(&found.zone);
    let open = store::list_open(&mut tx, place, day).await?;
    tx.commit().await?;
    web::json(&Numbers { items: open.iter().map(TokenView::from).collect() })
}
