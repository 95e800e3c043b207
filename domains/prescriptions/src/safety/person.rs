//! Who takes it: what the rules ask about age, kidneys, pregnancy and breast-feeding (data/safety/renal.tsv, ages.tsv,
//! reproduction.tsv).

use super::{
    Alert, Checked, Severity,
    amount::of_day,
    classes::meets,
    data::{Ages, Bearing, Reach, Target, rules},
    whole,
};

/// An answer that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Nobody asked, or too long ago.
    #[default]
    NotAsked,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Answered {
    /// All, as offered.
    pub const ALL: [Self; 3] = [Self::NotAsked, Self::Yes, Self::No];

    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// What the rules need to know of a person. What is not known raises no alert but those that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Person {
    /// Whole months since birth.
    pub age_months: Option<u32>,
    /// Latest recorded weight.
    pub weight_grams: Option<u32>,
    /// Glomerular filtration, ml/min/1.73 m².
    pub egfr: Option<u32>,
    /// Whether pregnant.
    pub pregnant: Answered,
    /// Whether breast-feeding.
    pub breastfeeding: Answered,
    /// Female at birth.
    pub female: bool,
}

impl Person {
    fn may_be_pregnant(&self) -> bool {
        self.female
            && self.pregnant == Answered::NotAsked
            && self.age_months.is_some_and(|months| (12 * 12..=50 * 12).contains(&months))
    }

    fn bears(&self, bearing: Bearing) -> bool {
        match bearing {
            Bearing::Pregnant => self.pregnant == Answered::Yes,
            Bearing::Breastfeeding => self.breastfeeding == Answered::Yes,
            Bearing::Possible => self.may_be_pregnant(),
        }
    }
}

/// A rule that speaks about an ingredient.
struct Found {
    table: &'static str,
    tier: Severity,
    advice: &'static str,
    source: &'static str,
    because: String,
}

/// What kidneys, age, pregnancy and milk say about each item; of each table the gravest rule for an ingredient.
pub(super) fn against(items: &[Checked<'_>], person: &Person) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for item in items {
        for ingredient in &item.drug.ingredients {
            let found =
                [kidney(item, ingredient, person), age(item, ingredient, person), bearing(item, ingredient, person)];
            alerts.extend(found.into_iter().flatten().map(|found| alert(item, ingredient, found)));
        }
    }
    let old = person.age_months.is_some_and(|months| months >= 65 * 12);
    let unknown = |item: &Checked<'_>| item.drug.ingredients.iter().any(|ingredient| needs_kidneys(ingredient));
    if old && person.egfr.is_none() && items.iter().any(unknown) {
        alerts.push(whole("kidney-unknown", Severity::Minor, String::new()));
    }
    alerts
}

fn alert(item: &Checked<'_>, ingredient: &str, found: Found) -> Alert {
    Alert {
        id: format!("{}.{ingredient}.{}", found.table, item.position).replace(' ', "-"),
        rule: found.table.to_owned(),
        severity: found.tier,
        position: Some(item.position),
        ingredient: ingredient.to_owned(),
        because: found.because,
        source: rules().citation(found.source).to_owned(),
        row: format!("{}.{}.{ingredient}", found.table, found.advice),
        mechanism: String::new(),
        advice: found.advice.to_owned(),
    }
}

fn needs_kidneys(ingredient: &str) -> bool {
    rules().renal.iter().any(|rule| rule.tier > Severity::Moderate && meets(rule.target, ingredient))
}

fn worst(found: impl Iterator<Item = Found>) -> Option<Found> {
    found.reduce(|worst, other| if other.tier > worst.tier { other } else { worst })
}

fn is_about(target: Target, reach: Reach, item: &Checked<'_>, ingredient: &str) -> bool {
    meets(target, ingredient) && (reach == Reach::Any || item.directions.route.is_systemic())
}

fn kidney(item: &Checked<'_>, ingredient: &str, person: &Person) -> Option<Found> {
    let egfr = person.egfr?;
    let day = of_day(item.drug, item.directions, ingredient);
    let speaks = rules().renal.iter().filter(|rule| {
        // A dose that cannot be told is taken for too much.
        let too_much = rule.more_than.is_none_or(|most| day.is_none_or(|day| day > most));
        is_about(rule.target, Reach::Systemic, item, ingredient) && egfr < rule.below && too_much
    });
    worst(speaks.map(|rule| Found {
        table: "kidney",
        tier: rule.tier,
        advice: rule.advice,
        source: rule.source,
        because: egfr.to_string(),
    }))
}

fn age(item: &Checked<'_>, ingredient: &str, person: &Person) -> Option<Found> {
    let months = person.age_months?;
    let speaks = rules().ages.iter().filter(|rule| {
        let of_age = match rule.ages {
            Ages::Below { months: below } => months < below,
            Ages::From { years } => months >= years * 12,
        };
        of_age && is_about(rule.target, Reach::Systemic, item, ingredient)
    });
    worst(speaks.map(|rule| Found {
        table: "age",
        tier: rule.tier,
        advice: rule.advice,
        source: rule.source,
        because: String::new(),
    }))
}

fn bearing(item: &Checked<'_>, ingredient: &str, person: &Person) -> Option<Found> {
    let speaks = rules()
        .reproduction
        .iter()
        .filter(|rule| person.bears(rule.bearing) && is_about(rule.target, rule.reach, item, ingredient));
    worst(speaks.map(|rule| Found {
        table: match rule.bearing {
            Bearing::Pregnant => "pregnancy",
            Bearing::Breastfeeding => "breastfeeding",
            Bearing::Possible => "pregnancy-possible",
        },
        tier: rule.tier,
        advice: rule.advice,
        source: rule.source,
        because: String::new(),
    }))
}
