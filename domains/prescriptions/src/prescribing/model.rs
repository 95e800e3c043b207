//! A prescription and its states.

use kernel::{
    FieldError, Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, PrescriptionItemId, VisitId},
};
use serde::{Deserialize, Serialize};

use super::{
    content::{Header, ItemContent},
    policy::most_refills,
};
use crate::{
    directions::{Directions, Dose, Frequency, Quantity, quantity},
    formulary::{self, Drug, QuantityUnit},
};

/// Items on one prescription.
pub(crate) const MOST_ITEMS: usize = 20;

/// Where a prescription stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written; only its prescriber sees it.
    Draft,
    /// Signed and valid.
    Active,
    /// Signed and valid, but not to be dispensed until its prescriber releases it.
    OnHold,
    /// Signed, and past its last day.
    Expired,
    /// All of it was dispensed.
    Completed,
    /// Another prescription took its place.
    Replaced,
    /// Ended by the prescriber: no longer to be taken.
    Stopped,
    /// A draft thrown away, or signed by mistake.
    Cancelled,
}

impl Status {
    /// What the row says, at this moment. An unknown word reads as cancelled: not to be dispensed.
    pub(crate) fn at(stored: &str, valid_until: Option<Timestamp>, now: Timestamp) -> Self {
        match stored {
            "draft" => Self::Draft,
            "active" if valid_until.is_some_and(|until| now < until) => Self::Active,
            "on_hold" if valid_until.is_some_and(|until| now < until) => Self::OnHold,
            "active" | "on_hold" => Self::Expired,
            "completed" => Self::Completed,
            "replaced" => Self::Replaced,
            "stopped" => Self::Stopped,
            _ => Self::Cancelled,
        }
    }

    /// Whether it may be signed.
    pub const fn may_sign(self) -> bool {
        matches!(self, Self::Draft)
    }

    /// Whether items may be added or removed.
    pub const fn may_edit(self) -> bool {
        matches!(self, Self::Draft)
    }

    /// Whether it may be stopped.
    pub const fn may_stop(self) -> bool {
        matches!(self, Self::Active | Self::OnHold)
    }

    /// Whether it may be cancelled; of one that was dispensed in part, what remains.
    pub const fn may_cancel(self) -> bool {
        matches!(self, Self::Draft | Self::Active | Self::OnHold)
    }

