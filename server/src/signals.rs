//! SIGTERM and Ctrl-C: the first asks to end well, the second to end now.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Cancels `stop` at the first signal and ends the process at the second.
pub(crate) async fn watch(stop: CancellationToken) -> std::io::Result<()> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    for asked in 1.. {
        let name = tokio::select! {
            _ = interrupted.recv() => "SIGINT",
            _ = terminated.recv() => "SIGTERM",
        };
        if asked > 1 {
            tracing::warn!(signal = name, "server.stopped_at_once");
            std::process::exit(130);
        }
        tracing::info!(signal = name, "server.stopping");
        stop.cancel();
    }
    Ok(())
}
