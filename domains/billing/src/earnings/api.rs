//! The JSON door of earnings.

use kernel::{
    Cursor, Money, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    month::Month,
    pages::EarningsError,
    store::{self, Line, Standing},
};

/// Where the doctor's money stands in one currency.
#[derive(Debug, Serialize, JsonSchema)]
struct StandingView {
    pending: Money,
    /// Less than nothing where more went back than was left.
    available: Money,
    in_transit: Money,
    paid: Money,
}

impl From<Standing> for StandingView {
    fn from(standing: Standing) -> Self {
        let money = |amount| Money::new(amount, standing.currency);
        Self {
            pending: money(standing.pending),
            available: money(standing.available),
            in_transit: money(standing.in_transit),
            paid: money(standing.paid),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct EarningsView {
    balances: Vec<StandingView>,
}

/// What a doctor has earned of one payment.
#[derive(Debug, Serialize, JsonSchema)]
struct LineView {
    charge_id: ChargeId,
    appointment_id: Option<AppointmentId>,
    paid_at: Timestamp,
    paid: Money,
    tax: Money,
    commission: Money,
    returned: Money,
    earned: Money,
    available: bool,
    /// Once the service is done.
    available_at: Option<Timestamp>,
    disputed: bool,
}

impl From<Line> for LineView {
    fn from(line: Line) -> Self {
        let money = |amount| Money::new(amount, line.currency);
        Self {
            charge_id: line.charge,
            appointment_id: line.appointment,
            paid_at: line.at,
            paid: money(line.paid),
            tax: money(line.tax),
            commission: money(line.commission),
            returned: money(line.returned),
            earned: money(line.earned),
            available: line.due,
            available_at: line.available_at,
            disputed: line.frozen,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LinesQuery {
    /// `2026-11`; the present one where none is given.
    month: String,
    limit: Option<i64>,
    cursor: Option<Cursor>,
}

async fn balances(me: web::Doctor) -> web::Result {
    let mut tx = me.begin().await.map_err(EarningsError::from)?;
    let found = store::list_standings(&mut tx, me.practitioner_id()).await.map_err(EarningsError::from)?;
    tx.commit().await.map_err(EarningsError::from)?;
    web::json(&EarningsView { balances: found.into_iter().map(StandingView::from).collect() })
}

async fn lines(me: web::Doctor, web::Query(query): web::Query<LinesQuery>) -> web::Result {
    let request = PageRequest::of(query.limit.unwrap_or(20), query.cursor);
    let mut tx = me.begin().await.map_err(EarningsError::from)?;
    let span = Month::read(&query.month, tx.now(), me.zone()).span(me.zone());
    let found = store::list_lines(&mut tx, me.practitioner_id(), span, &request).await.map_err(EarningsError::from)?;
    tx.commit().await.map_err(EarningsError::from)?;
    web::json(&found.map(LineView::from))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<web::Doctor, (), EarningsView, _, _>(
            "/api/v1/earnings",
            "What one has earned, by currency",
            balances,
        )
        .api_get::<web::Doctor, (), Page<LineView>, _, _>(
            "/api/v1/earnings/lines",
            "What one has earned of each payment of a month, newest first; month=2026-11",
            lines,
        )
}
