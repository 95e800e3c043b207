//! SQL of commands, and their signatures.

use access::Actor;
use aws_lc_rs::digest::{Context, SHA256};
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{CommandId, PatientId, PractitionerId, VisitId},
};
use vault::{At, Vault};

use super::{Command, CommandRow, Kind, Status};
use crate::visits::{Visit, VisitError, unknown};

pub(crate) fn at(id: CommandId, version: i32) -> At {
    At::new("visit_commands", "content_sealed", id.uuid()).version(version)
}

pub(super) fn reason_at(id: CommandId) -> At {
    At::new("visit_commands", "end_reason_sealed", id.uuid())
}

/// What a signature takes in beside the content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) id: CommandId,
    pub(super) people: (VisitId, PatientId, PractitionerId),
    pub(super) version: i32,
    pub(super) at: Timestamp,
    pub(super) code: Option<&'a str>,
}

/// SHA-256 over the signed bytes and everything that says what they are.
pub(super) fn signed_hash(signed: &Signed<'_>, content: &[u8]) -> [u8; 32] {
    let mut digest = Context::new(&SHA256);
    digest.update(b"bedside.visit-command.v1");
    let (visit, patient, practitioner) = signed.people;
    for id in [signed.id.uuid(), visit.uuid(), patient.uuid(), practitioner.uuid()] {
        digest.update(id.as_bytes());
    }
    digest.update(&signed.version.to_be_bytes());
    digest.update(&signed.at.micros().to_be_bytes());
    let code = signed.code.unwrap_or_default();
    digest.update(&u32::try_from(code.len()).unwrap_or(u32::MAX).to_be_bytes());
    digest.update(code.as_bytes());
    digest.update(content);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.finish().as_ref());
    hash
}

struct Row {
    id: CommandId,
    visit_id: VisitId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    number: i32,
    kind: String,
    status: String,
    version: i32,
    content_sealed: Vec<u8>,
    committed_at: Option<Timestamp>,
    signed_hash: Option<Vec<u8>>,
    verify_code: Option<String>,
    ended_at: Option<Timestamp>,
}

/// Reads commands with one list of columns; the condition and its arguments follow.
macro_rules! select_commands {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select c.id as "id: CommandId", c.visit_id as "visit_id: VisitId", c.patient_id as "patient_id: PatientId",
                  c.practitioner_id as "practitioner_id: PractitionerId", c.number, c.kind, c.status, c.version, c.content_sealed,
                  c.committed_at as "committed_at: Timestamp", c.signed_hash, c.verify_code, c.ended_at as "ended_at: Timestamp"
               from visit_commands c "# + $rest
            $(, $argument)*
        )
    };
}

/// Opens a row. One whose signature does not fit what it says is an error, not a command.
async fn opened(tx: &mut Tx, vault: &Vault, row: Row) -> Result<CommandRow, VisitError> {
    let place = at(row.id, row.version);
    let bytes = vault.open(tx, row.patient_id, place, &row.content_sealed).await?;
    let content: Command = serde_json::from_slice(bytes.expose()).map_err(vault::Error::from)?;
    let kind = Kind::from_code(&row.kind).ok_or_else(|| unknown("visit_commands.kind"))?;
    if let (Some(at), Some(hash)) = (row.committed_at, &row.signed_hash) {
        let people = (row.visit_id, row.patient_id, row.practitioner_id);
        let signed = Signed { id: row.id, people, version: row.version, at, code: row.verify_code.as_deref() };
        if signed_hash(&signed, bytes.expose()).as_slice() != hash || content.kind() != kind {
            tracing::error!(command = %row.id, "consultations.command_mismatch");
            return Err(VisitError::Vault(vault::Error::Tampered(place)));
        }
    }
    Ok(CommandRow {
        id: row.id,
        visit: row.visit_id,
        patient: row.patient_id,
        practitioner: row.practitioner_id,
        number: row.number,
        kind,
        status: Status::from_code(&row.status).ok_or_else(|| unknown("visit_commands.status"))?,
        version: row.version,
        content: Phi::new(content),
        committed_at: row.committed_at,
        verify_code: row.verify_code,
        ended_at: row.ended_at,
    })
}

async fn all_opened(tx: &mut Tx, vault: &Vault, rows: Vec<Row>) -> Result<Vec<CommandRow>, VisitError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(opened(tx, vault, row).await?);
    }
    Ok(found)
}

/// The commands of a visit as far as the reader may see them, in their order. They are read as parts of its note: the note's own reading is
/// the entry in the log of access.
pub(crate) async fn list(tx: &mut Tx, vault: &Vault, visit: VisitId) -> Result<Vec<CommandRow>, VisitError> {
    let rows =
        select_commands!("where c.visit_id = $1 order by c.number", visit as VisitId).fetch_all(tx.conn()).await?;
    all_opened(tx, vault, rows).await
}

/// The row in the log of access of having read commands by themselves.
pub(crate) async fn seen(tx: &mut Tx, patient: PatientId, purpose: &str) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select audit.append('read', 'visit_command', null, $1, $2) as "seq""#,
        patient as PatientId,
        purpose
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// The papers of a patient, newest first, as far as the reader may see them.
pub(crate) async fn list_papers(tx: &mut Tx, vault: &Vault, patient: PatientId) -> Result<Vec<CommandRow>, VisitError> {
    let rows = select_commands!(
        "where c.patient_id = any (app.joined($1)) and c.status <> 'staged' and c.verify_code is not null
         order by c.committed_at desc, c.id desc limit 200",
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?;
    all_opened(tx, vault, rows).await
}

/// Those of these commands that the reader may see.
pub async fn list_by_ids(tx: &mut Tx, vault: &Vault, ids: &[CommandId]) -> Result<Vec<CommandRow>, VisitError> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = select_commands!("where c.id = any ($1)", &ids).fetch_all(tx.conn()).await?;
    all_opened(tx, vault, rows).await
}

