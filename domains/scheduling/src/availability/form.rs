//! What the editor's forms send, and how it becomes commands. What was typed is kept as it was typed.

use std::collections::{BTreeMap, HashMap};

use kernel::{
    Currency, FieldError, LocalDate, Money, Zone,
    ids::{AppointmentId, ServiceId},
};
use serde::Deserialize;

use super::{
    change::Fate,
    model::{NewException, Offer, SetWeek, WindowLine},
    store::ScheduleLine,
};
use crate::slots::{ExceptionKind, InPerson, Journey, Mode, WallTime, WindowsRead};

/// Windows per weekday that the form has room for.
pub(super) const ROWS: usize = 4;

/// What is asked of a form that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Show what would follow.
    Preview,
    /// Back to the form, as it was typed.
    Edit,
    Save,
}

/// `place`, `valid_from`, `valid_until`, `time_zone` and, for weekday d and row r, `from-d-r`, `until-d-r`, `service-d-r`.
#[derive(Debug, Default, Deserialize, Clone)]
#[serde(transparent)]
pub(super) struct WeekForm(pub(super) BTreeMap<String, String>);

impl WeekForm {
    pub(super) fn step(&self) -> Step {
        match self.get("step") {
            "preview" => Step::Preview,
            "edit" => Step::Edit,
            _ => Step::Save,
        }
    }

    /// `fate-<appointment>`: what becomes of it.
    pub(super) fn fates(&self) -> HashMap<AppointmentId, Fate> {
        let fates = self.0.iter().filter_map(|(name, value)| {
            let id = name.strip_prefix("fate-")?.parse().ok()?;
            Some((id, if value == "cancel" { Fate::Cancel } else { Fate::Keep }))
        });
        fates.collect()
    }

