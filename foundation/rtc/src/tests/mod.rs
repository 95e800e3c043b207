//! Through real clients over loopback.

mod calls;
mod cost;
mod loss;
mod refusals;
mod web_port;

use std::time::Duration;

use uuid::Uuid;

use crate::{
    Join, MediaKind, RtcConfig, RtcEvent, Sfu, Transports, What,
    testing::{Client, new_id, turn_until},
};

const PATIENCE: Duration = Duration::from_secs(10);

fn sfu() -> Sfu {
    Sfu::start(RtcConfig::for_tests()).expect("loopback has free ports")
}

fn tcp_sfu() -> Sfu {
    Sfu::start(RtcConfig { transports: Transports::TcpOnly, ..RtcConfig::for_tests() })
        .expect("loopback has free ports")
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// A client that joined but has not connected.
fn join(sfu: &Sfu, room: Uuid, peer: Uuid, admitted: bool, (mut client, offer): (Client, String)) -> Client {
    let answer = wait(sfu.join(Join { room, peer, admitted, offer })).expect("an answer");
    client.accept(&answer).expect("a usable answer");
    client
}

fn connected(clients: &mut [&mut Client]) -> bool {
    clients.iter().all(|client| client.connected)
}

/// Both send sound and pictures until both have received some.
fn converse(a: &mut Client, b: &mut Client) -> bool {
    turn_until(&mut [a, b], PATIENCE, |clients| {
        for client in clients.iter_mut() {
            client.send(MediaKind::Audio, b"sound");
            client.send(MediaKind::Video, b"\x10picture");
        }
        clients.iter().all(|client| client.counts.audio > 20 && client.counts.video > 20)
    })
}

fn what_happened(events: &mut tokio::sync::broadcast::Receiver<RtcEvent>, peer: Uuid) -> Vec<What> {
    std::iter::from_fn(|| events.try_recv().ok()).filter(|event| event.peer == peer).map(|event| event.what).collect()
}
