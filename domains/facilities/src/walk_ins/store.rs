//! All SQL of queues and numbers.

use db::Tx;
use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{FacilityId, QueueId, TokenId},
};

use super::model::{Queue, State, Token};

struct Row {
    id: TokenId,
    queue: QueueId,
    facility: FacilityId,
    letter: String,
    day: LocalDate,
    number: i32,
    state: String,
    issued_at: Timestamp,
    called_at: Option<Timestamp>,
}

impl TryFrom<Row> for Token {
    type Error = db::Error;

    fn try_from(row: Row) -> Result<Self, db::Error> {
        let unknown = || db::Error::from(sqlx::Error::Decode("walk_in_tokens.state is not known".into()));
        Ok(Self {
            id: row.id,
            queue: row.queue,
            facility: row.facility,
            letter: row.letter,
            day: row.day,
            number: row.number,
            state: State::read(&row.state).ok_or_else(unknown)?,
            issued_at: row.issued_at,
            called_at: row.called_at,
        })
    }
}

macro_rules! select_tokens {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select t.id as "id: TokenId", t.queue_id as "queue: QueueId", t.facility_id as "facility: FacilityId", q.letter,
                  t.day as "day: LocalDate", t.number, t.state, t.issued_at as "issued_at: Timestamp",
                  t.called_at as "called_at: Timestamp"
               from walk_in_tokens t join walk_in_queues q on q.id = t.queue_id "# + $rest
            $(, $argument)*
        )
    };
}

/// Whether the present person works at this place, its name and the clock of its calendar.
pub(super) async fn find_workplace(tx: &mut Tx, id: FacilityId) -> Result<Option<(String, Zone)>, db::Error> {
    let row = sqlx::query!(
        r#"select name, time_zone as "zone: Zone" from facilities where id = $1 and active and app.works_at(id)"#,
        id as FacilityId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.name, row.zone)))
}

/// Where the present person works.
pub(super) async fn list_workplaces(tx: &mut Tx) -> Result<Vec<(FacilityId, String, String)>, db::Error> {
    let rows = sqlx::query!(
        r#"select id as "id: FacilityId", name, city from facilities where active and app.works_at(id) order by name, id limit 200"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name, row.city)).collect())
}

pub(super) async fn insert_queue(
    tx: &mut Tx,
    place: FacilityId,
    letter: &str,
    name: &str,
) -> Result<QueueId, db::Error> {
    let (now, id) = (tx.now(), tx.id::<QueueId>());
    sqlx::query!(
        "insert into walk_in_queues (id, facility_id, letter, name, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)",
        id as QueueId,
        place as FacilityId,
        letter,
        name,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// A queue of a place where the present person works, with the clock of the place.
pub(super) async fn find_queue(tx: &mut Tx, id: QueueId) -> Result<Option<(Queue, Zone)>, db::Error> {
    let row = sqlx::query!(
        r#"select q.id as "id: QueueId", q.facility_id as "facility: FacilityId", q.letter, q.name, f.time_zone as "zone: Zone"
           from walk_in_queues q join facilities f on f.id = q.facility_id
           where q.id = $1 and f.active and app.works_at(q.facility_id)"#,
        id as QueueId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (Queue { id: row.id, facility: row.facility, letter: row.letter, name: row.name }, row.zone)))
}

pub(super) async fn list_queues(tx: &mut Tx, place: FacilityId) -> Result<Vec<Queue>, db::Error> {
    Ok(sqlx::query_as!(
        Queue,
        r#"select id as "id: QueueId", facility_id as "facility: FacilityId", letter, name
           from walk_in_queues where facility_id = $1 order by letter"#,
        place as FacilityId
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn has_queues(tx: &mut Tx, place: FacilityId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from walk_in_queues where facility_id = $1) as "has!""#,
        place as FacilityId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The next number of a queue on a day. Whoever else asks waits until this transaction has ended.
pub(super) async fn next_number(tx: &mut Tx, queue: &Queue, day: LocalDate) -> Result<i32, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        "insert into walk_in_counters (queue_id, facility_id, day, last_number, created_at, updated_at) values ($1, $2, $3, 1, $4, $4)
         on conflict (queue_id, day) do update set last_number = walk_in_counters.last_number + 1, updated_at = excluded.updated_at
         returning last_number",
        queue.id as QueueId,
        queue.facility as FacilityId,
        day as LocalDate,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn insert_token(
    tx: &mut Tx,
    queue: &Queue,
    day: LocalDate,
    number: i32,
) -> Result<TokenId, db::Error> {
    let (now, id) = (tx.now(), tx.id::<TokenId>());
    sqlx::query!(
        "insert into walk_in_tokens (id, queue_id, facility_id, day, number, issued_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6, $6)",
        id as TokenId,
        queue.id as QueueId,
        queue.facility as FacilityId,
        day as LocalDate,
        number,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// A number of a place where the present person works.
pub(super) async fn find_token(tx: &mut Tx, id: TokenId) -> Result<Option<Token>, db::Error> {
    let row = select_tokens!("where t.id = $1 and app.works_at(t.facility_id)", id as TokenId)
        .fetch_optional(tx.conn())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The same, held until the transaction ends.
pub(super) async fn lock_token(tx: &mut Tx, id: TokenId) -> Result<Option<Token>, db::Error> {
    let row = select_tokens!("where t.id = $1 and app.works_at(t.facility_id) for update of t", id as TokenId)
        .fetch_optional(tx.conn())
        .await?;
    row.map(TryInto::try_into).transpose()
}

/// The lowest number that waits. Whoever else calls or gives out numbers of this queue waits until this transaction has ended, so that
/// nobody is passed over because another just looked at their number.
pub(super) async fn lock_next(tx: &mut Tx, queue: QueueId, day: LocalDate) -> Result<Option<Token>, db::Error> {
    sqlx::query_scalar!(
        "select last_number from walk_in_counters where queue_id = $1 and day = $2 for update",
        queue as QueueId,
        day as LocalDate
    )
    .fetch_optional(tx.conn())
    .await?;
    let row = select_tokens!(
        "where t.queue_id = $1 and t.day = $2 and t.state = 'waiting' order by t.number limit 1 for update of t",
        queue as QueueId,
        day as LocalDate
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

pub(super) async fn set_state(tx: &mut Tx, token: TokenId, state: State) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update walk_in_tokens set state = $2, updated_at = $3,
             called_at = case when $2 = 'called' then $3 else called_at end,
             calls = calls + case when $2 = 'called' and calls < 100 then 1 else 0 end,
             closed_at = case when $2 in ('served', 'skipped') then $3 end
         where id = $1",
        token as TokenId,
        state.code(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Numbers of a place's day that are not done, those that were called last first, then in turn.
pub(super) async fn list_open(tx: &mut Tx, place: FacilityId, day: LocalDate) -> Result<Vec<Token>, db::Error> {
    let rows = select_tokens!(
        "where t.facility_id = $1 and t.day = $2 and t.state in ('waiting', 'called', 'skipped')
         order by t.state = 'called' desc, t.called_at desc nulls last, q.letter, t.number limit 500",
        place as FacilityId,
        day as LocalDate
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
