//! What the operator decides about times.

use calendars::Reach;

/// Settings of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// So many minutes before a visit people are reminded of it; the longest first.
    pub leads: Vec<i32>,
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
const CALENDARS: &str = "BEDSIDE_CALENDARS";

impl Config {
    /// `BEDSIDE_REMINDERS`: times before the visit, such as `24h,1h` or `2d,90m`; `off` for none. `BEDSIDE_CALENDARS`: `world` for
    /// calendars at public addresses only, `here` besides for this very machine.
    pub fn read(setting: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let leads = match setting(LEADS).as_deref() {
            None => Self::for_tests().leads,
            Some("off") => Vec::new(),
            Some(text) => leads(text)
                .ok_or(ConfigError { setting: LEADS, problem: "is no list of times from 5m to 14d, such as 24h,1h" })?,
        };
        let calendars = match setting(CALENDARS).as_deref() {
            None | Some("world") => Reach::World,
            Some("here") => Reach::WorldAndHere,
            Some(_) => return Err(ConfigError { setting: CALENDARS, problem: "is neither `world` nor `here`" }),
        };
        Ok(Self { leads, calendars })
    }

    /// A day and an hour before; calendars also on this very machine.
    pub fn for_tests() -> Self {
        Self { leads: vec![24 * 60, 60], calendars: Reach::WorldAndHere }
    }
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
