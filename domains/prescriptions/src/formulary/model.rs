//! A clinical drug: ingredients with their strengths, in a form.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code, as in data, JSON, forms and Fluent keys.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or(())
            }
        }
    };
}

codes! {
    /// The pharmaceutical form.
    #[expect(missing_docs, reason = "the codes say it")]
    Form {
        Tablet = "tablet", ChewableTablet = "chewable_tablet", SublingualTablet = "sublingual_tablet",
        ExtendedReleaseTablet = "extended_release_tablet", DelayedReleaseTablet = "delayed_release_tablet",
        Capsule = "capsule", ExtendedReleaseCapsule = "extended_release_capsule",
        DelayedReleaseCapsule = "delayed_release_capsule", OralSolution = "oral_solution",
        OralSuspension = "oral_suspension", OralGel = "oral_gel", Powder = "powder", OralSpray = "oral_spray",
        Inhaler = "inhaler", PowderInhaler = "powder_inhaler", NebuliserSolution = "nebuliser_solution",
        NasalSpray = "nasal_spray", EyeDrops = "eye_drops", EarDrops = "ear_drops", Cream = "cream",
        Ointment = "ointment", Gel = "gel", Lotion = "lotion", Shampoo = "shampoo", TopicalSolution = "topical_solution",
        Patch = "patch", Suppository = "suppository", Injection = "injection", PrefilledSyringe = "prefilled_syringe",
        Pen = "pen", AutoInjector = "auto_injector", Cartridge = "cartridge", Implant = "implant",
        IntrauterineSystem = "intrauterine_system",
    }
}

codes! {
    /// Where it enters the body.
    #[expect(missing_docs, reason = "the codes say it")]
    Route {
        Oral = "oral", Sublingual = "sublingual", Oromucosal = "oromucosal", Inhalation = "inhalation", Nasal = "nasal",
        Ophthalmic = "ophthalmic", Otic = "otic", Topical = "topical", Transdermal = "transdermal", Rectal = "rectal",
        Vaginal = "vaginal", Subcutaneous = "subcutaneous", Intramuscular = "intramuscular",
        Intravenous = "intravenous", Intrauterine = "intrauterine",
    }
}

codes! {
    /// In what one dose is counted.
    #[expect(missing_docs, reason = "the codes say it")]
    DoseUnit {
        Tablet = "tablet", Capsule = "capsule", Ml = "ml", Puff = "puff", Spray = "spray", Drop = "drop",
        Application = "application", Patch = "patch", Suppository = "suppository", Sachet = "sachet",
        Injection = "injection", Syringe = "syringe", Units = "units", Device = "device",
    }
}

codes! {
    /// In what the pharmacy counts.
    #[expect(missing_docs, reason = "the codes say it")]
    QuantityUnit {
        Tablet = "tablet", Capsule = "capsule", Ml = "ml", Container = "container", Patch = "patch",
        Suppository = "suppository", Sachet = "sachet", Vial = "vial",
    }
}

impl Route {
    /// Whether what enters so reaches the whole body; creams, drops, sprays and inhalers mostly stay where they are put.
    pub const fn is_systemic(self) -> bool {
        match self {
            Self::Oral
            | Self::Sublingual
            | Self::Transdermal
            | Self::Rectal
            | Self::Subcutaneous
            | Self::Intramuscular
            | Self::Intravenous => true,
            Self::Oromucosal
            | Self::Inhalation
            | Self::Nasal
            | Self::Ophthalmic
            | Self::Otic
            | Self::Topical
            | Self::Vaginal
            | Self::Intrauterine => false,
        }
    }
}

/// A clinical drug of the formulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Drug {
    /// RxCUI, or `local-…` where there is none.
    pub code: &'static str,
    /// Ingredients, generic names in lower case.
    pub ingredients: Vec<&'static str>,
    /// Strength of each ingredient.
    pub strengths: Vec<&'static str>,
    /// Form.
    pub form: Form,
    /// Usual route.
    pub route: Route,
    /// Unit of a dose.
    pub dose_unit: DoseUnit,
    /// Unit of the quantity.
    pub quantity_unit: QuantityUnit,
    /// What one container holds ("200 puffs"); empty where it does not matter.
    pub pack: &'static str,
    /// Brands that are known to hold it.
    pub brands: Vec<&'static str>,
}

impl Drug {
    /// Ingredients with strengths and form, in English as on a label: `amoxicillin 500 mg + clavulanate 125 mg tablet`.
    pub fn name(&self) -> String {
        format!("{} {}", self.substance(), self.form.as_str().replace('_', " "))
    }

    /// Ingredients with strengths.
    pub fn substance(&self) -> String {
        let parts: Vec<String> = self
            .ingredients
            .iter()
            .zip(&self.strengths)
            .map(|(ingredient, strength)| format!("{} {strength}", super::names::shown(ingredient)))
            .collect();
        parts.join(" + ")
    }

    /// How many doses (puffs, sprays) one container holds, where that is known.
    pub(crate) fn doses_per_container(&self) -> Option<u64> {
        let (number, unit) = self.pack.split_once(' ')?;
        matches!(unit, "puffs" | "sprays").then(|| number.parse().ok()).flatten()
    }
}
