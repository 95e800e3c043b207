//! What was typed about a topic, and back.

use kernel::FieldError;
use serde::Deserialize;

use super::{SocialAnswer, Topic};

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    pub(super) status: String,
    pub(super) packs_per_day: String,
    pub(super) years: String,
    pub(super) how_often: String,
    pub(super) how_many: String,
    pub(super) six_or_more: String,
    pub(super) situation: String,
    pub(super) detail: String,
    pub(super) days: String,
    pub(super) minutes: String,
}

impl Typed {
    /// What was chosen in a question of AUDIT-C.
    pub(super) fn points(&self, name: &str) -> &str {
        match name {
            "how_often" => &self.how_often,
            "how_many" => &self.how_many,
            _ => &self.six_or_more,
        }
    }
}

impl From<&SocialAnswer> for Typed {
    fn from(answer: &SocialAnswer) -> Self {
        let amount = |amount: &Option<f64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        match answer {
            SocialAnswer::Tobacco { status, packs_per_day, years } => Self {
                status: status.as_str().to_owned(),
                packs_per_day: amount(packs_per_day),
                years: amount(years),
                ..Self::default()
            },
            SocialAnswer::Alcohol { how_often, how_many, six_or_more } => Self {
                how_often: how_often.to_string(),
                how_many: how_many.to_string(),
                six_or_more: six_or_more.to_string(),
                ..Self::default()
            },
            SocialAnswer::Substances { status, detail } => {
                Self { status: status.as_str().to_owned(), detail: detail.clone(), ..Self::default() }
            }
            SocialAnswer::Occupation { detail } => Self { detail: detail.clone(), ..Self::default() },
            SocialAnswer::Living { situation, detail } => {
                Self { situation: situation.as_str().to_owned(), detail: detail.clone(), ..Self::default() }
            }
            SocialAnswer::Exercise { days, minutes } => {
                Self { days: days.to_string(), minutes: minutes.to_string(), ..Self::default() }
            }
        }
    }
}

/// The answer that was typed, or what to do about each field.
pub(super) fn read_answer(topic: Topic, typed: &Typed) -> Result<SocialAnswer, Vec<FieldError>> {
    let mut errors = Vec::new();
    let answer = match topic {
        Topic::Tobacco => {
            let packs_per_day = amount(&mut errors, "packs_per_day", &typed.packs_per_day);
            let years = amount(&mut errors, "years", &typed.years);
            chosen(&mut errors, "status", &typed.status).map(|status| SocialAnswer::Tobacco {
                status,
                packs_per_day,
                years,
            })
        }
        Topic::Alcohol => {
            let how_often = chosen::<u8>(&mut errors, "how_often", &typed.how_often);
            // Who never drinks is not asked how much.
            let needed = how_often != Some(0);
            let mut points = |field: &'static str, text: &str| {
                if needed { chosen::<u8>(&mut errors, field, text) } else { Some(0) }
            };
            let (how_many, six_or_more) =
                (points("how_many", &typed.how_many), points("six_or_more", &typed.six_or_more));
            match (how_often, how_many, six_or_more) {
                (Some(how_often), Some(how_many), Some(six_or_more)) => {
                    Some(SocialAnswer::Alcohol { how_often, how_many, six_or_more })
                }
                _ => None,
            }
        }
        Topic::Substances => chosen(&mut errors, "status", &typed.status)
            .map(|status| SocialAnswer::Substances { status, detail: typed.detail.clone() }),
        Topic::Occupation => Some(SocialAnswer::Occupation { detail: typed.detail.clone() }),
        Topic::Living => chosen(&mut errors, "situation", &typed.situation)
            .map(|situation| SocialAnswer::Living { situation, detail: typed.detail.clone() }),
        Topic::Exercise => {
            let days = typed.days.trim().parse().ok();
            let minutes = typed.minutes.trim();
            let minutes = if minutes.is_empty() { Some(0) } else { minutes.parse().ok() };
            if days.is_none() {
                errors.push(FieldError::new("days", "chart-error-days"));
            }
            if minutes.is_none() {
                errors.push(FieldError::new("minutes", "chart-error-minutes"));
            }
            days.zip(minutes).map(|(days, minutes)| SocialAnswer::Exercise { days, minutes })
        }
    };
    match answer {
        Some(answer) if errors.is_empty() => Ok(answer),
        _ => Err(errors),
    }
}

fn chosen<T: std::str::FromStr>(errors: &mut Vec<FieldError>, field: &'static str, text: &str) -> Option<T> {
    let value = text.parse().ok();
    if value.is_none() {
        errors.push(FieldError::new(field, "chart-error-choose-answer"));
    }
    value
}

fn amount(errors: &mut Vec<FieldError>, field: &'static str, text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return None;
    }
    let value = text.parse::<f64>().ok();
    if value.is_none() {
        errors.push(FieldError::new(field, "chart-error-vital-number"));
    }
    value
}
