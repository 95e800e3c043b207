use kernel::{
    FieldError, LocalDate, Money, Zone,
    ids::{FacilityId, ServiceId},
};

use crate::slots::{ExceptionKind, Fields, Journey, Mode, WallTime};

/// The whole week at once, in a zone: of one place, or of everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct SetWeek {
    pub place: Option<FacilityId>,
    pub zone: Zone,
    /// The first day; hours in force until then end the day before. `None`: change the hours that are in force.
    pub valid_from: Option<LocalDate>,
    /// The last day.
    pub valid_until: Option<LocalDate>,
    pub windows: Vec<WindowLine>,
    /// What these hours change of a service.
    pub fields: Vec<Fields>,
}

impl SetWeek {
    /// For every place, from now on.
    pub const fn plain(zone: Zone, windows: Vec<WindowLine>) -> Self {
        Self { place: None, zone, valid_from: None, valid_until: None, windows, fields: Vec::new() }
    }

    /// What must be corrected, each with its field.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        for (place, window) in self.windows.iter().enumerate() {
            if self.windows[..place].iter().any(|earlier| earlier.collides(*window)) {
                faults.push(FieldError::new(format!("day-{}", window.weekday), "scheduling-error-windows-overlap"));
                break;
            }
        }
        if self.valid_from.zip(self.valid_until).is_some_and(|(from, until)| until < from) {
            faults.push(FieldError::new("valid_until", "scheduling-error-valid-until"));
        }
        if self.fields.iter().any(|fields| !within_bounds(fields)) {
            faults.push(FieldError::new("fields", "scheduling-error-fields"));
        }
        faults
    }
}

fn within_bounds(fields: &Fields) -> bool {
    let within = |value: Option<i64>, least: i64, most: i64| value.is_none_or(|v| (least..=most).contains(&v));
    within(fields.duration_min, 5, 240)
        && within(fields.buffer_before_min, 0, 120)
        && within(fields.buffer_after_min, 0, 120)
        && within(fields.grid_min, 5, 240)
        && within(fields.lead_min, 0, 10_080)
        && within(fields.horizon_days, 1, 365)
}

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
    /// Empty: the whole of each day.
    pub parts: Vec<(WallTime, WallTime)>,
    /// On whose clock; for travel, the zone of the journey.
    pub zone: Zone,
    /// Exactly for travel.
    pub journey: Option<Journey>,
}

impl NewException {
    /// What must be corrected, on this day.
    pub fn faults(&self, today: LocalDate) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut check = |ok: bool, field: &'static str, key: &'static str| {
            if !ok {
                faults.push(FieldError::new(field, key));
            }
        };
        let whole = matches!(self.kind, ExceptionKind::Leave | ExceptionKind::Travel | ExceptionKind::Holiday);
        check(
            self.starts_on <= self.ends_on && self.ends_on <= self.starts_on.plus_days(366),
            "ends_on",
            "scheduling-error-ends-before",
        );
        check(self.ends_on >= today, "starts_on", "scheduling-error-day-past");
        check(
            self.kind != ExceptionKind::Open || !self.parts.is_empty(),
            "starts",
            "scheduling-error-extra-needs-times",
        );
        check(!whole || self.parts.is_empty(), "starts", "scheduling-error-whole-days");
        check(!whole || self.service.is_none(), "service", "scheduling-error-every-service");
        check(self.parts.len() <= 4, "starts", "scheduling-error-time-of-day");
        check(
            (self.kind == ExceptionKind::Travel) == self.journey.is_some(),
            "kind",
            "scheduling-error-exception-kind",
        );
        check(self.kind != ExceptionKind::Holiday, "kind", "scheduling-error-exception-kind");
        faults
    }
}

/// Which public holidays of a country a doctor keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetHolidays {
    pub country: String,
    /// The days without weekly hours. Empty: this country's calendar is off.
    pub closed_on: Vec<LocalDate>,
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
    /// `None`: the grid begins with each window; else so many minutes after midnight.
    pub align_min: Option<i32>,
    pub daily_cap: Option<i32>,
    pub weekly_cap: Option<i32>,
    /// Minutes at the end of each day that are kept back for what is urgent.
    pub reserve_min: i32,
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
            align_min: None,
            daily_cap: None,
            weekly_cap: None,
            reserve_min: 0,
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
        check(self.align_min.is_none_or(|m| (0..=239).contains(&m)), "align_min", "scheduling-error-align");
        check(self.daily_cap.is_none_or(|n| (1..=200).contains(&n)), "daily_cap", "scheduling-error-daily-cap");
        check(self.weekly_cap.is_none_or(|n| (1..=1000).contains(&n)), "weekly_cap", "scheduling-error-weekly-cap");
        check((0..=480).contains(&self.reserve_min), "reserve_min", "scheduling-error-reserve");
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
