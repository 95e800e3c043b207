//! SQL of approvals.

use access::Actor;
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{AccountId, ApprovalStepId, NoteApprovalId, PatientId, PractitionerId, SupervisionId, VisitId},
};
use vault::{At, Vault};

use super::{
    Approval, Status,
    model::{StepKind, Words},
};
use crate::visits::{Visit, VisitError, unknown};

pub(super) fn words_at(id: ApprovalStepId) -> At {
    At::new("note_approval_steps", "words_sealed", id.uuid())
}

struct Row {
    id: NoteApprovalId,
    visit: VisitId,
    patient: PatientId,
    author: PractitionerId,
    author_name: String,
    supervisor: PractitionerId,
    supervisor_name: String,
    status: String,
    asked_at: Timestamp,
    addenda: Option<i32>,
    approved_at: Option<Timestamp>,
    signed_hash: Option<Vec<u8>>,
}

impl TryFrom<Row> for Approval {
    type Error = db::Error;

    fn try_from(row: Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.id,
            visit: row.visit,
            patient: row.patient,
            author: row.author,
            author_name: row.author_name,
            supervisor: row.supervisor,
            supervisor_name: row.supervisor_name,
            status: Status::from_code(&row.status).ok_or_else(|| unknown("note_approvals.status"))?,
            asked_at: row.asked_at,
            addenda: row.addenda,
            approved_at: row.approved_at,
            signed_hash: row.signed_hash,
        })
    }
}

/// Reads approvals with one list of columns; the condition and its arguments follow.
macro_rules! select_approvals {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select n.id as "id: NoteApprovalId", n.visit_id as "visit: VisitId", n.patient_id as "patient: PatientId",
                  n.practitioner_id as "author: PractitionerId", coalesce(t.full_name, '') as "author_name!",
                  n.supervisor_id as "supervisor: PractitionerId", coalesce(d.full_name, '') as "supervisor_name!", n.status,
                  n.asked_at as "asked_at: Timestamp", n.addenda, n.approved_at as "approved_at: Timestamp", n.signed_hash
               from note_approvals n left join practitioners t on t.id = n.practitioner_id
                  left join practitioners d on d.id = n.supervisor_id "# + $rest
            $(, $argument)*
        )
    };
}

