-- owner: billing
-- Money that was paid for one charge may pay another of the same patient and amount: the entry moves what was earned from one doctor to
-- the other, and nothing passes the gateway. The kinds of entries are kept by the program and by the checks of `ledger verify`.
alter table journal_entries drop constraint if exists journal_entries_kind_check;
alter table journal_entries add constraint journal_entries_kind_check check (kind ~ '^[a-z_]{2,40}$');
