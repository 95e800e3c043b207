//! `/sign-up` and the code behind it.

use askama::Template;
use axum::extract::Path;
use identity::{
    door::{self, Refused},
    passwords,
    passwords::Strength,
    registrations::{self, BeginRegistration, CODE_MINUTES, Registration},
    sessions, throttle,
};
use kernel::{Fault, FaultKind, FieldError, Locale, ids::RegistrationId};
use serde::Deserialize;
use web::{Form, Query, Visitor};

use super::{
    Completed, complete,
    form::{BirthDate, SignUp, SignUpForm},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/sign-up", "anyone may become a patient", show)
        .public_post("/sign-up", "anyone may become a patient", submit)
        .public_get("/sign-up/{registration}", "who has no account yet proves the address here", code_show)
        .public_post("/sign-up/{registration}", "who has no account yet proves the address here", code_submit)
        .public_post("/sign-up/{registration}/code", "who has no account yet may ask for a new code", code_resend)
}

#[derive(Template)]
#[template(path = "sign_up/pages/sign_up.html")]
struct SignUpPage {
    page: web::PageFrame,
    form: SignUpForm,
    next_query: String,
    password_hint: String,
    locales: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "sign_up/pages/code.html")]
struct CodePage {
    page: web::PageFrame,
    id: RegistrationId,
    text: String,
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn show(me: Visitor, Query(query): Query<NextQuery>) -> web::Result {
    let next = door::next_path(&query.next).to_owned();
    if me.actor_opt().is_some() {
        return Ok(me.redirect(if next.is_empty() { "/home" } else { &next }));
    }
    let form = SignUpForm {
        locale: me.locale().tag().to_owned(),
        time_zone: me.zone().name().to_owned(),
        next,
        ..SignUpForm::default()
    };
    web::render(&sign_up_page(&me, form, Vec::new()))
}

async fn submit(me: Visitor, Form(form): Form<SignUpForm>) -> web::Result {
    let form = SignUpForm { next: door::next_path(&form.next).to_owned(), ..form };
    let today = me.today().await?;
    let sign_up = match form.check(today, BirthDate::Asked) {
        Ok(sign_up) => sign_up,
        Err(errors) => return web::render_status(422, &sign_up_page(&me, form, errors)),
    };
    match begin(&me, sign_up, form.next.clone()).await {
        Ok(registration) => Ok(me.redirect(&format!("/sign-up/{}", registration.id))),
        Err(error) => match error.kind() {
            FaultKind::RateLimited { retry_after_seconds } => {
                let wait = FieldError::new("address", "identity-sign-in-wait").with("seconds", retry_after_seconds);
                web::render_status(429, &sign_up_page(&me, form, vec![wait]))
            }
            _ => Err(error),
        },
    }
}

/// The limits, then the hash, then the registration with its code.
pub(super) async fn begin(me: &Visitor, new: SignUp, next: String) -> Result<Registration, web::Error> {
    let origin = door::origin(me);
    let network = origin.network.as_str().to_owned();
    let address = new.address.text().to_owned();
    let mut limits = vec![
        (throttle::REGISTRATION_NETWORK, network.as_str()),
        (throttle::CODE_NETWORK, network.as_str()),
        (throttle::CODE_ADDRESS, address.as_str()),
    ];
    if new.address.as_phone().is_some() {
        limits.push((throttle::SMS_HOUSE, "house"));
    }
    door::throttle(me).pass(&limits).await?;
    let password_hash = passwords::hash(&new.password).await?;
    let command = BeginRegistration {
        address: new.address,
        name: new.name,
        birth_date: new.birth_date,
        password_hash,
        locale: new.locale,
        zone: new.zone,
        next,
        origin,
    };
    let mut tx = me.begin_system("sign up").await?;
    let registration = registrations::begin(&mut tx, me.app().vault(), &door::sender(me), command).await?;
    tx.commit().await?;
    Ok(registration)
}

fn sign_up_page(me: &Visitor, form: SignUpForm, errors: Vec<FieldError>) -> SignUpPage {
    let page = me.page("people-sign-up-title").with_errors(errors);
    let min = Strength::Alone.min_chars().to_string();
    SignUpPage {
        password_hint: page.tr("identity-password-hint", [("min", min.as_str())]),
        next_query: door::next_query(&form.next),
        locales: Locale::ALL.iter().map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned())).collect(),
        zones: door::zones(),
        page,
        form,
    }
}

