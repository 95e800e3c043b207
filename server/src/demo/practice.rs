//! What each doctor offers, and when: services, a weekly timetable, and a few days that are different.

use jiff::civil::Time;
use kernel::ids::{ExceptionId, FacilityId, PractitionerId, ScheduleId, ServiceId, WindowId};
use kernel::{LocalDate, Timestamp};

use super::cast::{Cast, Doctor};
use super::dice::Dice;

#[derive(Debug)]
pub(super) struct Service {
    pub(super) id: ServiceId,
    pub(super) practitioner: PractitionerId,
    pub(super) facility: Option<FacilityId>,
    pub(super) mode: &'static str,
    pub(super) minutes: i64,
    pub(super) price: i64,
    pub(super) requires_approval: bool,
}

/// One stretch of a weekday, in the doctor's own time.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) id: WindowId,
    pub(super) weekday: i8,
    pub(super) starts: Time,
    pub(super) ends: Time,
}

#[derive(Debug)]
pub(super) struct Exception {
    pub(super) id: ExceptionId,
    pub(super) kind: &'static str,
    pub(super) on: LocalDate,
    pub(super) hours: Option<(Time, Time)>,
}

/// One doctor's practice. The first service is the video visit.
#[derive(Debug)]
pub(super) struct Practice {
    pub(super) services: Vec<Service>,
    pub(super) schedule: ScheduleId,
    pub(super) valid_from: LocalDate,
    pub(super) windows: Vec<Window>,
    pub(super) exceptions: Vec<Exception>,
}

/// Mornings and afternoons, long mornings, late shifts, and those who also see people in the evening.
const HOURS: &[&[(i8, i8)]] =
    &[&[(9, 13), (14, 18)], &[(8, 14)], &[(10, 13), (16, 20)], &[(13, 21)], &[(9, 12), (18, 21)]];

/// In the order of the doctors.
pub(super) fn practices(dice: &mut Dice, cast: &Cast, now: Timestamp) -> Vec<Practice> {
    cast.doctors.iter().enumerate().map(|(index, doctor)| practice(dice, doctor, index == 0, now)).collect()
}

fn practice(dice: &mut Dice, doctor: &Doctor, first: bool, now: Timestamp) -> Practice {
    let joined = now.plus_days(-90);
    let minutes = if first { 20 } else { *dice.pick(&[20, 20, 15, 30]) };
    let requires_approval = !first && dice.chance(10);
    let mut services = Vec::new();
    let mut offer = |dice: &mut Dice, mode: &'static str, facility: Option<FacilityId>, minutes: i64, percent: i64| {
        let price = doctor.fee * percent / 100 / 100 * 100;
        let service = Service {
            id: dice.id(joined),
            practitioner: doctor.id,
            facility,
            mode,
            minutes,
            price: price.max(500),
            requires_approval,
        };
        services.push(service);
    };
    offer(dice, "video", None, minutes, 100);
    if first || dice.chance(65) {
        offer(dice, "audio", None, minutes, 90);
    }
    if first || dice.chance(35) {
        offer(dice, "chat", None, 15, 60);
    }
    if let Some(centre) = doctor.centre {
        offer(dice, "in_person", Some(centre), 30, 120);
    }
    let days_off: &[i8] = if first { &[] } else { doctor.city.days_off };
    let hours: &[(i8, i8)] = if first { &[(8, 13), (14, 23)] } else { HOURS[dice.below(HOURS.len())] };
    let mut windows = Vec::new();
    for weekday in (1..=7).filter(|day| !days_off.contains(day)) {
        // Half a week is enough for some.
        if !first && dice.chance(15) {
            continue;
        }
        for (starts, ends) in hours {
            windows.push(Window { id: dice.id(joined), weekday, starts: hour(*starts), ends: hour(*ends) });
        }
    }
    let exceptions = if first { Vec::new() } else { exceptions(dice, doctor, now) };
    let valid_from = now.plus_days(-120).date_in(&doctor.zone());
    Practice { services, schedule: dice.id(joined), valid_from, windows, exceptions }
}

/// A day off in the coming weeks for some, an extra evening for others.
fn exceptions(dice: &mut Dice, doctor: &Doctor, now: Timestamp) -> Vec<Exception> {
    let today = now.date_in(&doctor.zone());
    let mut found = Vec::new();
    if dice.chance(25) {
        let on = today.plus_days(i32::try_from(dice.between(3, 20)).unwrap_or(5));
        found.push(Exception { id: dice.id(now), kind: "closed", on, hours: None });
    }
    if dice.chance(15) {
        let on = today.plus_days(i32::try_from(dice.between(1, 10)).unwrap_or(2));
        found.push(Exception { id: dice.id(now), kind: "open", on, hours: Some((hour(19), hour(21))) });
    }
    found
}

fn hour(hour: i8) -> Time {
    Time::new(hour, 0, 0, 0).unwrap_or(Time::midnight())
}
