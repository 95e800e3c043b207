//! Who saw whom, and who will: two months of past appointments, today in every state, the days to come.

use std::collections::BTreeMap;

use kernel::ids::{AppointmentId, ChargeId, VisitId};
use kernel::{LocalDate, Timestamp, Zone};

use super::cast::{Cast, Doctor};
use super::dice::Dice;
pub(super) use super::fate::Fate;
use super::practice::{Practice, Service};
use super::words::cases::{self, Case};

#[derive(Debug)]
pub(super) struct Meeting<'a> {
    pub(super) id: AppointmentId,
    pub(super) patient: usize,
    pub(super) doctor: usize,
    pub(super) service: &'a Service,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) booked_at: Timestamp,
    pub(super) paid_at: Timestamp,
    pub(super) arrived_at: Timestamp,
    pub(super) admitted_at: Timestamp,
    pub(super) ended_at: Timestamp,
    pub(super) closed_at: Timestamp,
    pub(super) fate: Fate,
    pub(super) case: &'static Case,
    pub(super) charge: ChargeId,
    pub(super) visit: VisitId,
}

/// Who is busy when, so that nobody is in two places.
#[derive(Debug, Default)]
struct Busy(BTreeMap<(char, usize), Vec<(Timestamp, Timestamp)>>);

impl Busy {
    /// Takes the time for both, if both are free.
    fn take(&mut self, doctor: usize, patient: usize, from: Timestamp, until: Timestamp) -> bool {
        let both = [('d', doctor), ('p', patient)];
        let taken =
            |key| self.0.get(key).is_some_and(|spans| spans.iter().any(|(start, end)| *start < until && from < *end));
        if both.iter().any(taken) {
            return false;
        }
        for key in both {
            self.0.entry(key).or_default().push((from, until));
        }
        true
    }
}

struct Planner<'a, 'd> {
    dice: &'d mut Dice,
    cast: &'a Cast,
    practices: &'a [Practice],
    now: Timestamp,
    busy: Busy,
    meetings: Vec<Meeting<'a>>,
}

pub(super) fn agenda<'a>(
    dice: &mut Dice,
    cast: &'a Cast,
    practices: &'a [Practice],
    now: Timestamp,
) -> Vec<Meeting<'a>> {
    let mut planner = Planner { dice, cast, practices, now, busy: Busy::default(), meetings: Vec::new() };
    planner.today_of_the_first_doctor();
    planner.today_of_others();
    planner.past();
    planner.coming();
    planner.meetings.sort_by_key(|meeting| meeting.booked_at);
    planner.meetings
}

/// Minutes from now, and what becomes of it. Patient 0 is `patient@demo.example`, who is due soon and may arrive.
const FIRST_DAY: &[(i64, usize, Fate)] = &[
    (-240, 7, Fate::Signed),
    (-200, 12, Fate::Signed),
    (-160, 23, Fate::NoShowPatient),
    (-100, 31, Fate::Signed),
    (-60, 18, Fate::Ended),
    (0, 9, Fate::Waiting),
    (20, 0, Fate::Confirmed),
    (80, 27, Fate::Confirmed),
    (140, 35, Fate::Held),
    (200, 14, Fate::Confirmed),
];

const OTHER_DAY: &[(i64, Fate)] = &[
    (-5, Fate::Signed),
    (-4, Fate::Signed),
    (-3, Fate::NoShowPatient),
    (-2, Fate::Ended),
    (0, Fate::InCall),
    (1, Fate::Waiting),
    (3, Fate::Confirmed),
    (5, Fate::Held),
    (6, Fate::Confirmed),
    (8, Fate::CancelledByPatient),
];

impl Planner<'_, '_> {
    fn today_of_the_first_doctor(&mut self) {
        let minutes = self.practices[0].services[0].minutes;
        let base = on_grid(self.now, minutes, &self.cast.doctors[0].zone());
        for (offset, patient, fate) in FIRST_DAY {
            let starts_at = base.plus_minutes(offset / minutes * minutes);
            self.add(*patient, 0, 0, starts_at, *fate);
        }
    }

    /// Doctors whose own clock says that they are at work now, and, so that there are enough, some that are not.
    fn today_of_others(&mut self) {
        let mut others: Vec<usize> = (1..self.cast.doctors.len()).collect();
        let at_work = |index: &usize| {
            let now = self.now.in_zone(&self.cast.doctors[*index].zone());
            let (weekday, time) = (now.weekday().to_monday_one_offset(), now.time());
            self.practices[*index].windows.iter().any(|w| w.weekday == weekday && w.starts <= time && time < w.ends)
        };
        others.sort_by_key(|index| !at_work(index));
        for doctor in others.into_iter().take(14) {
            let approval = self.practices[doctor].services[0].requires_approval;
            let minutes = self.practices[doctor].services[0].minutes;
            let base = on_grid(self.now, minutes, &self.cast.doctors[doctor].zone());
            for (steps, fate) in OTHER_DAY {
                if self.dice.chance(35) {
                    continue;
                }
                let fate = if approval && *fate == Fate::Held { Fate::Requested } else { *fate };
                let patient = self.someone();
                self.add(patient, doctor, 0, base.plus_minutes(steps * minutes), fate);
            }
        }
        self.one_request();
    }

