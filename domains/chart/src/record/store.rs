use std::fmt;

use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, PatientId},
};

use super::who::Basis;

/// Whether the present practitioner may open this patient's chart now.
pub(crate) async fn cares_for(tx: &mut Tx, patient: PatientId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(r#"select app.cares_for($1) as "cares!""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?)
}

/// Why this patient's chart is open to the present practitioner now; none where it is closed.
pub(crate) async fn basis(tx: &mut Tx, patient: PatientId) -> Result<Option<Basis>, db::Error> {
    let basis = sqlx::query_scalar!("select app.basis($1) as basis", patient as PatientId).fetch_one(tx.conn()).await?;
    Ok(basis.as_deref().and_then(Basis::of))
}

/// The record in which this person is written about now: the survivor of a join, or the record itself.
pub(crate) async fn survivor(tx: &mut Tx, patient: PatientId) -> Result<PatientId, db::Error> {
    Ok(sqlx::query_scalar!(r#"select app.survivor($1) as "survivor!: PatientId""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?)
}

/// Whether two records are one, or joined.
pub(crate) async fn are_of_one_person(tx: &mut Tx, one: PatientId, other: PatientId) -> Result<bool, db::Error> {
    Ok(one == other || survivor(tx, one).await? == survivor(tx, other).await?)
}

/// The numbers of the records that are joined into this one, for marking what comes from them.
pub(crate) async fn list_joined(tx: &mut Tx, patient: PatientId) -> Result<Vec<(PatientId, String)>, db::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: PatientId", record_no from patients where id = any (app.joined($1)) and id <> $1 order by record_no"#,
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.record_no)).collect())
}

/// Who the patient is, at the head of their chart.
pub(crate) struct Header {
    pub(crate) full_name: String,
    pub(crate) record_no: String,
    pub(crate) birth_date: Option<LocalDate>,
    pub(crate) sex_at_birth: String,
}

/// The head of a chart that the present practitioner may open.
pub(crate) async fn find_header(tx: &mut Tx, patient: PatientId) -> Result<Option<Header>, db::Error> {
    Ok(sqlx::query_as!(
        Header,
        r#"select full_name, record_no, birth_date as "birth_date: LocalDate", sex_at_birth
           from patients where id = $1 and deleted_at is null and app.cares_for(id)"#,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One row of the trail about one patient.
pub(crate) struct Access {
    pub(crate) at: Timestamp,
    pub(crate) shard: i16,
    pub(crate) seq: i64,
    pub(crate) actor: Option<AccountId>,
    pub(crate) roles: Option<String>,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) purpose: String,
    pub(crate) outcome: String,
    /// The name, where a published doctor did it.
    pub(crate) practitioner: Option<String>,
}

/// Where a page of the trail ended.
#[derive(Clone, Copy)]
pub(crate) struct After {
    at: Timestamp,
    shard: i16,
    seq: i64,
}

impl After {
    /// Before everything, for the first page and for a cursor that was not ours.
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = text.split('.');
        let mut next = || parts.next().and_then(|part| part.parse::<i64>().ok());
        match (next(), next(), next()) {
            (Some(at), Some(shard), Some(seq)) => {
                Self { at: Timestamp::from_micros(at), shard: i16::try_from(shard).unwrap_or(i16::MAX), seq }
            }
            _ => Self { at: Timestamp::from_micros(i64::MAX / 4), shard: i16::MAX, seq: i64::MAX },
        }
    }

    pub(crate) const fn at(at: Timestamp, shard: i16, seq: i64) -> Self {
        Self { at, shard, seq }
    }

    pub(crate) fn of(row: &Access) -> Self {
        Self::at(row.at, row.shard, row.seq)
    }

    pub(crate) const fn place(self) -> (Timestamp, i16, i64) {
        (self.at, self.shard, self.seq)
    }
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.at.micros(), self.shard, self.seq)
    }
}

/// Who saw or changed the record of `patient`, newest first, without what `except` did.
pub(crate) async fn list_accesses(
    tx: &mut Tx,
    patient: PatientId,
    except: Option<AccountId>,
    after: After,
    limit: i64,
) -> Result<Vec<Access>, db::Error> {
    Ok(sqlx::query_as!(
        Access,
        r#"select l.at as "at: Timestamp", l.shard, l.seq, l.actor as "actor: AccountId", l.roles, l.action, l.object, l.purpose, l.outcome,
                  p.full_name as "practitioner?"
           from unnest(app.joined($1)) r (id) cross join lateral (
               select a.at, a.shard, a.seq, a.actor, a.roles, a.action, a.object, a.purpose, a.outcome from audit_log a
               where a.patient_id = r.id and ($2::uuid is null or a.actor is distinct from $2) and (a.at, a.shard, a.seq) < ($3, $4, $5)
               order by a.at desc, a.shard desc, a.seq desc limit $6) l
           left join practitioners p on p.account_id = l.actor
           order by l.at desc, l.shard desc, l.seq desc limit $6"#,
        patient as PatientId,
        except as Option<AccountId>,
        after.at as Timestamp,
        after.shard,
        after.seq,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The sex at birth of a patient whose record is open to the reader; `unknown` otherwise.
pub(crate) async fn find_sex(tx: &mut Tx, patient: PatientId) -> Result<String, db::Error> {
    let sex = sqlx::query_scalar!("select sex_at_birth from patients where id = $1", patient as PatientId)
        .fetch_optional(tx.conn())
        .await?;
    Ok(sex.unwrap_or_else(|| "unknown".to_owned()))
}
