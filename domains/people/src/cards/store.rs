//! SQL of cards.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, CardId, PatientId},
};

use super::model::{Card, Kind};

/// Cards of one patient are issued one after the other.
pub(super) async fn lock_patient(tx: &mut Tx, patient: PatientId) -> Result<(), Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('people.cards/' || $1::text, 0)) as "patient!: ()""#,
        patient.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

pub(super) struct NewCard {
    pub(super) id: CardId,
    pub(super) patient: PatientId,
    pub(super) kind: Kind,
    pub(super) hash: Vec<u8>,
    pub(super) by: AccountId,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, new: NewCard) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into identity_cards (id, patient_id, kind, token_hash, issued_by, issued_at, expires_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $6, $6)",
        new.id as CardId,
        new.patient as PatientId,
        new.kind.code(),
        new.hash,
        new.by as AccountId,
        now as Timestamp,
        new.expires_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The printed card before, if there is one, is in force no longer.
pub(super) async fn set_replaced(tx: &mut Tx, patient: PatientId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update identity_cards set revoked_at = $2, updated_at = $2
         where patient_id = $1 and kind = 'printed' and revoked_at is null",
        patient as PatientId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What this account has shown of the patient's on a screen ends by `at`.
pub(super) async fn set_fading(tx: &mut Tx, patient: PatientId, by: AccountId, at: Timestamp) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update identity_cards set expires_at = $3, updated_at = $4
         where patient_id = $1 and issued_by = $2 and kind = 'screen' and revoked_at is null and expires_at > $3",
        patient as PatientId,
        by as AccountId,
        at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Codes of screens that have been dead for a day: the access log keeps who scanned them.
pub(super) async fn delete_faded(tx: &mut Tx, patient: PatientId) -> Result<(), Error> {
    let before = tx.now().plus_days(-1);
    sqlx::query!(
        "delete from identity_cards where patient_id = $1 and kind = 'screen' and expires_at < $2",
        patient as PatientId,
        before as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether it was in force until now; none when the patient has no such card.
pub(super) async fn set_revoked(tx: &mut Tx, patient: PatientId, card: CardId) -> Result<Option<bool>, Error> {
    let now = tx.now();
    let done = sqlx::query_scalar!(
        r#"with before as materialized (
               select id, revoked_at from identity_cards where id = $1 and patient_id = $2 for update
           ), changed as (
               update identity_cards c set revoked_at = $3, updated_at = $3 from before b
               where c.id = b.id and b.revoked_at is null
           )
           select revoked_at is null as "was_in_force!" from before"#,
        card as CardId,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(done)
}

/// Those in force, the printed one first, then the newest.
pub(super) async fn list_in_force(tx: &mut Tx, patient: PatientId) -> Result<Vec<Card>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id: CardId", kind, issued_at as "issued_at: Timestamp", expires_at as "expires_at: Timestamp", scans,
                  last_scanned_at as "last_scanned_at: Timestamp"
           from identity_cards where patient_id = $1 and revoked_at is null and expires_at > $2
           order by kind = 'printed' desc, issued_at desc, id desc limit 50"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Card {
            id: row.id,
            kind: Kind::read(&row.kind),
            issued_at: row.issued_at,
            expires_at: row.expires_at,
            scans: row.scans,
            last_scanned_at: row.last_scanned_at,
        })
        .collect())
}

/// One scan of a card in force, and whose it is. Only in the system's context.
pub(super) async fn count_scan(tx: &mut Tx, hash: &[u8]) -> Result<Option<(CardId, PatientId)>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"update identity_cards set scans = scans + 1, last_scanned_at = $2, updated_at = $2
           where token_hash = $1 and revoked_at is null and expires_at > $2
           returning id as "id: CardId", app.survivor(patient_id) as "patient!: PatientId""#,
        hash,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, row.patient)))
}

/// Whether the present practitioner may read this patient's chart: the one question (adr/0024).
pub(super) async fn is_chart_open(tx: &mut Tx, patient: PatientId) -> Result<bool, Error> {
    let open = sqlx::query_scalar!(r#"select app.cares_for($1) as "open!""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?;
    Ok(open)
}