    /// Any patient but that of the demonstration account.
    fn someone(&mut self) -> usize {
        1 + self.dice.below(self.cast.patients.len() - 1)
    }

    /// There is always somebody who waits for a doctor's answer.
    fn one_request(&mut self) {
        let asked = (1..self.cast.doctors.len()).filter(|doctor| self.practices[*doctor].services[0].requires_approval);
        for doctor in asked.take(2).collect::<Vec<_>>() {
            let patient = self.someone();
            let day = self.now.plus_days(1).date_in(&self.cast.doctors[doctor].zone());
            for days in 0..7 {
                if let Some(starts_at) = self.some_time(doctor, 0, day.plus_days(days)) {
                    self.add(patient, doctor, 0, starts_at, Fate::Requested);
                    break;
                }
            }
        }
    }

    /// Patients have two or three doctors to whom they come back.
    fn past(&mut self) {
        for patient in 0..self.cast.patients.len() {
            let own: Vec<usize> = if patient == 0 {
                vec![0, 20, 45]
            } else {
                (0..3).map(|_| self.dice.below(self.cast.doctors.len())).collect()
            };
            let visits = if patient == 0 { 7 } else { self.dice.between(3, 8) };
            for _ in 0..visits {
                let doctor = *self.dice.pick(&own);
                let fate = match self.dice.below(100) {
                    0..=81 => Fate::Signed,
                    82..=87 => Fate::CancelledByPatient,
                    88..=91 => Fate::CancelledByDoctor,
                    92..=96 => Fate::NoShowPatient,
                    _ => Fate::Expired,
                };
                self.somewhen(patient, doctor, (-60, -1), fate);
            }
        }
    }

    fn coming(&mut self) {
        for _ in 0..50 {
            let patient = self.someone();
            let doctor = self.dice.below(self.cast.doctors.len());
            self.somewhen(patient, doctor, (1, 12), Fate::Confirmed);
        }
    }

    /// Tries some days for one on which the doctor works.
    fn somewhen(&mut self, patient: usize, doctor: usize, days: (i64, i64), fate: Fate) {
        let today = self.now.date_in(&self.cast.doctors[doctor].zone());
        for _ in 0..12 {
            let day = today.plus_days(i32::try_from(self.dice.between(days.0, days.1)).unwrap_or(-7));
            let service = self.dice.below(self.practices[doctor].services.len());
            if let Some(starts_at) = self.some_time(doctor, service, day)
                && self.add(patient, doctor, service, starts_at, fate)
            {
                return;
            }
        }
    }

    /// A start on the grid of the doctor's windows that day.
    fn some_time(&mut self, doctor: usize, service: usize, day: LocalDate) -> Option<Timestamp> {
        let practice = &self.practices[doctor];
        if practice.exceptions.iter().any(|exception| exception.on == day) {
            return None;
        }
        let weekday = day.jiff().weekday().to_monday_one_offset();
        let windows: Vec<_> = practice.windows.iter().filter(|window| window.weekday == weekday).collect();
        if windows.is_empty() {
            return None;
        }
        let window = *self.dice.pick(&windows);
        let minutes = practice.services[service].minutes;
        let steps = (i64::from(window.ends.hour()) - i64::from(window.starts.hour())) * 60 / minutes;
        let step = self.dice.between(0, steps - 1);
        let zone = self.cast.doctors[doctor].zone();
        let starts = day.jiff().to_datetime(window.starts).to_zoned(zone.tz()).ok()?;
        Some(Timestamp::from_jiff(starts.timestamp()).plus_minutes(step * minutes))
    }

    fn add(&mut self, patient: usize, doctor: usize, service: usize, starts_at: Timestamp, fate: Fate) -> bool {
        let service = &self.practices[doctor].services[service];
        let ends_at = starts_at.plus_minutes(service.minutes);
        if !self.busy.take(doctor, patient, starts_at, ends_at) {
            return false;
        }
        let case = self.case(doctor);
        let times = self.times(fate, starts_at, ends_at);
        let meeting = Meeting {
            id: self.dice.id(times.booked),
            patient,
            doctor,
            service,
            starts_at,
            ends_at,
            booked_at: times.booked,
            paid_at: times.paid,
            arrived_at: times.arrived,
            admitted_at: times.admitted,
            ended_at: times.ended,
            closed_at: times.closed,
            fate,
            case,
            charge: self.dice.id(times.booked),
            visit: self.dice.id(times.admitted),
        };
        self.meetings.push(meeting);
        true
    }

