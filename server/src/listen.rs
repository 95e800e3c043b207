//! The listening socket: hyper with timeouts, limits and a drain.
//!
//! What axum's own `serve` leaves out, and a server in the open needs: slow heads are cut off, the number of connections is
//! bounded (in all, and for each address), and on a stop every request that has begun is answered before the process ends. A connection
//! that begins as media does (adr/0027) is handed to the media unit.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A head that is not whole by then is not coming.
const HEAD: Duration = Duration::from_secs(10);
/// So long may requests take to end after a stop.
const DRAIN: Duration = Duration::from_secs(25);
/// Of one address. Proxies on this machine are not counted.
const PER_ADDRESS: usize = 512;

/// Whom the listener lets in.
pub(crate) struct Limits {
    /// Connections at once.
    most: usize,
    /// Where connections go that carry media.
    media: Option<rtc::Sfu>,
}

impl Limits {
    /// The port of the pages.
    pub(crate) const fn pages(most: usize, media: Option<rtc::Sfu>) -> Self {
        Self { most, media }
    }

    /// A port that is not reachable from outside.
    pub(crate) const fn internal(most: usize) -> Self {
        Self { most, media: None }
    }
}

/// Takes connections until `stop`, then drains them.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let server = Server {
        router,
        builder: builder(),
        media: limits.media,
        stop: stop.clone(),
        room: Arc::new(Semaphore::new(limits.most)),
        addresses: Arc::default(),
        graceful: GracefulShutdown::new(),
        tasks: TaskTracker::new(),
    };
    loop {
        let permit = tokio::select! {
            () = stop.cancelled() => break,
            permit = Arc::clone(&server.room).acquire_owned() => permit,
        };
        let Ok(permit) = permit else { break };
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => server.take(stream, peer, permit),
                // Out of descriptors, most likely: let some connections end first.
                Err(error) => {
                    tracing::warn!(%error, "listen.accept_failed");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
        }
    }
    drop(listener);
    server.drain().await;
}

struct Server {
    router: Router,
    builder: Builder<TokioExecutor>,
    media: Option<rtc::Sfu>,
    stop: CancellationToken,
    room: Arc<Semaphore>,
    addresses: Arc<Addresses>,
    graceful: GracefulShutdown,
    tasks: TaskTracker,
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(32 * 1024)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

impl Server {
    fn take(&self, stream: TcpStream, peer: SocketAddr, permit: OwnedSemaphorePermit) {
        let Some(counted) = Addresses::enter(&self.addresses, peer.ip()) else { return };
        let _ = stream.set_nodelay(true);
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            let mut router = router.clone();
            async move { tower::Service::call(&mut router, request).await }
        });
        let (builder, watcher, media) = (self.builder.clone(), self.graceful.watcher(), self.media.clone());
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            let stream = tokio::select! {
                stream = leave_media(stream, peer, media) => stream,
                // Who has said nothing yet is owed no answer.
                () = stop.cancelled() => None,
            };
            let Some(stream) = stream else { return };
            let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
            // A client that goes away in the middle is no error of ours.
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "listen.connection_ended");
            }
            drop((permit, counted));
        });
    }

    async fn drain(self) {
        if tokio::time::timeout(DRAIN, self.graceful.shutdown()).await.is_err() {
            tracing::warn!(seconds = DRAIN.as_secs(), "listen.drain_cut_short");
        }
    }
}

/// Gives the stream back, unless it carries media and has gone to the unit, or says nothing.
async fn leave_media(stream: TcpStream, peer: SocketAddr, media: Option<rtc::Sfu>) -> Option<TcpStream> {
    let Some(media) = media else { return Some(stream) };
    let mut first = [0; 1];
    let peeked = tokio::time::timeout(HEAD, stream.peek(&mut first)).await;
    match peeked {
        Ok(Ok(1)) if rtc::is_media(first[0]) => {
            match stream.into_std() {
                Ok(stream) => media.take_stream(stream, peer).await,
                Err(error) => tracing::warn!(%error, "listen.media_refused"),
            }
            None
        }
        Ok(Ok(1)) => Some(stream),
        Ok(Ok(_) | Err(_)) | Err(_) => None,
    }
}

/// How many connections each address has.
#[derive(Debug, Default)]
struct Addresses(Mutex<HashMap<IpAddr, usize>>);

/// One counted connection.
struct Counted {
    addresses: Arc<Addresses>,
    ip: IpAddr,
}

impl Addresses {
    fn enter(this: &Arc<Self>, ip: IpAddr) -> Option<Counted> {
        if !ip.is_loopback() {
            let mut counts = this.0.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(ip).or_default();
            if *count >= PER_ADDRESS {
                return None;
            }
            *count += 1;
        }
        Some(Counted { addresses: Arc::clone(this), ip })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.ip);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_connection() {
        let addresses = Arc::<Addresses>::default();
        let ip: IpAddr = "192.0.2.1".parse().unwrap();
        let held: Vec<_> = (0..PER_ADDRESS).map(|_| Addresses::enter(&addresses, ip).unwrap()).collect();
        assert!(Addresses::enter(&addresses, ip).is_none());
        assert!(Addresses::enter(&addresses, "192.0.2.2".parse().unwrap()).is_some());
        drop(held);
        assert!(Addresses::enter(&addresses, ip).is_some());
    }
}
