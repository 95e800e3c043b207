//! SQL of conversations; of what is said in them in `messages`, of the people around them in `people`.

mod messages;
mod people;

use access::Actor;
use db::Tx;
use kernel::{
    Phi, Timestamp,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, ThreadId},
};
use uuid::Uuid;
use vault::{At, Vault};

pub(crate) use messages::{
    NewMessage, body_at, find_by_client_id, insert_attachments, insert_message, list_clean_documents,
    list_documents_of, list_messages, mark_read, set_read, team_has_read,
};
pub(crate) use people::{
    Away, LINK_DAYS, Parties, find_away, find_calendar, find_doctor, find_next_visit, find_parties, find_patient_name,
    find_relation_of_doctor, list_relations,
};

use super::model::{Category, Listed, Reader, Side, Status, Thread};

pub(crate) fn subject_at(id: ThreadId) -> At {
    At::new("threads", "subject_sealed", id.uuid())
}

pub(crate) struct Row {
    pub(crate) id: ThreadId,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) appointment: AppointmentId,
    pub(crate) category: String,
    pub(crate) status: String,
    pub(crate) assignee: PractitionerId,
    pub(crate) last_number: i32,
    pub(crate) last_at: Timestamp,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) urgent: bool,
    pub(crate) opened_by: AccountId,
}

impl From<Row> for Thread {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            patient: row.patient,
            practitioner: row.practitioner,
            appointment: row.appointment,
            category: Category::from_code(&row.category).unwrap_or_default(),
            status: Status::read(&row.status),
            assignee: row.assignee,
            last_number: row.last_number,
            last_at: row.last_at,
            due_at: row.due_at,
            urgent: row.urgent,
            opened_by: row.opened_by,
        }
    }
}

/// Reads conversations with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_threads {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select t.id as "id: ThreadId", t.patient_id as "patient: PatientId", t.practitioner_id as "practitioner: PractitionerId",
                  t.appointment_id as "appointment: AppointmentId", t.category, t.status, t.assignee_id as "assignee: PractitionerId",
                  t.last_number, t.last_at as "last_at: Timestamp", t.due_at as "due_at: Timestamp", t.urgent,
                  t.opened_by as "opened_by: AccountId"
               from threads t "# + $rest
            $(, $argument)*
        )
    };
}

/// In which capacity this person has it before them; row-level security has let them see it.
pub(crate) fn reader(actor: &Actor, thread: &Thread) -> Reader {
    if actor.patients.contains(&thread.patient) {
        Reader::Patient
    } else if actor.practitioner == Some(thread.practitioner) {
        Reader::Doctor
    } else {
        Reader::Cover
    }
}

fn uuids(patients: &[PatientId]) -> Vec<Uuid> {
    patients.iter().map(|patient| patient.uuid()).collect()
}

/// One of the patients this person speaks for, of this doctor, or of a doctor for whom they cover now.
pub(crate) async fn find_for(tx: &mut Tx, actor: &Actor, id: ThreadId) -> Result<Option<(Thread, Reader)>, db::Error> {
    let row = select_threads!(
        "where t.id = $1 and (t.patient_id = any ($2) or t.practitioner_id = $3 or t.practitioner_id = any (app.covered_doctors()))",
        id as ThreadId,
        &uuids(&actor.patients),
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Thread::from).map(|thread| {
        let reader = reader(actor, &thread);
        (thread, reader)
    }))
}

/// The same, held until the transaction ends; nothing where it may only be read.
pub(crate) async fn lock(tx: &mut Tx, id: ThreadId) -> Result<Option<Thread>, db::Error> {
    let row = select_threads!("where t.id = $1 for update", id as ThreadId).fetch_optional(tx.conn()).await?;
    Ok(row.map(Thread::from))
}

/// Of two who begin under one id at once, one waits.
pub(crate) async fn lock_beginning(tx: &mut Tx, account: AccountId, client_id: Uuid) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('correspondence.begin/' || $1::text, 0)) as "account!: ()""#,
        format!("{account}/{client_id}")
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

pub(crate) struct NewThread<'a> {
    pub(crate) id: ThreadId,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) appointment: AppointmentId,
    pub(crate) category: Category,
    pub(crate) subject_sealed: &'a [u8],
    pub(crate) by: (AccountId, Side),
    pub(crate) assignee: PractitionerId,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) client_id: Uuid,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewThread<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into threads (id, patient_id, practitioner_id, appointment_id, category, subject_sealed, status, assignee_id, last_at,
             due_at, opened_by, opened_role, client_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $9, $9)",
        new.id as ThreadId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.appointment as AppointmentId,
        new.category.code(),
        new.subject_sealed,
        Status::begun_by(new.by.1).code(),
        new.assignee as PractitionerId,
        now as Timestamp,
        new.due_at as Option<Timestamp>,
        new.by.0 as AccountId,
        new.by.1.role(),
        new.client_id
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As it is after a change.
pub(crate) async fn set(tx: &mut Tx, thread: &Thread) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update threads set status = $2, assignee_id = $3, last_number = $4, last_at = $5, due_at = $6, urgent = $7,
             closed_at = case when $2 = 'closed' then coalesce(closed_at, $8) end, updated_at = $8 where id = $1",
        thread.id as ThreadId,
        thread.status.code(),
        thread.assignee as PractitionerId,
        thread.last_number,
        thread.last_at as Timestamp,
        thread.due_at as Option<Timestamp>,
        thread.urgent,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The subject, opened.
