use std::collections::{HashMap, HashSet};

use crate::safety::data::{TABLES, Target, rules, version};

#[test]
fn every_line_of_every_table_is_read() {
    let rules = rules();
    let read: HashMap<&str, usize> = [
        ("classes", rules.classes.len()),
        ("said", rules.said.len()),
        ("allergies", rules.allergies.len()),
        ("interactions", rules.interactions.len()),
        ("duplicates", rules.duplicates.len()),
        ("doses", rules.doses.len()),
        ("renal", rules.renal.len()),
        ("ages", rules.ages.len()),
        ("reproduction", rules.reproduction.len()),
    ]
    .into();
    for (name, text) in TABLES {
        assert!(text.starts_with("# version 20"), "{name} says its version");
        if let Some(read) = read.get(name) {
            assert_eq!(*read, text.lines().count() - 1, "{name}");
        }
    }
    assert_eq!(version().len(), 10);
}

#[test]
fn every_class_that_a_rule_names_is_there_and_every_class_is_named() {
    let rules = rules();
    let known: HashSet<&str> = rules.classes.iter().map(|class| class.name).collect();
    assert_eq!(known.len(), rules.classes.len(), "a class stands once");
    let targets = rules
        .interactions
        .iter()
        .flat_map(|rule| [rule.left, rule.right])
        .chain(rules.renal.iter().map(|rule| rule.target))
        .chain(rules.ages.iter().map(|rule| rule.target))
        .chain(rules.reproduction.iter().map(|rule| rule.target));
    let mut named: HashSet<&str> = targets
        .filter_map(|target| match target {
            Target::Class(name) => Some(name),
            Target::Ingredient(_) => None,
        })
        .collect();
    named.extend(rules.allergies.iter().flat_map(|rule| [rule.cause, rule.given]));
    named.extend(rules.said.iter().map(|(_, class)| *class));
    named.extend(rules.duplicates.iter().map(|rule| rule.class));
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), [&""; 0]);
    assert_eq!(known.difference(&named).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn every_rule_cites_a_source_that_is_listed() {
    let rules = rules();
    let sources = rules
        .allergies
        .iter()
        .map(|rule| rule.source)
        .chain(rules.interactions.iter().map(|rule| rule.source))
        .chain(rules.duplicates.iter().map(|rule| rule.source))
        .chain(rules.doses.iter().map(|rule| rule.source))
        .chain(rules.renal.iter().map(|rule| rule.source))
        .chain(rules.ages.iter().map(|rule| rule.source))
        .chain(rules.reproduction.iter().map(|rule| rule.source));
    for source in sources {
        assert_ne!(rules.citation(source), source, "{source} is listed");
    }
}

#[test]
fn every_word_of_every_rule_is_said_in_every_language() {
    let rules = rules();
    let mut keys: Vec<String> = Vec::new();
    keys.extend(rules.allergies.iter().map(|rule| format!("prescriptions-alert-allergy-{}", rule.rule)));
    keys.extend(rules.interactions.iter().map(|rule| format!("prescriptions-mechanism-{}", rule.mechanism)));
    keys.extend(rules.interactions.iter().map(|rule| format!("prescriptions-advice-{}", rule.management)));
    keys.extend(rules.renal.iter().map(|rule| format!("prescriptions-advice-{}", rule.advice)));
    keys.extend(rules.ages.iter().map(|rule| format!("prescriptions-advice-{}", rule.advice)));
    keys.extend(rules.reproduction.iter().map(|rule| format!("prescriptions-advice-{}", rule.advice)));
    let args = [("ingredient", "x"), ("because", "y")];
    for key in keys {
        for locale in kernel::Locale::ALL {
            let text = web::i18n::text(locale, &key, &args);
            assert!(!text.is_empty() && !text.contains("prescriptions-"), "{key} in {}", locale.tag());
        }
    }
}
