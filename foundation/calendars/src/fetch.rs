//! Fetch what lies at an address that a person gave.

use std::{
    io::Read as _,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use flate2::read::{GzDecoder, ZlibDecoder};
use kernel::Secret;
use reqwest::{Method, Response, StatusCode, header, redirect::Policy};
use url::{Host, Url};

use crate::{address::is_public, caldav};

/// Larger than any calendar of one person; also what compressed bytes may unpack to.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// For everything: names, redirects, the last byte.
const PATIENCE: Duration = Duration::from_secs(10);
const MOST_REDIRECTS: usize = 3;

/// Names to addresses.
#[async_trait]
pub trait Resolve: Send + Sync + 'static {
    async fn resolve(&self, host: &str, port: u16) -> std::io::Result<Vec<IpAddr>>;
}

/// As this machine resolves names.
struct System;

#[async_trait]
impl Resolve for System {
    async fn resolve(&self, host: &str, port: u16) -> std::io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, port)).await?.map(|address| address.ip()).collect())
    }
}

/// How far fetching reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses by https.
    World,
    /// Besides, this very machine, also by http: for tests and demonstrations.
    WorldAndHere,
}

/// What to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A calendar file.
    File,
    /// A collection that is asked for its events (RFC 4791).
    CalDav,
}

#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: Secret<String>,
}

#[derive(Clone, Debug)]
pub struct Source {
    pub url: Url,
    pub kind: Kind,
    pub login: Option<Login>,
    /// As it was told with the last answer: unchanged is not fetched again.
    pub tag: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// As when the tag was told.
    Unchanged,
    Calendar {
        text: String,
        tag: Option<String>,
    },
}

/// Why nothing was fetched. The words are for a log; a page has its own for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("the address is not one that may be asked")]
    Forbidden,
    #[error("the name is not known")]
    NoSuchHost,
    #[error("nobody answers there")]
    Unreachable,
    #[error("it took too long")]
    TooSlow,
    #[error("it is too large")]
    TooLarge,
    #[error("it redirects too often, or nowhere")]
    Redirects,
    #[error("user and password are not accepted")]
    Denied,
    #[error("there is nothing at the address")]
    Gone,
    #[error("the server answers {0}")]
    Status(u16),
    #[error("what lies there is no calendar")]
    NoCalendar,
}

impl FetchError {
    /// For a column and the keys of words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::NoSuchHost => "no_such_host",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
            Self::Redirects => "redirects",
            Self::Denied => "denied",
            Self::Gone => "gone",
            Self::Status(_) => "status",
            Self::NoCalendar => "no_calendar",
        }
    }
}

/// Fetches calendars. Cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    names: Arc<dyn Resolve>,
    reach: Reach,
    patience: Duration,
}

impl std::fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Fetcher {
    pub fn new(reach: Reach) -> Self {
        Self::asking(Arc::new(System), reach)
    }

    /// With another way from names to addresses.
    pub fn asking(names: Arc<dyn Resolve>, reach: Reach) -> Self {
        Self { names, reach, patience: PATIENCE }
    }

