//! Which units there are.

use kernel::Secret;

/// Settings of the nodes.
#[derive(Debug, Clone)]
pub struct NodesConfig {
    /// Whether this process has a unit of its own.
    pub own: bool,
    /// Where the other nodes are asked, such as `http://10.0.0.5:9500`.
    pub urls: Vec<String>,
    /// What this process and the nodes know, and nobody else.
    pub secret: Secret<String>,
}

/// Shorter ones are guessed.
const SHORTEST: usize = 32;

impl NodesConfig {
    /// One unit, in this process.
    pub fn for_tests() -> Self {
        Self { own: true, urls: Vec::new(), secret: Secret::new(String::new()) }
    }

    /// Reads `BEDSIDE_MEDIA_NODES`, `BEDSIDE_MEDIA_SECRET` and `BEDSIDE_MEDIA_OWN`. Every mistake is listed.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut mistakes = Vec::new();
        let nodes = read("BEDSIDE_MEDIA_NODES").unwrap_or_default();
        let urls: Vec<_> = nodes.split(',').map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned).collect();
        if urls.iter().any(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
            mistakes.push("BEDSIDE_MEDIA_NODES must list addresses such as http://10.0.0.5:9500".to_owned());
        }
        let own = match read("BEDSIDE_MEDIA_OWN").as_deref() {
            None | Some("" | "on") => true,
            Some("off") => false,
            Some(_) => {
                mistakes.push("BEDSIDE_MEDIA_OWN must be \"on\" or \"off\"".to_owned());
                true
            }
        };
        if !own && urls.is_empty() {
            mistakes.push("BEDSIDE_MEDIA_OWN=off needs BEDSIDE_MEDIA_NODES: otherwise no call has a place".to_owned());
        }
        let secret = read("BEDSIDE_MEDIA_SECRET").unwrap_or_default();
        if !urls.is_empty() && secret.len() < SHORTEST {
            mistakes.push(too_short());
        }
        if mistakes.is_empty() { Ok(Self { own, urls, secret: Secret::new(secret) }) } else { Err(mistakes) }
    }

    /// The secret alone, for the process of a node.
    pub fn secret_from_env(read: impl Fn(&str) -> Option<String>) -> Result<Secret<String>, Vec<String>> {
        let secret = read("BEDSIDE_MEDIA_SECRET").unwrap_or_default();
        if secret.len() < SHORTEST { Err(vec![too_short()]) } else { Ok(Secret::new(secret)) }
    }
}

fn too_short() -> String {
    format!("BEDSIDE_MEDIA_SECRET must be the same on servers and nodes, and of {SHORTEST} characters at least")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: &[(&str, &str)]) -> Result<NodesConfig, Vec<String>> {
        NodesConfig::from_env(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_set_means_one_unit_here() {
        let config = read(&[]).expect("no mistake");
        assert!(config.own && config.urls.is_empty());
    }

    #[test]
    fn nodes_need_a_secret_and_calls_need_a_place() {
        assert_eq!(read(&[("BEDSIDE_MEDIA_NODES", "http://10.0.0.5:9500")]).expect_err("no secret").len(), 1);
        assert_eq!(read(&[("BEDSIDE_MEDIA_OWN", "off")]).expect_err("no place").len(), 1);
        let long = "0123456789abcdef0123456789abcdef";
        let set = [("BEDSIDE_MEDIA_NODES", "http://a:1, https://b:2"), ("BEDSIDE_MEDIA_SECRET", long)];
        assert_eq!(read(&set).expect("no mistake").urls, ["http://a:1", "https://b:2"]);
    }
}
