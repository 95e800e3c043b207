//! What is excused, and why: `tools/lint/exceptions.toml`.

use serde::Deserialize;

use crate::finding::Finding;
use crate::tree::Tree;

const FILE: &str = "tools/lint/exceptions.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Excuses findings of `rule` in files whose path begins with `path`, and, where given, whose message contains `about`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    rule: String,
    path: String,
    #[serde(default)]
    about: String,
    reason: String,
}

impl Exceptions {
    pub(crate) fn read(tree: &Tree) -> Result<Self, toml::de::Error> {
        tree.file(FILE).map_or_else(|| Ok(Self::default()), |file| toml::from_str(&file.text))
    }

    pub(crate) fn without_excused(&self, found: Vec<Finding>) -> Vec<Finding> {
        let mut kept = Vec::new();
        let mut needed = vec![false; self.exception.len()];
        for finding in found {
            match self.exception.iter().position(|exception| exception.excuses(&finding)) {
                Some(index) => needed[index] = true,
                None => kept.push(finding),
            }
        }
        for (exception, needed) in self.exception.iter().zip(needed) {
            if !needed {
                let what = format!("nothing needs the excuse for {} in {}: remove it", exception.rule, exception.path);
                kept.push(Finding::new("exceptions", FILE, 1, what));
            }
            if exception.reason.split_whitespace().count() < 3 {
                kept.push(Finding::new("exceptions", FILE, 1, format!("say why {} is excused", exception.path)));
            }
        }
        kept
    }
}

impl Exception {
    fn excuses(&self, finding: &Finding) -> bool {
        finding.rule == self.rule && finding.path.starts_with(&self.path) && finding.message.contains(&self.about)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excusing(path: &str) -> Exceptions {
        let text = format!("[[exception]]\nrule = \"sql\"\npath = \"{path}\"\nreason = \"it is the queue\"");
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn an_excused_finding_is_dropped_and_another_kept() {
        let found =
            vec![Finding::new("sql", "foundation/jobs/src/run.rs", 3, "x"), Finding::new("sql", "other.rs", 1, "y")];
        let kept = excusing("foundation/jobs/").without_excused(found);
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].path, "other.rs");
    }

    #[test]
    fn an_excuse_that_nothing_needs_is_a_finding() {
        assert_eq!(excusing("nowhere/").without_excused(Vec::new())[0].rule, "exceptions");
    }
}