/// One committed command.
pub(crate) async fn find(tx: &mut Tx, vault: &Vault, id: CommandId) -> Result<Option<CommandRow>, VisitError> {
    let row =
        select_commands!("where c.id = $1 and c.status <> 'staged'", id as CommandId).fetch_optional(tx.conn()).await?;
    match row {
        Some(row) => opened(tx, vault, row).await.map(Some),
        None => Ok(None),
    }
}

/// The paper with this code. Only in the system context.
pub(crate) async fn find_by_code(tx: &mut Tx, vault: &Vault, code: &str) -> Result<Option<CommandRow>, VisitError> {
    let row = select_commands!("where c.verify_code = $1", code).fetch_optional(tx.conn()).await?;
    match row {
        Some(row) => opened(tx, vault, row).await.map(Some),
        None => Ok(None),
    }
}

/// A command of the doctor's own, held until the transaction ends.
pub(super) async fn lock(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (visit, id): (VisitId, CommandId),
) -> Result<Option<CommandRow>, VisitError> {
    let row = select_commands!(
        "where c.id = $1 and c.visit_id = $2 and c.practitioner_id = $3 for update",
        id as CommandId,
        visit as VisitId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    match row {
        Some(row) => opened(tx, vault, row).await.map(Some),
        None => Ok(None),
    }
}

/// How many there are, and the last number given.
pub(super) async fn count(tx: &mut Tx, visit: VisitId) -> Result<(i64, i32), db::Error> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", coalesce(max(number), 0) as "last!" from visit_commands where visit_id = $1"#,
        visit as VisitId
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.count, row.last))
}

pub(super) async fn insert(
    tx: &mut Tx,
    visit: &Visit,
    (id, number, kind): (CommandId, i32, Kind),
    sealed: &[u8],
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into visit_commands (id, visit_id, patient_id, practitioner_id, number, kind, status, version, content_sealed, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, 'staged', 1, $7, $8, $8)",
        id as CommandId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        number,
        kind.code(),
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_content(tx: &mut Tx, id: CommandId, version: i32, sealed: &[u8]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_commands set version = $2, content_sealed = $3, updated_at = $4 where id = $1",
        id as CommandId,
        version,
        sealed,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What a commitment writes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signing<'a> {
    pub(super) signed: Signed<'a>,
    pub(super) sealed: &'a [u8],
    pub(super) hash: &'a [u8; 32],
    pub(super) to: Option<PractitionerId>,
}

pub(super) async fn set_committed(tx: &mut Tx, one: Signing<'_>) -> Result<(), db::Error> {
    sqlx::query!(
        "update visit_commands set status = 'committed', version = $2, content_sealed = $3, committed_at = $4, signed_hash = $5,
             verify_code = $6, to_practitioner_id = $7, updated_at = $4
         where id = $1",
        one.signed.id as CommandId,
        one.signed.version,
        one.sealed,
        one.signed.at as Timestamp,
        one.hash.as_slice(),
        one.signed.code,
        one.to as Option<PractitionerId>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_ended(tx: &mut Tx, id: CommandId, reason: &[u8]) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_commands set status = 'entered_in_error', ended_at = $2, end_reason_sealed = $3, updated_at = $2 where id = $1",
        id as CommandId,
        now as Timestamp,
        reason
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, id: CommandId) -> Result<(), db::Error> {
    sqlx::query!("delete from visit_commands where id = $1", id as CommandId).execute(tx.conn()).await?;
    Ok(())
}

/// Whether the present doctor treats this patient now: has a care link that stands.
pub(super) async fn treats(tx: &mut Tx, patient: PatientId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(r#"select app.treats($1) as "treats!""#, patient as PatientId).fetch_one(tx.conn()).await?)
}

/// A doctor of this hospital who may be referred to.
#[derive(Debug, Clone)]
pub(crate) struct Colleague {
    pub(crate) id: PractitionerId,
    pub(crate) name: String,
    pub(crate) specialties: Vec<String>,
    pub(crate) city: String,
}

/// Published doctors with these words in their name, those of the specialty first; of a specialty where no words are given.
pub(super) async fn search_colleagues(
    tx: &mut Tx,
    actor: &Actor,
    (words, specialty): (&str, &str),
) -> Result<Vec<Colleague>, db::Error> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select id as "id: PractitionerId", full_name as name, specialties, city from practitioners
           where status = 'published' and id is distinct from $1
             and (($2 <> '' and full_name ilike '%' || replace(replace(replace($2, '\', '\\'), '%', '\%'), '_', '\_') || '%')
                  or ($2 = '' and $3 = any (specialties)))
           order by $3 = any (specialties) desc, full_name, id limit 8"#,
        actor.practitioner as Option<PractitionerId>,
        words,
        specialty
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The name of a published doctor.
pub(super) async fn find_colleague(tx: &mut Tx, id: PractitionerId) -> Result<Option<String>, db::Error> {
    Ok(sqlx::query_scalar!(
        "select full_name from practitioners where id = $1 and status = 'published'",
        id as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}
