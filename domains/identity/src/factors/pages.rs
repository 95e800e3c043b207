//! `/account/security`: second factors and password of one's own account.

use askama::Template;
use axum::{extract::Path, response::Response};
use kernel::{FaultKind, FieldError, Secret};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Form, Json, SignedIn};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::{Overview, passkeys, recovery_codes, secured, totp};
use crate::{
    accounts,
    door::{self, Refused},
    letters,
    passwords::{self, NewPassword, Strength},
    sessions::{self, EndedWhy, Factor, Opened},
    sign_in::pages::site,
    throttle,
};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/account/security", show)
        .post::<SignedIn, _, _>("/account/security/password", change_password)
        .get::<SignedIn, _, _>("/account/security/totp", totp_show)
        .post::<SignedIn, _, _>("/account/security/totp", totp_confirm)
        .post::<SignedIn, _, _>("/account/security/totp/removal", totp_remove)
        .post::<SignedIn, _, _>("/account/security/recovery-codes", new_codes)
        .post::<SignedIn, _, _>("/account/security/passkeys/options", passkey_options)
        .post::<SignedIn, _, _>("/account/security/passkeys", passkey_add)
        .post::<SignedIn, _, _>("/account/security/passkeys/{passkey}/removal", passkey_remove)
}

#[derive(Template)]
#[template(path = "factors/pages/security.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the page shows or leaves out, each by itself")]
struct SecurityPage {
    page: web::PageFrame,
    tab: &'static str,
    is_patient: bool,
    must_enrol: bool,
    has_factor: bool,
    totp_since: Option<String>,
    passkeys: Vec<KeyLine>,
    codes_left: String,
    password_hint: String,
    /// Adding a factor asks for the password.
    asks_password: bool,
}

struct KeyLine {
    id: Uuid,
    name: String,
    text: String,
}

#[derive(Template)]
#[template(path = "factors/pages/totp.html")]
struct TotpPage {
    page: web::PageFrame,
    qr: String,
    readable: String,
    asks_password: bool,
}

#[derive(Template)]
#[template(path = "factors/pages/codes.html")]
struct CodesPage {
    page: web::PageFrame,
    codes: Vec<String>,
    next: &'static str,
}

async fn show(me: SignedIn) -> web::Result {
    web::render(&security_page(&me, Vec::new()).await?)
}

async fn security_page(me: &SignedIn, errors: Vec<FieldError>) -> Result<SecurityPage, web::Error> {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let overview = Overview::load(&mut tx, actor.account).await?;
    tx.commit().await?;
    let page = me.page("identity-security-title").with_errors(errors);
    let left = overview.codes_left.to_string();
    let min = strength(actor).min_chars().to_string();
    Ok(SecurityPage {
        tab: "security",
        is_patient: actor.patient().is_some(),
        must_enrol: actor.must_enrol,
        has_factor: overview.any(),
        totp_since: overview.totp_since.map(|at| page.tr("identity-totp-since", [("since", page.day(at).as_str())])),
        passkeys: overview.passkeys.iter().map(|key| key_line(&page, key)).collect(),
        codes_left: page.tr("identity-codes-left", [("left", left.as_str())]),
        password_hint: page.tr("identity-password-hint", [("min", min.as_str())]),
        asks_password: !is_fresh(me).await?,
        page,
    })
}

fn key_line(page: &web::PageFrame, key: &passkeys::Listed) -> KeyLine {
    let added = page.day(key.created_at);
    let text = match key.last_used_at {
        Some(at) => page.tr("identity-passkey-line-used", [("added", added.as_str()), ("used", page.day(at).as_str())]),
        None => page.tr("identity-passkey-line", [("added", added.as_str())]),
    };
    KeyLine { id: key.id, name: key.name.clone(), text }
}

fn strength(actor: &access::Actor) -> Strength {
    if actor.is_staff() { Strength::WithSecondFactor } else { Strength::Alone }
}

/// The current password again, before anything that guards the account changes. Slowed like a sign-in.
async fn knows_password(me: &SignedIn, typed: String) -> Result<bool, web::Error> {
    let account = me.actor().account.to_string();
    let network = door::origin(me).network;
    let subject = format!("{account}|{}", network.as_str());
    door::throttle(me).pass(&[(throttle::SIGN_IN, subject.as_str())]).await?;
    let mut tx = me.begin().await?;
    let stored = accounts::store::find_own(&mut tx, me.actor().account).await?.and_then(|own| own.password_hash);
    tx.commit().await?;
    let right = passwords::verify(stored, Secret::new(typed)).await?;
    if right {
        door::throttle(me).forget(throttle::SIGN_IN, &subject).await?;
    }
    Ok(right)
}