    fn case(&mut self, doctor: usize) -> &'static Case {
        let doctor: &Doctor = &self.cast.doctors[doctor];
        let stories = cases::of(doctor.specialty.code);
        stories[self.dice.below(stories.len())]
    }

    fn times(&mut self, fate: Fate, starts_at: Timestamp, ends_at: Timestamp) -> Times {
        let fresh = matches!(fate, Fate::Held | Fate::Requested);
        let booked = if fresh {
            self.now.plus_minutes(-self.dice.between(1, 6))
        } else {
            starts_at.min(self.now).plus_minutes(-self.dice.between(90, 9_000))
        };
        let admitted = match fate {
            Fate::InCall => self.now.plus_minutes(-self.dice.between(1, 9)),
            _ => starts_at.plus_minutes(self.dice.between(0, 4)),
        };
        // Who waits has only just come, however long ago the time began: a doctor who kept them longer would count as absent.
        let arrived = match fate {
            Fate::Waiting => self.now.plus_minutes(-self.dice.between(2, 6)),
            _ => starts_at.plus_minutes(-self.dice.between(2, 9)).min(admitted),
        };
        let ended = ends_at.plus_minutes(-self.dice.between(1, 3)).max(admitted.plus_minutes(4));
        let closed = match fate {
            Fate::Expired => booked.plus_minutes(30),
            Fate::CancelledByPatient | Fate::CancelledByDoctor => booked.plus_minutes(60).min(starts_at),
            _ => starts_at.plus_minutes(15),
        };
        Times { booked, paid: booked.plus_minutes(3), arrived, admitted, ended, closed }
    }
}

struct Times {
    booked: Timestamp,
    paid: Timestamp,
    arrived: Timestamp,
    admitted: Timestamp,
    ended: Timestamp,
    closed: Timestamp,
}

/// The last time on a grid of minutes that begins at each full hour of the doctor's clock.
fn on_grid(now: Timestamp, minutes: i64, zone: &Zone) -> Timestamp {
    let local = now.in_zone(zone);
    let past_hour = i64::from(local.minute()) % minutes;
    now.plus_minutes(-past_hour)
        .plus_seconds(-i64::from(local.second()))
        .plus(jiff::SignedDuration::from_nanos(-i64::from(local.subsec_nanosecond())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::cast::cast;
    use super::super::practice::practices;
    use super::*;

    fn with_agenda(check: impl FnOnce(&Cast, &[Meeting<'_>], Timestamp)) {
        let now = Timestamp::from_unix_seconds(1_795_230_071);
        let mut dice = Dice::seeded(3);
        let cast = cast(&mut dice, now);
        let practices = practices(&mut dice, &cast, now);
        let meetings = agenda(&mut dice, &cast, &practices, now);
        check(&cast, &meetings, now);
    }

    #[test]
    fn today_has_every_state_and_the_past_is_long() {
        with_agenda(|_, meetings, now| {
            let today: BTreeSet<&str> = meetings
                .iter()
                .filter(|meeting| meeting.starts_at.minutes_since(now).abs() < 12 * 60)
                .map(|meeting| meeting.fate.visit_status())
                .collect();
            assert_eq!(today, BTreeSet::from(["ended", "in_consultation", "not_open", "signed", "waiting"]));
            assert!(meetings.iter().any(|meeting| meeting.fate == Fate::Requested));
            assert!(meetings.iter().filter(|meeting| meeting.fate == Fate::Signed).count() > 120);
            let earliest = meetings.iter().map(|meeting| meeting.starts_at).min().unwrap();
            assert!(now.minutes_since(earliest) > 50 * 24 * 60);
        });
    }

    #[test]
    fn whoever_waits_has_just_come_at_any_minute() {
        for minute in 0..60 {
            let now = Timestamp::from_unix_seconds(1_795_230_071).plus_minutes(minute);
            let mut dice = Dice::seeded(3);
            let cast = cast(&mut dice, now);
            let practices = practices(&mut dice, &cast, now);
            let meetings = agenda(&mut dice, &cast, &practices, now);
            let waiting: Vec<_> = meetings.iter().filter(|meeting| meeting.fate == Fate::Waiting).collect();
            assert!(waiting.iter().any(|meeting| meeting.doctor == 0));
            assert!(waiting.iter().all(|meeting| now.minutes_since(meeting.arrived_at) <= 6));
        }
    }

    #[test]
    fn nobody_is_in_two_places() {
        with_agenda(|_, meetings, _| {
            for (index, one) in meetings.iter().enumerate() {
                for other in &meetings[index + 1..] {
                    let same = one.patient == other.patient || one.doctor == other.doctor;
                    assert!(!same || one.ends_at <= other.starts_at || other.ends_at <= one.starts_at);
                }
            }
        });
    }

    #[test]
    fn the_patient_of_the_demonstration_is_due_soon_with_the_doctor_of_the_demonstration() {
        with_agenda(|_, meetings, now| {
            let due = meetings.iter().find(|m| m.patient == 0 && m.doctor == 0 && m.fate == Fate::Confirmed).unwrap();
            assert!((0..=20).contains(&due.starts_at.minutes_since(now)));
        });
    }

    #[test]
    fn the_grid_begins_at_the_full_hour() {
        let zone: Zone = "Asia/Kolkata".parse().unwrap();
        let now = Timestamp::from_unix_seconds(1_795_230_071);
        let local = on_grid(now, 20, &zone).in_zone(&zone);
        assert_eq!((local.minute() % 20, local.second(), local.time().subsec_nanosecond()), (0, 0, 0));
    }
}
