//! Charges, payments, refunds, invoices, and the journal that balances.

use db::Tx;
use serde_json::Value;

pub(in crate::demo) async fn insert_charges(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency, platform_basis_points,
             status, payable_until, settled_at, created_at, updated_at)
         select r.id, r.patient_id, r.practitioner_id, 'appointment', r.subject_id, r.amount, 'USD', r.basis_points, r.status,
             r.payable_until, r.settled_at, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, patient_id uuid, practitioner_id uuid, subject_id uuid, amount bigint,
             basis_points int, status text, payable_until timestamptz, settled_at timestamptz, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_payments(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into payments (id, charge_id, patient_id, practitioner_id, gateway, gateway_ref, status, amount, currency, refunded,
             captured_at, checked_at, created_at, updated_at)
         select r.id, r.charge_id, r.patient_id, r.practitioner_id, 'sandbox', r.gateway_ref, r.status, r.amount, 'USD', r.refunded,
             r.at, r.at, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, charge_id uuid, patient_id uuid, practitioner_id uuid, gateway_ref text,
             status text, amount bigint, refunded bigint, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_refunds(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into refunds (id, payment_id, charge_id, patient_id, practitioner_id, amount, currency, reason, status, gateway_ref,
             decided_at, settled_at, created_at, updated_at)
         select r.id, r.payment_id, r.charge_id, r.patient_id, r.practitioner_id, r.amount, 'USD', r.reason, 'succeeded',
             r.gateway_ref, r.at, r.at, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, payment_id uuid, charge_id uuid, patient_id uuid, practitioner_id uuid,
             amount bigint, reason text, gateway_ref text, at timestamptz)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the sandbox knows of the same payments.
pub(in crate::demo) async fn insert_sandbox_checkouts(tx: &mut Tx, payments: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into sandbox_checkouts (token, merchant_ref, amount, currency, description, success_url, cancel_url, state,
             captured_at, refunded, created_at, updated_at)
         select r.gateway_ref, r.id::text, r.amount, 'USD', 'Demonstration', '/bills', '/bills', 'captured', r.at, r.refunded, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, gateway_ref text, amount bigint, refunded bigint, at timestamptz)",
        payments
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_sandbox_refunds(tx: &mut Tx, refunds: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into sandbox_refunds (id, merchant_ref, token, amount, created_at, updated_at)
         select r.id, r.id::text, p.gateway_ref, r.amount, r.at, r.at
         from jsonb_to_recordset($1) as r(id uuid, payment_id uuid, amount bigint, at timestamptz)
         join payments p on p.id = r.payment_id",
        refunds
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Numbered in the order of their dates, without gaps, from the year's first.
pub(in crate::demo) async fn insert_invoices(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        r#"with wanted as (
               select r.*, extract(year from r.at at time zone 'UTC')::int as year,
                   (row_number() over (partition by r.kind, extract(year from r.at at time zone 'UTC') order by r.at, r.id))::int as serial
               from jsonb_to_recordset($1) as r(id uuid, kind text, prefix text, charge_id uuid, payment_id uuid, refund_id uuid,
                   patient_id uuid, practitioner_id uuid, amount bigint, at timestamptz)
           ), counted as (
               insert into invoice_counters (kind, year, last) select kind, year, max(serial) from wanted group by kind, year)
           insert into invoices (id, kind, number, year, serial, charge_id, payment_id, refund_id, patient_id, practitioner_id,
               amount, currency, issued_at, created_at)
           select id, kind, prefix || '-' || year || '-' || lpad(serial::text, 6, '0'), year, serial, charge_id, payment_id,
               refund_id, patient_id, practitioner_id, amount, 'USD', at, at from wanted"#,
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The accounts are opened on the way; `holder` is null for those of the platform.
pub(in crate::demo) async fn insert_ledger_accounts(tx: &mut Tx, rows: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into ledger_accounts (id, kind, holder_id) select r.id, r.kind, r.holder_id
         from jsonb_to_recordset($1) as r(id uuid, kind text, holder_id uuid)",
        rows
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::demo) async fn insert_journal(tx: &mut Tx, entries: &Value, lines: &Value) -> Result<(), db::Error> {
    sqlx::query!(
        "with entered as (
             insert into journal_entries (id, kind, payment_id, refund_id, booked_at, created_at)
             select r.id, r.kind, r.payment_id, r.refund_id, r.at, r.at
             from jsonb_to_recordset($1) as r(id uuid, kind text, payment_id uuid, refund_id uuid, at timestamptz))
         insert into journal_lines (id, entry_id, account_id, amount, currency, created_at)
         select r.id, r.entry_id, r.account_id, r.amount, 'USD', r.at
         from jsonb_to_recordset($2) as r(id uuid, entry_id uuid, account_id uuid, amount bigint, at timestamptz)",
        entries,
        lines
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Two doctors of three have an account that the sandbox has verified.
pub(in crate::demo) async fn insert_payees(tx: &mut Tx) -> Result<(), db::Error> {
    sqlx::query!(
        "with opened as (
             insert into sandbox_accounts (token, merchant_ref, state)
             select md5(d.id::text) || md5(d.slug), d.id::text, 'verified'
             from (select id, slug, row_number() over (order by created_at, id) as place from practitioners
                   where status = 'published') d
             where d.place % 3 <> 0 returning token, merchant_ref)
         insert into payees (practitioner_id, gateway, account_ref, state, verified_at)
         select merchant_ref::uuid, 'sandbox', token, 'verified', now() from opened"
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
