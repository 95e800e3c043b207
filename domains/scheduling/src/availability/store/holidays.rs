use db::Tx;
use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{ExceptionId, PractitionerId},
};

/// Countries whose holidays are known.
pub(crate) async fn list_countries(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(sqlx::query_scalar!("select distinct country from public_holidays order by country")
        .fetch_all(tx.conn())
        .await?)
}

/// The countries whose calendars this doctor keeps.
pub(crate) async fn list_calendars(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<String>, db::Error> {
    Ok(sqlx::query_scalar!(
        "select country from holiday_calendars where practitioner_id = $1 order by country",
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The country of the first place where this doctor sees patients.
pub(crate) async fn find_country(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<String>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select f.country as "country!" from practice_places p join facilities f on f.id = p.facility_id
           where p.practitioner_id = $1 order by f.name limit 1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A country's holidays from a day on.
pub(crate) async fn list_holidays(tx: &mut Tx, country: &str, today: LocalDate) -> Result<Vec<LocalDate>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select day as "day: LocalDate" from public_holidays where country = $1 and day >= $2 order by day"#,
        country,
        today as LocalDate
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn insert_calendar(tx: &mut Tx, doctor: PractitionerId, country: &str) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into holiday_calendars (practitioner_id, country) values ($1, $2)
         on conflict (practitioner_id, country) do update set updated_at = $3",
        doctor as PractitionerId,
        country,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn remove_calendar(tx: &mut Tx, doctor: PractitionerId, country: &str) -> Result<(), db::Error> {
    sqlx::query!(
        "delete from holiday_calendars where practitioner_id = $1 and country = $2",
        doctor as PractitionerId,
        country
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Days of a country that are worked on again.
pub(crate) async fn remove_days(
    tx: &mut Tx,
    doctor: PractitionerId,
    country: &str,
    but: &[LocalDate],
) -> Result<(), db::Error> {
    sqlx::query!(
        "delete from schedule_exceptions where practitioner_id = $1 and kind = 'holiday' and holiday_country = $2
             and not starts_on = any ($3)",
        doctor as PractitionerId,
        country,
        but as &[LocalDate]
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Close on these days, as far as they are holidays of the country. Closing twice is closing once.
pub(crate) async fn insert_days(
    tx: &mut Tx,
    doctor: PractitionerId,
    country: &str,
    days: &[LocalDate],
    zone: &Zone,
) -> Result<(), db::Error> {
    let ids: Vec<uuid::Uuid> = days.iter().map(|_| tx.id::<ExceptionId>().uuid()).collect();
    sqlx::query!(
        "insert into schedule_exceptions (id, practitioner_id, kind, starts_on, ends_on, time_zone, holiday_country)
         select n.id, $1, 'holiday', h.day, h.day, $2, h.country
         from unnest($3::uuid[], $4::date[]) as n (id, day) join public_holidays h on h.country = $5 and h.day = n.day
         on conflict (practitioner_id, starts_on, holiday_country) where kind = 'holiday' do nothing",
        doctor as PractitionerId,
        zone as &Zone,
        &ids,
        days as &[LocalDate],
        country
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
