//! The JSON door.

use axum::extract::Path;
use identity::{
    door::{Refused, throttle},
    throttle::{CARD_SHOWN, DESK},
};
use kernel::{
    FaultKind, LocalDate, Timestamp,
    ids::{AppointmentId, CardId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Patient, Staff};

use super::{
    desk::{Due, FrontDesk},
    issue::issue,
    model::{Card, Kind, address, token_in},
    revoke::revoke,
    scan::scan,
    store,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Patient, (), Cards, _, _>(
            "/api/v1/patients/{patient}/cards",
            "Cards in force by which the desk recognizes the patient",
            list,
        )
        .api_post::<Patient, CardBody, IssuedView, _, _>(
            "/api/v1/patients/{patient}/cards",
            "A new card; its address is answered once. A printed one replaces the one before",
            create,
        )
        .api_post::<Patient, Empty, Empty, _, _>(
            "/api/v1/patients/{patient}/cards/{card}/revocation",
            "Take a card back",
            create_revocation,
        )
        .api_post::<Staff, ScanBody, PersonView, _, _>(
            "/api/v1/card-scans",
            "Who has shown this card at the desk, and their appointments of today",
            create_scan,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct CardView {
    id: CardId,
    kind: Kind,
    issued_at: Timestamp,
    expires_at: Timestamp,
    /// How often it was scanned at a desk.
    scans: i32,
    last_scanned_at: Option<Timestamp>,
}

impl From<Card> for CardView {
    fn from(card: Card) -> Self {
        let Card { id, kind, issued_at, expires_at, scans, last_scanned_at } = card;
        Self { id, kind, issued_at, expires_at, scans, last_scanned_at }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct Cards {
    items: Vec<CardView>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct CardBody {
    #[serde(default)]
    kind: Kind,
}

#[derive(Serialize, schemars::JsonSchema)]
struct IssuedView {
    id: CardId,
    /// What the QR code holds.
    address: String,
    expires_at: Timestamp,
}

#[derive(Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

async fn list(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    if !me.actor().patients.contains(&patient) {
        return Err(Refused(FaultKind::NotFound).into());
    }
    let mut tx = me.begin().await?;
    let items = store::list_in_force(&mut tx, patient).await?;
    tx.commit().await?;
    web::json(&Cards { items: items.into_iter().map(CardView::from).collect() })
}

async fn create(me: Patient, Path(patient): Path<PatientId>, Json(body): Json<CardBody>) -> web::Result {
    throttle(&me).pass(&[(CARD_SHOWN, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin().await?;
    let issued = issue(&mut tx, me.actor(), patient, body.kind).await?;
    tx.commit().await?;
    let address = address(me.app().base_url(), issued.token.expose());
    web::created(&IssuedView { id: issued.id, address, expires_at: issued.expires_at })
}

async fn create_revocation(
    me: Patient,
    Path((patient, card)): Path<(PatientId, CardId)>,
    Json(_): Json<Empty>,
) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.actor(), patient, card).await?;
    tx.commit().await?;
    web::json(&Empty {})
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct ScanBody {
    /// The address that the code holds, or its token alone.
    code: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct DueView {
    appointment_id: AppointmentId,
    starts_at: Timestamp,
    doctor: String,
    place: Option<String>,
    /// It is time to say that the patient is here.
    may_arrive: bool,
}

impl From<Due> for DueView {
    fn from(due: Due) -> Self {
        let Due { id, starts_at, doctor, place, may_arrive, .. } = due;
        Self { appointment_id: id, starts_at, doctor, place, may_arrive }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct PersonView {
    record_no: String,
    full_name: String,
    preferred_name: Option<String>,
    birth_date: Option<LocalDate>,
    /// Where the chart is open to whoever scans; null elsewhere.
    patient_id: Option<PatientId>,
    appointments: Vec<DueView>,
}

async fn create_scan(me: Staff, Json(body): Json<ScanBody>) -> web::Result {
    throttle(&me).pass(&[(DESK, &me.actor().account.to_string())]).await?;
    let absent = || Refused(FaultKind::NotFound);
    let token = token_in(&body.code, me.app().base_url()).ok_or_else(absent)?;
    let mut tx = me.begin_system("identify by card").await?;
    let found = scan(&mut tx, me.actor(), &token).await?.ok_or_else(absent)?;
    let due = me.app().part::<FrontDesk>().0.today(&mut tx, me.actor(), found.person.id).await?;
    tx.commit().await?;
    let mut tx = me.begin().await?;
    let is_open = me.actor().practitioner.is_some() && store::is_chart_open(&mut tx, found.person.id).await?;
    tx.commit().await?;
    let person = found.person;
    web::json(&PersonView {
        record_no: person.record_no,
        full_name: person.full_name,
        preferred_name: person.preferred_name,
        birth_date: person.birth_date,
        patient_id: is_open.then_some(person.id),
        appointments: due.into_iter().map(DueView::from).collect(),
    })
}
