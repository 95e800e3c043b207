//! All SQL of the ledger.

use db::{Error, Tx};
use kernel::{
    Currency, Money, Timestamp,
    ids::{JournalId, PaymentId, PractitionerId, RefundId},
};
use uuid::Uuid;

use super::Account;

mod moves;

pub(crate) use moves::{
    insert_of_dispute, insert_of_payment, insert_of_payout, insert_of_payouts, list_disputes_not_booked, list_payable,
    list_payouts_not_booked,
};

pub(crate) async fn insert_entry(
    tx: &mut Tx,
    id: JournalId,
    payment: PaymentId,
    refund: Option<RefundId>,
    booked_at: Timestamp,
) -> Result<(), Error> {
    let kind = if refund.is_some() { "refund" } else { "capture" };
    sqlx::query!(
        "insert into journal_entries (id, kind, payment_id, refund_id, booked_at) values ($1, $2, $3, $4, $5)",
        id as JournalId,
        kind,
        payment as PaymentId,
        refund as Option<RefundId>,
        booked_at as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All lines of an entry, in one statement.
pub(crate) async fn insert_lines(
    tx: &mut Tx,
    entry: JournalId,
    lines: &[(Account, i64)],
    currency: Currency,
) -> Result<(), Error> {
    let mut ids = Vec::with_capacity(lines.len());
    let mut accounts = Vec::with_capacity(lines.len());
    let mut amounts = Vec::with_capacity(lines.len());
    for (account, amount) in lines {
        accounts.push(account_id(tx, *account).await?);
        ids.push(tx.id::<JournalId>().uuid());
        amounts.push(*amount);
    }
    sqlx::query!(
        "insert into journal_lines (id, entry_id, account_id, amount, currency)
         select line.id, $1, line.account_id, line.amount, $5
         from unnest($2::uuid[], $3::uuid[], $4::bigint[]) as line (id, account_id, amount)",
        entry as JournalId,
        &ids,
        &accounts,
        &amounts,
        currency as Currency
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The account, opened when it is first needed.
pub(crate) async fn account_id(tx: &mut Tx, account: Account) -> Result<Uuid, Error> {
    let holder = account.holder();
    let found = sqlx::query_scalar!(
        "select id from ledger_accounts where kind = $1 and holder_id is not distinct from $2",
        account.kind(),
        holder as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    if let Some(id) = found {
        return Ok(id);
    }
    let id = tx.id::<JournalId>().uuid();
    Ok(sqlx::query_scalar!(
        "insert into ledger_accounts (id, kind, holder_id) values ($1, $2, $3)
         on conflict (kind, holder_id) do update set updated_at = ledger_accounts.updated_at
         returning id",
        id,
        account.kind(),
        holder as Option<PractitionerId>
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What lies on all accounts of a kind, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub kind: String,
    /// Debits are positive.
    pub money: Money,
}

/// For administrators and the system.
pub async fn balances(tx: &mut Tx) -> Result<Vec<Balance>, Error> {
    let rows = sqlx::query!(
        r#"select a.kind, l.currency as "currency: Currency", sum(l.amount)::bigint as "amount!"
           from journal_lines l join ledger_accounts a on a.id = l.account_id
           group by a.kind, l.currency order by l.currency, a.kind"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Balance { kind: row.kind, money: Money::new(row.amount, row.currency) }).collect())
}

pub(crate) async fn count_entries(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "n!" from journal_entries"#).fetch_one(tx.conn()).await?)
}

pub(crate) async fn list_unbalanced_currencies(tx: &mut Tx) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        "select currency from journal_lines group by currency having sum(amount) <> 0 order by currency"
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn list_unbalanced_entries(tx: &mut Tx) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select distinct e.id as "id!" from journal_entries e left join journal_lines l on l.entry_id = e.id
           group by e.id, l.currency having coalesce(sum(l.amount), 1) <> 0"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Payments with money whose capture entry is missing or of another amount.
pub(crate) async fn list_payments_not_booked(tx: &mut Tx) -> Result<Vec<PaymentId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PaymentId" from payments p
           where p.captured_at is not null and p.amount is distinct from (
               select sum(l.amount)::bigint from journal_entries e
               join journal_lines l on l.entry_id = e.id
               join ledger_accounts a on a.id = l.account_id
               where e.payment_id = p.id and e.kind = 'capture' and a.kind = 'gateway_clearing' and l.currency = p.currency)"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Capture entries of payments that hold no money.
pub(crate) async fn list_entries_without_payment(tx: &mut Tx) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "select e.id from journal_entries e join payments p on p.id = e.payment_id
         left join refunds r on r.id = e.refund_id
         where p.captured_at is null or (e.kind = 'refund' and r.status is distinct from 'succeeded')"
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Refunds made whose reversing entry is missing or of another amount.
pub(crate) async fn list_refunds_not_booked(tx: &mut Tx) -> Result<Vec<RefundId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select r.id as "id: RefundId" from refunds r
           where r.status = 'succeeded' and -r.amount is distinct from (
               select sum(l.amount)::bigint from journal_entries e
               join journal_lines l on l.entry_id = e.id
               join ledger_accounts a on a.id = l.account_id
               where e.refund_id = r.id and a.kind = 'gateway_clearing' and l.currency = r.currency)"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Payments whose reserved refunds are not the sum of those that did not fail.
pub(crate) async fn list_refunds_not_summing(tx: &mut Tx) -> Result<Vec<PaymentId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PaymentId" from payments p left join refunds r on r.payment_id = p.id and r.status not in ('failed', 'declined')
           group by p.id, p.refunded having p.refunded <> coalesce(sum(r.amount), 0)"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Years whose numbers have a gap, as "invoice 2026".
pub(crate) async fn list_gaps(tx: &mut Tx) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select c.kind || ' ' || c.year as "gap!" from invoice_counters c
           left join invoices i on i.series = c.series and i.kind = c.kind and i.year = c.year
           group by c.series, c.kind, c.year, c.last
           having count(i.id) <> c.last or coalesce(max(i.serial), 0) <> c.last"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Paid charges without money, and charges with money that do not say so.
pub(crate) async fn list_charges_out_of_step(tx: &mut Tx) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "select c.id from charges c
         where c.amount > 0 and (c.status in ('settled', 'partially_refunded', 'refunded'))
               <> (exists (select from payments p where p.charge_id = c.id and p.captured_at is not null)
                   or exists (select from payment_parts t join payments p on p.id = t.payment_id
                              where t.charge_id = c.id and p.captured_at is not null))"
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Payments with money whose share is missing, or is not made of what was paid.
pub(crate) async fn list_payments_not_split(tx: &mut Tx) -> Result<Vec<PaymentId>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PaymentId" from payments p
           where p.captured_at is not null and p.amount is distinct from (
               select sum(s.paid + s.excess)::bigint from payee_shares s
               where s.payment_id = p.id and s.currency = p.currency and s.carried_at is null
                 and (s.charge_id = p.charge_id and s.practitioner_id = p.practitioner_id
                      or exists (select from payment_parts t where t.payment_id = p.id and t.charge_id = s.charge_id
                                 and t.supplier_id = s.practitioner_id and t.amount = s.paid + s.excess)))"#
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Payees whose pending or available balance in the journal is not what their shares and payouts say, with the currency.
pub(crate) async fn list_balances_out_of_step(tx: &mut Tx) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"with moves as (
               select practitioner_id as payee, currency, released_at is null as waits, doctor - doctor_returned as amount
               from payee_shares where carried_at is null
               union all
               select practitioner_id, currency, false, -amount from payouts where status in ('created', 'submitted', 'paid')
               union all
               select practitioner_id, currency, false, -fee_of_payee from disputes where status = 'lost'
           ), earned as (
               select payee, currency, coalesce(sum(amount) filter (where waits), 0) as pending,
                      coalesce(sum(amount) filter (where not waits), 0) as payable
               from moves group by payee, currency
           ), booked as (
               select a.holder_id as payee, l.currency,
                      coalesce(-sum(l.amount) filter (where a.kind = 'doctor_pending'), 0) as pending,
                      coalesce(-sum(l.amount) filter (where a.kind = 'doctor_payable'), 0) as payable
               from journal_lines l join ledger_accounts a on a.id = l.account_id
               where a.holder_id is not null group by a.holder_id, l.currency
           )
           select coalesce(e.payee, b.payee) || ' ' || coalesce(e.currency, b.currency) as "payee!"
           from earned e full join booked b on b.payee = e.payee and b.currency = e.currency
           where coalesce(e.pending, 0) <> coalesce(b.pending, 0) or coalesce(e.payable, 0) <> coalesce(b.payable, 0)"#
    )
    .fetch_all(tx.conn())
    .await?)
}
