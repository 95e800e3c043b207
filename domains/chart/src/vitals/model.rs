//! The measured values.

use kernel::{
    FieldError, LocalDate, Timestamp,
    ids::{VisitId, VitalsId},
};
use serde::{Deserialize, Serialize};

use super::ranges::{self, Side, Whose};

/// What was measured. All are optional; at least one is there.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VitalSigns {
    /// mm[Hg]
    pub systolic: Option<f64>,
    /// mm[Hg]
    pub diastolic: Option<f64>,
    /// /min
    pub pulse: Option<f64>,
    /// /min
    pub respiration: Option<f64>,
    /// Cel
    pub temperature: Option<f64>,
    /// %
    pub oxygen_saturation: Option<f64>,
    /// kg
    pub weight: Option<f64>,
    /// cm
    pub height: Option<f64>,
    /// mmol/L, of blood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glucose: Option<f64>,
}

/// One kind of measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Blood pressure, upper.
    Systolic,
    /// Blood pressure, lower.
    Diastolic,
    /// Heart beats.
    Pulse,
    /// Breaths.
    Respiration,
    /// Body temperature.
    Temperature,
    /// Oxygen saturation.
    OxygenSaturation,
    /// Body weight.
    Weight,
    /// Body height.
    Height,
    /// Glucose in the blood.
    Glucose,
}

impl Sign {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Systolic,
        Self::Diastolic,
        Self::Pulse,
        Self::Temperature,
        Self::OxygenSaturation,
        Self::Respiration,
        Self::Weight,
        Self::Height,
        Self::Glucose,
    ];

    /// Name as in JSON, forms and Fluent keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Systolic => "systolic",
            Self::Diastolic => "diastolic",
            Self::Pulse => "pulse",
            Self::Respiration => "respiration",
            Self::Temperature => "temperature",
            Self::OxygenSaturation => "oxygen_saturation",
            Self::Weight => "weight",
            Self::Height => "height",
            Self::Glucose => "glucose",
        }
    }

    /// UCUM unit.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Systolic | Self::Diastolic => "mm[Hg]",
            Self::Pulse | Self::Respiration => "/min",
            Self::Temperature => "Cel",
            Self::OxygenSaturation => "%",
            Self::Weight => "kg",
            Self::Height => "cm",
            Self::Glucose => "mmol/L",
        }
    }

    /// The unit as printed for people.
    pub const fn printed_unit(self) -> &'static str {
        match self {
            Self::Systolic | Self::Diastolic => "mmHg",
            Self::Pulse | Self::Respiration => "/min",
            Self::Temperature => "°C",
            Self::OxygenSaturation => "%",
            Self::Weight => "kg",
            Self::Height => "cm",
            Self::Glucose => "mmol/L",
        }
    }

    /// What a living person can have, newborn to giant: outside is a slip of the finger or a wrong unit.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Systolic => (40.0, 300.0),
            Self::Diastolic => (20.0, 200.0),
            Self::Pulse => (20.0, 300.0),
            Self::Respiration => (3.0, 100.0),
            Self::Temperature => (25.0, 45.0),
            Self::OxygenSaturation => (40.0, 100.0),
            Self::Weight => (0.3, 500.0),
            Self::Height => (20.0, 260.0),
            Self::Glucose => (0.5, 80.0),
        }
    }

    /// The value of this kind.
    pub const fn of(self, signs: &VitalSigns) -> Option<f64> {
        match self {
            Self::Systolic => signs.systolic,
            Self::Diastolic => signs.diastolic,
            Self::Pulse => signs.pulse,
            Self::Respiration => signs.respiration,
            Self::Temperature => signs.temperature,
            Self::OxygenSaturation => signs.oxygen_saturation,
            Self::Weight => signs.weight,
            Self::Height => signs.height,
            Self::Glucose => signs.glucose,
        }
    }

    /// Set the value of this kind.
    pub const fn set(self, signs: &mut VitalSigns, value: Option<f64>) {
        match self {
            Self::Systolic => signs.systolic = value,
            Self::Diastolic => signs.diastolic = value,
            Self::Pulse => signs.pulse = value,
            Self::Respiration => signs.respiration = value,
            Self::Temperature => signs.temperature = value,
            Self::OxygenSaturation => signs.oxygen_saturation = value,
            Self::Weight => signs.weight = value,
            Self::Height => signs.height = value,
            Self::Glucose => signs.glucose = value,
        }
    }
}

