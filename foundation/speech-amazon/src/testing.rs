//! A double of Amazon Transcribe on this machine, which takes nothing on trust: it works signatures out for itself, from what the URL says,
//! checks each frame, and hears "speech" wherever there is sound.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac,
};
use futures::{SinkExt, StreamExt};
use kernel::Secret;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request, Response},
    },
};

use crate::{Config, frame};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const RATE: usize = 16_000;

/// How one connection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// To its end.
    #[default]
    Well,
    /// The handshake is answered 429.
    Full,
    /// `LimitExceededException`, after some sound.
    Limit,
    /// `InternalFailureException`, after some sound.
    Failure,
    /// The line is cut, after some sound.
    Cut,
    /// A frame whose checksum is wrong, after some sound.
    Garbled,
    /// A partial result, and never a final one.
    Stuck,
}

/// What one connection brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stream {
    pub language: String,
    /// Samples, and those of them that are not silence.
    pub samples: usize,
    pub loud: usize,
    /// It was ended as it should be.
    pub ended: bool,
}

#[derive(Debug, Default)]
struct Book {
    fates: VecDeque<Fate>,
    /// What is said next.
    texts: VecDeque<String>,
    streams: Vec<Stream>,
    wrong: Vec<String>,
}

/// The running double.
#[derive(Debug)]
pub struct Amazon {
    address: SocketAddr,
    book: Arc<Mutex<Book>>,
    _served: JoinSet<()>,
}

impl Amazon {
    /// Hears these utterances, one after another, over connections that go like this; later ones go well.
    pub async fn open(texts: &[&str], fates: &[Fate]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let book = Arc::new(Mutex::new(Book { fates: fates.iter().copied().collect(), texts, ..Book::default() }));
        let kept = Arc::clone(&book);
        let mut served = JoinSet::new();
        served.spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((line, _)) = listener.accept().await {
                lines.spawn(serve(line, address, Arc::clone(&kept)));
            }
        });
        Self { address, book, _served: served }
    }

    /// As an operator would set it.
    pub fn config(&self, languages: &[&str]) -> Config {
        Config {
            region: "eu-central-1".into(),
            key: KEY.into(),
            secret: Secret::new(SECRET.into()),
            token: None,
            languages: languages.iter().map(|one| (*one).to_owned()).collect(),
            url: format!("ws://{}", self.address).parse().ok(),
        }
    }

    /// What came, connection by connection. Fails where something was wrong with it.
    pub fn streams(&self) -> Vec<Stream> {
        let book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(book.wrong.is_empty(), "{:?}", book.wrong);
        book.streams.clone()
    }

    /// What was wrong.
    pub fn wrong(&self) -> Vec<String> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner).wrong.clone()
    }
}

fn with<T>(book: &Mutex<Book>, change: impl FnOnce(&mut Book) -> T) -> T {
    change(&mut book.lock().unwrap_or_else(PoisonError::into_inner))
}

async fn serve(line: TcpStream, address: SocketAddr, book: Arc<Mutex<Book>>) {
    let fate = with(&book, |book| book.fates.pop_front()).unwrap_or_default();
    let mut language = String::new();
    #[expect(clippy::result_large_err, reason = "the shape that the handshake asks for")]
    let judge = |request: &Request, answer: Response| -> Result<Response, ErrorResponse> {
        let refuse = |status: u16| {
            let mut refused = ErrorResponse::new(None);
            *refused.status_mut() = status.try_into().expect("a status");
            refused
        };
        match judged(request, &address.to_string()) {
            Ok(_) if fate == Fate::Full => Err(refuse(429)),
            Ok(asked) => {
                language = asked;
                Ok(answer)
            }
            Err(why) => {
                with(&book, |book| book.wrong.push(why.clone()));
                Err(refuse(403))
            }
        }
    };
    let Ok(socket) = accept_hdr_async(line, judge).await else {
        return;
    };
    let place = with(&book, |book| {
        book.streams.push(Stream { language, ..Stream::default() });
        book.streams.len() - 1
    });
    listen(socket, fate, &book, place).await;
}

/// The language, if the URL is signed as Amazon asks.
fn judged(request: &Request, host: &str) -> Result<String, String> {
    let uri = request.uri();
    if uri.path() != "/stream-transcription-websocket" {
        return Err(format!("path {}", uri.path()));
    }
    if request.headers().get("host").and_then(|value| value.to_str().ok()) != Some(host) {
        return Err("the host is not the one that is signed for".into());
    }
    let query = uri.query().unwrap_or_default();
    let pairs: BTreeMap<&str, &str> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let signature = pairs.get("X-Amz-Signature").ok_or("no signature")?;
    let rest: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| **name != "X-Amz-Signature")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let value = |name: &str| pairs.get(name).copied().ok_or(format!("no {name}"));
    let (at, credential) = (value("X-Amz-Date")?, value("X-Amz-Credential")?.replace("%2F", "/"));
    let scope = format!("{}/eu-central-1/transcribe/aws4_request", at.get(..8).ok_or("no day")?);
    if credential != format!("{KEY}/{scope}") {
        return Err(format!("credential {credential}"));
    }
    if value("X-Amz-Expires")?.parse::<u32>().map_or(true, |seconds| seconds > 300) {
        return Err("good for too long".into());
    }
    let hash = |text: &str| hex::encode(digest(&SHA256, text.as_bytes()));
    let canonical =
        format!("GET\n/stream-transcription-websocket\n{}\nhost:{host}\n\nhost\n{}", rest.join("&"), hash(""));
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", hash(&canonical));
    let mac =
        |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec();
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in scope.split('/') {
        key = mac(&key, part);
    }
    if hex::encode(mac(&key, &text)) != *signature {
        return Err("the signature is wrong".into());
    }
    for (name, wanted) in [("media-encoding", "pcm"), ("sample-rate", "16000"), ("X-Amz-SignedHeaders", "host")] {
        if value(name)? != wanted {
            return Err(format!("{name} is {}", value(name)?));
        }
    }
    Ok(value("language-code")?.to_owned())
}

