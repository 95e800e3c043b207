//! All SQL of places.

use db::Tx;
use kernel::{
    Zone,
    ids::{FacilityId, PractitionerId},
};
use sqlx::types::Json;

use super::model::{NewPlace, Place, PlaceKind, Point, WeekHours};

pub(super) async fn insert(tx: &mut Tx, new: &NewPlace) -> Result<FacilityId, db::Error> {
    let id = tx.id::<FacilityId>();
    sqlx::query!(
        "insert into facilities (id, name, kind, street, city, country, latitude, longitude, time_zone, phone, opening_hours)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id as FacilityId,
        new.name.trim(),
        new.kind.code(),
        new.street.trim(),
        new.city.trim(),
        new.country.code(),
        new.point.latitude(),
        new.point.longitude(),
        &new.zone as &Zone,
        new.phone,
        Json(&new.hours) as _
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn insert_practice(tx: &mut Tx, doctor: PractitionerId, place: FacilityId) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into practice_places (practitioner_id, facility_id) values ($1, $2) on conflict do nothing",
        doctor as PractitionerId,
        place as FacilityId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn remove_practice(tx: &mut Tx, doctor: PractitionerId, place: FacilityId) -> Result<(), db::Error> {
    sqlx::query!(
        "delete from practice_places where practitioner_id = $1 and facility_id = $2",
        doctor as PractitionerId,
        place as FacilityId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn find(tx: &mut Tx, id: FacilityId) -> Result<Option<Place>, db::Error> {
    let row = sqlx::query!(
        r#"select id as "id: FacilityId", name, kind, street, city, country, latitude, longitude, time_zone as "zone: Zone", phone,
                  opening_hours as "hours: Json<WeekHours>"
           from facilities where id = $1 and active"#,
        id as FacilityId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Place {
        id: row.id,
        name: row.name,
        kind: PlaceKind::of(&row.kind),
        street: row.street,
        city: row.city,
        country: row.country,
        point: Point::new(row.latitude, row.longitude),
        zone: row.zone,
        phone: row.phone,
        hours: row.hours.0,
    }))
}

/// A line of the list.
pub(super) struct PlaceLine {
    pub(super) id: FacilityId,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) street: String,
    pub(super) city: String,
    pub(super) phone: Option<String>,
    pub(super) zone: Zone,
    pub(super) hours: Json<WeekHours>,
    pub(super) doctors: i64,
    pub(super) metres: Option<f64>,
}

/// All, the nearest first, or by city and name where no point is given.
pub(super) async fn list(tx: &mut Tx, near: Option<Point>) -> Result<Vec<PlaceLine>, db::Error> {
    let (latitude, longitude) = near.map(|p| (p.latitude(), p.longitude())).unzip();
    Ok(sqlx::query_as!(
        PlaceLine,
        r#"select f.id as "id: FacilityId", f.name, f.kind, f.street, f.city, f.phone, f.time_zone as "zone: Zone",
                  f.opening_hours as "hours: Json<WeekHours>",
                  (select count(*) from practice_places p join practitioners d on d.id = p.practitioner_id
                   where p.facility_id = f.id and d.status = 'published') as "doctors!",
                  case when $1::float8 is not null
                       then earth_distance(ll_to_earth($1, $2), ll_to_earth(f.latitude, f.longitude)) end as metres
           from facilities f where f.active
           order by metres nulls last, f.country, f.city, f.name limit 200"#,
        latitude,
        longitude
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A city with places, and their middle.
pub(super) struct City {
    pub(super) name: String,
    pub(super) country: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

pub(super) async fn list_cities(tx: &mut Tx) -> Result<Vec<City>, db::Error> {
    Ok(sqlx::query_as!(
        City,
        r#"select city as name, country, avg(latitude) as "latitude!", avg(longitude) as "longitude!"
           from facilities where active group by city, country order by city, country"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Who practises at a place.
pub(super) struct Practising {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) specialties: Vec<String>,
    pub(super) qualification: String,
}

pub(super) async fn list_doctors(tx: &mut Tx, id: FacilityId) -> Result<Vec<Practising>, db::Error> {
    Ok(sqlx::query_as!(
        Practising,
        r#"select d.slug as "slug!", d.full_name as "name!", d.specialties as "specialties!", d.qualification as "qualification!"
           from practice_places p join practitioners d on d.id = p.practitioner_id
           where p.facility_id = $1 and d.status = 'published' order by d.full_name, d.id limit 200"#,
        id as FacilityId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A doctor, and whether this place is one of theirs.
pub(super) struct Staff {
    pub(super) id: PractitionerId,
    pub(super) name: String,
    pub(super) here: bool,
}

/// Everyone who could practise at a place, by name; those who do come in any case.
pub(super) async fn list_staff(tx: &mut Tx, id: FacilityId) -> Result<Vec<Staff>, db::Error> {
    Ok(sqlx::query_as!(
        Staff,
        r#"select d.id as "id!: PractitionerId", d.full_name as "name!", p.facility_id is not null as "here!"
           from practitioners d left join practice_places p on p.practitioner_id = d.id and p.facility_id = $1
           order by p.facility_id is null, d.full_name, d.id limit 2000"#,
        id as FacilityId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Where emergencies are taken in: the nearest hospitals to a point, and how far in metres.
pub(super) async fn list_hospitals(tx: &mut Tx, near: Point, limit: i64) -> Result<Vec<(Place, f64)>, db::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: FacilityId", name, kind, street, city, country, latitude, longitude, time_zone as "zone: Zone", phone,
                  opening_hours as "hours: Json<WeekHours>",
                  earth_distance(ll_to_earth($1, $2), ll_to_earth(latitude, longitude)) as "metres!"
           from facilities where active and kind = 'hospital' order by 12, name limit $3"#,
        near.latitude(),
        near.longitude(),
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    let places = rows.into_iter().map(|row| {
        let place = Place {
            id: row.id,
            name: row.name,
            kind: PlaceKind::of(&row.kind),
            street: row.street,
            city: row.city,
            country: row.country,
            point: Point::new(row.latitude, row.longitude),
            zone: row.zone,
            phone: row.phone,
            hours: row.hours.0,
        };
        (place, row.metres)
    });
    Ok(places.collect())
}
