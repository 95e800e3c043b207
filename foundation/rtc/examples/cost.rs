//! Prints what forwarding costs and how long it takes: `cargo run --release -p rtc --example cost --features testing`.

use std::time::Duration;

fn main() {
    let cost = rtc::testing::forwarding_cost(40_000, 1_100);
    println!("{} packets forwarded, {:.2} µs of CPU each", cost.forwarded, cost.micros_per_packet());
    let paced = rtc::testing::paced(5_000, Duration::from_secs(5), 1_100);
    println!(
        "5,000 packets/s: {} of {} forwarded, {:.2} µs of CPU each, p50 {:?}, p99 {:?}",
        paced.cost.forwarded,
        paced.sent,
        paced.cost.micros_per_packet(),
        paced.p50,
        paced.p99
    );
}
