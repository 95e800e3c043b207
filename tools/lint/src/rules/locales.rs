//! Every language says the same: each key that is used exists in all of them with the same variables, and none is unused.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::rules::is_test;
use crate::source::Source;
use crate::tree::{File, Tree};

/// The language that the others are compared with.
const FIRST: &str = "en";
/// Calls whose first argument is a key.
const CALLS: &[&str] = &[".t(", ".tr(", ".flash_ok(", ".flash_error(", ".page("];

#[derive(Debug)]
struct Message {
    path: String,
    line: usize,
    variables: BTreeSet<String>,
    refers_to: BTreeSet<String>,
}

type Messages = BTreeMap<String, Message>;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut languages: BTreeMap<&str, Messages> = BTreeMap::new();
    let mut found = Vec::new();
    for file in &tree.files {
        if let Some((language, _)) = file.path.strip_prefix("ui/locales/").and_then(|rest| rest.split_once('/')) {
            for (key, message) in messages(file) {
                if let Some(twice) = languages.entry(language).or_default().insert(key.clone(), message) {
                    found.push(Finding::new("locales", &twice.path, twice.line, format!("`{key}` is said twice")));
                }
            }
        }
    }
    let Some(first) = languages.get(FIRST) else { return found };
    for (language, other) in languages.iter().filter(|(language, _)| **language != FIRST) {
        compare(first, language, other, &mut found);
    }
    used_and_known(tree, first, &mut found);
    found
}

fn compare(first: &Messages, language: &str, other: &Messages, found: &mut Vec<Finding>) {
    for (key, message) in first {
        match other.get(key) {
            None => found.push(Finding::new(
                "locales",
                &message.path,
                message.line,
                format!("`{key}` is missing in {language}"),
            )),
            Some(translated) if translated.variables != message.variables => {
                let wanted = format!("`{key}` has other variables than in {FIRST}: {:?}", message.variables);
                found.push(Finding::new("locales", &translated.path, translated.line, wanted));
            }
            Some(_) => {}
        }
    }
    for (key, message) in other.iter().filter(|(key, _)| !first.contains_key(*key)) {
        found.push(Finding::new("locales", &message.path, message.line, format!("`{key}` is missing in {FIRST}")));
    }
}

fn used_and_known(tree: &Tree, known: &Messages, found: &mut Vec<Finding>) {
    let mut named = BTreeSet::new();
    let mut prefixes = BTreeSet::new();
    let mut suffixes = BTreeSet::new();
    let mut joined = false;
    let places = ["domains/", "foundation/", "server/", "ui/"];
    let sources = tree.files.iter().filter(|file| places.iter().any(|place| file.path.starts_with(place)));
    for file in sources.filter(|file| !file.path.starts_with("ui/locales/")) {
        for (line, called) in called_keys(file) {
            if !known.contains_key(&called) && !is_test(&file.path) {
                found.push(Finding::new(
                    "locales",
                    &file.path,
                    line,
                    format!("`{called}` is in no ui/locales/{FIRST} file"),
                ));
            }
        }
        for text in quoted(file) {
            // `specialty-{code}` makes every key that begins so a used one.
            if let Some((prefix, _)) =
                text.split_once('{').filter(|(prefix, _)| is_key(prefix) && prefix.ends_with('-'))
            {
                prefixes.insert(prefix.to_owned());
            }
            if text.ends_with('-') && is_key(&text) {
                prefixes.insert(text.clone());
            }
            // `{key}-subject` makes a used one of every key that is named up to there.
            if let Some((_, suffix)) = text.split_once("}-").filter(|(open, end)| open.starts_with('{') && is_key(end))
            {
                suffixes.insert(format!("-{suffix}"));
            }
            joined |= text.starts_with('{') && text.ends_with('}') && text.matches("}-{").count() == 1;
            named.insert(text);
        }
    }
    for message in known.values() {
        named.extend(message.refers_to.iter().cloned());
    }
    for (key, message) in known {
        let composed = |suffix: &String| key.strip_suffix(suffix.as_str()).is_some_and(|stem| named.contains(stem));
        // `{letter}-{part}` joins two words that are both named somewhere.
        let both = |(stem, word): (&str, &str)| joined && named.contains(stem) && named.contains(word);
        let used = named.contains(key)
            || key.rsplit_once('-').is_some_and(both)
            || prefixes.iter().any(|prefix| key.starts_with(prefix))
            || suffixes.iter().any(composed);
        if !used {
            found.push(Finding::new("locales", &message.path, message.line, format!("nobody says `{key}`: remove it")));
        }
    }
}

