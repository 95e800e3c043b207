//! SQL of what is shown, and of the list of all that was shown, shared and sent.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, DocumentId, PatientId, PractitionerId, ShowId, VisitId},
};
use uuid::Uuid;

use crate::visits::{Side, Visit};

/// Of two who show at once, one waits.
pub(super) async fn lock_shows(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('consultations.shows/' || $1::text, 0)) as "locked!: ()""#,
        visit.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// False where nothing was shown. Who waited for another's began before what it ends.
pub(super) async fn set_stopped(tx: &mut Tx, visit: VisitId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update visit_shows set stopped_at = greatest(shown_at, $2), updated_at = $2 where visit_id = $1 and stopped_at is null",
        visit as VisitId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    document: DocumentId,
    (account, side): (AccountId, Side),
) -> Result<ShowId, Error> {
    let (now, id) = (tx.now(), tx.id::<ShowId>());
    sqlx::query!(
        r#"insert into visit_shows (id, visit_id, patient_id, practitioner_id, document_id, shown_by, role, shown_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)"#,
        id as ShowId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        document as DocumentId,
        account as AccountId,
        side.code(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// What is shown now.
pub(super) struct Current {
    pub(super) id: ShowId,
    pub(super) document: DocumentId,
}

pub(super) async fn find_current(tx: &mut Tx, visit: VisitId) -> Result<Option<Current>, Error> {
    Ok(sqlx::query_as!(
        Current,
        r#"select id as "id: ShowId", document_id as "document: DocumentId" from visit_shows
           where visit_id = $1 and stopped_at is null"#,
        visit as VisitId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One thing that was shared, shown or sent.
pub(super) struct Happened {
    pub(super) id: Uuid,
    /// `screen`, `document` or `photo`.
    pub(super) kind: String,
    /// `patient`, `doctor`, or as what a third party came.
    pub(super) role: String,
    pub(super) account: Option<AccountId>,
    pub(super) at: Timestamp,
    pub(super) until: Option<Timestamp>,
    pub(super) document: Option<DocumentId>,
    /// Of a photo's document.
    pub(super) state: Option<String>,
}

/// All of a visit, in its order. A photo that its sender has removed is not among it.
pub(super) async fn list(tx: &mut Tx, visit: VisitId) -> Result<Vec<Happened>, Error> {
    Ok(sqlx::query_as!(
        Happened,
        r#"select id as "id!", kind as "kind!", role as "role!", account as "account: AccountId", at as "at!: Timestamp",
                  until as "until: Timestamp", document as "document: DocumentId", state
           from (select id, 'screen' as kind, role, account_id as account, started_at as at, ended_at as until,
                        null::uuid as document, null::text as state
                 from screen_shares where visit_id = $1
                 union all
                 select id, 'document', role, shown_by, shown_at, stopped_at, document_id, null from visit_shows where visit_id = $1
                 union all
                 select p.id, 'photo', 'patient', p.sent_by, p.sent_at, null, p.document_id, d.state
                 from visit_photos p join documents d on d.id = p.document_id and d.removed_at is null where p.visit_id = $1) happened
           order by id limit 300"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?)
}
