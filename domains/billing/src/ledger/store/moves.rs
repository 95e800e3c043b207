use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{DisputeId, JournalId, PaymentId, PayoutId, PractitionerId},
};

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

/// What a payee is owed, in each currency.
pub(crate) async fn list_payable(tx: &mut Tx, payee: PractitionerId) -> Result<Vec<Money>, Error> {
    let rows = sqlx::query!(
        r#"select l.currency as "currency: Currency", -sum(l.amount)::bigint as "amount!"
           from journal_lines l join ledger_accounts a on a.id = l.account_id
           where a.kind = 'doctor_payable' and a.holder_id = $1
           group by l.currency order by l.currency"#,
        payee as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Money::new(row.amount, row.currency)).collect())
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