impl VitalSigns {
    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        Sign::ALL.iter().all(|sign| sign.of(self).is_none())
    }

    /// What is wrong with the values, by field.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors: Vec<FieldError> = Sign::ALL
            .into_iter()
            .filter_map(|sign| {
                let (low, high) = sign.range();
                let value = sign.of(self)?;
                let fits = value.is_finite() && value >= low && value <= high;
                (!fits).then(|| {
                    FieldError::new(sign.as_str(), "chart-error-vital-range").with("low", low).with("high", high)
                })
            })
            .collect();
        if self.systolic.is_some() != self.diastolic.is_some() {
            errors.push(FieldError::new(
                if self.systolic.is_some() { "diastolic" } else { "systolic" },
                "chart-error-pressure-pair",
            ));
        } else if let (Some(upper), Some(lower)) = (self.systolic, self.diastolic)
            && upper <= lower
        {
            errors.push(FieldError::new("systolic", "chart-error-pressure-order"));
        }
        errors
    }

    /// Values that are possible and rare for this person, by field.
    pub(super) fn unusual(&self, whose: Whose<'_>, on: LocalDate) -> Vec<FieldError> {
        let unusual = |sign: Sign| {
            let value = sign.of(self)?;
            let range = ranges::unusual(sign.as_str(), whose, on)?;
            (range.side(value) != Side::Within).then(|| FieldError::new(sign.as_str(), "chart-error-vital-unusual"))
        };
        Sign::ALL.into_iter().filter_map(unusual).collect()
    }

    /// The measured values as printed, in order: kind and text, blood pressure as one ("128/82 mmHg").
    pub fn printed(&self) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        if let (Some(upper), Some(lower)) = (self.systolic, self.diastolic) {
            lines.push(("pressure", format!("{}/{} mmHg", number(upper), number(lower))));
        }
        for sign in Sign::ALL.into_iter().skip(2) {
            if let Some(value) = sign.of(self) {
                lines.push((sign.as_str(), format!("{} {}", number(value), sign.printed_unit())));
            }
        }
        lines
    }
}

/// To a tenth, without a needless zero.
pub(super) fn number(value: f64) -> String {
    let tenths = format!("{value:.1}");
    tenths.strip_suffix(".0").map_or(tenths.clone(), str::to_owned)
}

/// Vital signs to write down.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVitals {
    /// What was measured.
    pub signs: VitalSigns,
    /// When; now unless told, and never in the future.
    #[serde(default)]
    pub taken_at: Option<Timestamp>,
    /// The visit they were taken at, where they were.
    #[serde(default)]
    pub visit: Option<VisitId>,
    /// Somebody has looked at unusual values again: they are right. What is taken at a visit is, for a doctor took it.
    #[serde(default)]
    pub confirmed: bool,
}

/// One set of vital signs.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Vitals {
    /// Its id.
    pub id: VitalsId,
    /// What was measured.
    pub signs: VitalSigns,
    /// When.
    pub taken_at: Timestamp,
    /// Whether a clinician wrote it down, not the patient.
    pub by_clinician: bool,
    /// The visit, where there was one.
    pub visit: Option<VisitId>,
    /// The number of the joined record in which it stands; none for the record's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_record: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_values_are_refused_by_field() {
        let signs = VitalSigns { temperature: Some(99.0), pulse: Some(72.0), ..VitalSigns::default() };
        let errors = signs.errors();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].field, "temperature");
    }

    #[test]
    fn blood_pressure_is_a_pair_with_the_upper_first() {
        let one = VitalSigns { systolic: Some(120.0), ..VitalSigns::default() };
        assert_eq!(one.errors()[0].message_key, "chart-error-pressure-pair");
        let swapped = VitalSigns { systolic: Some(80.0), diastolic: Some(120.0), ..VitalSigns::default() };
        assert_eq!(swapped.errors()[0].message_key, "chart-error-pressure-order");
    }

    #[test]
    fn values_print_without_needless_zeros() {
        let signs = VitalSigns {
            systolic: Some(128.0),
            diastolic: Some(82.0),
            temperature: Some(37.25),
            ..VitalSigns::default()
        };
        assert_eq!(
            signs.printed(),
            vec![("pressure", "128/82 mmHg".to_owned()), ("temperature", "37.2 °C".to_owned())]
        );
    }
}
