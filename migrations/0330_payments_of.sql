-- owner: billing
-- The payments that pay any of these charges, alone or with others. As the caller sees them, and by index: the planner reads through it.
create function app.payments_of(charges uuid[]) returns setof uuid language sql stable as $$
    select p.id from payments p where p.charge_id = any (charges)
    union all
    select t.payment_id from payment_parts t where t.charge_id = any (charges)
$$;
