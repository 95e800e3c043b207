//! SQL of questions.

use db::{Error, ResultExt, Tx};
use kernel::{
    Timestamp,
    ids::{AccessQuestionId, AccountId, PatientId},
};
use vault::{At, Vault};

use super::{
    answer::AnswerError,
    ask::AskError,
    model::{Finding, Line, Question},
};

pub(super) fn words_at(id: AccessQuestionId) -> At {
    At::new("access_questions", "words_sealed", id.uuid())
}

pub(super) fn answer_at(id: AccessQuestionId) -> At {
    At::new("access_questions", "answer_sealed", id.uuid())
}

/// What stands in a line of this patient's log.
pub(super) struct Looked {
    pub(super) at: Timestamp,
    pub(super) actor: Option<AccountId>,
    pub(super) object: String,
    pub(super) name: Option<String>,
}

/// A line of this patient's log; none where there is no such line of theirs.
pub(super) async fn find_line(tx: &mut Tx, patient: PatientId, line: Line) -> Result<Option<Looked>, Error> {
    Ok(sqlx::query_as!(
        Looked,
        r#"select l.at as "at: Timestamp", l.actor as "actor: AccountId", l.object, p.full_name as "name?"
           from audit_log l left join practitioners p on p.account_id = l.actor
           where l.shard = $1 and l.seq = $2 and l.patient_id = $3"#,
        line.shard,
        line.seq,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) struct NewQuestion<'a> {
    pub(super) id: AccessQuestionId,
    pub(super) patient: PatientId,
    pub(super) line: Line,
    pub(super) about: Option<AccountId>,
    pub(super) words: &'a [u8],
    pub(super) by: AccountId,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewQuestion<'_>) -> Result<(), AskError> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into access_questions (id, patient_id, shard, seq, about_account, words_sealed, asked_by, asked_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        new.id as AccessQuestionId,
        new.patient as PatientId,
        new.line.shard,
        new.line.seq,
        new.about as Option<AccountId>,
        new.words,
        new.by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .on_constraint("access_questions_once", || AskError::AlreadyAsked)?;
    Ok(())
}

/// A question and its answer, still sealed.
pub(crate) struct Row {
    id: AccessQuestionId,
    patient: PatientId,
    patient_name: Option<String>,
    shard: i16,
    seq: i64,
    seen_at: Option<Timestamp>,
    section: Option<String>,
    purpose: Option<String>,
    about: Option<String>,
    about_account: Option<AccountId>,
    words_sealed: Vec<u8>,
    asked_at: Timestamp,
    finding: Option<String>,
    answer_sealed: Option<Vec<u8>>,
    answered_at: Option<Timestamp>,
}

impl Row {
    async fn open(self, tx: &mut Tx, vault: &Vault) -> Result<Question, vault::Error> {
        let words = vault.open_text(tx, self.patient, words_at(self.id), &self.words_sealed).await?.into_inner();
        let answer = match &self.answer_sealed {
            Some(sealed) => Some(vault.open_text(tx, self.patient, answer_at(self.id), sealed).await?.into_inner()),
            None => None,
        };
        Ok(Question {
            id: self.id,
            patient_id: self.patient,
            patient: self.patient_name.unwrap_or_default(),
            line: Line { shard: self.shard, seq: self.seq }.to_string(),
            seen_at: self.seen_at,
            section: self.section.unwrap_or_default(),
            purpose: self.purpose.unwrap_or_default(),
            about: self.about,
            about_account: self.about_account,
            words,
            asked_at: self.asked_at,
            finding: self.finding.as_deref().and_then(Finding::of),
            answer,
            answered_at: self.answered_at,
        })
    }
}

/// Reads questions with one list of columns; the rest of the statement and its arguments follow.
macro_rules! select_questions {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select q.id as "id: AccessQuestionId", q.patient_id as "patient: PatientId", p.full_name as "patient_name?", q.shard, q.seq,
                  l.at as "seen_at?: Timestamp", l.object as "section?", l.purpose as "purpose?", d.full_name as "about?",
                  q.about_account as "about_account: AccountId", q.words_sealed, q.asked_at as "asked_at: Timestamp", q.finding,
                  q.answer_sealed, q.answered_at as "answered_at: Timestamp"
               from access_questions q left join audit_log l on l.shard = q.shard and l.seq = q.seq
                  left join patients p on p.id = q.patient_id left join practitioners d on d.account_id = q.about_account "#
            + $rest
            $(, $argument)*
        )
    };
}

/// What this patient asked, newest first.
pub(super) async fn list_for(tx: &mut Tx, vault: &Vault, patient: PatientId) -> Result<Vec<Question>, vault::Error> {
    let rows = select_questions!(
        "where q.patient_id = $1 order by q.asked_at desc, q.id desc limit 100",
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await
    .map_err(Error::from)?;
    opened(tx, vault, rows).await
}

/// What waits for an answer, oldest first.
pub(crate) async fn list_open(tx: &mut Tx, vault: &Vault) -> Result<Vec<Question>, vault::Error> {
    let rows = select_questions!("where q.answered_at is null order by q.asked_at, q.id limit 100")
        .fetch_all(tx.conn())
        .await
        .map_err(Error::from)?;
    opened(tx, vault, rows).await
}

async fn opened(tx: &mut Tx, vault: &Vault, rows: Vec<Row>) -> Result<Vec<Question>, vault::Error> {
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        questions.push(row.open(tx, vault).await?);
    }
    Ok(questions)
}

/// Held for its answer.
pub(super) struct Locked {
    pub(super) patient: PatientId,
    pub(super) about: Option<AccountId>,
    pub(super) answered: bool,
}

pub(super) async fn lock(tx: &mut Tx, id: AccessQuestionId) -> Result<Option<Locked>, Error> {
    Ok(sqlx::query_as!(
        Locked,
        r#"select patient_id as "patient: PatientId", about_account as "about: AccountId", answered_at is not null as "answered!"
           from access_questions where id = $1 for update"#,
        id as AccessQuestionId
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn set_answered(
    tx: &mut Tx,
    id: AccessQuestionId,
    by: AccountId,
    finding: Finding,
    answer: &[u8],
) -> Result<(), AnswerError> {
    let now = tx.now();
    sqlx::query!(
        r#"update access_questions set finding = $2, answer_sealed = $3, answered_by = $4, answered_at = $5, updated_at = $5
           where id = $1"#,
        id as AccessQuestionId,
        finding.as_str(),
        answer,
        by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await
    .on_constraint("access_questions_four_eyes", || AnswerError::OwnLine)?;
    Ok(())
}