pub(crate) async fn find_subject(tx: &mut Tx, vault: &Vault, thread: &Thread) -> Result<Phi<String>, vault::Error> {
    let sealed = sqlx::query_scalar!("select subject_sealed from threads where id = $1", thread.id as ThreadId)
        .fetch_one(tx.conn())
        .await
        .map_err(db::Error::from)?;
    vault.open_text(tx, thread.patient, subject_at(thread.id), &sealed).await
}

struct ListRow {
    id: ThreadId,
    patient: PatientId,
    practitioner: PractitionerId,
    appointment: AppointmentId,
    category: String,
    status: String,
    assignee: PractitionerId,
    last_number: i32,
    last_at: Timestamp,
    due_at: Option<Timestamp>,
    urgent: bool,
    opened_by: AccountId,
    subject_sealed: Vec<u8>,
    patient_name: Option<String>,
    doctor_name: String,
    assignee_name: String,
    unread: i64,
}

impl ListRow {
    fn listed(self, subject: Option<Phi<String>>) -> Listed {
        Listed {
            patient_name: self.patient_name.unwrap_or_default(),
            doctor_name: self.doctor_name,
            assignee_name: self.assignee_name,
            subject,
            unread: self.unread,
            thread: Row {
                id: self.id,
                patient: self.patient,
                practitioner: self.practitioner,
                appointment: self.appointment,
                category: self.category,
                status: self.status,
                assignee: self.assignee,
                last_number: self.last_number,
                last_at: self.last_at,
                due_at: self.due_at,
                urgent: self.urgent,
                opened_by: self.opened_by,
            }
            .into(),
        }
    }
}

/// Of the patients somebody speaks for, the last written to first, with the audit row of having read their subjects. `before`: time and id
/// of the last one of the page before.
pub(crate) async fn list_of_patients(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    before: Option<(Timestamp, ThreadId)>,
    limit: i64,
) -> Result<Vec<Listed>, vault::Error> {
    let (before_at, before_id) = before.unzip();
    let rows = sqlx::query_as!(
        ListRow,
        r#"with found as materialized (
               select t.* from threads t where t.patient_id = any ($1)
                 and ($2::timestamptz is null or (t.last_at, t.id) < ($2, $3::uuid))
               order by t.last_at desc, t.id desc limit $4),
           seen as materialized (
               select audit.append('read', 'messages', null, f.patient_id, 'own_record') from (select distinct patient_id from found) f)
           select t.id as "id!: ThreadId", t.patient_id as "patient!: PatientId", t.practitioner_id as "practitioner!: PractitionerId",
                  t.appointment_id as "appointment!: AppointmentId", t.category as "category!", t.status as "status!",
                  t.assignee_id as "assignee!: PractitionerId", t.last_number as "last_number!", t.last_at as "last_at!: Timestamp",
                  t.due_at as "due_at: Timestamp", t.urgent as "urgent!", t.opened_by as "opened_by!: AccountId",
                  t.subject_sealed as "subject_sealed!", p.full_name as "patient_name?", d.full_name as "doctor_name!",
                  a.full_name as "assignee_name!",
                  (select count(*) from thread_messages m where m.thread_id = t.id and m.sender_role = 'clinician'
                     and m.number > coalesce((select r.upto from thread_reads r where r.thread_id = t.id and r.account_id = $5), 0)) as "unread!"
           from found t join patients p on p.id = t.patient_id join practitioners d on d.id = t.practitioner_id
                join practitioners a on a.id = t.assignee_id cross join (select count(*) from seen) counted
           order by t.last_at desc, t.id desc"#,
        &uuids(&actor.patients),
        before_at as Option<Timestamp>,
        before_id as Option<ThreadId>,
        limit,
        actor.account as AccountId
    )
    .fetch_all(tx.conn())
    .await
    .map_err(db::Error::from)?;
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let subject = vault.open_text(tx, row.patient, subject_at(row.id), &row.subject_sealed).await?;
        list.push(row.listed(Some(subject)));
    }
    Ok(list)
}

/// Which of a doctor's threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// Those that wait for the team.
    Open,
    All,
    /// Those that I answer.
    Mine,
    /// Those of doctors for whom I cover.
    Cover,
}

