use db::{Error, Tx};
use kernel::{
    Page, PageRequest, Timestamp,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, ReviewId},
};
use uuid::Uuid;

use super::model::{PublishedReview, Rating, Review, Scores, Stars, Status};

/// The visit that a review is about.
pub(super) struct Visit {
    pub(super) patient: PatientId,
    pub(super) patient_name: String,
    pub(super) practitioner: PractitionerId,
    pub(super) practitioner_name: String,
    pub(super) status: String,
    pub(super) starts_at: Timestamp,
}

pub(super) async fn find_visit(tx: &mut Tx, patients: &[PatientId], id: AppointmentId) -> Result<Option<Visit>, Error> {
    let mine: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let row = sqlx::query_as!(
        Visit,
        r#"select a.patient_id as "patient: PatientId", p.full_name as patient_name,
                  a.practitioner_id as "practitioner: PractitionerId", coalesce(d.full_name, '') as "practitioner_name!",
                  a.status, a.starts_at as "starts_at: Timestamp"
           from appointments a join patients p on p.id = a.patient_id left join practitioners d on d.id = a.practitioner_id
           where a.id = $1 and a.patient_id = any($2)"#,
        id as AppointmentId,
        &mine
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

pub(super) struct NewReview {
    pub(super) id: ReviewId,
    pub(super) appointment: AppointmentId,
    pub(super) patient: PatientId,
    pub(super) practitioner: PractitionerId,
    pub(super) author: String,
}

/// A text and what the filter made of it.
pub(super) struct Words {
    pub(super) text: String,
    pub(super) status: Status,
    pub(super) flags: Vec<String>,
}

pub(super) async fn insert_review(tx: &mut Tx, new: &NewReview, scores: Scores, words: &Words) -> Result<(), Error> {
    let now = tx.now();
    let published = (words.status == Status::Published).then_some(now);
    sqlx::query!(
        "insert into reviews (id, appointment_id, patient_id, practitioner_id, overall, listening, explanation, punctuality, technology,
                              body, author, status, published_at, flags, submitted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        new.id as ReviewId,
        new.appointment as AppointmentId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        scores.overall.number(),
        scores.listening.map(Stars::number),
        scores.explanation.map(Stars::number),
        scores.punctuality.map(Stars::number),
        scores.technology.map(Stars::number),
        words.text,
        new.author,
        words.status.word(),
        published as Option<Timestamp>,
        &words.flags,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The author's new words: what a moderator said of the old ones no longer counts.
pub(super) async fn set_content(tx: &mut Tx, id: ReviewId, scores: Scores, words: &Words) -> Result<(), Error> {
    let now = tx.now();
    let published = (words.status == Status::Published).then_some(now);
    sqlx::query!(
        "update reviews
         set overall = $2, listening = $3, explanation = $4, punctuality = $5, technology = $6, body = $7, original_body = null,
             status = $8, published_at = coalesce(published_at, $9), flags = $10, edited_at = $11, moderation_reason = null,
             moderated_by = null, moderated_at = null, version = version + 1, updated_at = now()
         where id = $1",
        id as ReviewId,
        scores.overall.number(),
        scores.listening.map(Stars::number),
        scores.explanation.map(Stars::number),
        scores.punctuality.map(Stars::number),
        scores.technology.map(Stars::number),
        words.text,
        words.status.word(),
        published as Option<Timestamp>,
        &words.flags,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A moderator's decision.
pub(super) struct Verdict<'a> {
    pub(super) status: Status,
    pub(super) shown: &'a str,
    pub(super) original: Option<&'a str>,
    pub(super) reason: Option<&'a String>,
}

pub(super) async fn set_verdict(tx: &mut Tx, id: ReviewId, by: AccountId, verdict: &Verdict<'_>) -> Result<(), Error> {
    let now = tx.now();
    let published = (verdict.status == Status::Published).then_some(now);
    sqlx::query!(
        "update reviews
         set status = $2, body = $3, original_body = $4, moderation_reason = $5, moderated_by = $6, moderated_at = $7,
             published_at = coalesce(published_at, $8), version = version + 1, updated_at = now()
         where id = $1",
        id as ReviewId,
        verdict.status.word(),
        verdict.shown,
        verdict.original,
        verdict.reason,
        by as AccountId,
        now as Timestamp,
        published as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete_review(tx: &mut Tx, id: ReviewId) -> Result<(), Error> {
    sqlx::query!("delete from reviews where id = $1", id as ReviewId).execute(tx.conn()).await?;
    Ok(())
}

/// Bring the doctor's score up to date with this transaction.
pub(super) async fn rate(tx: &mut Tx, practitioner: PractitionerId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!("select app.rate_practitioner($1, $2)", practitioner as PractitionerId, now as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(())
}

struct ReviewRow {
    id: ReviewId,
    appointment: AppointmentId,
    practitioner: PractitionerId,
    practitioner_name: String,
    overall: i16,
    listening: Option<i16>,
    explanation: Option<i16>,
    punctuality: Option<i16>,
    technology: Option<i16>,
    body: String,
    original_body: Option<String>,
    author: String,
    status: String,
    flags: Vec<String>,
    moderation_reason: Option<String>,
    submitted_at: Timestamp,
    edited_at: Option<Timestamp>,
    version: i32,
}

impl From<ReviewRow> for Review {
    fn from(row: ReviewRow) -> Self {
        let stars = |number: Option<i16>| number.and_then(Stars::new);
        let scores = Scores {
            overall: Stars::clamped(row.overall),
            listening: stars(row.listening),
            explanation: stars(row.explanation),
            punctuality: stars(row.punctuality),
            technology: stars(row.technology),
        };
        let (text, redacted_to) = match row.original_body {
            Some(original) => (original, Some(row.body)),
            None => (row.body, None),
        };
        Self {
            id: row.id,
            appointment: row.appointment,
            practitioner: row.practitioner,
            practitioner_name: row.practitioner_name,
            scores,
            text,
            redacted_to,
            author: row.author,
            status: Status::of(&row.status),
            flags: row.flags,
            reason: row.moderation_reason,
            submitted_at: row.submitted_at,
            edited_at: row.edited_at,
            version: row.version,
        }
    }
}

macro_rules! reviews {
    ($rest:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query_as!(
            ReviewRow,
            r#"select r.id as "id: ReviewId", r.appointment_id as "appointment: AppointmentId",
                      r.practitioner_id as "practitioner: PractitionerId",
                      coalesce(d.full_name, '') as "practitioner_name!",
                      r.overall, r.listening, r.explanation, r.punctuality, r.technology, r.body, r.original_body, r.author, r.status,
                      r.flags, r.moderation_reason, r.submitted_at as "submitted_at: Timestamp",
                      r.edited_at as "edited_at: Timestamp", r.version
               from reviews r left join practitioners d on d.id = r.practitioner_id "# + $rest
            $(, $arg)*
        )
    };
}

/// The author's own review of a visit.
pub(super) async fn find_of_author(
    tx: &mut Tx,
    patients: &[PatientId],
    appointment: AppointmentId,
) -> Result<Option<Review>, Error> {
    let mine: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let row = reviews!("where r.appointment_id = $1 and r.patient_id = any($2)", appointment as AppointmentId, &mine);
    Ok(row.fetch_optional(tx.conn()).await?.map(Review::from))
}

pub(super) async fn lock_of_author(
    tx: &mut Tx,
    patients: &[PatientId],
    appointment: AppointmentId,
) -> Result<Option<Review>, Error> {
    let mine: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let row = reviews!(
        "where r.appointment_id = $1 and r.patient_id = any($2) for update of r",
        appointment as AppointmentId,
        &mine
    );
    Ok(row.fetch_optional(tx.conn()).await?.map(Review::from))
}

pub(super) async fn find_review(tx: &mut Tx, id: ReviewId) -> Result<Option<Review>, Error> {
    let row = reviews!("where r.id = $1", id as ReviewId);
    Ok(row.fetch_optional(tx.conn()).await?.map(Review::from))
}

pub(super) async fn lock_review(tx: &mut Tx, id: ReviewId) -> Result<Option<Review>, Error> {
    let row = reviews!("where r.id = $1 for update of r", id as ReviewId);
    Ok(row.fetch_optional(tx.conn()).await?.map(Review::from))
}

/// An author's reviews, newest first.
pub(super) async fn list_of_author(
    tx: &mut Tx,
    patients: &[PatientId],
    page: &PageRequest,
) -> Result<Page<Review>, Error> {
    let mine: Vec<Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let before = cursor(page);
    let rows = reviews!(
        "where r.patient_id = any($1) and ($2::uuid is null or r.id < $2) order by r.id desc limit $3",
        &mine,
        before as Option<ReviewId>,
        page.limit() + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?, page))
}

/// What waits for a moderator, oldest first; or everything, newest first.
pub(super) async fn list_to_moderate(tx: &mut Tx, page: &PageRequest) -> Result<Page<Review>, Error> {
    let after = cursor(page);
    let rows = reviews!(
        "where r.status = 'awaiting_moderation' and ($1::uuid is null or r.id > $1) order by r.id limit $2",
        after as Option<ReviewId>,
        page.limit() + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?, page))
}

pub(super) async fn list_of_status(tx: &mut Tx, status: Status, page: &PageRequest) -> Result<Page<Review>, Error> {
    let before = cursor(page);
    let rows = reviews!(
        "where r.status = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3",
        status.word(),
        before as Option<ReviewId>,
        page.limit() + 1
    );
    Ok(paged(rows.fetch_all(tx.conn()).await?, page))
}

/// What everyone may read of a doctor's reviews, newest first.
pub async fn list_published(
    tx: &mut Tx,
    practitioner: PractitionerId,
    page: &PageRequest,
) -> Result<Page<PublishedReview>, Error> {
    let before = cursor(page);
    let rows = sqlx::query_as!(
        PublishedReview,
        r#"select id as "id: ReviewId", overall, body as text, author, published_at as "published_at!: Timestamp"
           from reviews
           where practitioner_id = $1 and status = 'published' and ($2::uuid is null or id < $2) order by id desc limit $3"#,
        practitioner as PractitionerId,
        before as Option<ReviewId>,
        page.limit() + 1
    );
    Ok(Page::from_rows(rows.fetch_all(tx.conn()).await?, page, |review| review.id.to_string()))
}

/// The doctor's score, if anyone ever reviewed them.
pub async fn find_rating(tx: &mut Tx, practitioner: PractitionerId) -> Result<Option<Rating>, Error> {
    let row = sqlx::query_as!(
        Rating,
        r#"select reviews, (score * 1000)::integer as "score_milli!", (listening * 1000)::integer as listening_milli,
                  (explanation * 1000)::integer as explanation_milli, (punctuality * 1000)::integer as punctuality_milli,
                  (technology * 1000)::integer as technology_milli
           from practitioner_ratings where practitioner_id = $1"#,
        practitioner as PractitionerId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// Whom to write to about a visit, and whether it has a review. For jobs: needs a system context.
pub(super) struct Invited {
    pub(super) account: AccountId,
    pub(super) practitioner_name: String,
    pub(super) status: String,
    pub(super) reviewed: bool,
}

pub(super) async fn find_invited(tx: &mut Tx, id: AppointmentId) -> Result<Option<Invited>, Error> {
    let row = sqlx::query_as!(
        Invited,
        r#"select app.account_for(p.id, a.booked_by) as "account!: AccountId", d.full_name as practitioner_name, a.status,
                  exists (select from reviews r where r.appointment_id = a.id) as "reviewed!"
           from appointments a join patients p on p.id = a.patient_id join practitioners d on d.id = a.practitioner_id
           where a.id = $1 and app.account_for(p.id, a.booked_by) is not null and p.deleted_at is null"#,
        id as AppointmentId
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// The account that wrote a review. For jobs: needs a system context.
pub(super) async fn find_author_account(tx: &mut Tx, id: ReviewId) -> Result<Option<AccountId>, Error> {
    let account = sqlx::query_scalar!(
        r#"select app.account_for(p.id, null) as "account!: AccountId"
           from reviews r join patients p on p.id = r.patient_id where r.id = $1 and app.account_for(p.id, null) is not null"#,
        id as ReviewId
    );
    Ok(account.fetch_optional(tx.conn()).await?)
}

/// Scores fade with time: bring those up to date that were last computed before this instant.
pub(super) async fn rate_stale(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "select app.rate_practitioner(s.practitioner_id, $1)
         from (select practitioner_id from practitioner_ratings where rated_at < $2 order by rated_at limit $3) s",
        now as Timestamp,
        before as Timestamp,
        limit
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

fn cursor(page: &PageRequest) -> Option<ReviewId> {
    page.cursor.as_ref().and_then(|cursor| cursor.0.parse().ok())
}

fn paged(rows: Vec<ReviewRow>, page: &PageRequest) -> Page<Review> {
    Page::from_rows(rows.into_iter().map(Review::from).collect(), page, |review| review.id.to_string())
}
