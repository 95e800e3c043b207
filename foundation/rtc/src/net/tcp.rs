//! TCP connections of peers whose network blocks UDP.
//!
//! Each connection has a bounded queue in both directions: a receiver that does not keep up loses packets, as it would
//! by UDP, and never holds others up.

use std::{
    collections::HashMap,
    io,
    net::{SocketAddr, TcpListener as Bound},
    time::Duration,
};

use tokio::{
    io::{AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::timeout,
};

use super::frame;

/// About a second of video; what waits longer is of no use in a conversation.
const QUEUE: usize = 512;
/// A connection must say something by then, and then at least this often (browsers probe every few seconds).
const SILENCE: Duration = Duration::from_secs(40);
const FIRST_WORD: Duration = Duration::from_secs(10);

type Frame = (SocketAddr, Vec<u8>);

struct Connection {
    outbox: mpsc::Sender<Vec<u8>>,
    task: AbortHandle,
}

pub(crate) struct Tcp {
    listener: TcpListener,
    connections: HashMap<SocketAddr, Connection>,
    tasks: JoinSet<SocketAddr>,
    inbox: mpsc::Receiver<Frame>,
    arrivals: mpsc::Sender<Frame>,
    limit: usize,
}

impl Tcp {
    pub(crate) fn new(bound: Bound, max_peers: usize) -> io::Result<Self> {
        let (arrivals, inbox) = mpsc::channel(QUEUE);
        Ok(Self {
            listener: TcpListener::from_std(bound)?,
            connections: HashMap::new(),
            tasks: JoinSet::new(),
            inbox,
            arrivals,
            // A browser may open one for each announced address while it probes.
            limit: max_peers.saturating_mul(4),
        })
    }

    /// The next datagram; `None` after house-keeping (a connection came or went). Safe to cancel.
    pub(crate) async fn next(&mut self) -> Option<Frame> {
        tokio::select! {
            frame = self.inbox.recv() => frame,
            accepted = self.listener.accept() => {
                match accepted {
                    Ok((stream, source)) => self.admit(stream, source),
                    Err(error) => {
                        tracing::warn!(%error, "rtc.accept_failed");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
                None
            }
            Some(ended) = self.tasks.join_next() => {
                if let Ok(source) = ended {
                    self.connections.remove(&source);
                }
                None
            }
        }
    }

    /// A datagram that is already there.
    pub(crate) fn take(&mut self) -> Option<Frame> {
        self.inbox.try_recv().ok()
    }

    pub(crate) fn send(&self, datagram: &[u8], to: SocketAddr) -> bool {
        match (self.connections.get(&to), frame::encode(datagram)) {
            (Some(connection), Some(frame)) => connection.outbox.try_send(frame).is_ok(),
            _ => false,
        }
    }

    pub(crate) fn close(&mut self, address: SocketAddr) {
        if let Some(connection) = self.connections.remove(&address) {
            connection.task.abort();
        }
    }

    /// A connection that was made to another port of ours: whoever listens there saw that it carries media.
    pub(crate) fn take_over(&mut self, stream: std::net::TcpStream, source: SocketAddr) {
        match TcpStream::from_std(stream) {
            Ok(stream) => self.admit(stream, source),
            Err(error) => tracing::warn!(%error, "rtc.stream_refused"),
        }
    }

    fn admit(&mut self, stream: TcpStream, source: SocketAddr) {
        // To two ports of ours a browser may connect from one address: then the first stays.
        let known = self.connections.contains_key(&source);
        if known || self.connections.len() >= self.limit || stream.set_nodelay(true).is_err() {
            return;
        }
        let (outbox, queue) = mpsc::channel(QUEUE);
        let arrivals = self.arrivals.clone();
        let task = self.tasks.spawn(async move {
            carry(stream, source, arrivals, queue).await;
            source
        });
        self.connections.insert(source, Connection { outbox, task });
    }
}

/// Carries datagrams both ways until either side ends or falls silent.
async fn carry(
    stream: TcpStream,
    source: SocketAddr,
    arrivals: mpsc::Sender<Frame>,
    mut queue: mpsc::Receiver<Vec<u8>>,
) {
    let (reader, mut writer) = stream.into_split();
    let read = async {
        let mut reader = BufReader::with_capacity(16 * 1024, reader);
        let mut patience = FIRST_WORD;
        while let Ok(Ok(datagram)) = timeout(patience, frame::read(&mut reader)).await {
            patience = SILENCE;
            if arrivals.send((source, datagram)).await.is_err() {
                return;
            }
        }
    };
    let write = async {
        while let Some(frame) = queue.recv().await {
            if writer.write_all(&frame).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = read => {}
        () = write => {}
    }
}
