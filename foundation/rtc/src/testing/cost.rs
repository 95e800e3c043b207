//! What forwarding costs, and how long it takes.

use std::time::{Duration, Instant};

use super::{Client, new_id, turn_until};
use crate::{Join, MediaKind, RtcConfig, Sfu};

/// What forwarding costs the media thread.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub forwarded: u64,
    pub cpu_nanos: u64,
}

impl Cost {
    #[expect(clippy::cast_precision_loss, reason = "a figure to print")]
    pub fn micros_per_packet(&self) -> f64 {
        self.cpu_nanos as f64 / 1000.0 / self.forwarded.max(1) as f64
    }
}

/// What a steady stream costs, and how long its packets are on the way: from before the sender encrypts to after the receiver decrypts.
#[derive(Debug, Clone, Copy)]
pub struct Paced {
    pub cost: Cost,
    pub sent: u64,
    pub p50: Duration,
    pub p99: Duration,
}

struct Bench {
    runtime: tokio::runtime::Runtime,
    sfu: Sfu,
    a: Client,
    b: Client,
}

const PATIENCE: Duration = Duration::from_secs(20);

impl Bench {
    /// Two clients in a room of a unit on loopback.
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let sfu = Sfu::start(RtcConfig::for_tests()).expect("loopback has free ports");
        let room = new_id();
        let join = || {
            let (mut client, offer) = Client::udp();
            let join = Join { room, peer: new_id(), admitted: true, offer };
            client.accept(&runtime.block_on(sfu.join(join)).expect("an answer")).expect("a usable answer");
            client
        };
        let (mut a, mut b) = (join(), join());
        turn_until(&mut [&mut a, &mut b], PATIENCE, |clients| clients.iter().all(|client| client.connected));
        Self { runtime, sfu, a, b }
    }

    fn counted(&self) -> (u64, u64) {
        let stats = self.runtime.block_on(self.sfu.stats());
        (stats.packets_forwarded, stats.cpu_nanos)
    }

    fn cost_since(&self, (forwarded, cpu_nanos): (u64, u64)) -> Cost {
        let after = self.counted();
        Cost { forwarded: after.0 - forwarded, cpu_nanos: after.1 - cpu_nanos }
    }
}

/// One client sends `packets` video packets of `bytes` to another as fast as they arrive; the CPU time of the media thread in between,
/// sockets and encryption included.
pub fn forwarding_cost(packets: u64, bytes: usize) -> Cost {
    let mut bench = Bench::new();
    let payload = vec![0x10; bytes];
    let before = bench.counted();
    let mut left = packets;
    turn_until(&mut [&mut bench.a, &mut bench.b], PATIENCE, |clients| {
        // As a camera does: a frame of several packets at a time; and never more on the way than a socket's buffer holds.
        let on_the_way = (packets - left).saturating_sub(clients[1].counts.video);
        for _ in 0..left.min(if on_the_way < 48 { 12 } else { 0 }) {
            clients[0].send(MediaKind::Video, &payload);
            left -= 1;
        }
        left == 0 && clients[1].counts.video + packets / 50 >= packets
    });
    bench.cost_since(before)
}

/// One client sends `per_second` video packets of `bytes`, evenly, for so long.
pub fn paced(per_second: u64, length: Duration, bytes: usize) -> Paced {
    let mut bench = Bench::new();
    let before = bench.counted();
    let mut payload = vec![0x10; bytes.max(16)];
    let gap = Duration::from_nanos(1_000_000_000 / per_second.max(1));
    let (began, mut sent, mut seen, mut delays) = (Instant::now(), 0_u32, 0, Vec::new());
    while began.elapsed() < length {
        // Turned without a pause: a sleep would be measured, too.
        if began.elapsed() >= gap * sent {
            sent += 1;
            payload[1..9].copy_from_slice(&nanos(began).to_be_bytes());
            bench.a.send(MediaKind::Video, &payload);
            bench.a.turn();
        }
        bench.b.turn();
        if bench.b.counts.video > seen {
            seen = bench.b.counts.video;
            let said = bench.b.last_payload(MediaKind::Video).get(1..9).and_then(|stamp| stamp.try_into().ok());
            delays.extend(said.map(|stamp| nanos(began).saturating_sub(u64::from_be_bytes(stamp))));
        }
        if sent.is_multiple_of(64) {
            bench.a.turn();
        }
    }
    delays.sort_unstable();
    let at = |part: usize| Duration::from_nanos(delays.get(delays.len() * part / 100).copied().unwrap_or_default());
    Paced { cost: bench.cost_since(before), sent: u64::from(sent), p50: at(50), p99: at(99) }
}

fn nanos(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