impl Show {
    pub(crate) const ALL: [Self; 4] = [Self::Open, Self::Mine, Self::Cover, Self::All];

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::All => "all",
            Self::Mine => "mine",
            Self::Cover => "cover",
        }
    }

    pub(crate) fn read(code: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.code() == code).unwrap_or(Self::Open)
    }
}

/// Where a page of the inbox ends: what is urgent first, then by the time of the answer, then what waits for nobody, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) calm: i32,
    pub(crate) rank: i64,
    pub(crate) id: ThreadId,
}

/// What has no time of an answer comes after everything that has.
const AFTER_ALL: i64 = 1 << 60;

impl Place {
    pub(crate) fn of(thread: &Thread) -> Self {
        let rank = thread.due_at.map_or(AFTER_ALL - thread.last_at.micros(), Timestamp::micros);
        Self { calm: i32::from(!thread.urgent), rank, id: thread.id }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let place = Self {
            calm: parts.next()?.parse().ok()?,
            rank: parts.next()?.parse().ok()?,
            id: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(place)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.calm, self.rank, self.id)
    }
}

/// The inbox of a doctor, with those for whom they cover. No subjects: what a patient writes about is read in the thread.
pub(crate) async fn list_of_doctor(
    tx: &mut Tx,
    actor: &Actor,
    show: Show,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Listed>, db::Error> {
    let now = tx.now();
    let (calm, rank, id) = after.map_or((None, None, None), |at| (Some(at.calm), Some(at.rank), Some(at.id)));
    let rows = sqlx::query_as!(
        ListRow,
        r#"with mine as materialized (
               select t.*, case when t.urgent then 0 else 1 end as calm,
                      case when t.due_at is not null then (extract(epoch from t.due_at) * 1000000)::bigint
                           else $8 - (extract(epoch from t.last_at) * 1000000)::bigint end as rank,
                      case when exists (select from thread_covers c where c.practitioner_id = t.practitioner_id and c.cover_id = t.assignee_id
                               and c.ended_at is null and c.starts_at <= $9 and c.ends_at > $9)
                           then t.assignee_id else t.practitioner_id end as answers
               from threads t
               where (t.practitioner_id = $1 or t.practitioner_id = any ((select app.covered_doctors())::uuid[]))
                 and case $2 when 'open' then t.due_at is not null when 'mine' then t.status <> 'closed'
                             when 'cover' then t.practitioner_id <> $1 else true end),
           found as materialized (
               select id, patient_id, practitioner_id, appointment_id, category, status, answers, last_number, last_at, due_at, urgent, opened_by, calm, rank
               from mine where ($3::int is null or (calm, rank, id) > ($3, $4::bigint, $5::uuid))
                 and ($2 <> 'mine' or answers = $1)
               order by calm, rank, id limit $6)
           select t.id as "id!: ThreadId", t.patient_id as "patient!: PatientId", t.practitioner_id as "practitioner!: PractitionerId",
                  t.appointment_id as "appointment!: AppointmentId", t.category as "category!", t.status as "status!",
                  t.answers as "assignee!: PractitionerId", t.last_number as "last_number!", t.last_at as "last_at!: Timestamp",
                  t.due_at as "due_at: Timestamp", t.urgent as "urgent!", t.opened_by as "opened_by!: AccountId",
                  ''::bytea as "subject_sealed!", n.patient_name as "patient_name?", d.full_name as "doctor_name!",
                  a.full_name as "assignee_name!",
                  (select count(*) from thread_messages m where m.thread_id = t.id and m.sender_role = 'patient'
                     and m.number > coalesce((select r.upto from thread_reads r where r.thread_id = t.id and r.account_id = $7), 0)) as "unread!"
           from found t join practitioners d on d.id = t.practitioner_id join practitioners a on a.id = t.answers
                left join app.thread_names((select array_agg(f.id) from found f)) n on n.thread_id = t.id
           order by t.calm, t.rank, t.id"#,
        actor.practitioner as Option<PractitionerId>,
        show.code(),
        calm,
        rank,
        id as Option<ThreadId>,
        limit,
        actor.account as AccountId,
        AFTER_ALL,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| row.listed(None)).collect())
}

/// How many messages of the other side this person has not read, in all threads they may see.
pub(crate) async fn count_unread(tx: &mut Tx, actor: &Actor, side: Side) -> Result<i64, db::Error> {
    let other = match side {
        Side::Patient => Side::Team,
        Side::Team => Side::Patient,
    };
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from threads t join thread_messages m on m.thread_id = t.id and m.sender_role = $4
             and m.number > coalesce((select r.upto from thread_reads r where r.thread_id = t.id and r.account_id = $1), 0)
           where case when $4 = 'clinician' then t.patient_id = any ($2)
                      else t.practitioner_id = $3 or t.practitioner_id = any ((select app.covered_doctors())::uuid[]) end"#,
        actor.account as AccountId,
        &uuids(&actor.patients),
        actor.practitioner as Option<PractitionerId>,
        other.role()
    )
    .fetch_one(tx.conn())
    .await?)
}
