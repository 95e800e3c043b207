//! Reads of services with their prices.

use db::{Error, Tx};
use kernel::{
    Currency, Cursor, Page, PageRequest, Timestamp,
    ids::{PractitionerId, PriceId, ServiceId},
};
use uuid::Uuid;

pub(super) struct Priced {
    pub(super) id: ServiceId,
    pub(super) practitioner: PractitionerId,
    pub(super) doctor: String,
    pub(super) mode: String,
    pub(super) amount: i64,
    pub(super) currency: Currency,
}

/// The services that may be booked, by doctor.
pub(super) async fn list_services(tx: &mut Tx) -> Result<Vec<Priced>, Error> {
    Ok(sqlx::query_as!(
        Priced,
        r#"select s.id as "id: ServiceId", p.id as "practitioner: PractitionerId", p.full_name as doctor, s.mode,
                  s.price_amount as amount, s.currency as "currency: Currency"
           from services s join practitioners p on p.id = s.practitioner_id
           where s.active order by p.full_name, s.mode limit 1000"#
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn find_service(tx: &mut Tx, id: ServiceId) -> Result<Option<Priced>, Error> {
    Ok(sqlx::query_as!(
        Priced,
        r#"select s.id as "id: ServiceId", p.id as "practitioner: PractitionerId", p.full_name as doctor, s.mode,
                  s.price_amount as amount, s.currency as "currency: Currency"
           from services s join practitioners p on p.id = s.practitioner_id where s.id = $1"#,
        id as ServiceId
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) struct Entry {
    pub(super) id: PriceId,
    pub(super) doctor: String,
    pub(super) mode: String,
    pub(super) amount: i64,
    pub(super) currency: Currency,
    pub(super) default_amount: i64,
    pub(super) valid_from: Timestamp,
    pub(super) valid_until: Option<Timestamp>,
}

/// Newest first.
pub(super) async fn list_entries(tx: &mut Tx, request: &PageRequest) -> Result<Page<Entry>, Error> {
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|Cursor(text)| text.parse().ok());
    let rows = sqlx::query_as!(
        Entry,
        r#"select l.id as "id: PriceId", p.full_name as doctor, s.mode, l.amount, l.currency as "currency: Currency",
                  s.price_amount as default_amount, l.valid_from as "valid_from: Timestamp",
                  l.valid_until as "valid_until: Timestamp"
           from price_list l
           join services s on s.id = l.service_id
           join practitioners p on p.id = l.practitioner_id
           where $1::uuid is null or l.id < $1
           order by l.id desc limit $2"#,
        before,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}
