//! All SQL of cancellation policies. Rows are only ever added.

use db::Tx;
use kernel::{
    Currency, Money, Timestamp,
    ids::{AccountId, PolicyId, PractitionerId, ServiceId},
};

use super::model::{Policy, Terms, Tier};
use crate::slots::Mode;

struct Row {
    id: PolicyId,
    version: i32,
    tier_hours: Vec<i32>,
    tier_points: Vec<i32>,
    free_moves: i32,
    move_until_hours: i32,
    no_show_points: i32,
}

/// Steps from their two columns, which the database keeps of one length.
pub(crate) fn tiers(hours: &[i32], points: &[i32]) -> Vec<Tier> {
    let tier =
        |(hours, points): (&i32, &i32)| Tier { hours: *hours, basis_points: u32::try_from(*points).unwrap_or(0) };
    hours.iter().zip(points).map(tier).collect()
}

impl From<Row> for Policy {
    fn from(row: Row) -> Self {
        let terms = Terms {
            tiers: tiers(&row.tier_hours, &row.tier_points),
            free_moves: row.free_moves,
            move_until_hours: row.move_until_hours,
            no_show_basis_points: u32::try_from(row.no_show_points).unwrap_or(0),
        };
        Self { id: row.id, version: row.version, terms }
    }
}

/// What a booking of this service now is under: its own rule in the newest version, else the house's.
pub(crate) async fn find_in_force(tx: &mut Tx, service: ServiceId) -> Result<Policy, db::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: PolicyId", version, tier_hours, tier_points, free_moves, move_until_hours, no_show_points
           from cancellation_policies where service_id = $1 or service_id is null
           order by service_id is null, version desc limit 1"#,
        service as ServiceId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(row.into())
}

/// A service of a doctor with the rule that bookings now are under.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) service: ServiceId,
    pub(crate) mode: Mode,
    pub(crate) place: Option<String>,
    pub(crate) price: Money,
    pub(crate) policy: Policy,
    /// It is the service's own, not the house's.
    pub(crate) own: bool,
}

/// What a doctor offers, each with its rule.
pub(crate) async fn list_of_doctor(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Line>, db::Error> {
    let rows = sqlx::query!(
        r#"select s.id as "service!: ServiceId", s.mode as "mode!", f.name as "place?", s.price_amount as "price_amount!",
                  s.currency as "currency!: Currency", p.service_id is not null as "own!",
                  p.id as "id!: PolicyId", p.version as "version!", p.tier_hours as "tier_hours!", p.tier_points as "tier_points!",
                  p.free_moves as "free_moves!", p.move_until_hours as "move_until_hours!", p.no_show_points as "no_show_points!"
           from services s left join facilities f on f.id = s.facility_id
           cross join lateral (select c.id, c.service_id, c.version, c.tier_hours, c.tier_points, c.free_moves, c.move_until_hours,
               c.no_show_points from cancellation_policies c where c.service_id = s.id or c.service_id is null
               order by c.service_id is null, c.version desc limit 1) p
           where s.practitioner_id = $1 and s.active order by s.mode, s.id"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    let line = |row: Row, service, mode: String, place, price, own| Line {
        service,
        mode: mode.parse().unwrap_or(Mode::Video),
        place,
        price,
        policy: row.into(),
        own,
    };
    Ok(rows
        .into_iter()
        .map(|r| {
            let policy = Row {
                id: r.id,
                version: r.version,
                tier_hours: r.tier_hours,
                tier_points: r.tier_points,
                free_moves: r.free_moves,
                move_until_hours: r.move_until_hours,
                no_show_points: r.no_show_points,
            };
            line(policy, r.service, r.mode, r.place, Money::new(r.price_amount, r.currency), r.own)
        })
        .collect())
}

/// One of them. `None` for another doctor's.
pub(crate) async fn find_of_doctor(
    tx: &mut Tx,
    doctor: PractitionerId,
    service: ServiceId,
) -> Result<Option<Line>, db::Error> {
    Ok(list_of_doctor(tx, doctor).await?.into_iter().find(|line| line.service == service))
}

/// The next version of a service's rule.
pub(crate) async fn insert(
    tx: &mut Tx,
    doctor: PractitionerId,
    service: ServiceId,
    terms: &Terms,
    by: AccountId,
) -> Result<PolicyId, db::Error> {
    let (id, now) = (tx.id::<PolicyId>(), tx.now());
    let hours: Vec<i32> = terms.tiers.iter().map(|tier| tier.hours).collect();
    let points: Vec<i32> = terms.tiers.iter().map(|tier| points(tier.basis_points)).collect();
    sqlx::query!(
        "insert into cancellation_policies (id, practitioner_id, service_id, version, tier_hours, tier_points, free_moves,
             move_until_hours, no_show_points, created_by, created_at, updated_at)
         select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $10
         from cancellation_policies where service_id = $3",
        id as PolicyId,
        doctor as PractitionerId,
        service as ServiceId,
        &hours,
        &points,
        terms.free_moves,
        terms.move_until_hours,
        self::points(terms.no_show_basis_points),
        by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

fn points(basis_points: u32) -> i32 {
    i32::try_from(basis_points).unwrap_or(10_000)
}
