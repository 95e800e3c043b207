//! The way to Amazon, and one person's voice on it.

use std::{sync::Arc, time::Duration};

use kernel::Timestamp;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use speech::{Heard, SpeechError};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{mpsc, oneshot},
    time::{Instant, timeout},
};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{self, protocol::WebSocketConfig},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Config,
    sign::{self, Credentials, Scope},
    stream,
};

/// A connection is made within this, or not at all.
const CONNECT: Duration = Duration::from_secs(8);
/// Pieces of sound that may wait: some ten seconds.
const WAITING: usize = 512;
/// Of these, kept free for ends.
const FOR_ENDS: usize = 32;
/// Amazon's answers are some kilobytes.
const LONGEST_MESSAGE: usize = 1 << 20;
const PATH: &str = "/stream-transcription-websocket";
/// The longest that Amazon takes.
const GOOD_FOR: u32 = 300;

/// Whoever sound goes to and comes from.
pub(crate) trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}
pub(crate) type Socket = WebSocketStream<Box<dyn Line>>;

/// The operator's account at Amazon. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    config: Config,
    tls: Arc<ClientConfig>,
    tasks: TaskTracker,
}

/// The time at a moment of the machine's own clock: signatures carry the time, which is the database's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    now: Timestamp,
    since: Instant,
}

impl Client {
    /// # Errors
    /// When TLS cannot be set up, which is a fault of the program.
    pub fn new(config: Config) -> Result<Self, SpeechError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| SpeechError::Start(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { inside: Arc::new(Inside { config, tls: Arc::new(tls), tasks: TaskTracker::new() }) })
    }

    /// Languages that are sent there.
    pub fn languages(&self) -> &[String] {
        &self.inside.config.languages
    }

    /// Who is sent sound.
    pub fn recipient(&self) -> String {
        self.inside.config.recipient()
    }

    /// A voice in this language. Nothing is connected before something is said. Once `stop` is cancelled no sound leaves any more; what
    /// was sent before is still answered.
    pub fn voice(&self, language: &str, now: Timestamp, stop: CancellationToken) -> Voice {
        let (commands, inbox) = mpsc::channel(WAITING);
        let clock = Clock { now, since: Instant::now() };
        let dead = CancellationToken::new();
        let carried = stream::carry(self.clone(), (language.to_owned(), clock), (inbox, stop, dead.clone()));
        self.inside.tasks.spawn(carried);
        Voice { commands, dead, is_whole: true }
    }

    /// A new stream.
    pub(crate) async fn connect(&self, language: &str, clock: Clock) -> Result<Socket, SpeechError> {
        timeout(CONNECT, self.open(language, clock)).await.map_err(|_| lost("no connection in time"))?
    }

    async fn open(&self, language: &str, clock: Clock) -> Result<Socket, SpeechError> {
        let config = &self.inside.config;
        let usual = format!("wss://transcribestreaming.{}.amazonaws.com:8443", config.region);
        let base = config.url.as_ref().map_or(usual.as_str(), url::Url::as_str).trim_end_matches('/');
        let (scheme, host) = base.split_once("://").ok_or_else(|| lost("no address"))?;
        let at = clock.now.plus(jiff::SignedDuration::try_from(clock.since.elapsed()).unwrap_or_default());
        let at = at.jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
        let scope = Scope {
            host,
            path: PATH,
            region: &config.region,
            service: "transcribe",
            expires: GOOD_FOR,
            payload: &sign::hex_sha256(b""),
        };
        let credentials = Credentials {
            key: &config.key,
            secret: config.secret.expose(),
            token: config.token.as_ref().map(|token| token.expose().as_str()),
        };
        let rate = speech::SAMPLE_RATE.to_string();
        let own = [("language-code", language), ("media-encoding", "pcm"), ("sample-rate", rate.as_str())];
        let query = sign::query(scope, credentials, &at, &own);
        let is_plain = scheme == "ws";
        let (name, port) = host.rsplit_once(':').unwrap_or((host, if is_plain { "80" } else { "443" }));
        let port: u16 = port.parse().map_err(|_| lost("no address"))?;
        let line = TcpStream::connect((name.trim_matches(['[', ']']), port)).await.map_err(lost)?;
        line.set_nodelay(true).map_err(lost)?;
        let line: Box<dyn Line> = if is_plain {
            Box::new(line)
        } else {
            let server = ServerName::try_from(name.to_owned()).map_err(lost)?;
            Box::new(TlsConnector::from(Arc::clone(&self.inside.tls)).connect(server, line).await.map_err(lost)?)
        };
        let bounds =
            WebSocketConfig::default().max_message_size(Some(LONGEST_MESSAGE)).max_frame_size(Some(LONGEST_MESSAGE));
        let url = format!("{scheme}://{host}{PATH}?{query}");
        let (socket, _) = client_async_with_config(url, line, Some(bounds)).await.map_err(refused)?;
        Ok(socket)
    }
}

/// The URL is not in the text: it holds a signature.
fn refused(error: tungstenite::Error) -> SpeechError {
    match error {
        tungstenite::Error::Http(answer) if answer.status() == 429 => SpeechError::Throttled,
        tungstenite::Error::Http(answer) => lost(format!("it answers {}", answer.status())),
        other => lost(other),
    }
}

pub(crate) fn lost(why: impl std::fmt::Display) -> SpeechError {
    SpeechError::Lost(why.to_string())
}

pub(crate) enum Command {
    Sound(Vec<f32>),
    End(oneshot::Sender<Result<Heard, SpeechError>>),
}

/// What one person says. Utterances are answered in order.
#[derive(Debug)]
pub struct Voice {
    commands: mpsc::Sender<Command>,
    dead: CancellationToken,
    /// Nothing of the utterance had to be left out.
    is_whole: bool,
}

impl Voice {
    /// It was given up: nothing that is said is heard any more.
    pub fn is_dead(&self) -> bool {
        self.dead.is_cancelled()
    }

    /// More of an utterance (mono at [`speech::SAMPLE_RATE`]).
    pub fn say(&mut self, sound: &[f32]) {
        if self.is_whole && !sound.is_empty() {
            let has_room = self.commands.capacity() > FOR_ENDS;
            self.is_whole = has_room && self.commands.try_send(Command::Sound(sound.to_vec())).is_ok();
        }
    }

    /// The utterance has ended. What was said in it is answered later; `Behind` where not all of it found a place.
    pub fn end(&mut self) -> oneshot::Receiver<Result<Heard, SpeechError>> {
        let (reply, answer) = oneshot::channel();
        let was_whole = std::mem::replace(&mut self.is_whole, true);
        let sent = self.commands.try_send(Command::End(reply)).is_ok();
        if was_whole && sent {
            return answer;
        }
        let (reply, behind) = oneshot::channel();
        let _ = reply.send(Err(SpeechError::Behind));
        behind
    }
}
