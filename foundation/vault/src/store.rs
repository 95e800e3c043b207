use db::{Error, Tx};
use kernel::ids::PatientId;
use uuid::Uuid;

/// A wrapped data key.
pub(crate) struct KeyRow {
    pub(crate) key_id: Uuid,
    pub(crate) patient_id: Option<Uuid>,
    pub(crate) version: i32,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) kek_id: String,
    /// False while the row is this very transaction's own: it may yet be rolled back, so the key must not be cached.
    pub(crate) settled: bool,
}

impl KeyRow {
    pub(crate) fn version_u16(&self) -> Result<u16, crate::Error> {
        u16::try_from(self.version).map_err(|_| crate::Error::KeyTampered(self.key_id))
    }
}

pub(crate) async fn find_newest(tx: &mut Tx, patient: Option<Uuid>) -> Result<Option<KeyRow>, Error> {
    let row = sqlx::query_as!(
        KeyRow,
        r#"select key_id, patient_id, version, wrapped, kek_id, created_at <> transaction_timestamp() as "settled!"
           from vault_keys where patient_id is not distinct from $1 order by version desc limit 1"#,
        patient
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

pub(crate) async fn find_version(tx: &mut Tx, patient: Option<Uuid>, version: u16) -> Result<Option<KeyRow>, Error> {
    let row = sqlx::query_as!(
        KeyRow,
        r#"select key_id, patient_id, version, wrapped, kek_id, created_at <> transaction_timestamp() as "settled!"
           from vault_keys where patient_id is not distinct from $1 and version = $2"#,
        patient,
        i32::from(version)
    );
    Ok(row.fetch_optional(tx.conn()).await?)
}

/// Does nothing when the owner already has a first key.
pub(crate) async fn insert_first(
    tx: &mut Tx,
    key_id: Uuid,
    patient: Option<Uuid>,
    wrapped: &[u8],
    master_id: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into vault_keys (key_id, patient_id, version, wrapped, kek_id) values ($1, $2, 1, $3, $4)
         on conflict do nothing",
        key_id,
        patient,
        wrapped,
        master_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keys still under an older master, locked against a second rotation at work.
pub(crate) async fn lock_under_other_masters(tx: &mut Tx, current: &str, limit: i64) -> Result<Vec<KeyRow>, Error> {
    let rows = sqlx::query_as!(
        KeyRow,
        r#"select key_id, patient_id, version, wrapped, kek_id, false as "settled!"
           from vault_keys where kek_id <> $1 order by kek_id, key_id limit $2 for update skip locked"#,
        current,
        limit
    );
    Ok(rows.fetch_all(tx.conn()).await?)
}

pub(crate) async fn set_wrapped(tx: &mut Tx, key_id: Uuid, wrapped: &[u8], master_id: &str) -> Result<(), Error> {
    sqlx::query!(
        "update vault_keys set wrapped = $2, kek_id = $3, updated_at = now() where key_id = $1",
        key_id,
        wrapped,
        master_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn count_under_other_masters(tx: &mut Tx, current: &str) -> Result<i64, Error> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from vault_keys where kek_id <> $1"#, current);
    Ok(count.fetch_one(tx.conn()).await?)
}

pub(crate) async fn insert_file(
    tx: &mut Tx,
    id: Uuid,
    patient: Option<PatientId>,
    object_key: &str,
    bytes: i64,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into vault_files (id, patient_id, object_key, bytes) values ($1, $2, $3, $4)",
        id,
        patient as Option<PatientId>,
        object_key,
        bytes
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Where the file lies, if this patient (or the platform, for none) has it.
pub(crate) async fn find_file(tx: &mut Tx, id: Uuid, patient: Option<PatientId>) -> Result<Option<String>, Error> {
    let key = sqlx::query_scalar!(
        "select object_key from vault_files where id = $1 and patient_id is not distinct from $2",
        id,
        patient as Option<PatientId>
    );
    Ok(key.fetch_optional(tx.conn()).await?)
}

/// In the system's context. Where the file lay.
pub(crate) async fn delete_file(tx: &mut Tx, id: Uuid, patient: PatientId) -> Result<Option<String>, Error> {
    let key = sqlx::query_scalar!(
        "delete from vault_files where id = $1 and patient_id = $2 returning object_key",
        id,
        patient as PatientId
    );
    Ok(key.fetch_optional(tx.conn()).await?)
}
