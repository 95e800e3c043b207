-- owner: billing
-- A refund is approved before the gateway is asked: by the house's rules, or, where a person asks for more than one person may give,
-- by a second one. `asked_by` is empty where a rule of the house gives the money back.
alter table refunds
    add column asked_by uuid references accounts (id),
    add column note text not null default '' check (length(note) <= 500),
    add column approval text not null default 'auto' check (approval in ('auto', 'human')),
    add column decided_by uuid references accounts (id),
    add column decided_at timestamptz,
    add column decision_note text not null default '' check (length(decision_note) <= 500),
    add column failure text not null default '' check (length(failure) <= 300),
    add column retry_of uuid constraint refunds_retried_once unique references refunds (id);
update refunds set decided_at = created_at where status <> 'requested';

alter table refunds drop constraint refunds_status_check;
alter table refunds add constraint refunds_status_check check (status in ('requested', 'approved', 'submitted', 'succeeded',
    'failed', 'declined'));
alter table refunds drop constraint refunds_reason_check;
alter table refunds add constraint refunds_reason_check check (reason in ('cancelled_by_patient', 'cancelled_by_doctor',
    'cancelled_by_platform', 'rejected', 'no_show_doctor', 'slot_gone', 'double_payment', 'technical_failure',
    'price_lowered', 'voucher_gone', 'goodwill'));
-- Four eyes: whoever asked does not decide, and what needs a person goes nowhere without one.
alter table refunds add constraint refunds_four_eyes check (decided_by is null or decided_by is distinct from asked_by);
alter table refunds add constraint refunds_human_decides check (approval = 'auto' or status = 'requested' or decided_by is not null);
alter table refunds add constraint refunds_human_asks check (approval = 'auto' or asked_by is not null);
create index refunds_newest on refunds (status, id desc);
create index refunds_open on refunds (updated_at) where status in ('requested', 'approved', 'submitted');

-- Who may move a refund besides the program itself: an administrator, from requested to approved or declined, in their own name.
create function app.refund_moves() returns trigger language plpgsql as $$
begin
    if app.system() or current_user <> 'bedside_app' then
        return new;
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'requested' or new.decided_by is not null or new.decided_at is not null then
            raise exception 'a refund begins requested' using errcode = '42501';
        end if;
        if new.approval = 'human' and new.asked_by is distinct from app.account() then
            raise exception 'whoever asks for a refund asks in their own name' using errcode = '42501';
        end if;
        return new;
    end if;
    if old.status = 'requested' and old.approval = 'human' and new.status in ('approved', 'declined')
        and app.has_role('administrator') and new.decided_by = app.account()
        and (new.payment_id, new.charge_id, new.amount, new.currency, new.reason, new.approval, new.note)
            = (old.payment_id, old.charge_id, old.amount, old.currency, old.reason, old.approval, old.note)
        and new.asked_by is not distinct from old.asked_by and new.retry_of is not distinct from old.retry_of
        and new.gateway_ref is not distinct from old.gateway_ref and new.settled_at is not distinct from old.settled_at then
        return new;
    end if;
    raise exception 'a refund is moved by the payment machine' using errcode = '42501';
end $$;
drop trigger money_moves_by_system on refunds;
create trigger refund_moves before insert or update on refunds for each row execute function app.refund_moves();
