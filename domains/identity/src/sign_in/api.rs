//! `POST /api/v1/sessions`, its second step, and `DELETE`.

use access::Role;
use axum::extract::Path;
use kernel::{FaultKind, Secret, Timestamp, ids::SessionId};
use serde::{Deserialize, Serialize};
use web::{Json, SignedIn, Visitor};

use super::{Entered, Knock, SecondStep, enter, prove, store};
use crate::{
    door::{self, Refused},
    sessions::{self, EndedWhy, Opened},
    throttle,
    tokens::TokenHash,
};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .api_public_post::<NewSession, SessionView, _, _>(
            "/api/v1/sessions",
            "Sign in",
            "whoever comes in is not in yet",
            create,
        )
        .api_public_post::<SecondFactor, SessionView, _, _>(
            "/api/v1/sessions/{token}/second-factor",
            "Finish signing in with a second factor; `token` is the challenge of the first step",
            "the password was right, nobody is in yet",
            second_factor,
        )
        .api_delete::<SignedIn, (), (), _, _>("/api/v1/sessions/{session}", "Sign out", end)
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewSession {
    /// E-mail address or phone number.
    identifier: String,
    password: String,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct SecondFactor {
    /// Six digits of an authenticator app, or a recovery code.
    code: String,
}

/// A session. `token` goes into `Authorization: Bearer …`; it is shown this once.
#[derive(Serialize, schemars::JsonSchema)]
struct SessionView {
    id: SessionId,
    token: String,
    expires_at: Timestamp,
    roles: Vec<&'static str>,
}

/// The password was right, and a second factor is due.
#[derive(Serialize, schemars::JsonSchema)]
struct ChallengeView {
    challenge: String,
    expires_at: Timestamp,
}

impl From<&Opened> for SessionView {
    fn from(session: &Opened) -> Self {
        Self {
            id: session.id,
            token: session.token.expose().clone(),
            expires_at: session.expires_at,
            roles: session.roles.iter().map(|role: &Role| role.as_str()).collect(),
        }
    }
}

async fn create(me: Visitor, Json(new): Json<NewSession>) -> web::Result {
    let knock = Knock {
        identifier: new.identifier,
        password: Secret::new(new.password),
        next: String::new(),
        origin: door::origin(&me),
    };
    match enter(me.app().db(), door::throttle(&me), knock).await? {
        Entered::Session(session) => web::created(&SessionView::from(&session)),
        Entered::SecondFactorDue(challenge) => {
            let view = ChallengeView { challenge: challenge.token.expose().clone(), expires_at: challenge.expires_at };
            web::json_status(202, &view)
        }
    }
}

async fn second_factor(me: Visitor, Path(token): Path<String>, Json(typed): Json<SecondFactor>) -> web::Result {
    let mut tx = me.begin_system("second factor").await?;
    let challenge = store::find(&mut tx, &TokenHash::of(&token)).await?;
    tx.commit().await?;
    let Some(challenge) = challenge else { return Err(Refused(FaultKind::NotFound).into()) };
    let account = challenge.account.to_string();
    door::throttle(&me).pass(&[(throttle::SECOND_FACTOR, &account)]).await?;
    let mut tx = me.begin_system("second factor").await?;
    let step = prove(&mut tx, me.app().vault(), &token, &typed.code, &door::origin(&me)).await?;
    tx.commit().await?;
    match step {
        SecondStep::Done { session, .. } => {
            door::throttle(&me).forget(throttle::SECOND_FACTOR, &account).await?;
            web::created(&SessionView::from(&session))
        }
        SecondStep::Wrong { .. } => Err(Refused(FaultKind::invalid("code", "identity-code-wrong")).into()),
        SecondStep::Dead => Err(Refused(FaultKind::conflict("challenge_over")).into()),
    }
}

/// One's own session, by its id; another's is not found.
async fn end(me: SignedIn, Path(id): Path<SessionId>) -> web::Result {
    let account = me.actor().account;
    let mut tx = me.begin_system("sign out").await?;
    let ended = sessions::end(&mut tx, account, id, EndedWhy::SignedOut).await?;
    tx.commit().await?;
    if ended { Ok(web::no_content()) } else { Err(Refused(FaultKind::NotFound).into()) }
}
