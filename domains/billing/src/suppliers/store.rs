//! All SQL of suppliers.

use db::{Error, Tx};
use kernel::ids::{FacilityId, PractitionerId};

use super::NewPlace;

pub(crate) async fn insert(tx: &mut Tx, id: PractitionerId, new: &NewPlace) -> Result<(), Error> {
    sqlx::query!(
        "insert into suppliers (id, facility_id, name, registration_no, registration_body, email, country)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id as PractitionerId,
        new.facility as FacilityId,
        new.name,
        new.registration_no,
        new.registration_body,
        new.email,
        new.country
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn is_place(tx: &mut Tx, supplier: PractitionerId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from suppliers where id = $1 and facility_id is not null) as "found!""#,
        supplier as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}
