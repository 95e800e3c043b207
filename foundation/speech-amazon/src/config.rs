//! Whether sound may leave, where to, and for which languages.

use kernel::Secret;
use url::Url;

use crate::country_of;

/// Settings of the engine outside.
#[derive(Debug, Clone)]
pub struct Config {
    pub region: String,
    pub key: String,
    pub secret: Secret<String>,
    /// Of a temporary key (AWS STS).
    pub token: Option<Secret<String>>,
    /// BCP 47, as Amazon lists them: `ar-AE`, `fr-FR`.
    pub languages: Vec<String>,
    /// Instead of Amazon's own address, for tests.
    pub url: Option<Url>,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const OUTSIDE: &str = "BEDSIDE_SPEECH_OUTSIDE";
const REGION: &str = "BEDSIDE_SPEECH_AMAZON_REGION";
const KEY: &str = "BEDSIDE_SPEECH_AMAZON_KEY";
const SECRET: &str = "BEDSIDE_SPEECH_AMAZON_SECRET";
const TOKEN: &str = "BEDSIDE_SPEECH_AMAZON_TOKEN";
const LANGUAGES: &str = "BEDSIDE_SPEECH_AMAZON_LANGUAGES";
const URL: &str = "BEDSIDE_SPEECH_AMAZON_URL";

impl Config {
    /// `None` unless a region is set, and also with one where `BEDSIDE_SPEECH_OUTSIDE` is `never`: then no sound leaves, whatever else is
    /// set.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        match setting(OUTSIDE).as_deref() {
            Some("never") => return Ok(None),
            None | Some("allowed") => {}
            Some(_) => return Err(ConfigError { setting: OUTSIDE, problem: "is neither `never` nor `allowed`" }),
        }
        let Some(region) = setting(REGION) else {
            return match [KEY, SECRET, LANGUAGES].into_iter().find(|name| setting(name).is_some()) {
                None => Ok(None),
                Some(_) => Err(ConfigError {
                    setting: REGION,
                    problem: "is needed with the other BEDSIDE_SPEECH_AMAZON settings",
                }),
            };
        };
        if country_of(&region).is_none() {
            return Err(ConfigError {
                setting: REGION,
                problem: "is no region with Amazon Transcribe whose country is known here",
            });
        }
        let needed = |name, problem| setting(name).ok_or(ConfigError { setting: name, problem });
        let key = needed(KEY, "is needed: the access key's id")?;
        let secret = Secret::new(needed(SECRET, "is needed: the secret access key")?);
        let languages = needed(LANGUAGES, "is needed: languages by commas, such as ar-AE,fr-FR")?;
        let languages: Vec<String> = languages.split(',').map(|one| one.trim().to_owned()).collect();
        if !languages.iter().all(|one| is_language(one)) {
            return Err(ConfigError {
                setting: LANGUAGES,
                problem: "must be languages with countries by commas, such as ar-AE,fr-FR",
            });
        }
        // Words are told apart by spaces: marks, sources and the draft live on that.
        if languages.iter().any(|one| ["zh", "ja", "th"].contains(&&one[..2])) {
            return Err(ConfigError {
                setting: LANGUAGES,
                problem: "names a language that is written without spaces between words",
            });
        }
        Ok(Some(Self { region, key, secret, token: setting(TOKEN).map(Secret::new), languages, url: url(setting)? }))
    }

    /// Who is sent sound, as it is kept with a consent: the service and its region.
    pub fn recipient(&self) -> String {
        format!("{} {}", crate::ENGINE, self.region)
    }
}

/// Two or three letters, a hyphen, two capitals: `ar-AE`.
fn is_language(text: &str) -> bool {
    text.split_once('-').is_some_and(|(language, country)| {
        (2..=3).contains(&language.len())
            && language.bytes().all(|letter| letter.is_ascii_lowercase())
            && country.len() == 2
            && country.bytes().all(|letter| letter.is_ascii_uppercase())
    })
}

/// Unencrypted only on this very machine.
fn url(setting: &dyn Fn(&str) -> Option<String>) -> Result<Option<Url>, ConfigError> {
    let Some(text) = setting(URL) else {
        return Ok(None);
    };
    let url = Url::parse(&text).map_err(|_| ConfigError { setting: URL, problem: "is no URL" })?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match url.scheme() {
        "wss" => Ok(Some(url)),
        "ws" if is_here => Ok(Some(url)),
        _ => Err(ConfigError { setting: URL, problem: "must begin with wss://, for what patients say goes there" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changes: &[(&str, Option<&str>)]) -> Result<Option<Config>, ConfigError> {
        let usual = [(REGION, "eu-central-1"), (KEY, "AKIDEXAMPLE"), (SECRET, "secret"), (LANGUAGES, "ar-AE, fr-FR")];
        Config::read(&|asked| match changes.iter().find(|(name, _)| *name == asked) {
            Some((_, value)) => value.map(str::to_owned),
            None => usual.iter().find(|(name, _)| *name == asked).map(|(_, value)| (*value).to_owned()),
        })
    }

    #[test]
    fn whole_settings_are_taken_and_never_means_never() {
        let config = read(&[]).expect("whole").expect("set");
        assert_eq!((config.recipient().as_str(), config.languages.len()), ("Amazon Transcribe eu-central-1", 2));
        assert!(!format!("{config:?}").contains("secret\""), "the secret does not print");
        assert!(read(&[(OUTSIDE, Some("never"))]).expect("whole").is_none());
        assert!(Config::read(&|_| None).expect("nothing").is_none(), "nothing leaves unless it is set");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (name, value) in [
            (OUTSIDE, Some("nevr")),
            (REGION, None),
            (REGION, Some("mars-north-1")),
            (KEY, None),
            (SECRET, None),
            (LANGUAGES, None),
            (LANGUAGES, Some("arabic")),
            (LANGUAGES, Some("zh-CN")),
            (URL, Some("ws://transcribe.example.com")),
        ] {
            assert_eq!(read(&[(name, value)]).expect_err(name).setting, name);
        }
    }
}
