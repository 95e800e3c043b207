-- owner: identity
-- Somebody may read pages in one language and letters in another.
alter table accounts add column letters_locale text null check (letters_locale in ('en', 'ar'));
create or replace function app.recipient(wanted uuid)
    returns table (email text, phone text, name text, locale text, time_zone text)
    language sql stable security definer set search_path = public, app
    as $$ select a.email::text, a.phone, a.name, coalesce(a.letters_locale, a.locale), a.time_zone from accounts a
          where a.id = wanted and a.status = 'active' and (app.in_context() or app.system()) $$;
