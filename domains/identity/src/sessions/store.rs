use db::{Db, Error, Tx, Whose};
use kernel::{
    Timestamp,
    ids::{AccountId, PatientId, PractitionerId, SessionId},
};

use super::{EndedWhy, Factor};
use crate::{network::Origin, tokens::TokenHash};

#[derive(Debug)]
pub(crate) struct NewSession {
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) factor: Factor,
    pub(crate) idle_minutes: i16,
    pub(crate) expires_at: Timestamp,
}

/// What a token stands for, as the database knows it now.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) session: SessionId,
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) zone: String,
    pub(crate) roles: Vec<String>,
    pub(crate) patients: Vec<PatientId>,
    /// Those of the patients whose record stands by itself, in their order, and their names; empty where there is one at most.
    pub(crate) people: Vec<PatientId>,
    pub(crate) names: Vec<String>,
    /// Of the people, the account's own; none where its record was taken from it.
    pub(crate) own: Option<PatientId>,
    pub(crate) practitioner: Option<PractitionerId>,
    pub(crate) factor: String,
    pub(crate) exempt: bool,
    /// Not seen for a minute: worth a write.
    pub(crate) idle: bool,
    pub(crate) unread: i64,
}

/// One line of "where you are signed in".
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: SessionId,
    pub(crate) network: String,
    pub(crate) user_agent: String,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewSession, hash: &TokenHash, origin: &Origin) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into sessions (id, account_id, token_hash, factor, idle_minutes, network, user_agent, last_seen_at,
                                 expires_at, proved_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $8, $8)"#,
        new.id as SessionId,
        new.account as AccountId,
        hash.bytes(),
        new.factor.as_str(),
        new.idle_minutes,
        origin.network.as_str(),
        origin.user_agent,
        now as Timestamp,
        new.expires_at as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The one lookup of every request: a single round trip, outside any transaction.
pub(crate) async fn find(db: &Db, hash: &TokenHash) -> Result<Option<Found>, Error> {
    let shift = db.clock().shift_micros();
    let row = sqlx::query!(
        r#"select session as "session!: SessionId", account as "account!: AccountId", name as "name!", locale as "locale!",
                  time_zone as "time_zone!", roles as "roles!", patients as "patients!: Vec<PatientId>",
                  people as "people!: Vec<PatientId>", names as "names!", own as "own: PatientId",
                  practitioner as "practitioner: PractitionerId", factor as "factor!", exempt as "exempt!", idle as "idle!",
                  unread as "unread!"
           from app.session_of($1, $2::bigint * interval '1 microsecond')"#,
        hash.bytes(),
        shift,
    )
    .fetch_optional(&mut *db.connection().await?)
    .await?;
    Ok(row.map(|row| Found {
        session: row.session,
        account: row.account,
        name: row.name,
        locale: row.locale,
        zone: row.time_zone,
        roles: row.roles,
        patients: row.patients,
        people: row.people,
        names: row.names,
        own: row.own,
        practitioner: row.practitioner,
        factor: row.factor,
        exempt: row.exempt,
        idle: row.idle,
        unread: row.unread,
    }))
}

pub(crate) async fn find_factor(tx: &mut Tx, session: SessionId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar!("select factor from sessions where id = $1", session as SessionId)
        .fetch_optional(tx.conn())
        .await?)
}

/// When this session's holder last proved who they are.
pub(crate) async fn find_proved_at(tx: &mut Tx, session: SessionId) -> Result<Option<Timestamp>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select proved_at as "proved_at: Timestamp" from sessions where id = $1"#,
        session as SessionId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Neither ended nor expired. Idleness is no matter here: whoever asks is at work.
pub(crate) async fn is_open(tx: &mut Tx, session: SessionId) -> Result<bool, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from sessions where id = $1 and ended_at is null and expires_at > $2) as "open!""#,
        session as SessionId,
        now as Timestamp,
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn set_seen(tx: &mut Tx, session: SessionId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update sessions set last_seen_at = $2, updated_at = $2 where id = $1 and ended_at is null and last_seen_at < $2",
        session as SessionId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_ended(
    tx: &mut Tx,
    account: AccountId,
    session: SessionId,
    why: EndedWhy,
) -> Result<bool, Error> {
    let now = tx.now();
    tx.changes_standing(Whose::Of(account));
    let done = sqlx::query!(
        r#"update sessions set ended_at = $3, ended_why = $4, updated_at = $3
           where id = $1 and account_id = $2 and ended_at is null"#,
        session as SessionId,
        account as AccountId,
        now as Timestamp,
        why.as_str(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_all_ended(
    tx: &mut Tx,
    account: AccountId,
    except: Option<SessionId>,
    why: EndedWhy,
) -> Result<(), Error> {
    let now = tx.now();
    tx.changes_standing(Whose::Of(account));
    sqlx::query!(
        r#"update sessions set ended_at = $3, ended_why = $4, updated_at = $3
           where account_id = $1 and id is distinct from $2 and ended_at is null"#,
        account as AccountId,
        except as Option<SessionId>,
        now as Timestamp,
        why.as_str(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn list_open(tx: &mut Tx, account: AccountId) -> Result<Vec<Listed>, Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select id as "id: SessionId", network, user_agent, created_at as "created_at: Timestamp",
                  last_seen_at as "last_seen_at: Timestamp"
           from sessions
           where account_id = $1 and ended_at is null and expires_at > $2
             and last_seen_at > $2::timestamptz - make_interval(mins => idle_minutes::int)
           order by last_seen_at desc, id limit 100"#,
        account as AccountId,
        now as Timestamp,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            network: row.network,
            user_agent: row.user_agent,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
        })
        .collect())
}

/// Sessions that ended or expired more than `days` ago: nobody asks for them any more.
pub(crate) async fn delete_old(tx: &mut Tx, days: i64) -> Result<u64, Error> {
    let before = tx.now().plus_days(-days);
    let gone = sqlx::query!("delete from sessions where least(ended_at, expires_at) < $1", before as Timestamp)
        .execute(tx.conn())
        .await?;
    Ok(gone.rows_affected())
}
