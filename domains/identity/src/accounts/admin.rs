//! `/admin/accounts`: who has an account; closing one, opening it again, signing it out. No medical data here.

use access::Role;
use askama::Template;
use axum::extract::Path;
use kernel::{Cursor, FaultKind, PageRequest, ids::AccountId};
use serde::Deserialize;
use web::{Admin, Query};

use super::{disable, enable, store};
use crate::{
    door::Refused,
    sessions::{self, EndedWhy},
};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/accounts", list)
        .get::<Admin, _, _>("/admin/accounts/{account}", show)
        .post::<Admin, _, _>("/admin/accounts/{account}/closure", close)
        .post::<Admin, _, _>("/admin/accounts/{account}/reopening", reopen)
        .post::<Admin, _, _>("/admin/accounts/{account}/sessions/end", sign_out)
}

#[derive(Template)]
#[template(path = "accounts/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    q: String,
    role: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: String,
    first: String,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

struct Line {
    href: String,
    name: String,
    address: String,
    roles: String,
    is_closed: bool,
    second_factor: bool,
    since: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    q: String,
    role: String,
    cursor: String,
}

async fn list(me: Admin, Query(query): Query<ListQuery>) -> web::Result {
    let role: Option<Role> = query.role.parse().ok();
    let cursor = (!query.cursor.is_empty()).then(|| Cursor(query.cursor.clone()));
    let request = PageRequest::of(50, cursor);
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, role, &query.q, &request).await?;
    tx.commit().await?;
    let page = me.page("identity-accounts-title");
    let mut tabs =
        vec![Tab { href: address(&query.q, "", ""), label: me.t("identity-accounts-all"), current: role.is_none() }];
    tabs.extend([Role::Patient, Role::Doctor, Role::Nurse, Role::Administrator, Role::SupportAgent].map(|one| Tab {
        href: address(&query.q, one.as_str(), ""),
        label: role_name(&me, one),
        current: role == Some(one),
    }));
    let lines = found.items.iter().map(|account| line(&me, &page, account)).collect();
    let next = found.next_cursor.map(|cursor| address(&query.q, &query.role, &cursor.0)).unwrap_or_default();
    let first = if query.cursor.is_empty() { String::new() } else { address(&query.q, &query.role, "") };
    web::render(&ListPage { page, q: query.q, role: query.role, tabs, lines, next, first })
}

fn address(q: &str, role: &str, cursor: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("q", q), ("role", role), ("cursor", cursor)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { "/admin/accounts".to_owned() } else { format!("/admin/accounts?{query}") }
}

fn role_name(me: &Admin, role: Role) -> String {
    me.t(format!("identity-role-{}", role.as_str()))
}

fn role_names(me: &Admin, roles: &[String]) -> String {
    roles.iter().map(|role| me.t(format!("identity-role-{role}"))).collect::<Vec<_>>().join(", ")
}

fn line(me: &Admin, page: &web::PageFrame, account: &store::Listed) -> Line {
    Line {
        href: format!("/admin/accounts/{}", account.id),
        name: account.name.clone(),
        address: account.address.clone(),
        roles: role_names(me, &account.roles),
        is_closed: account.is_closed,
        second_factor: account.second_factor,
        since: page.day(account.created_at),
    }
}

#[derive(Template)]
#[template(path = "accounts/pages/show.html")]
struct ShowPage {
    page: web::PageFrame,
    path: String,
    name: String,
    address: String,
    roles: String,
    since: String,
    second_factor: String,
    is_closed: bool,
    is_me: bool,
}

async fn show(me: Admin, Path(id): Path<AccountId>) -> web::Result {
    let mut tx = me.begin().await?;
    let account = store::find_listed(&mut tx, id).await?.ok_or(Refused(FaultKind::NotFound))?;
    tx.commit().await?;
    let page = me.page("identity-account-title");
    web::render(&ShowPage {
        path: format!("/admin/accounts/{id}"),
        roles: role_names(&me, &account.roles),
        since: page.day(account.created_at),
        second_factor: me.t(if account.second_factor { "shared-yes" } else { "shared-no" }),
        is_closed: account.is_closed,
        is_me: id == me.actor().account,
        name: account.name,
        address: account.address,
        page,
    })
}

/// Nobody closes the account they are using: the last administrator would lock the house from inside.
async fn close(me: Admin, Path(id): Path<AccountId>) -> web::Result {
    if id == me.actor().account {
        return Err(Refused(FaultKind::conflict("own_account")).into());
    }
    let mut tx = me.begin_system("an administrator closes an account").await?;
    known(&mut tx, id).await?;
    disable(&mut tx, id).await?;
    record(&mut tx, "closed", id).await?;
    tx.commit().await?;
    me.flash_ok("identity-account-closed-done");
    Ok(me.redirect(&format!("/admin/accounts/{id}")))
}

async fn reopen(me: Admin, Path(id): Path<AccountId>) -> web::Result {
    let mut tx = me.begin_system("an administrator opens an account again").await?;
    known(&mut tx, id).await?;
    enable(&mut tx, id).await?;
    record(&mut tx, "reopened", id).await?;
    tx.commit().await?;
    me.flash_ok("identity-account-reopened-done");
    Ok(me.redirect(&format!("/admin/accounts/{id}")))
}

async fn sign_out(me: Admin, Path(id): Path<AccountId>) -> web::Result {
    let mut tx = me.begin_system("an administrator signs an account out").await?;
    known(&mut tx, id).await?;
    sessions::end_all(&mut tx, id, EndedWhy::Revoked).await?;
    record(&mut tx, "signed_out", id).await?;
    tx.commit().await?;
    me.flash_ok("identity-account-signed-out-done");
    Ok(me.redirect(&format!("/admin/accounts/{id}")))
}

async fn known(tx: &mut db::Tx, id: AccountId) -> Result<(), web::Error> {
    store::find_listed(tx, id).await?.ok_or(Refused(FaultKind::NotFound))?;
    Ok(())
}

async fn record(tx: &mut db::Tx, action: &'static str, id: AccountId) -> Result<(), db::Error> {
    let entry = audit::Entry { action, object: "account", object_id: id.uuid(), patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(())
}
