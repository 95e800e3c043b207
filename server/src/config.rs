//! The configuration of this process: read from the environment once, and refused as a whole, with every mistake named.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use kernel::Secret;
use sqlx::postgres::PgConnectOptions;
use url::Url;

use crate::settings;

/// Invented people and a pretended gateway, or the real thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Demonstration,
    Production,
}

impl Mode {
    pub const fn is_demo(self) -> bool {
        matches!(self, Self::Demonstration)
    }
}

const DEFAULT_ADDR: &str = "127.0.0.1:8080";

/// Which database.
#[derive(Debug, Clone)]
pub enum Database {
    /// Our own, in this folder.
    Private {
        dir: PathBuf,
        bin: Option<PathBuf>,
        caches: Vec<PathBuf>,
    },
    Given {
        runtime: Box<Secret<PgConnectOptions>>,
        owner: Box<Secret<PgConnectOptions>>,
    },
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Where the records are: all that the operator's commands need, so that these work on any machine that has them.
#[derive(Debug, Clone)]
pub struct Basics {
    pub database: Database,
    pub db_connections: u32,
    pub vault: vault::Config,
    pub anchors: audit::AnchorConfig,
}

/// What a process needs that carries media and nothing else.
#[derive(Debug, Clone)]
pub struct MediaConfig {
    pub media: rtc::RtcConfig,
    /// Where servers ask it.
    pub control: SocketAddr,
    pub secret: Secret<String>,
}

/// Everything that a serving process needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    pub basics: Basics,
    pub mode: Mode,
    pub addr: SocketAddr,
    pub internal_addr: Option<SocketAddr>,
    pub base_url: Url,
    pub brand: String,
    pub max_connections: usize,
    pub letters: notify::Config,
    pub payments: gateways::PaymentsConfig,
    pub media: rtc::RtcConfig,
    pub nodes: rtc::NodesConfig,
    pub times: scheduling::Config,
    pub books: billing::Config,
    pub ages: people::dependants::Config,
    pub post: correspondence::Config,
    pub duplicates: people::duplicates::Config,
    pub scribe: consultations::transcripts::Config,
    pub recorder: consultations::recordings::Config,
    pub model: Option<writers::Config>,
    pub intake: intake::Config,
}

/// All that is wrong, a line each.
#[derive(Debug)]
pub struct Mistakes(pub Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The configuration is refused (bedside config --help lists the settings):")?;
        self.0.iter().try_for_each(|mistake| writeln!(f, "  * {mistake}"))
    }
}

impl std::error::Error for Mistakes {}

impl Config {
    /// From the environment. `demo` is the flag of `serve`.
    pub fn from_env(demo: bool) -> Result<Self, Mistakes> {
        let mut reader = Reader::of_environment();
        let config = reader.config(demo);
        reader.answer(config)
    }
}

impl Basics {
    pub fn from_env() -> Result<Self, Mistakes> {
        let mut reader = Reader::of_environment();
        let basics = reader.basics();
        reader.answer(basics)
    }
}

impl MediaConfig {
    pub fn from_env() -> Result<Self, Mistakes> {
        let mut reader = Reader::of_environment();
        let config = reader.media();
        reader.answer(config)
    }
}

/// How browsers reach the server, where that is known: before links that the terminal prints.
pub fn base_url_from_env() -> String {
    let given = lookup("BEDSIDE_BASE_URL");
    given.unwrap_or_else(|| format!("http://{}", lookup("BEDSIDE_ADDR").unwrap_or_else(|| DEFAULT_ADDR.to_owned())))
}

/// The filter and the format of the log, which are needed before anything else.
pub fn log_from_env(on_terminal: bool) -> (String, LogFormat) {
    let filter = lookup("BEDSIDE_LOG").unwrap_or_else(|| "info,sqlx=warn".to_owned());
    let format = match lookup("BEDSIDE_LOG_FORMAT").as_deref() {
        Some("json") => LogFormat::Json,
        Some("text") => LogFormat::Text,
        _ if on_terminal => LogFormat::Text,
        _ => LogFormat::Json,
    };
    (filter, format)
}