    /// Whether it may be put on hold.
    pub const fn may_hold(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether it may be released from its hold.
    pub const fn may_release(self) -> bool {
        matches!(self, Self::OnHold)
    }

    /// Whether another may take its place.
    pub const fn may_replace(self) -> bool {
        matches!(self, Self::Active | Self::OnHold)
    }

    /// Whether it may be dispensed.
    pub const fn may_dispense(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether a refill may be asked for, and given.
    pub const fn may_renew(self) -> bool {
        matches!(self, Self::Active | Self::Expired | Self::Completed)
    }

    /// The code, as in JSON and Fluent keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::OnHold => "on_hold",
            Self::Completed => "completed",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
            Self::Stopped => "stopped",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A prescription, opened and checked.
#[derive(Debug, Clone)]
pub struct Prescription {
    /// Its id.
    pub id: PrescriptionId,
    /// The visit it was written at.
    pub visit: VisitId,
    /// For whom.
    pub patient: PatientId,
    /// By whom.
    pub practitioner: PractitionerId,
    /// Where it stands now.
    pub status: Status,
    /// Version of its content.
    pub version: i32,
    /// Notes; from the signature on the alerts and the reasons given.
    pub header: Header,
    /// What is prescribed, in order.
    pub items: Vec<Item>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// Until when it may be dispensed.
    pub valid_until: Option<Timestamp>,
    /// The code of the public page.
    pub verify_code: Option<String>,
    /// The one whose place it takes, once it is signed.
    pub replaces: Option<PrescriptionId>,
    /// The one it renews.
    pub renews: Option<PrescriptionId>,
    /// When it was completed, replaced, stopped or cancelled.
    pub ended_at: Option<Timestamp>,
    /// Why.
    pub end_reason: Option<String>,
}

/// One prescribed medicine.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: PrescriptionItemId,
    /// Its place, from 1.
    pub position: i32,
    /// How much to dispense.
    pub quantity: i32,
    /// In what.
    pub quantity_unit: QuantityUnit,
    /// The medicine and how to take it.
    pub content: ItemContent,
}

/// A prescription to draft.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPrescription {
    /// What is prescribed; may be empty for a draft.
    #[serde(default)]
    pub items: Vec<NewItem>,
    /// Notes to the patient, at most 1,000 characters.
    #[serde(default)]
    pub notes: Option<String>,
}

/// An item to add.
#[derive(Debug, Clone, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewItem {
    /// Code of the formulary.
    #[serde(alias = "rxcui", alias = "code", alias = "drug_code", alias = "drug_id", alias = "medication")]
    pub drug: String,
    /// How much at a time, in units of the drug (`dose_unit`); 1 unless told.
    pub dose: Option<f64>,
    /// The drug's own unit unless told.
    #[serde(alias = "unit")]
    pub dose_unit: Option<formulary::DoseUnit>,
    /// The drug's usual route unless told.
    pub route: Option<formulary::Route>,
    /// `QD`, `BID`, `TID`, `QID`, `QAM`, `QHS`, `Q4H`, `Q6H`, `Q8H`, `Q12H`, `QOD`, `QW`, `STAT`; with ` PRN` behind it when needed.
    pub frequency: String,
    /// 1 to 365.
    #[serde(alias = "duration", alias = "days")]
    pub duration_days: Option<u16>,
    /// Only when needed.
    #[serde(alias = "prn")]
    pub as_needed: bool,
    /// For what; at most 120 characters.
    #[serde(alias = "prn_reason", alias = "reason")]
    pub as_needed_for: Option<String>,
    /// At most 300 characters.
    pub instructions: Option<String>,
    /// How much to dispense; worked out unless told.
    pub quantity: Option<u32>,
    /// How many more times the quantity may be dispensed after the first; as many as the medicine allows at most.
    pub refills: u8,
}

/// An item that was read and found whole.
#[derive(Debug, Clone)]
pub(crate) struct CheckedItem {
    pub(crate) content: ItemContent,
    pub(crate) quantity: Quantity,
}

impl TryFrom<NewItem> for CheckedItem {
    type Error = Vec<FieldError>;

    fn try_from(new: NewItem) -> Result<Self, Self::Error> {
        let mut errors = Vec::new();
        let drug = formulary::find(&new.drug);
        if drug.is_none() {
            errors.push(FieldError::new("drug", "prescriptions-error-drug"));
        }
        let (frequency, says_prn) = frequency(&new.frequency);
        if frequency.is_none() {
            errors.push(FieldError::new("frequency", "prescriptions-error-frequency"));
        }
        let dose = Dose::from_number(new.dose.unwrap_or(1.0));
        if dose.is_none() {
            errors.push(FieldError::new("dose", "prescriptions-error-dose"));
        }
        let days = match (new.duration_days, frequency) {
            (None, Some(Frequency::Stat)) => Some(1),
            (days, _) => days.filter(|days| (1..=365).contains(days)),
        };
        if days.is_none() {
            errors.push(FieldError::new("duration_days", "prescriptions-error-days"));
        }
        let reason = tidy(new.as_needed_for.as_deref());
        let as_needed = new.as_needed || says_prn || !reason.is_empty();
        if as_needed && reason.is_empty() {
            errors.push(FieldError::new("as_needed_for", "prescriptions-error-reason"));
        }
        let instructions = tidy(new.instructions.as_deref());
        for (field, text, most) in [("as_needed_for", &reason, 120), ("instructions", &instructions, 300)] {
            if text.chars().count() > most {
                errors.push(FieldError::new(field, "prescriptions-error-long").with("most", most));
            }
        }
        if new.quantity.is_some_and(|quantity| !(1..=10_000).contains(&quantity)) {
            errors.push(FieldError::new("quantity", "prescriptions-error-quantity"));
        }
        if let Some(drug) = drug
            && new.refills > most_refills(&drug.ingredients)
        {
            let most = most_refills(&drug.ingredients);
            errors.push(FieldError::new("refills", "prescriptions-error-refills").with("most", most));
        }
        let (Some(drug), Some(frequency), Some(dose), Some(days)) = (drug, frequency, dose, days) else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let directions = Directions {
            dose,
            unit: new.dose_unit.unwrap_or(drug.dose_unit),
            route: new.route.unwrap_or(drug.route),
            frequency,
            as_needed: as_needed.then_some(reason),
            days,
            instructions,
        };
        Ok(Self::of(drug, directions, &new))
    }
}

