use access::Role;
use db::{Error, Tx, Whose};
use kernel::{Cursor, Locale, Page, PageRequest, Secret, Timestamp, Zone, ids::AccountId};
use uuid::Uuid;

use super::{Address, NewAccount, Preferences};

/// What signing in needs to know before anyone is in.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) id: AccountId,
    pub(crate) password_hash: Option<Secret<String>>,
    pub(crate) has_second_factor: bool,
}

/// An account as its owner sees it.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) zone: String,
    pub(crate) password_hash: Option<Secret<String>>,
}

pub(crate) async fn insert(tx: &mut Tx, id: AccountId, new: &NewAccount<'_>) -> Result<(), Error> {
    let now = tx.now();
    let verified = new.address_is_verified.then_some(now);
    let email = new.address.as_email();
    let phone = new.address.as_phone();
    sqlx::query!(
        r#"insert into accounts (id, email, phone, name, password_hash, password_changed_at, locale, time_zone,
                                 email_verified_at, phone_verified_at, created_at, updated_at)
           values ($1, $2::text::citext, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"#,
        id as AccountId,
        email,
        phone,
        new.name,
        new.password_hash.map(|hash| hash.expose().as_str()),
        new.password_hash.map(|_| now) as Option<Timestamp>,
        new.locale.tag(),
        new.zone.name(),
        verified.filter(|_| email.is_some()) as Option<Timestamp>,
        verified.filter(|_| phone.is_some()) as Option<Timestamp>,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn insert_role(tx: &mut Tx, account: AccountId, role: Role) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let granted_by = tx.context().account;
    sqlx::query!(
        "insert into account_roles (account_id, role, granted_by) values ($1, $2, $3) on conflict do nothing",
        account as AccountId,
        role.as_str(),
        granted_by as Option<AccountId>,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn find_candidate(tx: &mut Tx, address: &Address) -> Result<Option<Candidate>, Error> {
    let row = sqlx::query!(
        r#"select a.id as "id: AccountId", a.password_hash,
                  (exists (select from totp_secrets t where t.account_id = a.id and t.confirmed_at is not null)
                   or exists (select from passkeys p where p.account_id = a.id)) as "has_second_factor!"
           from accounts a
           where a.status = 'active' and (a.email = $1::text::citext or a.phone = $2)"#,
        address.as_email(),
        address.as_phone(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Candidate {
        id: row.id,
        password_hash: row.password_hash.map(Secret::new),
        has_second_factor: row.has_second_factor,
    }))
}

pub(crate) async fn is_known(tx: &mut Tx, address: &Address) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from accounts where email = $1::text::citext or phone = $2) as "known!""#,
        address.as_email(),
        address.as_phone(),
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn find_own(tx: &mut Tx, account: AccountId) -> Result<Option<Own>, Error> {
    let row = sqlx::query!(
        r#"select email::text as email, phone, name, locale, time_zone, password_hash from accounts where id = $1"#,
        account as AccountId,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Own {
        email: row.email,
        phone: row.phone,
        name: row.name,
        locale: row.locale,
        zone: row.time_zone,
        password_hash: row.password_hash.map(Secret::new),
    }))
}

/// The roles, as far as this program knows them.
pub(crate) async fn list_roles(tx: &mut Tx, account: AccountId) -> Result<Vec<Role>, Error> {
    let names =
        sqlx::query_scalar!("select role from account_roles where account_id = $1 order by role", account as AccountId)
            .fetch_all(tx.conn())
            .await?;
    Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
}

pub(crate) async fn find_recipient(tx: &mut Tx, account: AccountId) -> Result<Option<notify::Recipient>, Error> {
    let row = sqlx::query!(
        r#"select email, phone, name as "name!", locale as "locale!", time_zone as "time_zone!" from app.recipient($1)"#,
        account as AccountId,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| notify::Recipient {
        account: Some(account),
        email: row.email,
        phone: row.phone,
        locale: row.locale.parse().unwrap_or(Locale::En),
        zone: row.time_zone.parse().unwrap_or_else(|_| Zone::utc()),
        name: row.name,
    }))
}

