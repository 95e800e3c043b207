//! Gathers all that the safety checks need to know of a patient.

use chart::problems::ProblemStatus;
use db::Tx;
use kernel::{LocalDate, Zone, ids::PatientId};
use vault::Vault;

use super::{model::Facts, record::at, store};
use crate::{
    prescribing::ReadError,
    safety::{
        Answered, Person,
        kidney::{Creatinine, egfr},
    },
};

/// What is known of a patient now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) person: Person,
    /// What was written down, as far as it still holds.
    pub(crate) facts: Facts,
}

/// Reads it all, each section with its audit row. A patient whom the context may not see is [`ReadError::NotFound`].
pub(crate) async fn known(tx: &mut Tx, vault: &Vault, patient: PatientId, purpose: &str) -> Result<Known, ReadError> {
    let row = store::find_person(tx, patient).await?.ok_or(ReadError::NotFound)?;
    let mut facts = Facts::default();
    for row in store::list_latest(tx, patient, purpose).await? {
        let opened = vault.open_json::<Facts>(tx, row.patient, at(row.id), &row.content_sealed).await?;
        facts = facts.and(opened.into_inner().at(row.recorded_at, tx.now()));
    }
    let measured = chart::vitals::list_for(tx, vault, patient, purpose, 20).await?;
    let weight = measured.iter().find_map(|vitals| vitals.signs.weight);
    let height = measured.iter().find_map(|vitals| vitals.signs.height);
    let problems = chart::problems::list_for(tx, vault, patient, purpose).await?;
    let codes: Vec<String> = problems
        .into_iter()
        .filter(|problem| problem.status == ProblemStatus::Active)
        .map(|problem| problem.content.code)
        .collect();
    let today = tx.now().date_in(&Zone::utc());
    let age_months = row.birth_date.map(|born| months_between(born, today));
    let female = row.sex == "female";
    let measured = facts
        .creatinine
        .zip(age_months)
        .and_then(|(mg_dl, months)| egfr(Creatinine { mg_dl, years: months / 12, female, height }));
    let person = Person {
        age_months,
        weight_grams: weight.and_then(grams),
        egfr: measured.or_else(|| egfr_of(&codes)),
        pregnant: or_by_problem(facts.pregnant, &codes, says_pregnant),
        breastfeeding: or_by_problem(facts.breastfeeding, &codes, says_breastfeeding),
        female,
    };
    Ok(Known { person, facts })
}

/// Whole months; none before birth.
fn months_between(born: LocalDate, today: LocalDate) -> u32 {
    let (born, today) = (born.jiff(), today.jiff());
    let months = (i32::from(today.year()) - i32::from(born.year())) * 12 + i32::from(today.month())
        - i32::from(born.month())
        - i32::from(today.day() < born.day());
    u32::try_from(months).unwrap_or(0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
fn grams(kilograms: f64) -> Option<u32> {
    (0.1..=700.0).contains(&kilograms).then(|| (kilograms * 1000.0).round() as u32)
}

fn or_by_problem(answered: Answered, codes: &[String], says: fn(&str) -> bool) -> Answered {
    if answered == Answered::NotAsked && codes.iter().any(|code| says(code)) { Answered::Yes } else { answered }
}

/// ICD-10-CM: supervision of a pregnancy (Z34), weeks of gestation (Z3A), pregnant state (Z33.1), complications before birth (O09 to O48).
fn says_pregnant(code: &str) -> bool {
    let chapter_o = code.strip_prefix('O').and_then(|rest| rest.get(..2)?.parse::<u8>().ok());
    code.starts_with("Z33.1")
        || code.starts_with("Z34")
        || code.starts_with("Z3A")
        || chapter_o.is_some_and(|block| (9..=48).contains(&block))
}

/// ICD-10-CM: care of a lactating mother (Z39.1), disorders of lactation (O92).
fn says_breastfeeding(code: &str) -> bool {
    code.starts_with("Z39.1") || code.starts_with("O92")
}

/// The most that a stage of chronic kidney disease allows (KDIGO 2024), for want of a creatinine.
fn egfr_of(codes: &[String]) -> Option<u32> {
    const STAGES: &[(&str, u32)] =
        &[("N18.3", 59), ("N18.30", 59), ("N18.31", 59), ("N18.32", 44), ("N18.4", 29), ("N18.5", 14), ("N18.6", 14)];
    codes.iter().filter_map(|code| STAGES.iter().find(|(stage, _)| stage == code).map(|(_, most)| *most)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_by_the_calendar() {
        let day = |y, m, d| LocalDate::from_ymd(y, m, d).expect("a day");
        assert_eq!(months_between(day(2020, 2, 29), day(2021, 2, 28)), 11);
        assert_eq!(months_between(day(2020, 2, 29), day(2021, 3, 1)), 12);
        assert_eq!(months_between(day(2026, 1, 1), day(2025, 1, 1)), 0);
    }

    #[test]
    fn problems_speak_for_what_nobody_wrote_down() {
        let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert!(
            says_pregnant("Z34.81") && says_pregnant("O24.410") && !says_pregnant("O92.79") && !says_pregnant("I10")
        );
        assert_eq!(egfr_of(&codes(&["N18.30", "N18.4"])), Some(29));
        assert_eq!(egfr_of(&codes(&["N18.9"])), None);
        assert_eq!(or_by_problem(Answered::No, &codes(&["Z33.1"]), says_pregnant), Answered::No);
        assert_eq!(or_by_problem(Answered::NotAsked, &codes(&["Z33.1"]), says_pregnant), Answered::Yes);
    }
}
