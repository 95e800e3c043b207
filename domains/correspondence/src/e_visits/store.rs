//! SQL of prices for answers.

use db::Tx;
use kernel::{
    Currency, Money, Timestamp,
    ids::{AccountId, AppointmentId, ChargeId, EVisitId, PatientId, PractitionerId, ThreadId},
};

use super::model::{EVisit, Status};
use crate::threads::Thread;

struct Row {
    id: EVisitId,
    thread: ThreadId,
    patient: PatientId,
    practitioner: PractitionerId,
    appointment: AppointmentId,
    amount: i64,
    currency: Currency,
    status: String,
    proposed_at: Timestamp,
    ends_at: Timestamp,
    charge: Option<ChargeId>,
    paid_at: Option<Timestamp>,
    answer_due_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
}

impl From<Row> for EVisit {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            thread: row.thread,
            patient: row.patient,
            practitioner: row.practitioner,
            appointment: row.appointment,
            price: Money::new(row.amount, row.currency),
            status: Status::read(&row.status),
            proposed_at: row.proposed_at,
            ends_at: row.ends_at,
            charge: row.charge,
            paid_at: row.paid_at,
            answer_due_at: row.answer_due_at,
            answered_at: row.answered_at,
        }
    }
}

/// Reads prices with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_e_visits {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select id as "id: EVisitId", thread_id as "thread: ThreadId", patient_id as "patient: PatientId",
                  practitioner_id as "practitioner: PractitionerId", appointment_id as "appointment: AppointmentId", amount,
                  currency as "currency: Currency", status, proposed_at as "proposed_at: Timestamp", ends_at as "ends_at: Timestamp",
                  charge_id as "charge: ChargeId", paid_at as "paid_at: Timestamp",
                  answer_due_at as "answer_due_at: Timestamp", answered_at as "answered_at: Timestamp"
               from e_visits "# + $rest
            $(, $argument)*
        )
    };
}

/// Of a thread, the oldest first.
pub(crate) async fn list(tx: &mut Tx, thread: ThreadId) -> Result<Vec<EVisit>, db::Error> {
    let rows = select_e_visits!("where thread_id = $1 order by proposed_at, id", thread as ThreadId);
    Ok(rows.fetch_all(tx.conn()).await?.into_iter().map(Into::into).collect())
}

/// Of this thread, held until the transaction ends. Whoever asks holds the thread's row.
pub(super) async fn lock(tx: &mut Tx, thread: ThreadId, id: EVisitId) -> Result<Option<EVisit>, db::Error> {
    let row = select_e_visits!("where thread_id = $1 and id = $2 for update", thread as ThreadId, id as EVisitId);
    Ok(row.fetch_optional(tx.conn()).await?.map(Into::into))
}

/// For the system's context.
pub(super) async fn find(tx: &mut Tx, id: EVisitId) -> Result<Option<EVisit>, db::Error> {
    let row = select_e_visits!("where id = $1", id as EVisitId);
    Ok(row.fetch_optional(tx.conn()).await?.map(Into::into))
}

/// What a charge is for. For the system's context.
pub(super) async fn find_by_charge(tx: &mut Tx, charge: ChargeId) -> Result<Option<EVisit>, db::Error> {
    let row = select_e_visits!("where charge_id = $1", charge as ChargeId);
    Ok(row.fetch_optional(tx.conn()).await?.map(Into::into))
}