/// What is set, for `bedside config`. Secrets show only that they are.
pub fn in_force() -> Vec<(&'static str, String)> {
    let shown = settings::ALL.iter().map(|setting| {
        let value = match lookup(setting.name) {
            None => format!("(not set) {}", setting.default),
            Some(_) if setting.secret => "(set)".to_owned(),
            Some(value) => value,
        };
        (setting.name, value)
    });
    shown.collect()
}

struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    mistakes: Vec<String>,
}

impl Reader<'static> {
    fn of_environment() -> Self {
        let misspelt = names().into_iter().filter(|name| settings::is_misspelt(name));
        Self {
            lookup: &|name| lookup(name),
            mistakes: misspelt.map(|name| format!("{name} is not a setting")).collect(),
        }
    }
}

impl Reader<'_> {
    fn answer<T>(self, read: Option<T>) -> Result<T, Mistakes> {
        read.filter(|_| self.mistakes.is_empty()).ok_or(Mistakes(self.mistakes))
    }

    fn basics(&mut self) -> Option<Basics> {
        let data = self.data();
        let database = self.database(&data);
        let db_connections = self.parsed("BEDSIDE_DB_CONNECTIONS", "20", "a number");
        let vault = vault::Config::read(&data, self.lookup);
        let vault = self.all_of(vault.map_err(|wrong| wrong.iter().map(ToString::to_string).collect()));
        let anchors = audit::AnchorConfig::from_env(&data);
        Some(Basics { database: database?, db_connections: db_connections?, vault: vault?, anchors })
    }

    fn media(&mut self) -> Option<MediaConfig> {
        let media = self.all_of(rtc::RtcConfig::from_env(self.lookup));
        let secret = self.all_of(rtc::NodesConfig::secret_from_env(self.lookup));
        let control = self.parsed("BEDSIDE_MEDIA_CONTROL", "127.0.0.1:9500", "a private address and port");
        Some(MediaConfig { media: media?, control: control?, secret: secret? })
    }

    fn config(&mut self, demo: bool) -> Option<Config> {
        let mode = self.mode(demo);
        let addr = self.parsed("BEDSIDE_ADDR", DEFAULT_ADDR, "an address and port such as 127.0.0.1:8080");
        let internal_addr = match (self.lookup)("BEDSIDE_INTERNAL_ADDR").as_deref() {
            Some("off") => None,
            _ => self.parsed("BEDSIDE_INTERNAL_ADDR", "127.0.0.1:9464", "an address and port, or `off`"),
        };
        let base_url = self.base_url(mode, addr);
        let max_connections = self.parsed("BEDSIDE_MAX_CONNECTIONS", "10000", "a number");
        let basics = self.basics();
        let letters = notify::Config::read(mode.is_demo(), self.lookup);
        let letters = self.all_of(letters.map_err(|wrong| wrong.iter().map(ToString::to_string).collect()));
        let payments = gateways::PaymentsConfig::from_env(mode.is_demo());
        let payments = self.all_of(payments.map_err(|wrong| vec![wrong.to_string()]));
        let media = self.all_of(rtc::RtcConfig::from_env(self.lookup));
        let media =
            media.map(|media| media.with_web_port(addr, base_url.as_ref().is_some_and(|url| url.scheme() == "http")));
        let nodes = self.all_of(rtc::NodesConfig::from_env(self.lookup));
        let times = scheduling::Config::read(self.lookup);
        let times = self.all_of(times.map_err(|wrong| vec![wrong.to_string()]));
        let books = billing::Config::read(self.lookup);
        let books = self.all_of(books.map_err(|wrong| vec![wrong.to_string()]));
        let ages = people::dependants::Config::read(self.lookup);
        let ages = self.all_of(ages.map_err(|wrong| vec![wrong.to_string()]));
        let post = correspondence::Config::read(self.lookup);
        let post = self.all_of(post.map_err(|wrong| vec![wrong.to_string()]));
        let duplicates = people::duplicates::Config::read(self.lookup);
        let duplicates = self.all_of(duplicates.map_err(|wrong| vec![wrong.to_string()]));
        let data = PathBuf::from((self.lookup)("BEDSIDE_DATA").unwrap_or_else(|| "data".into()));
        let scribe = consultations::transcripts::Config::read(&data, self.lookup);
        let scribe = self.all_of(scribe.map_err(|wrong| vec![wrong.to_string()]));
        // A demonstration shows all there is.
        let usual = mode.is_demo().then_some(30);
        let recorder = consultations::recordings::Config::read(usual, self.lookup);
        let recorder = self.all_of(recorder.map_err(|wrong| vec![wrong.to_string()]));
        let model = self.all_of(writers::Config::read(self.lookup).map_err(|wrong| vec![wrong.to_string()]));
        let intake = self.intake(mode);
        let unnamed = if mode.is_demo() { "Meridian Health" } else { "Bedside" };
        let brand = (self.lookup)("BEDSIDE_BRAND").unwrap_or_else(|| unnamed.to_owned());
        Some(Config {
            basics: basics?,
            mode,
            addr: addr?,
            internal_addr,
            base_url: base_url?,
            brand,
            max_connections: max_connections?,
            letters: letters?,
            payments: payments?,
            media: media?,
            nodes: nodes?,
            times: times?,
            books: books?,
            ages: ages?,
            post: post?,
            duplicates: duplicates?,
            scribe: scribe?,
            recorder: recorder?,
            model: model?,
            intake: intake?,
        })
    }

    /// A demonstration has no scanner, and says so.
    fn intake(&mut self, mode: Mode) -> Option<intake::Config> {
        let read = intake::Config::read(&self.data(), self.lookup);
        let read = read.map(|config| match config.scanner {
            intake::Scanner::Missing if mode.is_demo() => intake::Config { scanner: intake::Scanner::Nobody, ..config },
            _ => config,
        });
        self.all_of(read.map_err(|wrong| vec![wrong.to_string()]))
    }

    fn data(&self) -> PathBuf {
        let data = PathBuf::from((self.lookup)("BEDSIDE_DATA").unwrap_or_else(|| "data".into()));
        std::path::absolute(&data).unwrap_or(data)
    }

    /// Demonstration mode opens doors that must be shut where real people are: a configuration that looks real refuses it.
    fn mode(&mut self, demo: bool) -> Mode {
        let env = (self.lookup)("BEDSIDE_ENV");
        match env.as_deref() {
            None | Some("production" | "demonstration") => {}
            Some(_) => self.mistakes.push("BEDSIDE_ENV must be `production` or `demonstration`".into()),
        }
        let demo = demo || env.as_deref() == Some("demonstration");
        if demo {
            let real = [
                (env.as_deref() == Some("production"), "BEDSIDE_ENV is production"),
                (
                    (self.lookup)("BEDSIDE_BASE_URL").is_some_and(|url| url.starts_with("https:")),
                    "BEDSIDE_BASE_URL is https",
                ),
                (
                    (self.lookup)("BEDSIDE_STRIPE_SECRET_KEY").is_some_and(|key| key.contains("_live_")),
                    "Stripe's live key is set",
                ),
            ];
            for (_, why) in real.iter().filter(|(is_real, _)| *is_real) {
                self.mistakes.push(format!("demonstration mode is refused, because {why}"));
            }
        }
        if demo { Mode::Demonstration } else { Mode::Production }
    }

    fn base_url(&mut self, mode: Mode, addr: Option<SocketAddr>) -> Option<Url> {
        let given = (self.lookup)("BEDSIDE_BASE_URL");
        let text = match given {
            Some(text) => text,
            None if mode.is_demo() => format!("http://{}", addr?),
            None => {
                self.mistakes.push(
                    "BEDSIDE_BASE_URL is needed: how browsers reach the server, such as https://care.example.org"
                        .into(),
                );
                return None;
            }
        };
        let Ok(url) = Url::parse(&text) else {
            self.mistakes.push(format!("BEDSIDE_BASE_URL must be a URL; {text:?} is none"));
            return None;
        };
        let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && (here || mode.is_demo())) {
            self.mistakes.push("BEDSIDE_BASE_URL must begin with https://".into());
            return None;
        }
        Some(url)
    }

    fn database(&mut self, data: &Path) -> Option<Database> {
        let Some(text) = (self.lookup)("DATABASE_URL") else {
            let bin = (self.lookup)("PG_BIN").map(PathBuf::from);
            return Some(Database::Private { dir: data.join("postgres"), bin, caches: self.caches() });
        };
        let runtime = self.connection("DATABASE_URL", &text);
        let owner = match (self.lookup)("BEDSIDE_OWNER_URL") {
            Some(text) => self.connection("BEDSIDE_OWNER_URL", &text),
            None => runtime.clone(),
        };
        Some(Database::Given { runtime: Box::new(Secret::new(runtime?)), owner: Box::new(Secret::new(owner?)) })
    }

    fn connection(&mut self, name: &str, text: &str) -> Option<PgConnectOptions> {
        // The parser of the driver takes any scheme.
        let known = text.starts_with("postgres://") || text.starts_with("postgresql://");
        let parsed = PgConnectOptions::from_str(text).ok().filter(|_| known);
        if parsed.is_none() {
            self.mistakes.push(format!("{name} must be like postgres://user:password@host/database"));
        }
        parsed
    }

    /// Where the installer unpacks PostgreSQL when the system has none.
    fn caches(&self) -> Vec<PathBuf> {
        let home = (self.lookup)("HOME").map(|home| PathBuf::from(home).join(".cache"));
        let own = (self.lookup)("XDG_CACHE_HOME").map(PathBuf::from).or(home);
        own.map(|cache| cache.join("bedside")).into_iter().chain([PathBuf::from("/var/cache/bedside")]).collect()
    }

    fn parsed<T: FromStr>(&mut self, name: &str, default: &str, wanted: &str) -> Option<T> {
        let text = (self.lookup)(name).unwrap_or_else(|| default.to_owned());
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.mistakes.push(format!("{name} must be {wanted}; {text:?} is none"));
        }
        parsed
    }

    fn all_of<T>(&mut self, read: Result<T, Vec<String>>) -> Option<T> {
        read.map_err(|wrong| self.mistakes.extend(wrong)).ok()
    }
}

