//! Randomness is passed in: the operating system's in production, seeded in tests and demonstration data.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

use crate::{Timestamp, ids::TypedId};

/// A cryptographically strong generator.
#[derive(Clone, Debug)]
pub struct Random(ChaCha20Rng);

impl Random {
    /// Seeded by the operating system.
    pub fn os() -> Self {
        Self(rand::make_rng())
    }

    pub fn seeded(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    pub fn token32(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    /// Six decimal digits, evenly distributed.
    pub fn digits6(&mut self) -> String {
        format!("{:06}", self.0.random_range(0..1_000_000_u32))
    }

    /// Evenly from `0..n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 { 0 } else { self.0.random_range(0..n) }
    }

    /// A UUIDv7 of this instant.
    pub fn uuid7(&mut self, at: Timestamp) -> Uuid {
        let mut tail = [0; 10];
        self.0.fill_bytes(&mut tail);
        let millis = u64::try_from(at.jiff().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    pub fn id<T: TypedId>(&mut self, at: Timestamp) -> T {
        T::from_uuid(self.uuid7(at))
    }
}
