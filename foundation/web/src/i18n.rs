//! Words from `ui/locales/`, by Fluent key. What a language lacks is said in English; what nobody says is the key itself.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use fluent::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::{Direction, Locale};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/locales"]
struct Files;

static BUNDLES: LazyLock<HashMap<Locale, FluentBundle<FluentResource>>> =
    LazyLock::new(|| Locale::ALL.into_iter().map(|locale| (locale, bundle(locale))).collect());

/// The words of a key, with its variables. Numbers among them choose plural forms.
pub fn text(locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
    find(locale, key, args).unwrap_or_else(|| {
        tracing::warn!(key, "i18n.missing");
        key.to_owned()
    })
}

pub(crate) fn text_of(locale: Locale, key: &str, args: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    text(locale, key, &args)
}

/// For keys that are put together from data: `None` where nobody wrote words for this one.
pub fn text_if_known(locale: Locale, key: &str) -> Option<String> {
    find(locale, key, &[])
}

/// Reads all words now, so that the first request does not wait for it.
pub(crate) fn warm() {
    LazyLock::force(&BUNDLES);
}

fn find(locale: Locale, key: &str, args: &[(&str, &str)]) -> Option<String> {
    [locale, Locale::En].into_iter().find_map(|locale| {
        let bundle = BUNDLES.get(&locale)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, argument(value));
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&values), &mut errors);
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "i18n.incomplete");
        }
        Some(Cow::into_owned(said))
    })
}

/// A number chooses a plural form; a code with leading zeros stays the text it is.
fn argument(value: &str) -> FluentValue<'_> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = !digits.is_empty()
        && digits.len() <= 9
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if is_number { FluentValue::try_number(value) } else { FluentValue::from(value) }
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Right-to-left text keeps Latin names and numbers whole by isolating them (UAX #9).
    bundle.set_use_isolating(locale.direction() == Direction::RightToLeft);
    let folder = format!("{}/", locale.tag());
    for name in Files::iter().filter(|name| name.starts_with(&folder) && name.ends_with(".ftl")) {
        let Some(file) = Files::get(&name) else { continue };
        let resource = match FluentResource::try_new(String::from_utf8_lossy(&file.data).into_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(%name, ?errors, "i18n.unreadable");
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%name, ?errors, "i18n.said_twice");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_choose_the_plural_and_codes_stay_as_they_are() {
        assert_eq!(text(Locale::En, "shared-minutes", &[("count", "1")]), "1 minute");
        assert_eq!(text(Locale::En, "shared-minutes", &[("count", "5")]), "5 minutes");
        assert!(matches!(argument("012345"), FluentValue::String(_)));
        assert!(matches!(argument("4.5"), FluentValue::String(_)));
    }

    #[test]
    fn a_key_nobody_wrote_is_said_as_itself() {
        assert_eq!(text(Locale::Ar, "no-such-key", &[]), "no-such-key");
        assert_eq!(text_if_known(Locale::En, "no-such-key"), None);
    }
}
