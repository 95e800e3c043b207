//! A row of the trail, and which of them are wanted.

use kernel::{
    FieldError, LocalDate, Timestamp, Zone,
    ids::{AccountId, PatientId},
};
use serde::Serialize;
use uuid::Uuid;

/// One row, with the names that an administrator may read.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub(crate) struct Row {
    /// Its chain and place.
    pub(crate) shard: i16,
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) actor: Option<AccountId>,
    pub(crate) actor_name: Option<String>,
    pub(crate) roles: Option<String>,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) object_id: Option<Uuid>,
    pub(crate) purpose: String,
    pub(crate) outcome: String,
    pub(crate) patient_id: Option<PatientId>,
    pub(crate) record_no: Option<String>,
}

/// What was typed into the filters; empty is any.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// An e-mail address, a phone number or an account's id.
    pub(crate) who: String,
    /// A record number.
    pub(crate) patient: String,
    pub(crate) action: String,
    /// `2026-11-26`, in the zone of who asks.
    pub(crate) from: String,
    pub(crate) until: String,
}

/// The same, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) who: Option<String>,
    pub(crate) record_no: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) from: Option<Timestamp>,
    /// Not itself.
    pub(crate) until: Option<Timestamp>,
}

impl Filter {
    pub(crate) fn parse(&self, zone: &Zone) -> Result<Wanted, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut day = |field: &'static str, text: &str| match text.trim() {
            "" => None,
            typed => {
                let day = typed.parse::<LocalDate>().ok();
                if day.is_none() {
                    errors.push(FieldError::new(field, "chart-error-audit-day"));
                }
                day
            }
        };
        let (from, until) = (day("from", &self.from), day("until", &self.until));
        if !errors.is_empty() {
            return Err(errors);
        }
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Wanted {
            who: some(&self.who),
            record_no: some(&self.patient).map(|number| number.to_uppercase()),
            action: some(&self.action),
            from: from.map(|day| day.starts_in(zone)),
            until: until.map(|day| day.plus_days(1).starts_in(zone)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_filters_are_any_and_days_are_whole_ones_of_the_zone() {
        let zone: Zone = "Asia/Dhaka".parse().unwrap();
        assert_eq!(Filter::default().parse(&zone), Ok(Wanted::default()));
        let filter = Filter { from: "2026-11-26".into(), until: "2026-11-26".into(), ..Filter::default() };
        let wanted = filter.parse(&zone).unwrap();
        assert_eq!(wanted.from, Some("2026-11-25T18:00:00Z".parse().unwrap()));
        assert_eq!(wanted.until, Some("2026-11-26T18:00:00Z".parse().unwrap()));
        assert!(Filter { from: "yesterday".into(), ..Filter::default() }.parse(&zone).is_err());
    }
}