/// Keys as literal arguments of the calls that take one.
fn called_keys(file: &File) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    if !["rs", "html", "txt"].iter().any(|extension| file.has_extension(extension)) {
        return keys;
    }
    for (number, line) in file.lines().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for call in CALLS {
            for (at, _) in line.match_indices(call) {
                let argument = line[at + call.len()..].trim_start();
                if let Some((key, rest)) = argument.strip_prefix('"').and_then(|inner| inner.split_once('"'))
                    && is_key(key)
                    && key.contains('-')
                    && rest.starts_with([',', ')'])
                {
                    keys.push((number, key.to_owned()));
                }
            }
        }
    }
    keys
}

/// Everything in quotes that may be a key, or the beginning of one.
fn quoted(file: &File) -> Vec<String> {
    if file.has_extension("rs") {
        return Source::parse(&file.text).literals.into_iter().map(|literal| literal.text).collect();
    }
    file.text.split(['"', '\'', '`']).filter(|text| text.len() < 120).map(str::to_owned).collect()
}

fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// The messages of a Fluent file: a key at the start of a line, and what follows up to the next.
fn messages(file: &File) -> Vec<(String, Message)> {
    let mut found: Vec<(String, Message)> = Vec::new();
    for (line, text) in file.lines().filter(|(_, text)| !text.starts_with('#')) {
        let key = text.split_once('=').map(|(key, _)| key.trim_end());
        if let Some(key) = key.filter(|key| is_key(key)) {
            let message =
                Message { path: file.path.clone(), line, variables: BTreeSet::new(), refers_to: BTreeSet::new() };
            found.push((key.to_owned(), message));
        }
        if let Some((_, message)) = found.last_mut() {
            message
                .variables
                .extend(words_after(text, '$').filter(|word| word.starts_with(|c: char| c.is_alphabetic())));
            message.refers_to.extend(words_after(text, '{').filter(|word| is_key(word)));
        }
    }
    found
}

/// `{ $name }` → `name` after `$`; `{ other-key }` → `other-key` after `{`.
fn words_after(text: &str, mark: char) -> impl Iterator<Item = String> {
    text.split(mark).skip(1).map(|rest| {
        let rest = rest.trim_start();
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::a_tree;
    use super::*;

    fn messages_of(english: &str, arabic: &str, code: &str) -> Vec<String> {
        let tree = a_tree(&[
            ("ui/locales/en/x.ftl", english),
            ("ui/locales/ar/x.ftl", arabic),
            ("domains/x/src/pages.rs", code),
        ]);
        check(&tree).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn languages_that_say_the_same_are_clean() {
        let english =
            "x-hello = Hello { $name } for $30,\n    nice day\nx-state-open = Open\nx-mail-code-subject = S\n";
        let arabic = "x-hello = مرحبا { $name }\nx-state-open = مفتوح\nx-mail-code-subject = ع\n";
        let code = "page.t(\"x-hello\"); page.t(&format!(\"x-state-{state}\")); tell(\"x-mail-code\"); format!(\"{key}-subject\")";
        assert_eq!(messages_of(english, arabic, code), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_unused_or_unknown_is_found() {
        let found = messages_of("x-a = { $n }\nx-b = B\n", "x-a = A\nx-c = C\n", "page.t(\"x-a\"); page.t(\"x-d\");");
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(found.iter().any(|message| message.contains("`x-a` has other variables")));
        assert!(found.iter().any(|message| message == "`x-b` is missing in ar"));
        assert!(found.iter().any(|message| message == "`x-c` is missing in en"));
        assert!(found.iter().any(|message| message.contains("nobody says `x-b`")));
        assert!(found.iter().any(|message| message.contains("`x-d` is in no")));
    }
}