/// Of this visit's note.
pub(super) async fn find_of_visit(tx: &mut Tx, visit: VisitId) -> Result<Option<Approval>, db::Error> {
    let row = select_approvals!("where n.visit_id = $1", visit as VisitId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// The one that this doctor checks, or checked.
pub(super) async fn find_as_supervisor(
    tx: &mut Tx,
    actor: &Actor,
    id: NoteApprovalId,
) -> Result<Option<Approval>, db::Error> {
    let row = select_approvals!(
        "where n.id = $1 and n.supervisor_id = $2",
        id as NoteApprovalId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// For the system's own work, in its context.
pub(super) async fn find(tx: &mut Tx, id: NoteApprovalId) -> Result<Option<Approval>, db::Error> {
    let row = select_approvals!("where n.id = $1", id as NoteApprovalId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// The one that this doctor checks, held until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, actor: &Actor, id: NoteApprovalId) -> Result<Option<Approval>, db::Error> {
    let row = select_approvals!(
        "where n.id = $1 and n.supervisor_id = $2 for update of n",
        id as NoteApprovalId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Whoever's it is, for administrators; held until the transaction ends.
pub(super) async fn lock_any(tx: &mut Tx, id: NoteApprovalId) -> Result<Option<Approval>, db::Error> {
    let row =
        select_approvals!("where n.id = $1 for update of n", id as NoteApprovalId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Of this visit's note, for its doctor; held until the transaction ends.
pub(crate) async fn lock_of_visit(tx: &mut Tx, visit: VisitId) -> Result<Option<Approval>, db::Error> {
    let row =
        select_approvals!("where n.visit_id = $1 for update of n", visit as VisitId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Whether its supervisor may check it at this moment: the supervision is in force, or an administrator has chosen them for it.
pub(super) async fn holds(tx: &mut Tx, id: NoteApprovalId) -> Result<bool, db::Error> {
    let now = tx.now();
    let holds = sqlx::query_scalar!(
        r#"select supervision_id is null or app.supervision_holds(supervision_id, $2) as "holds!" from note_approvals where id = $1"#,
        id as NoteApprovalId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(holds.unwrap_or(false))
}

/// A note that is checked, with what its list shows.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: NoteApprovalId,
    pub visit: VisitId,
    pub patient_name: String,
    /// The other doctor: who signed, or who checks.
    pub other_name: String,
    pub status: Status,
    /// When the visit began.
    pub started_at: Timestamp,
    /// Since when it waits; when it was approved.
    pub since: Timestamp,
}

struct ListRow {
    id: NoteApprovalId,
    visit: VisitId,
    patient_name: String,
    other_name: String,
    status: String,
    started_at: Timestamp,
    since: Timestamp,
}

fn waiting(rows: Vec<ListRow>) -> Result<Vec<Waiting>, db::Error> {
    rows.into_iter()
        .map(|row| {
            Ok(Waiting {
                id: row.id,
                visit: row.visit,
                patient_name: row.patient_name,
                other_name: row.other_name,
                status: Status::from_code(&row.status).ok_or_else(|| unknown("note_approvals.status"))?,
                started_at: row.started_at,
                since: row.since,
            })
        })
        .collect()
}

/// What this doctor has to check, as far as they may read it: what waits for them first, the longest first.
pub async fn list_to_check(tx: &mut Tx, supervisor: PractitionerId, limit: i64) -> Result<Vec<Waiting>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        ListRow,
        r#"select n.id as "id: NoteApprovalId", n.visit_id as "visit: VisitId", p.full_name as patient_name, t.full_name as other_name,
                  n.status, v.started_at as "started_at: Timestamp", n.asked_at as "since: Timestamp"
           from note_approvals n join visits v on v.id = n.visit_id join patients p on p.id = n.patient_id
               join practitioners t on t.id = n.practitioner_id
           where n.supervisor_id = $1 and n.status <> 'approved'
             and (n.supervision_id is null or app.supervision_holds(n.supervision_id, $2))
           order by n.status, n.asked_at, n.id limit $3"#,
        supervisor as PractitionerId,
        now as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    waiting(rows)
}

/// How many wait for this doctor.
pub(super) async fn count_to_check(tx: &mut Tx, supervisor: PractitionerId) -> Result<i64, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from note_approvals n join visits v on v.id = n.visit_id
           where n.supervisor_id = $1 and n.status = 'awaiting'
             and (n.supervision_id is null or app.supervision_holds(n.supervision_id, $2))"#,
        supervisor as PractitionerId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What this doctor has approved, the latest first: that they did, not what they read.
pub(super) async fn list_done(tx: &mut Tx, supervisor: PractitionerId) -> Result<Vec<Waiting>, db::Error> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"select n.id as "id: NoteApprovalId", n.visit_id as "visit: VisitId", coalesce(p.full_name, '') as "patient_name!",
                  coalesce(t.full_name, '') as "other_name!", n.status, n.created_at as "started_at: Timestamp",
                  coalesce(n.approved_at, n.updated_at) as "since!: Timestamp"
           from note_approvals n left join patients p on p.id = n.patient_id left join practitioners t on t.id = n.practitioner_id
           where n.supervisor_id = $1 and n.status = 'approved' order by n.approved_at desc, n.id desc limit 100"#,
        supervisor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    waiting(rows)
}

/// This doctor's own notes that are or were checked: what was returned first, then what waits, then what was approved.
pub(super) async fn list_mine(tx: &mut Tx, author: PractitionerId) -> Result<Vec<Waiting>, db::Error> {
    let rows = sqlx::query_as!(
        ListRow,
        r#"select n.id as "id: NoteApprovalId", n.visit_id as "visit: VisitId", coalesce(p.full_name, '') as "patient_name!",
                  coalesce(d.full_name, '') as "other_name!", n.status, v.started_at as "started_at: Timestamp",
                  coalesce(n.approved_at, n.updated_at) as "since!: Timestamp"
           from note_approvals n join visits v on v.id = n.visit_id left join patients p on p.id = n.patient_id
               left join practitioners d on d.id = n.supervisor_id
           where n.practitioner_id = $1
           order by array_position(array['returned', 'awaiting', 'approved'], n.status), n.asked_at desc, n.id desc limit 100"#,
        author as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    waiting(rows)
}

/// A note that waits for somebody who cannot check it: the supervision is over, the doctor is gone, or the record is closed to them.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) id: NoteApprovalId,
    pub(crate) author: PractitionerId,
    pub(crate) author_name: String,
    pub(crate) supervisor: PractitionerId,
    pub(crate) supervisor_name: String,
    pub(crate) status: String,
    pub(crate) asked_at: Timestamp,
    /// The supervisor cannot check it.
    pub(crate) blocked: bool,
}

/// Notes that are not approved yet, the oldest first: of this doctor, or of everybody where none is named; all, or those that their supervisor
/// cannot check. For administrators and the system.
pub(crate) async fn list_open(
    tx: &mut Tx,
    author: Option<PractitionerId>,
    blocked_only: bool,
) -> Result<Vec<Open>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Open,
        r#"select n.id as "id!: NoteApprovalId", n.practitioner_id as "author!: PractitionerId", n.author_name as "author_name!",
                  n.supervisor_id as "supervisor!: PractitionerId", n.supervisor_name as "supervisor_name!", n.status as "status!",
                  n.asked_at as "asked_at!: Timestamp", n.blocked as "blocked!"
           from (select o.id, o.practitioner_id, t.full_name as author_name, o.supervisor_id, d.full_name as supervisor_name, o.status,
                        o.asked_at, d.status <> 'published'
                            or (o.supervision_id is not null and not app.supervision_holds(o.supervision_id, $2))
                            or coalesce(app.is_shut_out(o.patient_id, o.supervisor_id), false) as blocked
                 from note_approvals o join practitioners t on t.id = o.practitioner_id join practitioners d on d.id = o.supervisor_id
                 where o.status <> 'approved' and ($1::uuid is null or o.practitioner_id = $1)) n
           where n.blocked or not $3 order by n.asked_at, n.id limit 200"#,
        author as Option<PractitionerId>,
        now as Timestamp,
        blocked_only
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether the supervisor of this note cannot check it. For the system.
pub(super) async fn is_blocked(tx: &mut Tx, id: NoteApprovalId) -> Result<bool, db::Error> {
    let now = tx.now();
    let blocked = sqlx::query_scalar!(
        r#"select d.status <> 'published' or (o.supervision_id is not null and not app.supervision_holds(o.supervision_id, $2))
                  or coalesce(app.is_shut_out(o.patient_id, o.supervisor_id), false) as "blocked!"
           from note_approvals o join practitioners d on d.id = o.supervisor_id where o.id = $1"#,
        id as NoteApprovalId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(blocked.unwrap_or(false))
}

/// Notes of this trainee that wait for somebody whose supervision is over. All that wait are held until the transaction ends.
pub(super) async fn lock_stranded(tx: &mut Tx, trainee: PractitionerId) -> Result<Vec<NoteApprovalId>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id: NoteApprovalId", supervision_id is not null and not app.supervision_holds(supervision_id, $2) as "stranded!"
           from note_approvals where practitioner_id = $1 and status <> 'approved' order by id for update"#,
        trainee as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().filter(|row| row.stranded).map(|row| row.id).collect())
}

/// Trainees with notes that wait for somebody whose supervision is over, though they are supervised. For the system.
pub(super) async fn list_stranded(tx: &mut Tx) -> Result<Vec<PractitionerId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select distinct n.practitioner_id as "trainee: PractitionerId" from note_approvals n
           join supervisions s on s.trainee_id = n.practitioner_id and app.supervision_holds(s.id, $1)
           where n.status <> 'approved' and n.supervision_id is not null and not app.supervision_holds(n.supervision_id, $1) limit 200"#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn is_shut_out(tx: &mut Tx, patient: PatientId, doctor: PractitionerId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(app.is_shut_out($1, $2), true) as "shut!""#,
        patient as PatientId,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The name of a published doctor.
pub(super) async fn find_published(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<String>, db::Error> {
    Ok(sqlx::query_scalar!(
        "select full_name from practitioners where id = $1 and status = 'published'",
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The account of a doctor of this hospital.
pub(super) async fn find_account(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from practitioners where id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Who runs the house; there are few.
pub(super) async fn list_administrators(tx: &mut Tx) -> Result<Vec<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select r.account_id as "account: AccountId" from account_roles r join accounts a on a.id = r.account_id
           where r.role = 'administrator' and a.status = 'active' order by r.account_id limit 200"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What was written with its returns, the oldest first.
pub(super) async fn list_words(tx: &mut Tx, vault: &Vault, approval: &Approval) -> Result<Vec<Words>, VisitError> {
    let rows = sqlx::query!(
        r#"select s.id as "id: ApprovalStepId", s.words_sealed as "words_sealed!", s.happened_at as "at: Timestamp",
                  coalesce(d.full_name, '') as "name!"
           from note_approval_steps s left join practitioners d on d.id = s.supervisor_id
           where s.approval_id = $1 and s.step = 'returned' order by s.number limit 50"#,
        approval.id as NoteApprovalId
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let text: Phi<String> = vault.open_text(tx, approval.patient, words_at(row.id), &row.words_sealed).await?;
        found.push(Words { supervisor_name: row.name, at: row.at, text });
    }
    Ok(found)
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: NoteApprovalId,
    visit: &Visit,
    (supervision, supervisor): (SupervisionId, PractitionerId),
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into note_approvals (id, visit_id, patient_id, practitioner_id, supervisor_id, supervision_id, status, asked_at,
             created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, 'awaiting', $7, $7, $7)",
        id as NoteApprovalId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        supervisor as PractitionerId,
        supervision as SupervisionId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Something that happened to an approval.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewStep<'a> {
    pub(super) id: ApprovalStepId,
    pub(super) approval: NoteApprovalId,
    pub(super) patient: PatientId,
    pub(super) kind: StepKind,
    pub(super) supervisor: PractitionerId,
    /// None for the program.
    pub(super) by: Option<AccountId>,
    pub(super) words: Option<&'a [u8]>,
}

/// Writes it down, and says its number.
pub(super) async fn insert_step(tx: &mut Tx, step: &NewStep<'_>) -> Result<i32, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into note_approval_steps (id, approval_id, patient_id, number, step, supervisor_id, account_id, words_sealed, happened_at,
               created_at, updated_at)
           select $1, $2, $3, 1 + coalesce(max(s.number), 0), $4, $5, $6, $7, $8, $8, $8 from note_approval_steps s where s.approval_id = $2
           returning number"#,
        step.id as ApprovalStepId,
        step.approval as NoteApprovalId,
        step.patient as PatientId,
        step.kind.code(),
        step.supervisor as PractitionerId,
        step.by as Option<AccountId>,
        step.words,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// All of them came to another supervisor: a step each.
pub(super) async fn insert_assigned(
    tx: &mut Tx,
    (steps, approvals): (&[ApprovalStepId], &[NoteApprovalId]),
    supervisor: PractitionerId,
    by: Option<AccountId>,
) -> Result<(), db::Error> {
    let now = tx.now();
    let steps: Vec<uuid::Uuid> = steps.iter().map(|id| id.uuid()).collect();
    let approvals: Vec<uuid::Uuid> = approvals.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "insert into note_approval_steps (id, approval_id, patient_id, number, step, supervisor_id, account_id, happened_at, created_at,
             updated_at)
         select new.id, n.id, n.patient_id,
                1 + coalesce((select max(s.number) from note_approval_steps s where s.approval_id = n.id), 0), 'assigned', $3, $4, $5, $5, $5
         from unnest($1::uuid[], $2::uuid[]) as new (id, approval_id) join note_approvals n on n.id = new.approval_id",
        &steps,
        &approvals,
        supervisor as PractitionerId,
        by as Option<AccountId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_approved(
    tx: &mut Tx,
    id: NoteApprovalId,
    addenda: i32,
    hash: &[u8; 32],
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update note_approvals set status = 'approved', version = version + 1, addenda = $2, approved_at = $3, signed_hash = $4, updated_at = $3
         where id = $1",
        id as NoteApprovalId,
        addenda,
        now as Timestamp,
        hash.as_slice()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_returned(tx: &mut Tx, id: NoteApprovalId, addenda: i32) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update note_approvals set status = 'returned', version = version + 1, addenda = $2, updated_at = $3 where id = $1",
        id as NoteApprovalId,
        addenda,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_awaiting(tx: &mut Tx, id: NoteApprovalId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update note_approvals set status = 'awaiting', version = version + 1, asked_at = $2, updated_at = $2 where id = $1",
        id as NoteApprovalId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// By an administrator's choice.
pub(super) async fn set_assigned(
    tx: &mut Tx,
    id: NoteApprovalId,
    supervisor: PractitionerId,
    by: AccountId,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update note_approvals set supervisor_id = $2, supervision_id = null, assigned_by = $3, version = version + 1, updated_at = $4
         where id = $1",
        id as NoteApprovalId,
        supervisor as PractitionerId,
        by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_handed_over(
    tx: &mut Tx,
    ids: &[NoteApprovalId],
    (supervision, supervisor): (SupervisionId, PractitionerId),
) -> Result<(), db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "update note_approvals set supervisor_id = $2, supervision_id = $3, version = version + 1, updated_at = $4 where id = any ($1)",
        &ids,
        supervisor as PractitionerId,
        supervision as SupervisionId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who signed the note.
pub(crate) async fn find_author(tx: &mut Tx, id: NoteApprovalId) -> Result<Option<PractitionerId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select practitioner_id as "author: PractitionerId" from note_approvals where id = $1"#,
        id as NoteApprovalId
    )
    .fetch_optional(tx.conn())
    .await?)
}