/// Hears an utterance wherever sound is, and says so when it has been silent for four tenths of a second.
async fn listen(mut socket: WebSocketStream<TcpStream>, fate: Fate, book: &Mutex<Book>, place: usize) {
    let (mut at, mut began, mut last) = (0_usize, None, 0);
    while let Some(Ok(message)) = socket.next().await {
        let Message::Binary(bytes) = message else { continue };
        let samples = match chunk(&bytes) {
            Ok(samples) => samples,
            Err(why) => return with(book, |book| book.wrong.push(why)),
        };
        if with(book, |book| book.streams[place].ended) {
            return with(book, |book| book.wrong.push("sound after the end".into()));
        }
        let loud = samples.iter().filter(|sample| sample.unsigned_abs() > 300).count();
        with(book, |book| {
            let stream = &mut book.streams[place];
            stream.samples += samples.len();
            stream.loud += loud;
            stream.ended |= samples.is_empty();
        });
        if loud > 0 {
            began.get_or_insert(at);
            last = at + samples.len();
        }
        at += samples.len();
        let Some(from) = began else { continue };
        let heard = at > from + RATE / 2;
        let out = match fate {
            Fate::Cut if heard => return,
            Fate::Limit if heard => exception("LimitExceededException"),
            Fate::Failure if heard => exception("InternalFailureException"),
            Fate::Garbled if heard => {
                let mut broken = result("x", (from, last), true);
                broken[20] ^= 1;
                broken
            }
            _ if at < last + RATE * 2 / 5 || fate == Fate::Stuck => result("…", (from, last), true),
            _ => {
                began = None;
                let text = with(book, |book| book.texts.pop_front()).unwrap_or_else(|| "something".into());
                result(&text, (from, last), false)
            }
        };
        if socket.send(Message::Binary(out.into())).await.is_err() {
            return;
        }
    }
}

/// Samples of a frame that is as it must be.
fn chunk(bytes: &[u8]) -> Result<Vec<i16>, String> {
    let message = frame::decode(bytes).map_err(|error| error.to_string())?;
    for (name, wanted) in
        [(":message-type", "event"), (":event-type", "AudioEvent"), (":content-type", "application/octet-stream")]
    {
        if message.headers.get(name).map(String::as_str) != Some(wanted) {
            return Err(format!("{name} is {:?}", message.headers.get(name)));
        }
    }
    if message.payload.len() % 2 == 1 || message.payload.len() > 32_000 {
        return Err(format!("a chunk of {} bytes", message.payload.len()));
    }
    Ok(message.payload.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect())
}

fn exception(kind: &str) -> Vec<u8> {
    let headers = [(":message-type", "exception"), (":exception-type", kind), (":content-type", "application/json")];
    frame::encode(&headers, br#"{"Message":"as the test asks"}"#)
}

/// Words spread evenly over where they were said; the second is unsure.
#[expect(clippy::cast_precision_loss, reason = "some seconds of sound")]
fn result(text: &str, (from, until): (usize, usize), is_partial: bool) -> Vec<u8> {
    let seconds = |sample: usize| sample as f64 / RATE as f64;
    let words: Vec<&str> = text.split_whitespace().collect();
    let step = (until - from) / words.len().max(1);
    let items: Vec<_> = words
        .iter()
        .enumerate()
        .map(|(number, word)| {
            let begins = from + number * step;
            let sure = if number == 1 { 0.31 } else { 0.97 };
            serde_json::json!({ "Content": word, "Confidence": sure, "StartTime": seconds(begins),
                "EndTime": seconds(begins + step), "Type": "pronunciation", "VocabularyFilterMatch": false })
        })
        .collect();
    let result = serde_json::json!({ "ResultId": "r", "StartTime": seconds(from), "EndTime": seconds(until), "IsPartial": is_partial,
        "Alternatives": [{ "Transcript": text, "Items": items }] });
    let payload = serde_json::json!({ "Transcript": { "Results": [result] } }).to_string();
    let headers =
        [(":message-type", "event"), (":event-type", "TranscriptEvent"), (":content-type", "application/json")];
    frame::encode(&headers, payload.as_bytes())
}
