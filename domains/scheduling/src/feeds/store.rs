//! Addresses of calendars, and what stands in them.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, AppointmentId, CalendarFeedId, PatientId, PractitionerId},
};

/// An open address, as its owner sees it.
#[derive(Clone, Debug)]
pub(super) struct Feed {
    pub(super) names: bool,
    pub(super) read_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
}

pub(super) async fn find(tx: &mut Tx, account: AccountId) -> Result<Option<Feed>, Error> {
    let row = sqlx::query_as!(
        Feed,
        r#"select names, read_at as "read_at: Timestamp", created_at as "created_at: Timestamp"
           from calendar_feeds where account_id = $1 and revoked_at is null"#,
        account as AccountId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// Two at once wait for each other here.
pub(super) async fn lock_account(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('calendar_feed:' || $1::uuid, 0))",
        account as AccountId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert(tx: &mut Tx, account: AccountId, token_mac: &[u8], names: bool) -> Result<(), Error> {
    let (id, now) = (tx.id::<CalendarFeedId>(), tx.now());
    sqlx::query!(
        "insert into calendar_feeds (id, account_id, token_mac, names, created_at) values ($1, $2, $3, $4, $5)",
        id as CalendarFeedId,
        account as AccountId,
        token_mac,
        names,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_revoked(tx: &mut Tx, account: AccountId) -> Result<u64, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update calendar_feeds set revoked_at = $2, updated_at = $2 where account_id = $1 and revoked_at is null",
        account as AccountId,
        now as Timestamp
    );
    Ok(done.execute(tx.conn()).await?.rows_affected())
}

pub(super) async fn set_names(tx: &mut Tx, account: AccountId, names: bool) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update calendar_feeds set names = $2, updated_at = $3 where account_id = $1 and revoked_at is null",
        account as AccountId,
        names,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whose address this is, and whether it names people.
pub(super) async fn find_by_token(tx: &mut Tx, token_mac: &[u8]) -> Result<Option<(AccountId, bool)>, Error> {
    let row = sqlx::query!(
        r#"select account_id as "account: AccountId", names from calendar_feeds where token_mac = $1 and revoked_at is null"#,
        token_mac
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(|row| (row.account, row.names)))
}

/// To the hour: programs ask often, and one write an hour tells as much.
pub(super) async fn set_read(tx: &mut Tx, token_mac: &[u8]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update calendar_feeds set read_at = $2, updated_at = $2
         where token_mac = $1 and (read_at is null or read_at < $2::timestamptz - interval '1 hour')",
        token_mac,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The patients that an account speaks for, and its practice.
pub(super) async fn find_owner(
    tx: &mut Tx,
    account: AccountId,
) -> Result<(Vec<PatientId>, Option<PractitionerId>), Error> {
    let row = sqlx::query!(
        r#"select app.patients_of($1) as "patients!: Vec<PatientId>", app.practitioner_of($1) as "practitioner: PractitionerId""#,
        account as AccountId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.patients, row.practitioner))
}

pub(super) struct Entry {
    pub(super) id: AppointmentId,
    pub(super) version: i32,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) changed_at: Timestamp,
    pub(super) is_off: bool,
    /// The reader is the doctor of this one.
    pub(super) is_own_work: bool,
    pub(super) doctor: String,
    pub(super) patient: String,
    pub(super) place: Option<String>,
}

/// What was ever certain, of the last month and from now on; what was called off is said for a month.
pub(super) async fn list(
    tx: &mut Tx,
    patients: &[PatientId],
    practitioner: Option<PractitionerId>,
) -> Result<Vec<Entry>, Error> {
    let since = tx.now().plus_days(-30);
    let patients: Vec<uuid::Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let rows = sqlx::query_as!(
        Entry,
        r#"with mine as (
               select id from appointments where patient_id = any ($1) and starts_at > $3
               union select id from appointments where practitioner_id = $2 and starts_at > $3
           )
           select a.id as "id: AppointmentId", a.version, a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp",
                  a.updated_at as "changed_at: Timestamp", a.status like 'cancelled%' as "is_off!",
                  coalesce(a.practitioner_id = $2, false) as "is_own_work!", d.full_name as doctor, p.full_name as patient,
                  f.name || ', ' || f.street || ', ' || f.city as place
           from mine join appointments a on a.id = mine.id join practitioners d on d.id = a.practitioner_id
                join patients p on p.id = a.patient_id left join facilities f on f.id = a.facility_id
           where a.status in ('confirmed', 'fulfilled', 'no_show_patient', 'no_show_doctor')
              or (a.status like 'cancelled%' and a.closed_at > $3
                  and exists (select from appointment_events e where e.appointment_id = a.id and e.after_status = 'confirmed'))
           order by a.starts_at, a.id limit 2000"#,
        &patients,
        practitioner as Option<PractitionerId>,
        since as Timestamp
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}
