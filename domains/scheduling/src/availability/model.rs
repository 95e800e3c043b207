use kernel::{
    FieldError, LocalDate, Money,
    ids::{FacilityId, ServiceId},
};

use crate::slots::{ExceptionKind, Mode, WallTime};

/// A weekly window (1 Monday … 7 Sunday); `ends <= starts` ends on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowLine {
    pub weekday: u8,
    pub starts: WallTime,
    pub ends: WallTime,
    pub service: Option<ServiceId>,
}

impl WindowLine {
    /// Minutes of the week, `until` perhaps past its end.
    fn in_week(self) -> (i32, i32) {
        let day = i32::from(self.weekday - 1) * 1440;
        let (starts, ends) = (i32::from(self.starts.minutes()), i32::from(self.ends.minutes()));
        (day + starts, day + if ends <= starts { ends + 1440 } else { ends })
    }

    /// Both would offer the same service at the same time of the week.
    pub fn collides(self, other: Self) -> bool {
        const WEEK: i32 = 7 * 1440;
        let same_service = self.service.is_none() || other.service.is_none() || self.service == other.service;
        let ((a, b), (c, d)) = (self.in_week(), other.in_week());
        same_service && [-WEEK, 0, WEEK].into_iter().any(|shift| a < d + shift && c + shift < b)
    }
}

/// Days that differ from the week.
#[derive(Clone, Debug, PartialEq)]
pub struct NewException {
    pub kind: ExceptionKind,
    pub service: Option<ServiceId>,
    pub starts_on: LocalDate,
    pub ends_on: LocalDate,
    pub part: Option<(WallTime, WallTime)>,
}

/// What a doctor offers in one mode at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub mode: Mode,
    /// Exactly for visits in person.
    pub facility: Option<FacilityId>,
    pub duration_min: i32,
    pub buffer_before_min: i32,
    pub buffer_after_min: i32,
    pub grid_min: i32,
    pub lead_min: i32,
    pub horizon_days: i32,
    pub price: Money,
    pub requires_approval: bool,
}

impl Offer {
    /// A plain offer: starts follow each other without a break, bookable from a quarter of an hour before to 60 days ahead.
    pub const fn plain(mode: Mode, duration_min: i32, price: Money) -> Self {
        Self {
            mode,
            facility: None,
            duration_min,
            buffer_before_min: 0,
            buffer_after_min: 0,
            grid_min: duration_min,
            lead_min: 15,
            horizon_days: 60,
            price,
            requires_approval: false,
        }
    }

    /// What must be corrected.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut check = |ok: bool, field: &'static str, key: &'static str| {
            if !ok {
                faults.push(FieldError::new(field, key));
            }
        };
        check((5..=240).contains(&self.duration_min), "duration_min", "scheduling-error-duration");
        check((0..=120).contains(&self.buffer_before_min), "buffer_before_min", "scheduling-error-buffer");
        check((0..=120).contains(&self.buffer_after_min), "buffer_after_min", "scheduling-error-buffer");
        check((5..=240).contains(&self.grid_min), "grid_min", "scheduling-error-grid");
        check((0..=10_080).contains(&self.lead_min), "lead_min", "scheduling-error-lead");
        check((1..=365).contains(&self.horizon_days), "horizon_days", "scheduling-error-horizon");
        check((0..=100_000_000_000).contains(&self.price.amount), "price", "scheduling-error-price");
        check((self.mode == Mode::InPerson) == self.facility.is_some(), "facility", "scheduling-error-facility");
        faults
    }
}

/// A service as the editor lists it.
#[derive(Clone, Debug)]
pub struct ServiceLine {
    pub id: ServiceId,
    pub place: Option<String>,
    pub active: bool,
    pub offer: Offer,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(weekday: u8, starts: &str, ends: &str) -> WindowLine {
        let wall = |text: &str| text.parse().expect("a time of day");
        WindowLine { weekday, starts: wall(starts), ends: wall(ends), service: None }
    }

    #[test]
    fn windows_collide_across_midnight_and_the_end_of_the_week() {
        assert!(window(1, "09:00", "12:00").collides(window(1, "11:00", "13:00")));
        assert!(!window(1, "09:00", "12:00").collides(window(1, "12:00", "13:00")));
        assert!(window(1, "22:00", "02:00").collides(window(2, "01:00", "03:00")));
        assert!(window(7, "22:00", "02:00").collides(window(1, "01:00", "03:00")));
        assert!(!window(7, "22:00", "00:00").collides(window(1, "00:00", "03:00")));
    }

    #[test]
    fn windows_of_different_services_may_share_their_time() {
        let service = |n| Some(ServiceId::from_uuid(uuid::Uuid::from_u128(n)));
        let one = WindowLine { service: service(1), ..window(1, "09:00", "12:00") };
        assert!(!one.collides(WindowLine { service: service(2), ..one }));
        assert!(one.collides(WindowLine { service: None, ..one }));
    }
}
