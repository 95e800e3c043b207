-- Each statement finds what must not be, and says it. Read by somebody who does not trust the program: plain SQL over the journal,
-- what it is about, and the gateway's own books.

select 'the accounts in ' || currency || ' sum to ' || sum(amount) from journal_lines group by currency having sum(amount) <> 0;

select 'entry ' || entry_id || ' does not balance' from journal_lines group by entry_id, currency having sum(amount) <> 0;

select 'entry ' || e.id || ' has no lines' from journal_entries e
    where not exists (select from journal_lines l where l.entry_id = e.id);

select 'payment ' || p.id || ' is booked ' || count(e.id) || ' times' from payments p
    left join journal_entries e on e.payment_id = p.id and e.kind = 'capture'
    group by p.id having count(e.id) <> (case when p.captured_at is null then 0 else 1 end);

select 'refund ' || r.id || ' is booked ' || count(e.id) || ' times' from refunds r
    left join journal_entries e on e.refund_id = r.id
    group by r.id having count(e.id) <> (case when r.status = 'succeeded' then 1 else 0 end);

-- What came in less what went out is what the ledger says that gateways hold.
select 'the payments say ' || moved || ' and the books say ' || booked from (
    select (select coalesce(sum(l.amount), 0) from journal_lines l join ledger_accounts a on a.id = l.account_id
            where a.kind = 'gateway_clearing') as booked,
           (select coalesce(sum(amount), 0) from payments where captured_at is not null)
               - (select coalesce(sum(amount), 0) from refunds where status = 'succeeded') as moved) both_sides
    where moved <> booked;

-- The gateway's own books, checkout by checkout.
select 'the gateway says ' || c.state || ' of payment ' || p.id || ' and we say ' || p.status
    from sandbox_checkouts c join payments p on p.id::text = c.merchant_ref
    where (c.state = 'captured') <> (p.captured_at is not null) or (c.state = 'captured' and c.amount <> p.amount)
       or c.refunded <> (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id and r.status = 'succeeded');

select 'more went back than came in for payment ' || p.id from payments p
    join (select payment_id, sum(amount) as back from refunds where status <> 'failed' group by payment_id) r on r.payment_id = p.id
    where r.back > p.amount or r.back <> p.refunded;

-- Money and visit go together.
select 'paid for nothing: ' || a.id || ' ' || a.status from appointments a join payments p on p.charge_id = a.charge_id
    where p.captured_at is not null and p.refunded < p.amount
      and a.status in ('requested', 'held', 'expired', 'released', 'rejected', 'cancelled_by_doctor', 'cancelled_by_platform')
      and not exists (select from appointment_choices c where c.appointment_id = a.id and c.status = 'open');

select 'confirmed without money: ' || a.id from appointments a where a.status = 'confirmed' and a.price_amount > 0
    and a.price_amount > (select coalesce(sum(p.amount - p.refunded), 0) from payments p
                          where p.charge_id = a.charge_id and p.captured_at is not null);

select 'two at one time: ' || a.id || ' ' || b.id from appointments a join appointments b
    on a.practitioner_id = b.practitioner_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
    where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed');

select 'one patient at two places: ' || a.id || ' ' || b.id from appointments a join appointments b
    on a.patient_id = b.patient_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
    where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed');

select 'events of ' || e.appointment_id || ' and its version do not agree' from appointment_events e
    join appointments a on a.id = e.appointment_id
    group by e.appointment_id, a.version having count(distinct e.version) <> count(*) or max(e.version) <> a.version;

select 'payment ' || payment_id || ' has ' || count(*) || ' invoices' from invoices where kind = 'invoice'
    group by payment_id having count(*) > 1;