async fn code_show(me: Visitor, Path(id): Path<RegistrationId>) -> web::Result {
    let registration = waiting(&me, id).await?;
    web::render(&code_page(&me, &registration, Vec::new()))
}

async fn waiting(me: &Visitor, id: RegistrationId) -> Result<Registration, web::Error> {
    let mut tx = me.begin_system("sign up").await?;
    let registration = registrations::find(&mut tx, id).await?;
    tx.commit().await?;
    registration.ok_or_else(|| Refused(FaultKind::NotFound).into())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CodeForm {
    code: String,
}

async fn code_submit(me: Visitor, Path(id): Path<RegistrationId>, Form(form): Form<CodeForm>) -> web::Result {
    let registration = waiting(&me, id).await?;
    if form.code.trim().is_empty() {
        let missing = FieldError::new("code", "people-code-missing");
        return web::render_status(422, &code_page(&me, &registration, vec![missing]));
    }
    let origin = door::origin(&me);
    door::throttle(&me).pass(&[(throttle::CODE_TRIES_NETWORK, origin.network.as_str())]).await?;
    let mut tx = me.begin_system("sign up").await?;
    let completed = complete(&mut tx, me.app().vault(), id, &form.code, &origin).await?;
    tx.commit().await?;
    let error = match completed {
        Completed::Done(done) => {
            me.flash_ok("people-sign-up-done");
            let next = if done.next.is_empty() { "/home" } else { done.next.as_str() };
            return Ok(sessions::set_cookie(me.app(), me.redirect(next), &done.session));
        }
        Completed::Wrong { tries_left } => FieldError::new("code", "people-code-wrong").with("left", tries_left),
        Completed::Dead => FieldError::new("code", "people-code-dead"),
    };
    web::render_status(422, &code_page(&me, &registration, vec![error]))
}

async fn code_resend(me: Visitor, Path(id): Path<RegistrationId>) -> web::Result {
    let registration = waiting(&me, id).await?;
    let network = door::origin(&me).network;
    let mut limits =
        vec![(throttle::CODE_NETWORK, network.as_str()), (throttle::CODE_ADDRESS, registration.address.text())];
    if registration.address.as_phone().is_some() {
        limits.push((throttle::SMS_HOUSE, "house"));
    }
    if let Err(error) = door::throttle(&me).pass(&limits).await {
        return match error.kind() {
            FaultKind::RateLimited { retry_after_seconds } => {
                let minutes = retry_after_seconds.div_ceil(60);
                let wait = FieldError::new("code", "people-code-wait").with("minutes", minutes);
                web::render_status(429, &code_page(&me, &registration, vec![wait]))
            }
            _ => Err(error.into()),
        };
    }
    let mut tx = me.begin_system("sign up").await?;
    registrations::resend(&mut tx, me.app().vault(), &door::sender(&me), id).await?;
    tx.commit().await?;
    me.flash_ok("people-code-sent-again");
    Ok(me.redirect(&format!("/sign-up/{id}")))
}

fn code_page(me: &Visitor, registration: &Registration, errors: Vec<FieldError>) -> CodePage {
    let page = me.page("people-code-title").with_errors(errors);
    let address = registration.address.masked();
    let minutes = CODE_MINUTES.to_string();
    let text = page.tr("people-code-text", [("address", address.as_str()), ("minutes", minutes.as_str())]);
    CodePage { page, id: registration.id, text }
}
