//! SQL of photos of visits, and of the addresses by which phones send them.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, DocumentId, PatientId, PhotoLinkId, PractitionerId, VisitId, VisitPhotoId},
};

use super::model::{OpenLink, PhotoLink};
use crate::visits::Visit;

/// Of two addresses that are made at once, one waits.
pub(super) async fn lock_links(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('consultations.photo_links/' || $1::text, 0)) as "locked!: ()""#,
        visit.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// The address of a visit, if there is one, is taken back.
pub(crate) async fn set_revoked(tx: &mut Tx, visit: VisitId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update photo_links set revoked_at = $2, updated_at = $2 where visit_id = $1 and revoked_at is null",
        visit as VisitId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_link(
    tx: &mut Tx,
    id: PhotoLinkId,
    visit: &Visit,
    by: AccountId,
    (mac, expires_at, photos): (&[u8], Timestamp, i32),
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into photo_links (id, visit_id, patient_id, practitioner_id, made_by, link_mac, photos_left, expires_at, created_at,
               updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"#,
        id as PhotoLinkId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        by as AccountId,
        mac,
        photos,
        expires_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The address in force, that still takes photos.
pub(crate) async fn find_open(tx: &mut Tx, visit: VisitId) -> Result<Option<OpenLink>, Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        OpenLink,
        r#"select photos_left, expires_at as "expires_at: Timestamp" from photo_links
           where visit_id = $1 and revoked_at is null and expires_at > $2 and photos_left > 0"#,
        visit as VisitId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// For whoever holds the address, held until the transaction ends. In the system's context.
pub(super) async fn lock_by_link(tx: &mut Tx, mac: &[u8]) -> Result<Option<PhotoLink>, Error> {
    Ok(sqlx::query_as!(
        PhotoLink,
        r#"select id as "id: PhotoLinkId", visit_id as "visit: VisitId", made_by as "made_by: AccountId", key_mac, photos_left,
                  expires_at as "expires_at: Timestamp", revoked_at as "revoked_at: Timestamp"
           from photo_links where link_mac = $1 for update"#,
        mac
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether this account acts for the patient at this moment. In the system's context.
pub(super) async fn speaks_for(tx: &mut Tx, account: AccountId, patient: PatientId) -> Result<bool, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select $2::uuid = any (app.patients_at($1, $3)) as "speaks!""#,
        account as AccountId,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// One photo less, and the key of the phone that sent the first.
pub(super) async fn set_used(tx: &mut Tx, id: PhotoLinkId, key: Option<&[u8]>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update photo_links set photos_left = photos_left - 1, key_mac = coalesce(key_mac, $3), updated_at = $2 where id = $1"#,
        id as PhotoLinkId,
        now as Timestamp,
        key
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_photo(
    tx: &mut Tx,
    id: VisitPhotoId,
    visit: &Visit,
    document: DocumentId,
    (by, link): (AccountId, Option<PhotoLinkId>),
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into visit_photos (id, visit_id, patient_id, practitioner_id, document_id, sent_by, link_id, sent_at, created_at,
               updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)"#,
        id as VisitPhotoId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        document as DocumentId,
        by as AccountId,
        link as Option<PhotoLinkId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The visit that is still going on, to which a document came as a photo. In the system's context.
pub(super) async fn find_open_visit_of(tx: &mut Tx, document: DocumentId) -> Result<Option<VisitId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select p.visit_id as "visit: VisitId" from visit_photos p join visits v on v.id = p.visit_id
           where p.document_id = $1 and v.status = 'open'"#,
        document as DocumentId
    )
    .fetch_optional(tx.conn())
    .await?)
}