/// Minutes for which a sign-in counts as proof enough to add a factor.
const FRESH_MINUTES: i64 = 5;

/// Signed in just now: adding a factor needs no password again. A desk left alone, or a stolen session, is not enough.
async fn is_fresh(me: &SignedIn) -> Result<bool, web::Error> {
    let mut tx = me.begin().await?;
    let proved = sessions::store::find_proved_at(&mut tx, me.actor().session).await?;
    let now = tx.now();
    tx.commit().await?;
    Ok(proved.is_some_and(|at| at.plus_minutes(FRESH_MINUTES) > now))
}

async fn may_add(me: &SignedIn, typed: String) -> Result<bool, web::Error> {
    Ok(is_fresh(me).await? || knows_password(me, typed).await?)
}

async fn refuse(me: &SignedIn, field: &'static str, key: &'static str) -> web::Result {
    web::render_status(422, &security_page(me, door::one(field, key)).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PasswordForm {
    current: String,
    password: String,
}

async fn change_password(me: SignedIn, Form(form): Form<PasswordForm>) -> web::Result {
    let actor = me.actor();
    let password = match NewPassword::parse(&form.password, strength(actor), &[&actor.name]) {
        Ok(password) => password,
        Err(error) => return web::render_status(422, &security_page(&me, vec![error]).await?),
    };
    if !knows_password(&me, form.current).await? {
        return refuse(&me, "current", "identity-password-wrong").await;
    }
    let hash = passwords::hash(&password).await?;
    let mut tx = me.begin_system("password change").await?;
    accounts::store::set_password(&mut tx, actor.account, &hash).await?;
    sessions::end_others(&mut tx, actor.account, actor.session, EndedWhy::PasswordChanged).await?;
    let factor = sessions::factor_of(&mut tx, actor.session).await?;
    let session = sessions::rotate(&mut tx, actor.session, actor.account, factor, &door::origin(&me)).await?;
    if let Some(to) = accounts::recipient(&mut tx, actor.account).await? {
        letters::password_changed(&mut tx, &door::sender(&me), &to).await?;
    }
    tx.commit().await?;
    Ok(back(&me, &session, "identity-password-saved"))
}

/// Back to the security page in the rotated session.
fn back(me: &SignedIn, session: &Opened, flash: &'static str) -> Response {
    me.flash_ok(flash);
    sessions::set_cookie(me.app(), me.redirect("/account/security"), session)
}

async fn totp_show(me: SignedIn) -> web::Result {
    web::render(&totp_page(&me, Vec::new()).await?)
}

async fn totp_page(me: &SignedIn, errors: Vec<FieldError>) -> Result<TotpPage, web::Error> {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let own = accounts::store::find_own(&mut tx, actor.account).await?.ok_or(Refused(FaultKind::NotFound))?;
    let account_name = own.email.or(own.phone).unwrap_or(own.name);
    let enrolment = totp::start(&mut tx, me.app().vault(), actor.account, me.app().brand(), &account_name).await?;
    tx.commit().await?;
    let qr =
        qrcode::QrCode::new(enrolment.otpauth_url.expose().as_bytes()).map_err(|_| Refused(FaultKind::Internal))?;
    let qr = qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    // The drawing stands inside a page: without its XML declaration.
    let qr = qr.split_once("?>").map_or(qr.clone(), |(_, svg)| svg.to_owned());
    let page = me.page("identity-totp-setup-title").with_errors(errors);
    let asks_password = !is_fresh(me).await?;
    Ok(TotpPage { page, qr, readable: enrolment.readable.expose().clone(), asks_password })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CodeForm {
    code: String,
    password: String,
}

async fn totp_confirm(me: SignedIn, Form(form): Form<CodeForm>) -> web::Result {
    let actor = me.actor();
    door::throttle(&me).pass(&[(throttle::SECOND_FACTOR, &actor.account.to_string())]).await?;
    if !may_add(&me, form.password).await? {
        let errors = door::one("password", "identity-password-wrong");
        return web::render_status(422, &totp_page(&me, errors).await?);
    }
    let mut tx = me.begin_system("second factor").await?;
    match totp::confirm(&mut tx, me.app().vault(), actor.account, &form.code).await {
        Ok(()) => {}
        Err(totp::TotpError::Wrong) => {
            drop(tx);
            return web::render_status(422, &totp_page(&me, door::one("code", "identity-code-wrong")).await?);
        }
        Err(error) => return Err(error.into()),
    }
    let codes = recovery_codes::issue(&mut tx, actor.account).await?;
    let session = change(&me, &mut tx, Factor::SecondFactor).await?;
    tx.commit().await?;
    Ok(sessions::set_cookie(me.app(), codes_page(&me, &codes)?, &session))
}

/// The factors have changed: rotate, end the others, tell the owner.
async fn change(me: &SignedIn, tx: &mut db::Tx, factor: Factor) -> Result<Opened, web::Error> {
    let actor = me.actor();
    Ok(secured(tx, &door::sender(me), actor.account, actor.session, factor, &door::origin(me)).await?)
}

fn codes_page(me: &SignedIn, codes: &[Secret<String>]) -> web::Result {
    let codes = codes.iter().map(|code| code.expose().clone()).collect();
    web::render(&CodesPage { page: me.page("identity-codes-page-title"), codes, next: "/home" })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ProofForm {
    totp_password: String,
    codes_password: String,
    password: String,
}

async fn totp_remove(me: SignedIn, Form(form): Form<ProofForm>) -> web::Result {
    if !knows_password(&me, form.totp_password).await? {
        return refuse(&me, "totp_password", "identity-password-wrong").await;
    }
    let account = me.actor().account;
    let mut tx = me.begin_system("second factor").await?;
    totp::remove(&mut tx, account).await?;
    let session = after_removal(&me, &mut tx).await?;
    tx.commit().await?;
    Ok(back(&me, &session, "identity-totp-removed"))
}

/// Without any factor left the codes go too, and the session is only as strong as the password that was just typed.
async fn after_removal(me: &SignedIn, tx: &mut db::Tx) -> Result<Opened, web::Error> {
    let account = me.actor().account;
    let factor = if Overview::load(tx, account).await?.any() {
        sessions::factor_of(tx, me.actor().session).await?
    } else {
        recovery_codes::remove(tx, account).await?;
        Factor::Password
    };
    change(me, tx, factor).await
}

async fn new_codes(me: SignedIn, Form(form): Form<ProofForm>) -> web::Result {
    if !knows_password(&me, form.codes_password).await? {
        return refuse(&me, "codes_password", "identity-password-wrong").await;
    }
    let account = me.actor().account;
    let mut tx = me.begin_system("second factor").await?;
    if !Overview::load(&mut tx, account).await?.any() {
        return Err(Refused(FaultKind::NotFound).into());
    }
    let codes = recovery_codes::issue(&mut tx, account).await?;
    let factor = sessions::factor_of(&mut tx, me.actor().session).await?;
    let session = change(&me, &mut tx, factor).await?;
    tx.commit().await?;
    Ok(sessions::set_cookie(me.app(), codes_page(&me, &codes)?, &session))
}

async fn passkey_options(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let own = accounts::store::find_own(&mut tx, actor.account).await?.ok_or(Refused(FaultKind::NotFound))?;
    let user_name = own.email.or(own.phone).unwrap_or_else(|| own.name.clone());
    let ceremony = passkeys::start_enrolment(&mut tx, site(&me), actor.account, &user_name, &own.name).await?;
    tx.commit().await?;
    web::json(&ceremony)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPasskey {
    ceremony: Uuid,
    name: String,
    #[serde(default)]
    password: String,
    credential: RegisterPublicKeyCredential,
}

#[derive(Serialize)]
struct GoTo {
    next: &'static str,
}

async fn passkey_add(me: SignedIn, Json(new): Json<NewPasskey>) -> web::Result {
    let name: String = new.name.trim().chars().filter(|c| !c.is_control()).take(60).collect();
    if name.is_empty() {
        return Err(Refused(FaultKind::invalid("passkey-name", "identity-passkey-name-missing")).into());
    }
    if !may_add(&me, new.password).await? {
        return Err(Refused(FaultKind::invalid("passkey-password", "identity-password-wrong")).into());
    }
    let account = me.actor().account;
    let mut tx = me.begin_system("second factor").await?;
    passkeys::finish_enrolment(&mut tx, site(&me), account, new.ceremony, &name, &new.credential).await?;
    let session = change(&me, &mut tx, Factor::Passkey).await?;
    tx.commit().await?;
    me.flash_ok("identity-passkey-added");
    let answer = me.with_flash(web::json(&GoTo { next: "/account/security" })?);
    Ok(sessions::set_cookie(me.app(), answer, &session))
}

async fn passkey_remove(me: SignedIn, Path(id): Path<Uuid>, Form(form): Form<ProofForm>) -> web::Result {
    if !knows_password(&me, form.password).await? {
        return refuse(&me, "password", "identity-password-wrong").await;
    }
    let mut tx = me.begin_system("second factor").await?;
    if !passkeys::remove(&mut tx, me.actor().account, id).await? {
        return Err(Refused(FaultKind::NotFound).into());
    }
    let session = after_removal(&me, &mut tx).await?;
    tx.commit().await?;
    Ok(back(&me, &session, "identity-passkey-removed"))
}
