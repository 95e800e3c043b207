use crate::testing::forwarding_cost;

#[test]
fn the_cost_of_forwarding_is_measured() {
    let cost = forwarding_cost(2_000, 1_000);
    assert!(cost.forwarded >= 1_500, "{cost:?}");
    println!("{cost:?}: {:.2} µs per packet", cost.micros_per_packet());
}
