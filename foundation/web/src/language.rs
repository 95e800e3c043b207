//! `POST /locale`: the language of this browser.

use axum::http::{HeaderValue, header::SET_COOKIE};
use kernel::Locale;
use serde::Deserialize;

use crate::{Form, Result, Routes, Visitor};

pub(crate) fn routes() -> Routes {
    Routes::new().public_post("/locale", "anyone may choose a language", choose)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choice {
    locale: String,
    next: String,
}

/// An address that a form says to go on to, where it is ours: anything else leads home.
pub fn local_path(next: &str) -> &str {
    let plain = !next.chars().any(|c| c.is_control() || c == '\\');
    if plain && next.starts_with('/') && !next.starts_with("//") { next } else { "/" }
}

async fn choose(me: Visitor, Form(choice): Form<Choice>) -> Result {
    let mut response = me.redirect(local_path(&choice.next));
    if let Ok(locale) = choice.locale.parse::<Locale>() {
        let secure = if me.app().is_https() { "; Secure" } else { "" };
        let cookie = format!("locale={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", locale.tag());
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    Ok(response)
}
