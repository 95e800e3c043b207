//! Counters: totals for the operator, and per room for whoever asks.

/// Totals since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    pub rooms: usize,
    pub peers: usize,
    /// Datagrams (or TCP frames) received and sent, media or not.
    pub datagrams_in: u64,
    pub datagrams_out: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// Media packets received, and forwarded (one per receiver).
    pub packets_in: u64,
    pub packets_forwarded: u64,
    /// Given up because a socket or a slow receiver had no room.
    pub dropped: u64,
    pub keyframe_requests: u64,
    /// CPU time of the media thread, where the operating system tells it (Linux).
    pub cpu_nanos: u64,
}

/// One room, since it was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoomStats {
    pub peers: usize,
    pub admitted: usize,
    pub packets_in: u64,
    pub packets_forwarded: u64,
    pub bytes_forwarded: u64,
}

impl Stats {
    /// Adds what was counted since `before` to the process's metrics.
    pub(crate) fn publish(&self, before: &Self) {
        let counters = [
            ("rtc_datagrams_in_total", self.datagrams_in - before.datagrams_in),
            ("rtc_datagrams_out_total", self.datagrams_out - before.datagrams_out),
            ("rtc_bytes_in_total", self.bytes_in - before.bytes_in),
            ("rtc_bytes_out_total", self.bytes_out - before.bytes_out),
            ("rtc_packets_in_total", self.packets_in - before.packets_in),
            ("rtc_packets_forwarded_total", self.packets_forwarded - before.packets_forwarded),
            ("rtc_dropped_total", self.dropped - before.dropped),
            ("rtc_keyframe_requests_total", self.keyframe_requests - before.keyframe_requests),
        ];
        for (name, more) in counters {
            if more > 0 {
                metrics::counter!(name).increment(more);
            }
        }
        metrics::gauge!("rtc_rooms").set(u32::try_from(self.rooms).unwrap_or(u32::MAX));
        metrics::gauge!("rtc_peers").set(u32::try_from(self.peers).unwrap_or(u32::MAX));
    }
}

/// CPU time of this thread. Zero where the operating system does not tell.
pub(crate) fn thread_cpu_nanos() -> u64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
