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

async fn choose(me: Visitor, Form(choice): Form<Choice>) -> Result {
    // Only ours: anything else leads home.
    let plain = !choice.next.chars().any(|c| c.is_control() || c == '\\');
    let next = if plain && choice.next.starts_with('/') && !choice.next.starts_with("//") {
        choice.next.as_str()
    } else {
        "/"
    };
    let mut response = me.redirect(next);
    if let Ok(locale) = choice.locale.parse::<Locale>() {
        let secure = if me.app().is_https() { "; Secure" } else { "" };
        let cookie = format!("locale={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", locale.tag());
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    Ok(response)
}