pub(crate) async fn find_letters_locale(tx: &mut Tx, account: AccountId) -> Result<Option<Locale>, Error> {
    let found = sqlx::query_scalar!("select letters_locale from accounts where id = $1", account as AccountId)
        .fetch_optional(tx.conn())
        .await?;
    Ok(found.flatten().and_then(|tag| tag.parse().ok()))
}

pub(crate) async fn set_letters_locale(tx: &mut Tx, account: AccountId, wanted: Option<Locale>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update accounts set letters_locale = $2, updated_at = $3 where id = $1",
        account as AccountId,
        wanted.map(Locale::tag),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_password(tx: &mut Tx, account: AccountId, hash: &Secret<String>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update accounts set password_hash = $2, password_changed_at = $3, updated_at = $3 where id = $1",
        account as AccountId,
        hash.expose(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_email_verified(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update accounts set email_verified_at = coalesce(email_verified_at, $2), updated_at = $2 where id = $1 and email is not null",
        account as AccountId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_status(tx: &mut Tx, account: AccountId, status: &str) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    sqlx::query!(
        r#"update accounts set status = $2, disabled_at = case when $2 = 'disabled' then $3::timestamptz end, updated_at = $3
           where id = $1"#,
        account as AccountId,
        status,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_preferences(tx: &mut Tx, account: AccountId, wanted: &Preferences) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    sqlx::query!(
        "update accounts set locale = $2, time_zone = $3, updated_at = $4 where id = $1",
        account as AccountId,
        wanted.locale.tag(),
        wanted.zone.name(),
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_name(tx: &mut Tx, account: AccountId, name: &str) -> Result<(), Error> {
    tx.changes_standing(Whose::Of(account));
    let now = tx.now();
    sqlx::query!(
        "update accounts set name = $2, updated_at = $3 where id = $1",
        account as AccountId,
        name,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An account as the administrator sees it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: AccountId,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) roles: Vec<String>,
    pub(crate) is_closed: bool,
    pub(crate) second_factor: bool,
    pub(crate) created_at: Timestamp,
}

pub(crate) async fn find_listed(tx: &mut Tx, id: AccountId) -> Result<Option<Listed>, Error> {
    Ok(list_where(tx, Some(id), None, "", None, 1).await?.pop())
}

/// Newest first; `q` finds names and addresses.
pub(crate) async fn list(
    tx: &mut Tx,
    role: Option<Role>,
    q: &str,
    request: &PageRequest,
) -> Result<Page<Listed>, Error> {
    let after = request.cursor.as_ref().and_then(after);
    let items = list_where(tx, None, role, q, after, request.limit() + 1).await?;
    Ok(Page::from_rows(items, request, |last| format!("{}~{}", last.created_at.micros(), last.id)))
}

fn after(cursor: &Cursor) -> Option<(Timestamp, Uuid)> {
    let (micros, id) = cursor.0.split_once('~')?;
    Some((Timestamp::from_micros(micros.parse().ok()?), id.parse().ok()?))
}

async fn list_where(
    tx: &mut Tx,
    id: Option<AccountId>,
    role: Option<Role>,
    q: &str,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let q: String = q.trim().chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] }).collect();
    tx.plan_for_values().await?;
    let rows = sqlx::query!(
        r#"select a.id as "id: AccountId", a.name, coalesce(a.email::text, a.phone, '') as "address!", a.status,
                  a.created_at as "created_at: Timestamp",
                  array(select r.role from account_roles r where r.account_id = a.id order by r.role) as "roles!",
                  app.has_second_factor(a.id) as "second_factor!"
           from accounts a
           where ($1::uuid is null or a.id = $1)
             and ($2::text is null or exists (select from account_roles r where r.account_id = a.id and r.role = $2))
             and ($3 = '' or a.name ilike '%' || $3 || '%' or a.email ilike '%' || $3 || '%' or a.phone like '%' || $3 || '%')
             and ($4::timestamptz is null or (a.created_at, a.id) < ($4, $5::uuid))
           order by a.created_at desc, a.id desc limit $6"#,
        id as Option<AccountId>,
        role.map(Role::as_str),
        q,
        after.map(|(at, _)| at) as Option<Timestamp>,
        after.map(|(_, id)| id),
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            name: row.name,
            address: row.address,
            roles: row.roles,
            is_closed: row.status == "disabled",
            second_factor: row.second_factor,
            created_at: row.created_at,
        })
        .collect())
}
