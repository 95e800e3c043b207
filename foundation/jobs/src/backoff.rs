use kernel::Random;

const FIRST_SECONDS: u64 = 5;
const LONGEST_SECONDS: u64 = 3_600;

/// Seconds to wait after the `attempts`-th attempt failed: doubling from 5 s to an hour, give or take a quarter, so that jobs that
/// failed together do not come back together.
pub(crate) fn wait_seconds(attempts: i32, random: &mut Random) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let middle = FIRST_SECONDS.saturating_mul(1 << doublings).min(LONGEST_SECONDS);
    let wait = middle - middle / 4 + random.below(middle / 2 + 1);
    i64::try_from(wait).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_with_jitter_up_to_an_hour() {
        let mut random = Random::seeded(7);
        for (attempts, low, high) in [(1, 4, 7), (2, 8, 13), (5, 60, 101), (12, 2700, 4501), (99, 2700, 4501)] {
            for _ in 0..50 {
                let wait = wait_seconds(attempts, &mut random);
                assert!((low..=high).contains(&wait), "attempt {attempts} waits {wait} s");
            }
        }
    }
}
