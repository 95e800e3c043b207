-- The books, added up once more by somebody who trusts none of the program's own sums. Each row is a fault; no rows, no faults.
-- Run as the database's owner:  psql "$DATABASE_URL" -f tools/ledger.sql
with line as (
    select e.id as entry, e.kind as entry_kind, e.payment_id, e.refund_id, e.payout_id, e.dispute_id,
           a.kind as account, a.holder_id as holder, l.currency, l.amount
    from journal_entries e left join journal_lines l on l.entry_id = e.id left join ledger_accounts a on a.id = l.account_id
), standing as (
    select account, holder, currency, sum(amount) as amount from line group by account, holder, currency
), moved as (
    -- What gateways hold for us, from what came in and went out, without a look at the journal.
    select currency, sum(amount) as amount from (
        select currency, amount from payments where captured_at is not null
        union all select currency, -amount from refunds where status = 'succeeded'
        union all select currency, -amount from payouts where status = 'paid'
        union all select currency, -amount from disputes where status <> 'won'
        union all select currency, -fee from disputes
    ) all_moves group by currency
), kept as (
    select currency, sum(amount) as amount from line where entry_kind = 'fee' and account = 'gateway_clearing' group by currency
), owed as (
    -- What each doctor has, waiting or available, from what was earned, given back, paid out and charged.
    select holder, currency, sum(amount) as amount from (
        select practitioner_id as holder, currency, doctor - doctor_returned as amount from payee_shares where carried_at is null
        union all select practitioner_id, currency, -amount from payouts where status not in ('failed', 'returned')
        union all select practitioner_id, currency, -fee_of_payee from disputes where status = 'lost'
    ) all_moves group by holder, currency
), given_back as (
    select payment_id, sum(amount) as amount from (
        select payment_id, amount from refunds where status = 'succeeded'
        union all select payment_id, held from disputes where status = 'lost'
    ) all_moves group by payment_id
)
select 'an entry does not balance' as fault, entry::text || coalesce(' ' || currency, '') as what
from line group by entry, currency having coalesce(sum(amount), 1) <> 0
union all
select 'a currency does not balance', currency from line group by currency having sum(amount) <> 0
union all
select 'gateways do not hold what came in less what went out', coalesce(m.currency, s.currency)
from (select currency, amount from standing where account = 'gateway_clearing') s
full join moved m on m.currency = s.currency
left join kept k on k.currency = coalesce(m.currency, s.currency)
where coalesce(s.amount, 0) <> coalesce(m.amount, 0) + coalesce(k.amount, 0)
union all
select 'a doctor is not owed what was earned less what was paid', coalesce(o.holder, s.holder)::text
from (select holder, currency, -sum(amount) as amount from standing where holder is not null group by holder, currency) s
full join owed o on o.holder = s.holder and o.currency = s.currency
where coalesce(s.amount, 0) <> coalesce(o.amount, 0)
union all
select 'money in transit is not that of the payouts under way', coalesce(s.currency, o.currency)
from (select currency, -amount as amount from standing where account = 'payouts_in_transit') s
full join (select currency, sum(amount) as amount from payouts where status in ('created', 'submitted') group by currency) o
    on o.currency = s.currency
where coalesce(s.amount, 0) <> coalesce(o.amount, 0)
union all
select 'money in dispute is not that of the open disputes', coalesce(s.currency, d.currency)
from (select currency, amount from standing where account = 'disputes') s
full join (select currency, sum(amount) as amount from disputes where status in ('open', 'under_review') group by currency) d
    on d.currency = s.currency
where coalesce(s.amount, 0) <> coalesce(d.amount, 0)
union all
select 'the parts of a payment are not what was paid', p.id::text
from payments p left join payee_shares s on s.payment_id = p.id and s.carried_at is null
where p.captured_at is not null group by p.id
having coalesce(sum(s.doctor + s.platform + s.commission_tax + s.tax + s.fee + s.excess), 0) <> p.amount
union all
select 'a supplier has another share of a payment than its bill says', s.payment_id::text
from payee_shares s join payments p on p.id = s.payment_id
left join payment_parts t on t.payment_id = s.payment_id and t.charge_id = s.charge_id
where s.carried_at is null and (s.charge_id, s.practitioner_id) is distinct from (p.charge_id, p.practitioner_id)
  and (t.supplier_id, t.amount) is distinct from (s.practitioner_id, s.paid + s.excess)
union all
select 'what went back of a payment is not what its refunds and disputes say', s.payment_id::text
from payee_shares s left join given_back g on g.payment_id = s.payment_id
where s.carried_at is null group by s.payment_id, g.amount having sum(s.returned) <> coalesce(g.amount, 0)
union all
select 'less went back of a supplier''s part than its refunds say', s.payment_id::text
from payee_shares s
where s.carried_at is null and s.returned < (select coalesce(sum(r.amount), 0) from refunds r
    where r.payment_id = s.payment_id and r.charge_id = s.charge_id and r.status = 'succeeded')
union all
select 'a supplier''s part of a payment is not in the journal', s.payment_id::text
from payee_shares s
where s.carried_at is null
group by s.payment_id, s.practitioner_id
having sum(s.doctor - s.doctor_returned) <> coalesce((
    select -sum(l.amount) from line l
    where l.payment_id = s.payment_id and l.holder = s.practitioner_id and l.account in ('doctor_pending', 'doctor_payable')), 0)
    + coalesce((select sum(d.fee_of_payee) from disputes d
                where d.payment_id = s.payment_id and d.practitioner_id = s.practitioner_id and d.status = 'lost'), 0)
union all
select 'somebody else still has a part of a payment', l.payment_id::text
from line l join payments p on p.id = l.payment_id
where l.holder is not null and l.holder <> p.practitioner_id
  and not exists (select from payment_parts t where t.payment_id = p.id and t.supplier_id = l.holder)
group by l.payment_id, l.holder, l.currency having sum(l.amount) <> 0
union all
select 'nothing is left of a payment, and somebody still earns from it', l.payment_id::text
from line l
where l.account in ('platform_revenue', 'tax', 'patient_receivable') and l.payment_id in (
    select s.payment_id from payee_shares s where s.carried_at is null
    group by s.payment_id having sum(s.returned) = sum(s.paid + s.excess))
group by l.payment_id, l.account having sum(l.amount) <> 0;
