//! `bedside media`: carries calls for servers elsewhere. It has no database and no keys: it knows rooms and peers by their numbers.

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::MediaConfig;
use crate::{listen, signals};

#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    #[error(transparent)]
    Media(#[from] rtc::StartError),
    #[error("{address} cannot be listened on: {source}. Set BEDSIDE_MEDIA_CONTROL to another address")]
    Listen { address: std::net::SocketAddr, source: std::io::Error },
}

/// Servers that ask at once, and some more.
const CONNECTIONS: usize = 256;

/// Carries until SIGTERM or Ctrl-C.
pub async fn run(config: MediaConfig) -> Result<(), CarryError> {
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(signals::watch(stop.clone()));
    let address = config.control;
    let listener = TcpListener::bind(address).await.map_err(|source| CarryError::Listen { address, source })?;
    let sfu = rtc::Sfu::start(config.media)?;
    tracing::info!(control = %address, udp = %sfu.udp_address(), tcp = %sfu.tcp_address(), "media.ready");
    listen::serve(listener, rtc::serve_node(sfu, config.secret), listen::Limits::internal(CONNECTIONS), stop).await;
    tracing::info!("media.stopped");
    Ok(())
}
