//! What the form of the waiting list sends, and how it becomes a command.

use kernel::{
    FieldError, LocalDate, Zone,
    ids::{PatientId, PractitionerId, ServiceId},
};
use serde::Deserialize;

use super::{
    join::JoinWaitingList,
    model::{Sought, Suits},
};
use crate::slots::{Mode, WallTime};

/// `sought` is `doctor`, or the code of a specialty.
#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
pub(super) struct JoinForm {
    pub(super) doctor: String,
    pub(super) service: String,
    pub(super) sought: String,
    pub(super) from_day: String,
    pub(super) until_day: String,
    pub(super) weekdays: Vec<String>,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) patient: String,
}

impl JoinForm {
    /// As it is shown first: any day of the next two weeks.
    pub(super) fn fresh(doctor: &str, service: &str, today: LocalDate) -> Self {
        Self {
            doctor: doctor.to_owned(),
            service: service.to_owned(),
            sought: "doctor".to_owned(),
            from_day: today.to_string(),
            until_day: today.plus_days(14).to_string(),
            weekdays: (1..=7).map(|day| day.to_string()).collect(),
            ..Self::default()
        }
    }

    pub(super) fn parse(
        &self,
        (doctor, service, mode): (PractitionerId, ServiceId, Mode),
        patient: PatientId,
        zone: &Zone,
    ) -> Result<JoinWaitingList, Vec<FieldError>> {
        let mut faults = Vec::new();
        let day = |field: &'static str, text: &str, faults: &mut Vec<FieldError>| -> Option<LocalDate> {
            let day = text.trim().parse().ok();
            if day.is_none() {
                faults.push(FieldError::new(field, "scheduling-error-waiting-day"));
            }
            day
        };
        let (from, until) =
            (day("from_day", &self.from_day, &mut faults), day("until_day", &self.until_day, &mut faults));
        let hour = |field: &'static str, text: &str, faults: &mut Vec<FieldError>| -> WallTime {
            let text = text.trim();
            if text.is_empty() {
                return WallTime::midnight();
            }
            text.parse().unwrap_or_else(|_| {
                faults.push(FieldError::new(field, "scheduling-error-waiting-hour"));
                WallTime::midnight()
            })
        };
        let (starts, ends) = (hour("starts", &self.starts, &mut faults), hour("ends", &self.ends, &mut faults));
        let weekdays = self.weekdays.iter().filter_map(|day| day.parse().ok()).collect();
        let sought = match self.sought.as_str() {
            "" | "doctor" => Sought::Doctor { practitioner: doctor, service },
            code => Sought::Specialty(code.to_owned()),
        };
        match (from, until) {
            (Some(from_day), Some(until_day)) if faults.is_empty() => Ok(JoinWaitingList {
                patient,
                sought,
                mode,
                suits: Suits { from_day, until_day, weekdays, starts, ends, zone: zone.clone() },
            }),
            _ => Err(faults),
        }
    }
}
