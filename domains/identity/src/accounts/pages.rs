//! `/account`: who one is here, language and time zone.

use askama::Template;
use kernel::{FaultKind, FieldError, Locale};
use serde::Deserialize;
use web::{Form, SignedIn};

use super::{Preferences, set_preferences, store};
use crate::door::{self, Refused};

pub fn routes() -> web::Routes {
    web::Routes::new().get::<SignedIn, _, _>("/account", show).post::<SignedIn, _, _>("/account", save)
}

#[derive(Template)]
#[template(path = "accounts/pages/account.html")]
struct AccountPage {
    page: web::PageFrame,
    tab: &'static str,
    is_patient: bool,
    is_doctor: bool,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    locale: String,
    locales: Vec<(String, String)>,
    time_zone: String,
    zones: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PreferencesForm {
    locale: String,
    time_zone: String,
}

async fn show(me: SignedIn) -> web::Result {
    web::render(&account_page(&me, None, Vec::new()).await?)
}

async fn save(me: SignedIn, Form(form): Form<PreferencesForm>) -> web::Result {
    let wanted = match Preferences::parse(&form.locale, &form.time_zone) {
        Ok(wanted) => wanted,
        Err(errors) => return web::render_status(422, &account_page(&me, Some(form), errors).await?),
    };
    let mut tx = me.begin().await?;
    set_preferences(&mut tx, me.actor().account, &wanted).await?;
    tx.commit().await?;
    me.flash_ok("identity-account-saved");
    Ok(me.redirect("/account"))
}

async fn account_page(
    me: &SignedIn,
    typed: Option<PreferencesForm>,
    errors: Vec<FieldError>,
) -> Result<AccountPage, web::Error> {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let own = store::find_own(&mut tx, actor.account).await?.ok_or(Refused(FaultKind::NotFound))?;
    tx.commit().await?;
    let typed = typed.unwrap_or(PreferencesForm { locale: own.locale, time_zone: own.zone });
    Ok(AccountPage {
        page: me.page("identity-account-title").with_errors(errors),
        tab: "account",
        is_patient: actor.patient().is_some(),
        is_doctor: actor.practitioner.is_some(),
        name: own.name,
        email: own.email,
        phone: own.phone,
        locale: typed.locale,
        locales: Locale::ALL.iter().map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned())).collect(),
        time_zone: typed.time_zone,
        zones: door::zones(),
    })
}
