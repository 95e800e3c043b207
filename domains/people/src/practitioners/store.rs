use db::{Error, Tx, Whose};
use kernel::{
    Cursor, LocalDate, Page, PageRequest, Timestamp, Zone,
    ids::{AccountId, CheckId, DocumentId, PractitionerId},
};
use uuid::Uuid;

use super::{Gender, NewCheck, NewPractitioner, Practitioner, Status, profile::ProfileChange};
use crate::papers::PaperKind;

/// What stands in lists and beside appointments.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: PractitionerId,
    pub account: AccountId,
    pub slug: String,
    pub full_name: String,
    pub specialties: Vec<String>,
    pub zone: Zone,
    pub licence_checked_on: Option<LocalDate>,
}

/// A doctor as an address names them: by slug or by id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DoctorKey {
    Id(PractitionerId),
    Slug(String),
}

impl std::str::FromStr for DoctorKey {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse().map_or_else(|_| Self::Slug(text.to_owned()), Self::Id))
    }
}

/// A line of the administrator's list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: PractitionerId,
    pub full_name: String,
    pub email: Option<String>,
    pub specialties: Vec<String>,
    pub country: String,
    pub city: String,
    pub status: Status,
    pub licence_checked_on: Option<LocalDate>,
    pub identity_checked_on: Option<LocalDate>,
    pub created_at: Timestamp,
}

/// A recorded check, as the administrator reads it.
#[derive(Clone, Debug)]
pub struct Check {
    pub kind: PaperKind,
    pub passed: bool,
    pub looked_at: String,
    pub remark: String,
    pub valid_until: Option<LocalDate>,
    pub checked_by: String,
    pub checked_at: Timestamp,
}

struct Row {
    id: PractitionerId,
    account_id: AccountId,
    slug: String,
    full_name: String,
    gender: String,
    qualification: String,
    registration_no: String,
    registration_body: String,
    practising_since: Option<i32>,
    biography: String,
    languages: Vec<String>,
    specialties: Vec<String>,
    country: String,
    city: String,
    time_zone: String,
    status: String,
    licence_checked_on: Option<LocalDate>,
    identity_checked_on: Option<LocalDate>,
    suspended_why: Option<String>,
    version: i32,
}

impl From<Row> for Practitioner {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            slug: row.slug,
            full_name: row.full_name,
            gender: row.gender.parse().unwrap_or(Gender::Undisclosed),
            qualification: row.qualification,
            registration_no: row.registration_no,
            registration_body: row.registration_body,
            practising_since: row.practising_since,
            biography: row.biography,
            languages: row.languages,
            specialties: row.specialties,
            country: row.country,
            city: row.city,
            zone: row.time_zone.parse().unwrap_or_else(|_| Zone::utc()),
            status: row.status.parse().unwrap_or(Status::Draft),
            licence_checked_on: row.licence_checked_on,
            identity_checked_on: row.identity_checked_on,
            suspended_why: row.suspended_why,
            version: row.version,
        }
    }
}

/// A practitioner that the context may see: published or suspended, one's own, or any for an administrator.
pub async fn find(tx: &mut Tx, id: PractitionerId) -> Result<Option<Practitioner>, Error> {
    find_where(tx, Some(id), None, None).await
}

/// A doctor whom patients find.
pub async fn find_published(tx: &mut Tx, key: &DoctorKey) -> Result<Option<Practitioner>, Error> {
    match key {
        DoctorKey::Id(id) => find_where(tx, Some(*id), None, Some(Status::Published)).await,
        DoctorKey::Slug(slug) => find_where(tx, None, Some(slug), Some(Status::Published)).await,
    }
}

async fn find_where(
    tx: &mut Tx,
    id: Option<PractitionerId>,
    slug: Option<&str>,
    status: Option<Status>,
) -> Result<Option<Practitioner>, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: PractitionerId", account_id as "account_id: AccountId", slug, full_name, gender, qualification,
                  registration_no, registration_body, practising_since, biography, languages, specialties, country, city,
                  time_zone, status, licence_checked_on as "licence_checked_on: LocalDate",
                  identity_checked_on as "identity_checked_on: LocalDate", suspended_why, version
           from practitioners where (id = $1 or slug = $2) and ($3::text is null or status = $3)"#,
        id as Option<PractitionerId>,
        slug,
        status.map(Status::as_str),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Practitioner::from))
}

