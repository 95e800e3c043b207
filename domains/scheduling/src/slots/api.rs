use axum::extract::Path;
use kernel::{
    Fault, FaultKind, Money, Timestamp,
    ids::{FacilityId, ServiceId},
};
use serde::{Deserialize, Serialize};
use web::{Query, Visitor};

use super::{
    find::free_for_doctor,
    model::{Mode, Slot},
};
use crate::appointments::store::people::find_doctor;

/// One open time.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct SlotView {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub mode: Mode,
    pub price: Money,
    pub service_id: ServiceId,
    pub facility_id: Option<FacilityId>,
    pub requires_approval: bool,
}

impl From<&Slot> for SlotView {
    fn from(slot: &Slot) -> Self {
        Self {
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            mode: slot.mode,
            price: slot.price,
            service_id: slot.service,
            facility_id: slot.facility,
            requires_approval: slot.requires_approval,
        }
    }
}

/// Open times, in order of start.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct SlotList {
    items: Vec<SlotView>,
    next_cursor: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    mode: Option<Mode>,
}

#[derive(Debug, thiserror::Error)]
enum SlotsError {
    #[error("no such doctor")]
    NoSuchDoctor,
    #[error("at most {MOST_DAYS} days at once")]
    TooLong,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SlotsError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoSuchDoctor => FaultKind::NotFound,
            Self::TooLong => FaultKind::invalid("to", "scheduling-error-range"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Days that one question may cover.
const MOST_DAYS: i64 = 62;
/// Days when no end is asked for.
const USUAL_DAYS: i64 = 14;

pub(super) fn routes() -> web::Routes {
    web::Routes::new().api_public_get::<(), SlotList, _, _>(
        "/api/v1/doctors/{doctor}/slots",
        "Open times of a doctor that start between `from` and `to`",
        "free times are shown before anybody signs up",
        list,
    )
}

async fn list(me: Visitor, Path(doctor): Path<String>, Query(asked): Query<Asked>) -> web::Result {
    let mut tx = me.begin().await?;
    let from = asked.from.unwrap_or_else(|| tx.now());
    let to = asked.to.unwrap_or_else(|| from.plus_days(USUAL_DAYS));
    if to > from.plus_days(MOST_DAYS) {
        return Err(SlotsError::TooLong.into());
    }
    let doctor = find_doctor(&mut tx, &doctor).await.map_err(SlotsError::from)?.ok_or(SlotsError::NoSuchDoctor)?;
    let slots = free_for_doctor(&mut tx, doctor.id, from, to, asked.mode).await.map_err(SlotsError::from)?;
    tx.commit().await.map_err(SlotsError::from)?;
    web::json(&SlotList { items: slots.iter().map(SlotView::from).collect(), next_cursor: None })
}