impl CheckedItem {
    fn of(drug: &'static Drug, directions: Directions, new: &NewItem) -> Self {
        let worked_out = quantity(drug, &directions);
        let quantity = Quantity { number: new.quantity.unwrap_or(worked_out.number), ..worked_out };
        Self { content: ItemContent { refills: new.refills, ..ItemContent::of(drug, directions) }, quantity }
    }
}

fn tidy(text: Option<&str>) -> String {
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `TID PRN` is three times a day when needed.
fn frequency(text: &str) -> (Option<Frequency>, bool) {
    let upper = text.to_uppercase();
    let says_prn = upper.split_whitespace().any(|word| word == "PRN");
    let rest: String = upper.split_whitespace().filter(|word| *word != "PRN").collect::<Vec<_>>().join(" ");
    let rest = if rest.is_empty() && says_prn { "QD".to_owned() } else { rest };
    (rest.parse().ok(), says_prn)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Verb = (&'static str, fn(Status) -> bool);

    #[test]
    fn states_and_what_they_allow() {
        let verbs: [Verb; 9] = [
            ("edit", Status::may_edit),
            ("sign", Status::may_sign),
            ("dispense", Status::may_dispense),
            ("hold", Status::may_hold),
            ("release", Status::may_release),
            ("replace", Status::may_replace),
            ("renew", Status::may_renew),
            ("stop", Status::may_stop),
            ("cancel", Status::may_cancel),
        ];
        let allowed = |status: Status| -> Vec<&str> {
            verbs.iter().filter(|(_, may)| may(status)).map(|(verb, _)| *verb).collect()
        };
        assert_eq!(allowed(Status::Draft), ["edit", "sign", "cancel"]);
        assert_eq!(allowed(Status::Active), ["dispense", "hold", "replace", "renew", "stop", "cancel"]);
        assert_eq!(allowed(Status::OnHold), ["release", "replace", "stop", "cancel"]);
        assert_eq!(allowed(Status::Expired), ["renew"]);
        assert_eq!(allowed(Status::Completed), ["renew"]);
        for ended in [Status::Replaced, Status::Stopped, Status::Cancelled] {
            assert_eq!(allowed(ended), [""; 0]);
        }
    }

    #[test]
    fn a_prescription_expires_thirty_days_after_its_signature_by_the_clock() {
        let signed = Timestamp::from_unix_seconds(1_000_000);
        let until = Some(signed.plus_days(crate::prescribing::policy::VALID_DAYS));
        assert_eq!(Status::at("active", until, signed.plus_days(30).plus_seconds(-1)), Status::Active);
        assert_eq!(Status::at("active", until, signed.plus_days(30)), Status::Expired);
        assert_eq!(Status::at("on_hold", until, signed.plus_days(29)), Status::OnHold);
        assert_eq!(Status::at("on_hold", until, signed.plus_days(30)), Status::Expired);
        assert_eq!(Status::at("completed", until, signed.plus_days(40)), Status::Completed);
    }

    #[test]
    fn an_item_is_read_whole_or_says_what_is_missing() {
        let new = NewItem {
            drug: "308192".into(),
            frequency: "tid prn".into(),
            duration_days: Some(7),
            as_needed_for: Some("pain".into()),
            ..NewItem::default()
        };
        let item = CheckedItem::try_from(new).expect("it is whole");
        assert_eq!((item.quantity.number, item.quantity.unit), (21, QuantityUnit::Tablet));
        assert_eq!(item.content.directions.as_needed.as_deref(), Some("pain"));
        let errors = CheckedItem::try_from(NewItem::default()).expect_err("nothing was told");
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_ref()).collect();
        assert_eq!(fields, ["drug", "frequency", "duration_days"]);
    }
}