pub(super) async fn insert(
    tx: &mut Tx,
    thread: &Thread,
    id: EVisitId,
    (price, ends_at): (Money, Timestamp),
    by: AccountId,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into e_visits (id, thread_id, patient_id, practitioner_id, appointment_id, amount, currency, status, proposed_by,
             proposed_at, ends_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10, $9, $9)",
        id as EVisitId,
        thread.id as ThreadId,
        thread.patient as PatientId,
        thread.practitioner as PractitionerId,
        thread.appointment as AppointmentId,
        price.amount,
        price.currency.code(),
        by as AccountId,
        now as Timestamp,
        ends_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// As it is after a decision.
pub(super) async fn set_decided(tx: &mut Tx, e_visit: &EVisit, by: Option<AccountId>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update e_visits set status = $2, charge_id = $3, ends_at = $4, decided_by = coalesce($5, decided_by), decided_at = $6, updated_at = $6
         where id = $1",
        e_visit.id as EVisitId,
        e_visit.status.code(),
        e_visit.charge as Option<ChargeId>,
        e_visit.ends_at as Timestamp,
        by as Option<AccountId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Paid at `at`, to be answered by `due`. In the system's context.
pub(super) async fn set_paid(tx: &mut Tx, id: EVisitId, (at, due): (Timestamp, Timestamp)) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update e_visits set paid_at = coalesce(paid_at, $2), answer_due_at = coalesce(answer_due_at, $4), updated_at = $3 where id = $1",
        id as EVisitId,
        at as Timestamp,
        now as Timestamp,
        due as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Paid and not answered in time, the longest overdue first. For the system's context.
pub(super) async fn list_late(tx: &mut Tx, limit: i64) -> Result<Vec<EVisitId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select id as "id: EVisitId" from e_visits
           where status = 'accepted' and charge_id is not null and paid_at is not null and answered_at is null and answer_due_at <= $1
           order by answer_due_at, id limit $2"#,
        now as Timestamp,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(super) async fn set_answered(tx: &mut Tx, id: EVisitId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update e_visits set answered_at = $2, updated_at = $2 where id = $1 and answered_at is null",
        id as EVisitId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The price of the doctor's chat service, where it costs something, and the currency of their prices.
pub(super) async fn find_price(
    tx: &mut Tx,
    doctor: PractitionerId,
    appointment: AppointmentId,
) -> Result<(Option<Money>, Currency), db::Error> {
    let row = sqlx::query!(
        r#"select c.price_amount as "amount?", c.currency as "chat?: Currency",
                  coalesce((select s.currency from services s where s.practitioner_id = $1 and s.active order by s.id limit 1),
                           (select a.currency from appointments a where a.id = $2), 'USD') as "currency!: Currency"
           from (select) one left join services c on c.practitioner_id = $1 and c.mode = 'chat' and c.active and c.price_amount > 0
           order by c.id limit 1"#,
        doctor as PractitionerId,
        appointment as AppointmentId
    )
    .fetch_one(tx.conn())
    .await?;
    let listed = row.amount.zip(row.chat).map(|(amount, currency)| Money::new(amount, currency));
    Ok((listed, row.chat.unwrap_or(row.currency)))
}

/// Whom the payment is told to: the thread's doctor, and who answers for them while a cover runs, unless the patient has closed the record
/// to that one. For the system's context.
pub(super) async fn list_team_accounts(tx: &mut Tx, thread: ThreadId) -> Result<Vec<AccountId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select d.account_id as "account!: AccountId"
           from threads t join practitioners d on d.id in (t.practitioner_id,
               case when exists (select from thread_covers c where c.practitioner_id = t.practitioner_id and c.cover_id = t.assignee_id
                        and c.ended_at is null and c.starts_at <= $2 and c.ends_at > $2)
                    and coalesce((select o.decision from consents o where o.practitioner_id = t.assignee_id and o.patient_id = t.patient_id
                                  order by o.version desc limit 1), '') <> 'revoked'
                    then t.assignee_id else t.practitioner_id end)
           where t.id = $1"#,
        thread as ThreadId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Who is told of a price, and in which thread. For the system's context.
pub(crate) async fn find_payer(tx: &mut Tx, id: EVisitId) -> Result<Option<(ThreadId, AccountId)>, db::Error> {
    let row = sqlx::query!(
        r#"select t.id as "thread: ThreadId", app.account_for(t.patient_id, t.opened_by) as "account: AccountId"
           from e_visits e join threads t on t.id = e.thread_id where e.id = $1"#,
        id as EVisitId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.and_then(|row| Some((row.thread, row.account?))))
}