/// Many at once, for lists; those the context may see.
pub async fn list_cards(tx: &mut Tx, ids: &[PractitionerId]) -> Result<Vec<Card>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: PractitionerId", account_id as "account: AccountId", slug, full_name, specialties, time_zone,
                  licence_checked_on as "licence_checked_on: LocalDate"
           from practitioners where id = any($1)"#,
        ids as &[PractitionerId],
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Card {
            id: row.id,
            account: row.account,
            slug: row.slug,
            full_name: row.full_name,
            specialties: row.specialties,
            zone: row.time_zone.parse().unwrap_or_else(|_| Zone::utc()),
            licence_checked_on: row.licence_checked_on,
        })
        .collect())
}

/// The administrator's list, newest first; `q` finds names and addresses.
pub async fn list(tx: &mut Tx, status: Option<Status>, q: &str, request: &PageRequest) -> Result<Page<Listed>, Error> {
    let after = request.cursor.as_ref().and_then(after);
    tx.plan_for_values().await?;
    let rows = sqlx::query!(
        r#"select p.id as "id: PractitionerId", p.full_name, a.email::text as email, p.specialties, p.country, p.city, p.status,
                  p.licence_checked_on as "licence_checked_on: LocalDate",
                  p.identity_checked_on as "identity_checked_on: LocalDate", p.created_at as "created_at: Timestamp"
           from practitioners p join accounts a on a.id = p.account_id
           where ($1::text is null or p.status = $1)
             and ($2 = '' or p.full_name ilike '%' || $2 || '%' or a.email ilike '%' || $2 || '%')
             and ($3::timestamptz is null or (p.created_at, p.id) < ($3, $4::uuid))
           order by p.created_at desc, p.id desc limit $5"#,
        status.map(Status::as_str),
        like(q),
        after.map(|(at, _)| at) as Option<Timestamp>,
        after.map(|(_, id)| id),
        request.limit() + 1,
    )
    .fetch_all(tx.conn())
    .await?;
    let items: Vec<Listed> = rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            full_name: row.full_name,
            email: row.email,
            specialties: row.specialties,
            country: row.country,
            city: row.city,
            status: row.status.parse().unwrap_or(Status::Draft),
            licence_checked_on: row.licence_checked_on,
            identity_checked_on: row.identity_checked_on,
            created_at: row.created_at,
        })
        .collect();
    Ok(Page::from_rows(items, request, |last| format!("{}~{}", last.created_at.micros(), last.id)))
}

fn after(cursor: &Cursor) -> Option<(Timestamp, Uuid)> {
    let (micros, id) = cursor.0.split_once('~')?;
    Some((Timestamp::from_micros(micros.parse().ok()?), id.parse().ok()?))
}

/// Typed text as a literal inside a pattern.
fn like(q: &str) -> String {
    q.trim().chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}