#[expect(clippy::disallowed_methods, reason = "config.rs is where the environment is read")]
fn lookup(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "config.rs is where the environment is read")]
fn names() -> Vec<String> {
    std::env::vars().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read(demo: bool, set: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let set: BTreeMap<String, String> = set.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let mut reader = Reader { lookup: &|name| set.get(name).cloned(), mistakes: Vec::new() };
        let config = reader.config(demo);
        reader.answer(config).map_err(|mistakes| mistakes.0)
    }

    #[test]
    fn a_demonstration_needs_no_setting() {
        let config = read(true, &[]).unwrap();
        assert_eq!(config.base_url.as_str(), "http://127.0.0.1:8080/");
        assert!(matches!(config.basics.database, Database::Private { .. }));
    }

    #[test]
    fn a_configuration_that_looks_real_refuses_the_demonstration() {
        let mistakes =
            read(true, &[("BEDSIDE_ENV", "production"), ("BEDSIDE_BASE_URL", "https://care.example.org")]).unwrap_err();
        assert_eq!(mistakes.iter().filter(|mistake| mistake.contains("refused")).count(), 2, "{mistakes:?}");
        let real = [("BEDSIDE_ENV", "demonstration"), ("BEDSIDE_BASE_URL", "https://care.example.org")];
        assert!(read(false, &real).unwrap_err().iter().any(|mistake| mistake.contains("refused")));
    }

    #[test]
    fn every_mistake_is_listed_at_once() {
        let mistakes =
            read(true, &[("BEDSIDE_ADDR", "here"), ("DATABASE_URL", "mysql://x"), ("BEDSIDE_DB_CONNECTIONS", "many")]);
        let mistakes = mistakes.unwrap_err();
        assert!(mistakes.len() >= 3, "{mistakes:?}");
    }

    #[test]
    fn a_secret_does_not_print() {
        let config = read(true, &[("DATABASE_URL", "postgres://u:hunter2@h/d")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