    /// With less patience than ten seconds.
    #[must_use]
    pub const fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Whether an address may be stored at all; where its name leads is seen with every fetch.
    pub fn allows(&self, url: &Url) -> bool {
        let is_plain = url.username().is_empty() && url.password().is_none();
        let has_port = url.port_or_known_default().is_some_and(|port| port == 443 || port >= 1024);
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
            Some(Host::Domain(_)) => None,
            None => return false,
        };
        let scheme = match url.scheme() {
            "https" => true,
            // In the clear only to this very machine, by its address: a name may lead elsewhere tomorrow.
            "http" => self.reach == Reach::WorldAndHere && literal.is_some_and(|address| address.is_loopback()),
            _ => false,
        };
        is_plain && has_port && scheme && literal.is_none_or(|address| self.may_ask(address))
    }

    /// What lies at the address. Nothing of it is trusted but its size.
    pub async fn fetch(&self, source: &Source) -> Result<Fetched, FetchError> {
        tokio::time::timeout(self.patience, self.follow(source)).await.map_err(|_| FetchError::TooSlow)?
    }

    async fn follow(&self, source: &Source) -> Result<Fetched, FetchError> {
        let mut url = source.url.clone();
        for _ in 0..=MOST_REDIRECTS {
            // Whoever is sent elsewhere does not take the password along.
            let is_home = url.origin() == source.url.origin();
            let answer = self.ask(&url, source, is_home).await?;
            if !answer.status().is_redirection() || answer.status() == StatusCode::NOT_MODIFIED {
                return take(answer, source.kind).await;
            }
            let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            url = to.and_then(|to| url.join(to).ok()).ok_or(FetchError::Redirects)?;
        }
        Err(FetchError::Redirects)
    }

    async fn ask(&self, url: &Url, source: &Source, is_home: bool) -> Result<Response, FetchError> {
        if !self.allows(url) {
            return Err(FetchError::Forbidden);
        }
        let client = self.client(url).await?;
        let mut request = match source.kind {
            Kind::File => client.get(url.clone()).header(header::ACCEPT, "text/calendar"),
            Kind::CalDav => {
                let report = Method::from_bytes(b"REPORT").map_err(|_| FetchError::Unreachable)?;
                client
                    .request(report, url.clone())
                    .header("depth", "1")
                    .header(header::CONTENT_TYPE, "application/xml; charset=utf-8")
                    .body(caldav::QUERY)
            }
        };
        request = request.header(header::ACCEPT_ENCODING, "identity, gzip;q=0.5");
        if let Some(login) = source.login.as_ref().filter(|_| is_home) {
            request = request.basic_auth(&login.user, Some(login.password.expose()));
        }
        if let Some(tag) = source.tag.as_ref().filter(|_| is_home) {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        request
            .send()
            .await
            .map_err(|error| if error.is_timeout() { FetchError::TooSlow } else { FetchError::Unreachable })
    }

    /// A client that reaches nothing but the addresses that were just looked at: the name is not asked a second time.
    async fn client(&self, url: &Url) -> Result<reqwest::Client, FetchError> {
        let pinned = match url.host() {
            Some(Host::Domain(name)) => Some((name, self.looked_at(name, url).await?)),
            _ => None,
        };
        let mut builder = reqwest::Client::builder()
            .timeout(self.patience)
            .redirect(Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .user_agent("Bedside calendar reader");
        if let Some((name, addresses)) = &pinned {
            builder = builder.resolve_to_addrs(name, addresses);
        }
        builder.build().map_err(|_| FetchError::Unreachable)
    }

    /// Where a name leads. One address that leads inside condemns them all: who mixes them has something in mind.
    async fn looked_at(&self, name: &str, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        let port = url.port_or_known_default().ok_or(FetchError::Forbidden)?;
        let found = self.names.resolve(name, port).await.map_err(|_| FetchError::NoSuchHost)?;
        if found.is_empty() {
            return Err(FetchError::NoSuchHost);
        }
        if !found.iter().all(|address| self.may_ask(*address)) {
            return Err(FetchError::Forbidden);
        }
        Ok(found.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }

    fn may_ask(&self, address: IpAddr) -> bool {
        is_public(address) || (self.reach == Reach::WorldAndHere && address.is_loopback())
    }
}

async fn take(answer: Response, kind: Kind) -> Result<Fetched, FetchError> {
    match answer.status() {
        StatusCode::NOT_MODIFIED => return Ok(Fetched::Unchanged),
        StatusCode::OK | StatusCode::MULTI_STATUS => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(FetchError::Denied),
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err(FetchError::Gone),
        other => return Err(FetchError::Status(other.as_u16())),
    }
    let text = |name: header::HeaderName| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
    let tag = text(header::ETAG).filter(|tag| kind == Kind::File && tag.len() <= 200);
    let encoding = text(header::CONTENT_ENCODING).unwrap_or_default().to_ascii_lowercase();
    let packed = read(answer).await?;
    let bytes = match encoding.as_str() {
        "" | "identity" => packed,
        "gzip" | "x-gzip" => unpack(GzDecoder::new(packed.as_slice()))?,
        "deflate" => unpack(ZlibDecoder::new(packed.as_slice()))?,
        _ => return Err(FetchError::NoCalendar),
    };
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let text = match kind {
        Kind::File => text,
        Kind::CalDav => caldav::calendars(&text).ok_or(FetchError::NoCalendar)?,
    };
    if kind == Kind::File && !is_calendar(&text) {
        return Err(FetchError::NoCalendar);
    }
    Ok(Fetched::Calendar { text, tag })
}

async fn read(mut answer: Response) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| FetchError::Unreachable)? {
        if bytes.len() + part.len() > MOST_BYTES {
            return Err(FetchError::TooLarge);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// What is packed small may be large: it is unpacked no further than it may be.
fn unpack(packed: impl std::io::Read) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    packed.take(most + 1).read_to_end(&mut bytes).map_err(|_| FetchError::NoCalendar)?;
    if bytes.len() > MOST_BYTES { Err(FetchError::TooLarge) } else { Ok(bytes) }
}

/// Whatever the server calls it: a calendar begins as one.
fn is_calendar(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}
