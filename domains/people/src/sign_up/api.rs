//! `POST /api/v1/registrations` and its verification.

use axum::extract::Path;
use identity::{
    door::{self, Refused},
    registrations::Channel,
    throttle,
};
use kernel::{
    FaultKind, LocalDate, Timestamp,
    ids::{AccountId, PatientId, RegistrationId},
};
use serde::{Deserialize, Serialize};
use web::{Json, Visitor};

use super::{
    Completed, complete,
    form::{BirthDate, SignUpForm},
    pages::begin,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_public_post::<NewRegistration, RegistrationView, _, _>(
            "/api/v1/registrations",
            "Sign up: a code is sent to the address",
            "anyone may become a patient",
            create,
        )
        .api_public_post::<Code, SignedUpView, _, _>(
            "/api/v1/registrations/{registration}/verification",
            "Prove the address by its code",
            "who has no account yet proves the address here",
            verify,
        )
}

/// Either `email` or `phone`.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRegistration {
    name: String,
    #[serde(default)]
    email: Option<String>,
    /// E.164, such as `+8801712345678`.
    #[serde(default)]
    phone: Option<String>,
    password: String,
    #[serde(default = "english")]
    locale: String,
    #[serde(default = "utc")]
    time_zone: String,
    #[serde(default)]
    birth_date: Option<LocalDate>,
}

fn english() -> String {
    "en".to_owned()
}

fn utc() -> String {
    "UTC".to_owned()
}

/// The same for a new and for a known address.
#[derive(Serialize, schemars::JsonSchema)]
struct RegistrationView {
    id: RegistrationId,
    channel: Channel,
    expires_at: Timestamp,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Code {
    /// Six digits.
    code: String,
}

#[derive(Serialize, schemars::JsonSchema)]
struct SignedUpView {
    token: String,
    account_id: AccountId,
    patient_id: PatientId,
}

async fn create(me: Visitor, Json(new): Json<NewRegistration>) -> web::Result {
    if new.email.is_some() == new.phone.is_some() {
        return Err(Refused(FaultKind::invalid("email", "identity-address-missing")).into());
    }
    let born = new.birth_date.map(LocalDate::jiff);
    let form = SignUpForm {
        full_name: new.name,
        address: new.email.or(new.phone).unwrap_or_default(),
        password: new.password,
        birth_date_day: born.map(|date| date.day().to_string()).unwrap_or_default(),
        birth_date_month: born.map(|date| date.month().to_string()).unwrap_or_default(),
        birth_date_year: born.map(|date| date.year().to_string()).unwrap_or_default(),
        locale: new.locale,
        time_zone: new.time_zone,
        next: String::new(),
    };
    let sign_up =
        form.check(me.today().await?, BirthDate::Later).map_err(|errors| Refused(FaultKind::Invalid(errors)))?;
    let registration = begin(&me, sign_up, String::new()).await?;
    let view =
        RegistrationView { id: registration.id, channel: registration.channel, expires_at: registration.expires_at };
    web::json_status(202, &view)
}

async fn verify(me: Visitor, Path(id): Path<RegistrationId>, Json(typed): Json<Code>) -> web::Result {
    let origin = door::origin(&me);
    door::throttle(&me).pass(&[(throttle::CODE_TRIES_NETWORK, origin.network.as_str())]).await?;
    let mut tx = me.begin_system("sign up").await?;
    let completed = complete(&mut tx, me.app().vault(), id, &typed.code, &origin).await?;
    tx.commit().await?;
    match completed {
        Completed::Done(done) => web::created(&SignedUpView {
            token: done.session.token.expose().clone(),
            account_id: done.session.account,
            patient_id: done.patient,
        }),
        Completed::Wrong { .. } => Err(Refused(FaultKind::invalid("code", "identity-code-wrong")).into()),
        Completed::Dead => Err(Refused(FaultKind::conflict("code_dead")).into()),
    }
}
