//! `/recovery` and `/invitations/{token}`: set a password by a link from a letter.

use askama::Template;
use axum::extract::Path;
use kernel::FieldError;
use serde::Deserialize;
use web::{Form, Visitor};

use super::{Purpose, RedeemError, find, recover, redeem};
use crate::{
    accounts::Address,
    door,
    passwords::{self, NewPassword, Strength},
    throttle,
};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/recovery", "whoever forgot a password cannot sign in", ask_show)
        .public_post("/recovery", "whoever forgot a password cannot sign in", ask)
        .public_get("/recovery/{token}", "the link is the key", recovery_show)
        .public_post("/recovery/{token}", "the link is the key", recovery_save)
        .public_get("/invitations/{token}", "the link is the key", invitation_show)
        .public_post("/invitations/{token}", "the link is the key", invitation_save)
}

#[derive(Template)]
#[template(path = "links/pages/ask.html")]
struct AskPage {
    page: web::PageFrame,
    address: String,
}

#[derive(Template)]
#[template(path = "links/pages/sent.html")]
struct SentPage {
    page: web::PageFrame,
    text: String,
}

#[derive(Template)]
#[template(path = "links/pages/set_password.html")]
struct SetPasswordPage {
    page: web::PageFrame,
    text: String,
    action: String,
    password_hint: String,
}

#[derive(Template)]
#[template(path = "links/pages/dead.html")]
struct DeadPage {
    page: web::PageFrame,
    text: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AskForm {
    address: String,
}

async fn ask_show(me: Visitor) -> web::Result {
    web::render(&AskPage { page: me.page("identity-recovery-title"), address: String::new() })
}

/// The same page whether the address has an account or not.
async fn ask(me: Visitor, Form(form): Form<AskForm>) -> web::Result {
    let address = match Address::parse(&form.address) {
        Ok(address) => address,
        Err(error) => {
            let page = me.page("identity-recovery-title").with_errors(vec![error.for_field("address")]);
            return web::render_status(422, &AskPage { page, address: form.address });
        }
    };
    let network = door::origin(&me).network;
    door::throttle(&me)
        .pass(&[(throttle::RECOVERY_ADDRESS, address.text()), (throttle::RECOVERY_NETWORK, network.as_str())])
        .await?;
    let mut tx = me.begin_system("recovery").await?;
    recover(&mut tx, &door::sender(&me), &address).await?;
    tx.commit().await?;
    let page = me.page("identity-recovery-sent-title");
    let minutes = Purpose::Recovery.minutes().to_string();
    let args = [("address", address.text()), ("minutes", minutes.as_str())];
    let text = page.tr("identity-recovery-sent-text", args);
    web::render(&SentPage { page, text })
}

async fn recovery_show(me: Visitor, Path(token): Path<String>) -> web::Result {
    show(&me, Purpose::Recovery, &token).await
}

async fn recovery_save(me: Visitor, Path(token): Path<String>, Form(form): Form<PasswordForm>) -> web::Result {
    save(&me, Purpose::Recovery, &token, form).await
}

async fn invitation_show(me: Visitor, Path(token): Path<String>) -> web::Result {
    show(&me, Purpose::Invitation, &token).await
}

async fn invitation_save(me: Visitor, Path(token): Path<String>, Form(form): Form<PasswordForm>) -> web::Result {
    save(&me, Purpose::Invitation, &token, form).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PasswordForm {
    password: String,
}

/// Opening the link changes nothing: mail scanners open links.
async fn show(me: &Visitor, purpose: Purpose, token: &str) -> web::Result {
    if is_alive(me, purpose, token).await? {
        web::render(&set_password_page(me, purpose, token, Vec::new()))
    } else {
        dead(me)
    }
}

async fn save(me: &Visitor, purpose: Purpose, token: &str, form: PasswordForm) -> web::Result {
    let network = door::origin(me).network;
    door::throttle(me).pass(&[(throttle::LINK_TRIES_NETWORK, network.as_str())]).await?;
    // A guessed link must not cost a hash.
    if !is_alive(me, purpose, token).await? {
        return dead(me);
    }
    let password = match NewPassword::parse(&form.password, strength(purpose), &[]) {
        Ok(password) => password,
        Err(error) => return web::render_status(422, &set_password_page(me, purpose, token, vec![error])),
    };
    let hash = passwords::hash(&password).await?;
    let mut tx = me.begin_system("link").await?;
    match redeem(&mut tx, &door::sender(me), purpose, token, &hash).await {
        Ok(_) => tx.commit().await?,
        Err(RedeemError::Dead) => return dead(me),
        Err(error) => return Err(error.into()),
    }
    me.flash_ok(match purpose {
        Purpose::Recovery => "identity-recovery-done",
        Purpose::Invitation => "identity-invitation-done",
    });
    Ok(me.redirect("/sign-in"))
}

async fn is_alive(me: &Visitor, purpose: Purpose, token: &str) -> Result<bool, web::Error> {
    let mut tx = me.begin_system("link").await?;
    let account = find(&mut tx, purpose, token).await?;
    tx.commit().await?;
    Ok(account.is_some())
}

/// The invited are staff, who must set up a second factor next.
const fn strength(purpose: Purpose) -> Strength {
    match purpose {
        Purpose::Recovery => Strength::Alone,
        Purpose::Invitation => Strength::WithSecondFactor,
    }
}

fn set_password_page(me: &Visitor, purpose: Purpose, token: &str, errors: Vec<FieldError>) -> SetPasswordPage {
    let (title, text) = match purpose {
        Purpose::Recovery => ("identity-recovery-set-title", "identity-recovery-set-text"),
        Purpose::Invitation => ("identity-invitation-title", "identity-invitation-text"),
    };
    let page = me.page(title).with_errors(errors);
    let min = strength(purpose).min_chars().to_string();
    let password_hint = page.tr("identity-password-hint", [("min", min.as_str())]);
    SetPasswordPage { page, text: me.t(text), action: purpose.path(token), password_hint }
}

fn dead(me: &Visitor) -> web::Result {
    let page = me.page("identity-link-dead-title");
    web::render_status(404, &DeadPage { page, text: me.t("identity-link-dead-text") })
}
