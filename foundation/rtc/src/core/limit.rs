//! How much a receiver can take, from what it loses (after the loss-based part of draft-ietf-rmcat-gcc-02, section 6).

/// What a camera sends at its best, and what a face still needs.
const MOST: f32 = 2_500_000.0;
const LEAST: f32 = 100_000.0;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    rate: f32,
    /// Bits that went out since the last word of the receiver, and in how many of its words nothing was lost.
    sent: f32,
}

impl Default for Limit {
    fn default() -> Self {
        Self { rate: MOST, sent: 0.0 }
    }
}

impl Limit {
    pub(crate) fn sent(&mut self, octets: usize) {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let bits = (octets * 8) as f32;
        self.sent += bits;
    }

    /// A second has passed, in which this part was lost. Whether the limit has changed.
    pub(crate) fn follow(&mut self, loss: f32) -> bool {
        let before = self.rate;
        let sent = std::mem::take(&mut self.sent);
        if loss > 0.1 {
            // What was sent is what did not fit, not what would have been allowed.
            self.rate = (self.rate.min(sent.max(LEAST)) * (1.0 - 0.5 * loss)).max(LEAST);
        } else if loss < 0.02 {
            self.rate = (self.rate * 1.08).min(MOST);
        }
        (self.rate - before).abs() > 1.0
    }

    pub(crate) fn bits_per_second(self) -> u64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between LEAST and MOST")]
        let rate = self.rate as u64;
        rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_thins_out_and_calm_fills_up_again() {
        let mut limit = Limit::default();
        assert!(!limit.follow(0.0), "already at the most");
        limit.sent(100_000);
        assert!(limit.follow(0.2));
        assert_eq!(limit.bits_per_second(), 720_000);
        assert!(!limit.follow(0.05), "between the marks nothing changes");
        assert!((0..20).all(|_| limit.follow(0.0) || limit.bits_per_second() == 2_500_000));
        assert_eq!(limit.bits_per_second(), 2_500_000);
    }

    #[test]
    fn a_face_stays() {
        let mut limit = Limit::default();
        for _ in 0..100 {
            limit.follow(0.9);
        }
        assert_eq!(limit.bits_per_second(), 100_000);
    }
}
