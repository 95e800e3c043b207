//! The browser's half of a session: HttpOnly, SameSite=Lax, and `__Host-` where the address is https, so that no
//! neighbouring host can plant one. Without a lifetime: the server's clock decides, and a closed browser forgets.

use axum::{
    http::{HeaderValue, header::SET_COOKIE},
    response::Response,
};
use web::{App, Ctx};

use super::Opened;

const CHALLENGE: &str = "sign-in";

pub fn set_cookie(app: &App, response: Response, session: &Opened) -> Response {
    let response = put(app, response, web::session_cookie_name(app), session.token.expose(), "");
    put(app, response, &challenge_name(app), "", "; Max-Age=0")
}

pub fn clear_cookie(app: &App, response: Response) -> Response {
    put(app, response, web::session_cookie_name(app), "", "; Max-Age=0")
}

/// Between password and second factor.
pub(crate) fn set_challenge_cookie(app: &App, response: Response, token: &str) -> Response {
    put(app, response, &challenge_name(app), token, "; Max-Age=600")
}

pub(crate) fn challenge_token(me: &Ctx) -> Option<String> {
    me.cookie(&challenge_name(me.app())).map(str::to_owned)
}

fn challenge_name(app: &App) -> String {
    if is_https(app) { format!("__Host-{CHALLENGE}") } else { CHALLENGE.to_owned() }
}

fn is_https(app: &App) -> bool {
    app.base_url().scheme() == "https"
}

fn put(app: &App, mut response: Response, name: &str, value: &str, lifetime: &str) -> Response {
    let secure = if is_https(app) { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lifetime}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
