//! What the operator decides about times.

use calendars::Reach;

use crate::appointments::policy::{DOCTOR_ABSENT_MINUTES, PATIENT_ABSENT_MINUTES};

/// Settings of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// So many minutes before a visit people are reminded of it; the longest first.
    pub leads: Vec<i32>,
    /// A time that got free is kept so many minutes for whoever it is offered to.
    pub offer_minutes: i64,
    /// Minutes after the start (or after arriving) from which the clock counts the other one as absent.
    pub patient_grace_minutes: i64,
    pub doctor_grace_minutes: i64,
    /// Where calendars elsewhere may be.
    pub calendars: Reach,
}

/// A setting is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub problem: &'static str,
}

const LEADS: &str = "BEDSIDE_REMINDERS";
const PATIENT_GRACE: &str = "BEDSIDE_PATIENT_GRACE_MINUTES";
const DOCTOR_GRACE: &str = "BEDSIDE_DOCTOR_GRACE_MINUTES";
const OFFER: &str = "BEDSIDE_WAITING_LIST_MINUTES";
const CALENDARS: &str = "BEDSIDE_CALENDARS";

impl Config {
    /// `BEDSIDE_REMINDERS`: times before the visit, such as `24h,1h` or `2d,90m`; `off` for none. `BEDSIDE_WAITING_LIST_MINUTES`: from
    /// 5 to 1440. `BEDSIDE_PATIENT_GRACE_MINUTES`, `BEDSIDE_DOCTOR_GRACE_MINUTES`: not less than a person has to wait who says it by hand.
    /// `BEDSIDE_CALENDARS`: `world` for calendars at public addresses only, `here` besides for this very machine.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let leads = match setting(LEADS).as_deref() {
            None => Self::for_tests().leads,
            Some("off") => Vec::new(),
            Some(text) => leads(text)
                .ok_or(ConfigError { setting: LEADS, problem: "is no list of times from 5m to 14d, such as 24h,1h" })?,
        };
        let offer_minutes = minutes(setting, OFFER, 5..=1440)?.unwrap_or(Self::for_tests().offer_minutes);
        let usual = Self::for_tests();
        let patient = minutes(setting, PATIENT_GRACE, PATIENT_ABSENT_MINUTES..=120)?;
        let doctor = minutes(setting, DOCTOR_GRACE, DOCTOR_ABSENT_MINUTES..=120)?;
        let calendars = match setting(CALENDARS).as_deref() {
            None | Some("world") => Reach::World,
            Some("here") => Reach::WorldAndHere,
            Some(_) => return Err(ConfigError { setting: CALENDARS, problem: "is neither `world` nor `here`" }),
        };
        Ok(Self {
            leads,
            offer_minutes,
            patient_grace_minutes: patient.unwrap_or(usual.patient_grace_minutes),
            doctor_grace_minutes: doctor.unwrap_or(usual.doctor_grace_minutes),
            calendars,
        })
    }

    /// As usual: a day and an hour before; an hour to answer an offer. Calendars also on this very machine.
    pub fn for_tests() -> Self {
        Self {
            leads: vec![24 * 60, 60],
            offer_minutes: 60,
            patient_grace_minutes: PATIENT_ABSENT_MINUTES,
            doctor_grace_minutes: DOCTOR_ABSENT_MINUTES,
            calendars: Reach::WorldAndHere,
        }
    }
}

/// A number of minutes within bounds; `None` where nothing is set.
fn minutes(
    setting: &dyn Fn(&str) -> Option<String>,
    name: &'static str,
    bounds: std::ops::RangeInclusive<i64>,
) -> Result<Option<i64>, ConfigError> {
    let Some(text) = setting(name) else { return Ok(None) };
    let found = text.trim().parse().ok().filter(|minutes| bounds.contains(minutes));
    found.map(Some).ok_or(ConfigError { setting: name, problem: "is no number of minutes, or none that is allowed" })
}

fn leads(text: &str) -> Option<Vec<i32>> {
    let minutes = |part: &str| {
        let part = part.trim();
        let unit = match part.chars().last()? {
            'd' => 24 * 60,
            'h' => 60,
            'm' => 1,
            _ => return None,
        };
        let number: i32 = part.get(..part.len() - 1)?.parse().ok()?;
        number.checked_mul(unit).filter(|minutes| (5..=20_160).contains(minutes))
    };
    let mut leads = text.split(',').map(minutes).collect::<Option<Vec<_>>>()?;
    leads.sort_unstable_by(|a, b| b.cmp(a));
    leads.dedup();
    Some(leads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_times_before_the_visit() {
        assert_eq!(leads("1h,24h, 2d"), Some(vec![2880, 1440, 60]));
        assert_eq!(leads("90m,90m"), Some(vec![90]));
        for wrong in ["", "1", "h", "4m", "15d", "1h,", "-1h"] {
            assert_eq!(leads(wrong), None, "{wrong}");
        }
    }
}
