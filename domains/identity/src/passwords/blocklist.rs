//! Passwords that guessers try first. Short on purpose: length does most of the work, this catches the rest.

use std::{collections::HashSet, sync::LazyLock};

static KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("blocklist.txt").lines().map(str::trim).filter(|line| !line.is_empty()).collect());

/// Well known as it stands, without the decoration at its end, repeated, or a run along the keyboard or the alphabet.
pub(super) fn knows(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    KNOWN.contains(lower.as_str())
        || (plain.len() >= 4 && KNOWN.contains(plain))
        || unit_of(&lower).is_some_and(|unit| unit.chars().count() < 4 || KNOWN.contains(unit))
        || is_run(&lower)
}

/// The shortest text of which this is a repetition.
fn unit_of(text: &str) -> Option<&str> {
    text.char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .take_while(|at| *at <= text.len() / 2)
        .find(|at| {
            text.len().is_multiple_of(*at) && text.as_bytes().chunks(*at).all(|part| part == &text.as_bytes()[..*at])
        })
        .map(|at| &text[..at])
}

fn is_run(text: &str) -> bool {
    const RUNS: [&str; 5] = [
        "01234567890123456789012345678901",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertyuiop1234567890",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    ];
    let backwards: String = text.chars().rev().collect();
    RUNS.iter().any(|run| run.contains(text) || run.contains(backwards.as_str()))
}
