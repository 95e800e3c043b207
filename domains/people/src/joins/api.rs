//! The JSON door.

use axum::extract::Path;
use identity::{door, throttle};
use kernel::{
    LocalDate, PageRequest, Timestamp,
    ids::{PatientId, RecordJoinId},
};
use serde::{Deserialize, Serialize};
use web::{Admin, Ctx, Json, Query};

use super::{
    Join, JoinError, Part, PartError, Parts,
    list::{list as look_through, one},
    look as look_at,
    model::{Account, Identity, Joined, Side, Standing},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Admin, (), Joins, _, _>(
            "/api/v1/admin/record-joins",
            "Records that are or were joined, the latest first",
            list,
        )
        .api_get::<Admin, (), PreviewView, _, _>(
            "/api/v1/admin/record-join-previews",
            "Two records side by side: what both hold, what contradicts, what stands in the way",
            preview,
        )
        .api_post::<Admin, JoinBody, Created, _, _>(
            "/api/v1/admin/record-joins",
            "Join two records of one person: the retired one is replaced by the survivor",
            create,
        )
        .api_get::<Admin, (), WholeView, _, _>(
            "/api/v1/admin/record-joins/{join}",
            "One join, and what was written into the survivor since",
            show,
        )
        .api_post::<Admin, PartBody, Created, _, _>(
            "/api/v1/admin/record-joins/{join}/ending",
            "Take two records apart: both are as before",
            end,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct RecordView {
    patient_id: PatientId,
    record_no: String,
    full_name: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct JoinView {
    id: RecordJoinId,
    survivor: RecordView,
    /// FHIR `Patient.link` of type `replaced-by`, towards the survivor.
    retired: RecordView,
    identity: Identity,
    joined_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl From<Joined> for JoinView {
    fn from(join: Joined) -> Self {
        let Joined { survivor, survivor_no, survivor_name, retired, retired_no, retired_name, .. } = join;
        Self {
            id: join.id,
            survivor: RecordView { patient_id: survivor, record_no: survivor_no, full_name: survivor_name },
            retired: RecordView { patient_id: retired, record_no: retired_no, full_name: retired_name },
            identity: join.identity,
            joined_at: join.at,
            ended_at: join.ended_at,
        }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct Joins {
    items: Vec<JoinView>,
    next_cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    limit: Option<i64>,
    cursor: Option<String>,
}

async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let page = PageRequest::of(wanted.limit.unwrap_or(20), None);
    let after = wanted.cursor.as_deref().and_then(|cursor| cursor.parse().ok());
    let mut tx = me.begin().await?;
    let most = usize::try_from(page.limit()).unwrap_or(20);
    let (joins, more) = look_through(&mut tx, me.actor(), after, most).await?;
    tx.commit().await?;
    let next_cursor = joins.last().filter(|_| more).map(|last| last.id.to_string());
    let items = joins.into_iter().map(JoinView::from).collect();
    web::json(&Joins { items, next_cursor })
}

#[derive(Serialize, schemars::JsonSchema)]
struct SideView {
    patient_id: PatientId,
    record_no: String,
    full_name: String,
    birth_date: Option<LocalDate>,
    account: Account,
    standing: Standing,
}

impl From<Side> for SideView {
    fn from(side: Side) -> Self {
        Self {
            patient_id: side.id,
            record_no: side.record_no,
            full_name: side.full_name,
            birth_date: side.birth_date,
            account: side.account,
            standing: side.standing,
        }
    }
}

/// How much of one kind both hold, in the order of the records.
#[derive(Serialize, schemars::JsonSchema)]
struct HeldView {
    what: &'static str,
    counts: [i64; 2],
}

#[derive(Serialize, schemars::JsonSchema)]
struct ConflictView {
    what: &'static str,
    count: i64,
}

#[derive(Serialize, schemars::JsonSchema)]
struct ObstacleView {
    what: &'static str,
    of: PatientId,
    count: i64,
}

#[derive(Serialize, schemars::JsonSchema)]
struct PreviewView {
    records: [SideView; 2],
    holds: Vec<HeldView>,
    conflicts: Vec<ConflictView>,
    /// Of the record that is to be retired, these must be over first.
    obstacles: Vec<ObstacleView>,
    told_apart: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Numbers {
    one: String,
    other: String,
}

async fn preview(me: Admin, Query(numbers): Query<Numbers>) -> web::Result {
    let mut tx = me.begin_system("compare two records").await?;
    let parts = me.app().part::<Parts>();
    let found = look_at(&mut tx, me.app().vault(), &parts, me.actor(), (&numbers.one, &numbers.other)).await?;
    tx.commit().await?;
    web::json(&PreviewView {
        records: found.sides.map(SideView::from),
        holds: found
            .seen
            .holds
            .iter()
            .map(|held| HeldView { what: held.key, counts: [held.one, held.other] })
            .collect(),
        conflicts: found.seen.conflicts.iter().map(|one| ConflictView { what: one.key, count: one.count }).collect(),
        obstacles: found
            .seen
            .obstacles
            .iter()
            .map(|one| ObstacleView { what: one.key, of: one.of, count: one.count })
            .collect(),
        told_apart: found.told_apart,
    })
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct JoinBody {
    /// Numbers of the records.
    survivor: String,
    retired: String,
    /// 10 to 500 characters.
    reason: String,
    /// Whoever signs in for the retired record stood at the desk, and is the survivor's owner.
    #[serde(default)]
    in_person: bool,
    /// Six digits of the authenticator app, or a recovery code.
    code: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct Created {
    id: RecordJoinId,
}

async fn create(me: Admin, Json(body): Json<JoinBody>) -> web::Result {
    let JoinBody { survivor, retired, reason, in_person, code } = body;
    let command = Join { survivor, retired, reason, seen_in_person: in_person, code };
    web::created(&Created { id: join(&me, command).await?? })
}

/// Count the try, join, and keep also a refusal.
pub(super) async fn join(me: &Ctx, command: Join) -> Result<Result<RecordJoinId, JoinError>, web::Error> {
    let account = me.actor().account.to_string();
    door::throttle(me).pass(&[(throttle::SECOND_FACTOR, account.as_str())]).await?;
    let mut tx = me.begin_system("join two records").await?;
    let parts = me.app().part::<Parts>();
    let sender = door::sender(me);
    let result = super::join(&mut tx, me.app().vault(), (&sender, &parts), me.actor(), command).await;
    if result.as_ref().map_or_else(JoinError::is_kept, |_| true) {
        tx.commit().await?;
    }
    if !matches!(result, Err(JoinError::WrongFactor)) {
        door::throttle(me).forget(throttle::SECOND_FACTOR, &account).await?;
    }
    Ok(result)
}

#[derive(Serialize, schemars::JsonSchema)]
struct WholeView {
    #[serde(flatten)]
    join: JoinView,
    reason: String,
    ending: String,
    /// Written into the survivor since they were joined.
    since: Vec<ConflictView>,
}

async fn show(me: Admin, Path(id): Path<RecordJoinId>) -> web::Result {
    let mut tx = me.begin_system("look at a join").await?;
    let parts = me.app().part::<Parts>();
    let whole = one(&mut tx, me.app().vault(), &parts, me.actor(), id).await?;
    tx.commit().await?;
    web::json(&WholeView {
        join: whole.join.into(),
        reason: whole.reason,
        ending: whole.ending,
        since: whole.since.into_iter().map(|(what, count)| ConflictView { what, count }).collect(),
    })
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartBody {
    /// 10 to 500 characters.
    reason: String,
    /// Six digits of the authenticator app, or a recovery code.
    code: String,
}

async fn end(me: Admin, Path(id): Path<RecordJoinId>, Json(body): Json<PartBody>) -> web::Result {
    let PartBody { reason, code } = body;
    part(&me, id, Part { reason, code }).await??;
    web::json(&Created { id })
}

/// Count the try, take apart, and keep also a refusal.
pub(super) async fn part(me: &Ctx, id: RecordJoinId, command: Part) -> Result<Result<(), PartError>, web::Error> {
    let account = me.actor().account.to_string();
    door::throttle(me).pass(&[(throttle::SECOND_FACTOR, account.as_str())]).await?;
    let mut tx = me.begin_system("take two records apart").await?;
    let result = super::part(&mut tx, me.app().vault(), &door::sender(me), me.actor(), (id, command)).await;
    if result.as_ref().map_or_else(PartError::is_kept, |()| true) {
        tx.commit().await?;
    }
    if !matches!(result, Err(PartError::WrongFactor)) {
        door::throttle(me).forget(throttle::SECOND_FACTOR, &account).await?;
    }
    Ok(result)
}
