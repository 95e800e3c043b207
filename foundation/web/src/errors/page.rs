use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::FaultKind;

use crate::{Ctx, PageFrame, i18n};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: PageFrame,
    status: u16,
    title: String,
    text: String,
    rule: Option<String>,
    who_can_change: Option<String>,
    reference: String,
}

/// Title and text of a refusal, in the person's language.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) text: String,
}

pub(super) fn page(ctx: &Ctx, status: StatusCode, kind: &FaultKind) -> Response {
    if *kind == FaultKind::SignInNeeded {
        let next = if ctx.inside().headers.contains_key("x-fragment") { "/" } else { ctx.here() };
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        return ctx.redirect(&format!("/sign-in?{query}"));
    }
    let Words { title, text } = words(ctx, status, kind);
    let (rule, who_can_change) = match kind {
        FaultKind::Forbidden(refusal) => (
            Some(i18n::text_of(ctx.locale(), refusal.rule, &refusal.facts)),
            Some(i18n::text_of(ctx.locale(), refusal.who_can_change, &refusal.facts)),
        ),
        _ => (None, None),
    };
    let reference = if status.is_server_error() { ctx.request_id().to_string() } else { String::new() };
    let page = PageFrame::new(ctx, title.clone());
    let shown = ErrorPage { page, status: status.as_u16(), title, text, rule, who_can_change, reference }.render();
    let html = shown.unwrap_or_else(|_| status.to_string());
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

pub(super) fn words(ctx: &Ctx, status: StatusCode, kind: &FaultKind) -> Words {
    let locale = ctx.locale();
    let word = |name: &str, part: &str| i18n::text(locale, &format!("web-{name}-{part}"), &[]);
    match kind {
        _ if status == StatusCode::METHOD_NOT_ALLOWED => both(word, "method"),
        FaultKind::NotFound => both(word, "not-found"),
        FaultKind::Forbidden(_) => both(word, "forbidden"),
        FaultKind::SignInNeeded => both(word, "sign-in"),
        FaultKind::TooLarge => both(word, "too-large"),
        FaultKind::Unavailable => both(word, "unavailable"),
        FaultKind::Internal => both(word, "internal"),
        FaultKind::RateLimited { retry_after_seconds } => {
            let minutes = retry_after_seconds.div_ceil(60).to_string();
            let text = i18n::text(locale, "web-rate-limited-text", &[("minutes", minutes.as_str())]);
            Words { title: word("rate-limited", "title"), text }
        }
        FaultKind::Invalid(errors) => {
            let lines = errors.iter().map(|error| i18n::text_of(locale, error.message_key, &error.args));
            Words { title: word("invalid", "title"), text: lines.collect::<Vec<_>>().join(" ") }
        }
        FaultKind::Conflict { code, .. } => {
            let key = format!("web-conflict-{}", code.replace('_', "-"));
            let known = i18n::text_if_known(locale, &key);
            Words { title: word("conflict", "title"), text: known.unwrap_or_else(|| word("conflict", "text")) }
        }
    }
}

fn both(word: impl Fn(&str, &str) -> String, name: &str) -> Words {
    Words { title: word(name, "title"), text: word(name, "text") }
}