    /// What was typed, to be sent once more.
    pub(super) fn typed(&self) -> Vec<(String, String)> {
        let own = |name: &str| name != "_csrf" && name != "step" && !name.starts_with("fate-");
        self.0.iter().filter(|(name, _)| own(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The same as a form of named fields.
    pub(super) fn read<T: serde::de::DeserializeOwned + Default>(&self) -> T {
        serde_json::to_value(&self.0).and_then(serde_json::from_value).unwrap_or_default()
    }

    /// Hours as they stand, to be changed; an empty week where there are none.
    pub(super) fn of(zone: &Zone, hours: Option<&ScheduleLine>, windows: &[WindowLine]) -> Self {
        let mut form = Self::default();
        let zone = hours.map_or(zone, |hours| &hours.zone);
        form.0.insert("time_zone".to_owned(), zone.name().to_owned());
        if let Some(hours) = hours {
            let mut put = |name: &str, value: Option<String>| form.0.insert(name.to_owned(), value.unwrap_or_default());
            put("place", hours.facility.map(|place| place.to_string()));
            put("valid_from", Some(hours.valid_from.to_string()));
            put("valid_until", hours.valid_until.map(|day| day.to_string()));
        }
        for weekday in 1..=7_u8 {
            for (row, window) in windows.iter().filter(|w| w.weekday == weekday).take(ROWS).enumerate() {
                form.0.insert(format!("from-{weekday}-{row}"), window.starts.to_string());
                form.0.insert(format!("until-{weekday}-{row}"), window.ends.to_string());
                let service = window.service.map(|id| id.to_string()).unwrap_or_default();
                form.0.insert(format!("service-{weekday}-{row}"), service);
            }
        }
        form
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str).trim()
    }

    pub(super) fn parse(&self) -> Result<SetWeek, Vec<FieldError>> {
        let mut faults = Vec::new();
        let zone = self.get("time_zone").parse::<Zone>();
        if zone.is_err() {
            faults.push(FieldError::new("time_zone", "scheduling-error-zone"));
        }
        let mut windows = Vec::new();
        for weekday in 1..=7_u8 {
            for row in 0..ROWS {
                match self.window(weekday, row) {
                    Ok(window) => windows.extend(window),
                    Err(error) => faults.push(error),
                }
            }
        }
        let mut optional = |field: &'static str| {
            if self.get(field).is_empty() { None } else { day(self.get(field), field, &mut faults) }
        };
        let (valid_from, valid_until) = (optional("valid_from"), optional("valid_until"));
        let place = self.get("place").parse().ok();
        match zone {
            Ok(zone) if faults.is_empty() => {
                Ok(SetWeek { place, zone, valid_from, valid_until, windows, fields: Vec::new() })
            }
            _ => Err(faults),
        }
    }

    fn window(&self, weekday: u8, row: usize) -> Result<Option<WindowLine>, FieldError> {
        let (from, until) = (self.get(&format!("from-{weekday}-{row}")), self.get(&format!("until-{weekday}-{row}")));
        if from.is_empty() && until.is_empty() {
            return Ok(None);
        }
        let wall = |text: &str, part: &str| {
            text.parse::<WallTime>()
                .map_err(|_| FieldError::new(format!("{part}-{weekday}-{row}"), "scheduling-error-time-of-day"))
        };
        let (starts, ends) = (wall(from, "from")?, wall(until, "until")?);
        let service = self.get(&format!("service-{weekday}-{row}"));
        Ok(Some(WindowLine { weekday, starts, ends, service: service.parse::<ServiceId>().ok() }))
    }
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
pub(super) struct ExceptionForm {
    pub(super) kind: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) service: String,
    pub(super) journey_zone: String,
    pub(super) windows_read: String,
    pub(super) in_person: String,
}

impl ExceptionForm {
    /// `home` is the doctor's zone, on whose clock all but a journey is read.
    pub(super) fn parse(&self, home: &Zone) -> Result<NewException, Vec<FieldError>> {
        let mut faults = Vec::new();
        let kind = ExceptionKind::from_code(&self.kind).unwrap_or(ExceptionKind::Closed);
        let journey = (kind == ExceptionKind::Travel).then_some(Journey {
            windows: if self.windows_read == "home" { WindowsRead::Home } else { WindowsRead::Abroad },
            in_person: if self.in_person.is_empty() { InPerson::GoesOn } else { InPerson::Stops },
        });
        let zone =
            if kind == ExceptionKind::Travel { self.journey_zone.trim().parse().ok() } else { Some(home.clone()) };
        if zone.is_none() {
            faults.push(FieldError::new("journey_zone", "scheduling-error-zone"));
        }
        let starts_on = day(&self.starts_on, "starts_on", &mut faults);
        let ends_on =
            if self.ends_on.trim().is_empty() { starts_on } else { day(&self.ends_on, "ends_on", &mut faults) };
        let part = match (self.starts.trim(), self.ends.trim()) {
            ("", "") => None,
            (starts, ends) => clock(starts, "starts", &mut faults).zip(clock(ends, "ends", &mut faults)),
        };
        match (starts_on, ends_on, zone) {
            (Some(starts_on), Some(ends_on), Some(zone)) if faults.is_empty() => {
                let (service, parts) = (self.service.parse().ok(), part.into_iter().collect());
                Ok(NewException { kind, service, starts_on, ends_on, parts, zone, journey })
            }
            _ => Err(faults),
        }
    }
}

fn day(text: &str, field: &'static str, faults: &mut Vec<FieldError>) -> Option<LocalDate> {
    let day = text.trim().parse().ok();
    if day.is_none() {
        faults.push(FieldError::new(field, "scheduling-error-day"));
    }
    day
}

fn clock(text: &str, field: &'static str, faults: &mut Vec<FieldError>) -> Option<WallTime> {
    let time = text.parse().ok();
    if time.is_none() {
        faults.push(FieldError::new(field, "scheduling-error-time-of-day"));
    }
    time
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
pub(super) struct ServiceForm {
    pub(super) mode: String,
    pub(super) facility: String,
    pub(super) duration_min: String,
    pub(super) buffer_before_min: String,
    pub(super) buffer_after_min: String,
    pub(super) grid_min: String,
    pub(super) lead_min: String,
    pub(super) horizon_days: String,
    pub(super) price: String,
    pub(super) currency: String,
    pub(super) requires_approval: String,
    pub(super) align_min: String,
    pub(super) daily_cap: String,
    pub(super) weekly_cap: String,
    pub(super) reserve_min: String,
}

impl ServiceForm {
    pub(super) fn parse(&self) -> Result<Offer, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut number = |text: &str, empty: i32, field: &'static str, key: &'static str| {
            let text = text.trim();
            let value = if text.is_empty() { Ok(empty) } else { text.parse() };
            value.unwrap_or_else(|_| {
                faults.push(FieldError::new(field, key));
                empty
            })
        };
        let duration_min = number(&self.duration_min, 0, "duration_min", "scheduling-error-duration");
        let offer = (
            number(&self.buffer_before_min, 0, "buffer_before_min", "scheduling-error-buffer"),
            number(&self.buffer_after_min, 0, "buffer_after_min", "scheduling-error-buffer"),
            number(&self.grid_min, duration_min, "grid_min", "scheduling-error-grid"),
            number(&self.lead_min, 15, "lead_min", "scheduling-error-lead"),
            number(&self.horizon_days, 60, "horizon_days", "scheduling-error-horizon"),
        );
        let reserve_min = number(&self.reserve_min, 0, "reserve_min", "scheduling-error-reserve");
        let mut perhaps = |text: &str, field: &'static str, key: &'static str| {
            (!text.trim().is_empty()).then(|| number(text, 0, field, key))
        };
        let align_min = perhaps(&self.align_min, "align_min", "scheduling-error-align");
        let daily_cap = perhaps(&self.daily_cap, "daily_cap", "scheduling-error-daily-cap");
        let weekly_cap = perhaps(&self.weekly_cap, "weekly_cap", "scheduling-error-weekly-cap");
        let mode = self.mode.parse::<Mode>();
        if mode.is_err() {
            faults.push(FieldError::new("mode", "scheduling-error-mode"));
        }
        let currency = self.currency.trim().to_uppercase().parse::<Currency>();
        let price = currency.ok().and_then(|currency| minor_units(&self.price, currency));
        if price.is_none() {
            faults.push(FieldError::new("price", "scheduling-error-price"));
        }
        match (mode, price) {
            (Ok(mode), Some(price)) if faults.is_empty() => Ok(Offer {
                mode,
                facility: self.facility.trim().parse().ok().filter(|_| mode == Mode::InPerson),
                duration_min,
                buffer_before_min: offer.0,
                buffer_after_min: offer.1,
                grid_min: offer.2,
                lead_min: offer.3,
                horizon_days: offer.4,
                align_min,
                daily_cap,
                weekly_cap,
                reserve_min,
                price,
                requires_approval: !self.requires_approval.is_empty(),
            }),
            _ => Err(faults),
        }
    }
}

/// "24", "24.5" or "24,50" in the currency's own decimals; `None` for more decimals than it has, and for what is no number.
fn minor_units(text: &str, currency: Currency) -> Option<Money> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let places = usize::try_from(currency.exponent()).ok()?;
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > places {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok().map(|amount| Money::new(amount, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_in_the_currencys_own_decimals() {
        let read = |text: &str, code: &str| minor_units(text, code.parse().expect("a currency")).map(|m| m.amount);
        assert_eq!(read("24", "USD"), Some(2400));
        assert_eq!(read(" 24,5 ", "EUR"), Some(2450));
        assert_eq!(read("1500", "JPY"), Some(1500));
        assert_eq!(read("1500.5", "JPY"), None);
        assert_eq!(read("0.050", "KWD"), Some(50));
        assert_eq!((read("-1", "USD"), read("", "USD"), read("1.2.3", "USD")), (None, None, None));
    }

    #[test]
    fn a_week_is_read_back_as_it_was_written_and_faults_name_their_field() {
        let window = WindowLine {
            weekday: 3,
            starts: "09:00".parse().expect("t"),
            ends: "24:00".parse().expect("t"),
            service: None,
        };
        let form = WeekForm::of(&"Asia/Dhaka".parse().expect("a zone"), None, &[window]);
        assert_eq!(form.parse().expect("it is well formed").windows, [window]);
        let mut wrong = form.clone();
        wrong.0.insert("until-3-0".into(), "25:00".into());
        wrong.0.insert("time_zone".into(), "Mars/Base".into());
        let faults = wrong.parse().expect_err("two mistakes");
        let fields: Vec<String> = faults.iter().map(|f| f.field.to_string()).collect();
        assert_eq!(fields, ["time_zone", "until-3-0"]);
    }
}
