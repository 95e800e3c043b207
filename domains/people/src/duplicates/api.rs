//! The JSON door.

use axum::extract::Path;
use identity::{
    door::{Refused, throttle},
    throttle::DESK,
};
use kernel::{
    FaultKind, LocalDate, Sex, Timestamp,
    ids::{DuplicateId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Admin, Json, Query, Staff};

use super::{
    config::Config,
    decide::decide,
    list::list as look_through,
    model::{Band, Decision, Pair, Person, Reason, Side},
    pages::{after, cursor},
    probe::{Asked, Found, probe},
    store::Listed,
};
use crate::text::{self, Kept};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Admin, (), Pairs, _, _>(
            "/api/v1/admin/duplicates",
            "Records that may be one person's, the likeliest first",
            list,
        )
        .api_post::<Admin, DecisionBody, Empty, _, _>(
            "/api/v1/admin/duplicates/{duplicate}/decision",
            "They are two people, or: look again",
            create_decision,
        )
        .api_post::<Staff, FindBody, FoundPeople, _, _>(
            "/api/v1/person-searches",
            "Is this person here already? Whoever is shown reads of it in their access log",
            create_search,
        )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    status: String,
    cursor: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct SideView {
    patient_id: PatientId,
    record_no: String,
    full_name: String,
    birth_date: Option<LocalDate>,
}

impl From<Side> for SideView {
    fn from(side: Side) -> Self {
        Self {
            patient_id: side.id,
            record_no: side.record_no,
            full_name: side.person.full_name,
            birth_date: side.person.birth_date,
        }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct PairView {
    id: DuplicateId,
    /// Tenths of a bit that speak for one person.
    score: i32,
    band: Band,
    reasons: Vec<Reason>,
    status: Decision,
    found_at: Timestamp,
    records: [SideView; 2],
}

impl From<Pair> for PairView {
    fn from(pair: Pair) -> Self {
        let Pair { id, score, band, reasons, status, found_at, sides, .. } = pair;
        Self { id, score, band, reasons, status, found_at, records: sides.map(SideView::from) }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct Pairs {
    items: Vec<PairView>,
    next_cursor: Option<String>,
}

const ROWS: usize = 50;

async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let status = Decision::from_code(&wanted.status).unwrap_or(Decision::Open);
    let mut tx = me.begin().await?;
    let Listed { pairs, next } = look_through(&mut tx, me.actor(), (status, after(&wanted.cursor)), ROWS).await?;
    tx.commit().await?;
    let next_cursor = next.map(cursor);
    web::json(&Pairs { items: pairs.into_iter().map(PairView::from).collect(), next_cursor })
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionBody {
    decision: Decision,
}

#[derive(Serialize, schemars::JsonSchema)]
struct Empty {}

async fn create_decision(me: Admin, Path(pair): Path<DuplicateId>, Json(body): Json<DecisionBody>) -> web::Result {
    let mut tx = me.begin().await?;
    decide(&mut tx, me.actor(), pair, body.decision).await?;
    tx.commit().await?;
    web::json(&Empty {})
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct FindBody {
    full_name: String,
    #[serde(default)]
    birth_date: Option<LocalDate>,
    /// In E.164.
    #[serde(default)]
    phone: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
struct FoundView {
    record_no: String,
    full_name: String,
    birth_date: Option<LocalDate>,
    band: Band,
    reasons: Vec<Reason>,
}

impl From<Found> for FoundView {
    fn from(found: Found) -> Self {
        let Found { record_no, person, band, reasons, .. } = found;
        Self { record_no, full_name: person.full_name, birth_date: person.birth_date, band, reasons }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct FoundPeople {
    items: Vec<FoundView>,
}

async fn create_search(me: Staff, Json(body): Json<FindBody>) -> web::Result {
    let mut kept = Kept::default();
    let full_name = kept.take(text::name("full_name", &body.full_name));
    let phone = kept.take(text::phone("phone", body.phone.as_deref().unwrap_or_default(), None));
    let (Some(full_name), Some(phone)) = (full_name, phone) else {
        return Err(Refused(FaultKind::Invalid(kept.errors)).into());
    };
    let phones = phone.into_iter().collect();
    let asked = Asked(Person { full_name, birth_date: body.birth_date, sex: Sex::Unknown, phones, email: None });
    throttle(&me).pass(&[(DESK, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin_system("look for somebody at the desk").await?;
    let found = probe(&mut tx, me.actor(), &asked, me.app().part::<Config>().thresholds).await?;
    tx.commit().await?;
    web::json(&FoundPeople { items: found.into_iter().map(FoundView::from).collect() })
}
