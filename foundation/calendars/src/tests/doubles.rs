//! A server that answers as it is told, and a book of names.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
};

use crate::{Kind, Resolve, Source};

pub(super) const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261201T100000Z\r\n\
                                   DTEND:20261201T110000Z\r\nSUMMARY:Canary\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Listens on this machine and remembers what it heard.
pub(super) struct Double {
    pub(super) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    _running: JoinSet<()>,
}

impl Double {
    /// `answer` turns the head of a request into the bytes of an answer; an empty one keeps the connection open and says nothing.
    pub(super) async fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let (ear, answer) = (Arc::clone(&heard), Arc::new(answer));
        let mut running = JoinSet::new();
        running.spawn(async move {
            let mut clients = JoinSet::new();
            while let Ok((mut socket, _)) = listener.accept().await {
                let (ear, answer) = (Arc::clone(&ear), Arc::clone(&answer));
                clients.spawn(async move {
                    let mut asked = Vec::new();
                    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
                        let mut piece = [0; 4096];
                        match socket.read(&mut piece).await {
                            Ok(0) | Err(_) => break,
                            Ok(read) => asked.extend_from_slice(&piece[..read]),
                        }
                        // Whoever speaks TLS sends no head.
                        if asked.first() == Some(&22) {
                            break;
                        }
                    }
                    let asked = String::from_utf8_lossy(&asked).into_owned();
                    let bytes = answer(&asked);
                    ear.lock().unwrap().push(asked);
                    let _ = socket.write_all(&bytes).await;
                    if bytes.is_empty() {
                        std::future::pending::<()>().await;
                    }
                });
            }
        });
        Self { port, heard, _running: running }
    }

    pub(super) async fn serving(answer: Vec<u8>) -> Self {
        Self::answering(move |_| answer.clone()).await
    }

    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    pub(super) fn source(&self, path: &str) -> Source {
        source(&format!("http://127.0.0.1:{}{path}", self.port))
    }
}

pub(super) fn source(url: &str) -> Source {
    Source { url: url.parse().unwrap(), kind: Kind::File, login: None, tag: None }
}

pub(super) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub(super) fn redirect(to: &str) -> Vec<u8> {
    answer("302 Found", &format!("location: {to}\r\n"), b"")
}

/// Names lead where the test says; every question counts.
#[derive(Default)]
pub(super) struct Names {
    book: BTreeMap<&'static str, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Names {
    /// The first question is answered by the first list, the next by the next; the last one stays.
    pub(super) fn leading(name: &'static str, answers: &[&[&str]]) -> Arc<Self> {
        let answers =
            answers.iter().map(|list| list.iter().map(|address| address.parse().unwrap()).collect()).collect();
        Arc::new(Self { book: BTreeMap::from([(name, answers)]), asked: AtomicUsize::new(0) })
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Resolve for Names {
    async fn resolve(&self, host: &str, _: u16) -> std::io::Result<Vec<IpAddr>> {
        let question = self.asked.fetch_add(1, Ordering::SeqCst);
        let answers = self.book.get(host).ok_or_else(|| std::io::Error::other("no such name"))?;
        Ok(answers[question.min(answers.len() - 1)].clone())
    }
}