/// How many in each state, for the filter.
pub async fn count_by_status(tx: &mut Tx) -> Result<Vec<(Status, i64)>, Error> {
    let rows = sqlx::query!(r#"select status, count(*) as "n!" from practitioners group by status"#)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.status.parse().ok()?, row.n))).collect())
}

pub(super) async fn slug_is_taken(tx: &mut Tx, slug: &str) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select exists (select from practitioners where slug = $1) as "taken!""#, slug)
        .fetch_one(tx.conn())
        .await?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: PractitionerId,
    account: AccountId,
    slug: &str,
    new: &NewPractitioner,
) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    sqlx::query!(
        r#"insert into practitioners (id, account_id, slug, full_name, time_zone, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $6)"#,
        id as PractitionerId,
        account as AccountId,
        slug,
        new.full_name,
        new.zone.name(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// False when somebody saved a newer version. A change that voids the licence check takes a published doctor back to `submitted`.
pub(super) async fn set_profile(
    tx: &mut Tx,
    id: PractitionerId,
    change: &ProfileChange,
    voids_check: bool,
) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        r#"update practitioners set full_name = $3, gender = $4, qualification = $5, registration_no = $6,
                  registration_body = $7, practising_since = $8, biography = $9, languages = $10, specialties = $11,
                  country = $12, city = $13, time_zone = $14,
                  licence_checked_on = case when $15 then null else licence_checked_on end,
                  status = case when $15 and status = 'published' then 'submitted' else status end,
                  version = version + 1, updated_at = $16
           where id = $1 and version = $2"#,
        id as PractitionerId,
        change.version,
        change.full_name,
        change.gender.as_str(),
        change.qualification,
        change.registration_no,
        change.registration_body,
        change.practising_since,
        change.biography,
        &change.languages[..],
        &change.specialties[..],
        change.country,
        change.city,
        change.zone.name(),
        voids_check,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// From one state to the next; false when it is no longer in `from`.
pub(super) async fn set_status(
    tx: &mut Tx,
    id: PractitionerId,
    from: Status,
    to: Status,
    why: Option<&str>,
) -> Result<bool, Error> {
    tx.changes_standing(Whose::Everyone);
    let now = tx.now();
    let done = sqlx::query!(
        r#"update practitioners set status = $3, suspended_why = $4,
                  submitted_at = case when $3 = 'submitted' then $5::timestamptz else submitted_at end,
                  published_at = case when $3 = 'published' then $5::timestamptz else published_at end,
                  suspended_at = case when $3 = 'suspended' then $5::timestamptz end,
                  version = version + 1, updated_at = $5
           where id = $1 and status = $2"#,
        id as PractitionerId,
        from.as_str(),
        to.as_str(),
        why,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The date patients see; a failed check takes it away, and a published doctor off the public pages.
pub(super) async fn set_checked_on(
    tx: &mut Tx,
    id: PractitionerId,
    kind: PaperKind,
    on: Option<LocalDate>,
) -> Result<(), Error> {
    tx.changes_standing(Whose::Everyone);
    let now = tx.now();
    sqlx::query!(
        r#"update practitioners set
                  licence_checked_on = case when $2 = 'licence' then $3::date else licence_checked_on end,
                  identity_checked_on = case when $2 = 'identity' then $3::date else identity_checked_on end,
                  status = case when $3::date is null and status = 'published' then 'submitted' else status end,
                  version = version + 1, updated_at = $4
           where id = $1"#,
        id as PractitionerId,
        kind.as_str(),
        on as Option<LocalDate>,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_check(
    tx: &mut Tx,
    practitioner: PractitionerId,
    by: AccountId,
    found: &NewCheck,
) -> Result<CheckId, Error> {
    let now = tx.now();
    let id = tx.id::<CheckId>();
    sqlx::query!(
        r#"insert into practitioner_checks (id, practitioner_id, kind, document_id, passed, looked_at, remark,
                                            licence_valid_until, checked_by, checked_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#,
        id as CheckId,
        practitioner as PractitionerId,
        found.kind.as_str(),
        found.document as Option<DocumentId>,
        found.passed,
        found.looked_at,
        found.remark,
        found.valid_until as Option<LocalDate>,
        by as AccountId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub async fn list_checks(tx: &mut Tx, practitioner: PractitionerId) -> Result<Vec<Check>, Error> {
    let rows = sqlx::query!(
        r#"select c.kind, c.passed, c.looked_at, c.remark, c.licence_valid_until as "valid_until: LocalDate",
                  coalesce(a.name, '') as "checked_by!", c.checked_at as "checked_at: Timestamp"
           from practitioner_checks c left join accounts a on a.id = c.checked_by
           where c.practitioner_id = $1 order by c.checked_at desc, c.id desc limit 100"#,
        practitioner as PractitionerId,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Check {
            kind: row.kind.parse().unwrap_or(PaperKind::Licence),
            passed: row.passed,
            looked_at: row.looked_at,
            remark: row.remark,
            valid_until: row.valid_until,
            checked_by: row.checked_by,
            checked_at: row.checked_at,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_only_a_percent_sign() {
        assert_eq!(like(" 100%_\\ "), "100\\%\\_\\\\");
    }

    #[test]
    fn a_doctor_is_named_by_id_or_by_slug() {
        let id = "0193f1c4-7d6a-7c3e-9d3f-0b0d5b1f4a11";
        assert_eq!(id.parse(), Ok(DoctorKey::Id(id.parse().expect("an id"))));
        assert_eq!("dr-ayesha-rahman".parse(), Ok(DoctorKey::Slug("dr-ayesha-rahman".into())));
    }
}
