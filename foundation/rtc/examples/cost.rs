//! Prints the CPU time of the media thread per forwarded packet: `cargo run --release -p rtc --example cost`.

fn main() {
    let cost = rtc::testing::forwarding_cost(20_000, 1_000);
    println!("{} packets forwarded, {:.2} µs of CPU each", cost.forwarded, cost.micros_per_packet());
}
