use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{DisputeId, JournalId, PaymentId, PayoutId, PractitionerId},
};
use uuid::Uuid;

use crate::payouts::Payout;

/// Any other entry about a payment.
pub(crate) async fn insert_of_payment(
    tx: &mut Tx,
    id: JournalId,
    kind: &'static str,
    payment: PaymentId,
    booked_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into journal_entries (id, kind, payment_id, booked_at) values ($1, $4, $2, $3)",
        id as JournalId,
        payment as PaymentId,
        booked_at as Timestamp,
        kind
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A step of a payout.
pub(crate) async fn insert_of_payout(
    tx: &mut Tx,
    id: JournalId,
    kind: &'static str,
    payout: PayoutId,
    booked_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into journal_entries (id, kind, payout_id, booked_at) values ($1, $4, $2, $3)",
        id as JournalId,
        payout as PayoutId,
        booked_at as Timestamp,
        kind
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A step of a dispute about a payment.
pub(crate) async fn insert_of_dispute(
    tx: &mut Tx,
    id: JournalId,
    kind: &'static str,
    (dispute, payment): (DisputeId, PaymentId),
    booked_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into journal_entries (id, kind, payment_id, dispute_id, booked_at) values ($1, $5, $2, $3, $4)",
        id as JournalId,
        payment as PaymentId,
        dispute as DisputeId,
        booked_at as Timestamp,
        kind
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What these payees are owed, in each currency of which no payout is under way. Those who owe us are left out.
pub(crate) async fn list_payable(
    tx: &mut Tx,
    payees: &[PractitionerId],
) -> Result<Vec<(PractitionerId, Money)>, Error> {
    let payees: Vec<Uuid> = payees.iter().map(|payee| payee.uuid()).collect();
    let rows = sqlx::query!(
        r#"select a.holder_id as "payee!: PractitionerId", l.currency as "currency: Currency", -sum(l.amount)::bigint as "amount!"
           from journal_lines l join ledger_accounts a on a.id = l.account_id
           where a.kind = 'doctor_payable' and a.holder_id = any ($1)
             and not exists (select from payouts o where o.practitioner_id = a.holder_id and o.currency = l.currency
                             and o.status in ('created', 'submitted'))
           group by a.holder_id, l.currency having sum(l.amount) < 0 order by a.holder_id, l.currency"#,
        &payees
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.payee, Money::new(row.amount, row.currency))).collect())
}

/// The first step of many payouts, and its lines: taken from what their payees are owed, and in transit. Both accounts are open already.
pub(crate) async fn insert_of_payouts(tx: &mut Tx, payouts: &[Payout], booked_at: Timestamp) -> Result<(), Error> {
    let fresh = |tx: &mut Tx| -> Vec<Uuid> { payouts.iter().map(|_| tx.id::<JournalId>().uuid()).collect() };
    let (entries, taken, in_transit) = (fresh(tx), fresh(tx), fresh(tx));
    let ids: Vec<Uuid> = payouts.iter().map(|payout| payout.id.uuid()).collect();
    let payees: Vec<Uuid> = payouts.iter().map(|payout| payout.payee.uuid()).collect();
    let amounts: Vec<i64> = payouts.iter().map(|payout| payout.money.amount).collect();
    let currencies: Vec<String> = payouts.iter().map(|payout| payout.money.currency.code().to_owned()).collect();
    sqlx::query!(
        "insert into journal_entries (id, kind, payout_id, booked_at)
         select entry.id, 'payout', entry.payout_id, $3 from unnest($1::uuid[], $2::uuid[]) as entry (id, payout_id)",
        &entries,
        &ids,
        booked_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into journal_lines (id, entry_id, account_id, amount, currency)
         select case a.kind when 'doctor_payable' then move.taken else move.in_transit end, move.entry_id, a.id,
                case a.kind when 'doctor_payable' then move.amount else -move.amount end, move.currency
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[])
                  as move (taken, in_transit, entry_id, payee, amount, currency)
         join ledger_accounts a on (a.kind = 'doctor_payable' and a.holder_id = move.payee) or a.kind = 'payouts_in_transit'",
        &taken,
        &in_transit,
        &entries,
        &payees,
        &amounts,
        &currencies
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Payouts of which the journal does not say what they say: taken and in transit, paid, or given back.
pub(crate) async fn list_payouts_not_booked(tx: &mut Tx) -> Result<Vec<PayoutId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select o.id as "id: PayoutId" from payouts o
           cross join lateral (
               select coalesce(sum(l.amount) filter (where a.kind = 'doctor_payable'), 0) as taken,
                      coalesce(-sum(l.amount) filter (where a.kind = 'payouts_in_transit'), 0) as in_transit,
                      coalesce(-sum(l.amount) filter (where a.kind = 'gateway_clearing'), 0) as left_us
               from journal_entries e join journal_lines l on l.entry_id = e.id
               join ledger_accounts a on a.id = l.account_id
               where e.payout_id = o.id and l.currency = o.currency) b
           where b.taken <> case when o.status in ('failed', 'returned') then 0 else o.amount end
              or b.in_transit <> case when o.status in ('created', 'submitted') then o.amount else 0 end
              or b.left_us <> case when o.status = 'paid' then o.amount else 0 end"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Disputes of which the journal does not say what they say.
pub(crate) async fn list_disputes_not_booked(tx: &mut Tx) -> Result<Vec<DisputeId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select d.id as "id: DisputeId" from disputes d
           where case when d.status in ('open', 'under_review') then d.amount else 0 end is distinct from (
               select coalesce(sum(l.amount), 0)::bigint from journal_entries e
               join journal_lines l on l.entry_id = e.id
               join ledger_accounts a on a.id = l.account_id
               where e.dispute_id = d.id and a.kind = 'disputes' and l.currency = d.currency)"#
    )
    .fetch_all(tx.conn())
    .await?)
}
