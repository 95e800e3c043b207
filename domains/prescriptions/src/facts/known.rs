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
    let mut answers = Vec::new();
    for row in store::list_latest(tx, patient, purpose).await? {
        let opened = vault.open_json::<Facts>(tx, row.patient, at(row.id), &row.content_sealed).await?;
        let opened = opened.into_inner().at(row.recorded_at, tx.now());
        answers.push((row.from_record, opened.clone()));
        facts = facts.and(opened);
    }
    let measured = chart::vitals::list_for(tx, vault, patient, purpose, 20).await?;
    let weight = measured.iter().find_map(|vitals| vitals.signs.weight);
    let height = measured.iter().find_map(|vitals| vitals.signs.height);
    let problems = chart::problems::list_for(tx, vault, patient, purpose).await?;
    let problems: Vec<(Option<String>, String)> = problems
        .into_iter()
        .filter(|problem| problem.status == ProblemStatus::Active)
        .map(|problem| (problem.from_record, problem.content.code))
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
        egfr: egfr_by(measured, egfr_of(&problems), row.joined),
        pregnant: or_by_problem(facts.pregnant, &in_each(&answers, |facts| facts.pregnant), &problems, says_pregnant),
        breastfeeding: or_by_problem(
            facts.breastfeeding,
            &in_each(&answers, |facts| facts.breastfeeding),
            &problems,
            says_breastfeeding,
        ),
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

/// An answer of each record that has one.
fn in_each(facts: &[(Option<String>, Facts)], of: fn(&Facts) -> Answered) -> Vec<(Option<&str>, Answered)> {
    facts.iter().map(|(record, facts)| (record.as_deref(), of(facts))).collect()
}

/// A problem says yes, unless its own record answers no: what is answered in another record was not said of it.
fn or_by_problem(
    answered: Answered,
    answers: &[(Option<&str>, Answered)],
    problems: &[(Option<String>, String)],
    says: fn(&str) -> bool,
) -> Answered {
    let denied = |record: Option<&str>| answers.contains(&(record, Answered::No));
    let said = problems.iter().any(|(record, code)| says(code) && !denied(record.as_deref()));
    if said { Answered::Yes } else { answered }
}

/// What was measured counts before what a stage allows; of joined records the lower, for the one may not know of the other.
fn egfr_by(measured: Option<u32>, staged: Option<u32>, joined: bool) -> Option<u32> {
    match (measured, staged) {
        (Some(measured), Some(staged)) if joined => Some(measured.min(staged)),
        (measured, staged) => measured.or(staged),
    }
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
fn egfr_of(problems: &[(Option<String>, String)]) -> Option<u32> {
    const STAGES: &[(&str, u32)] =
        &[("N18.3", 59), ("N18.30", 59), ("N18.31", 59), ("N18.32", 44), ("N18.4", 29), ("N18.5", 14), ("N18.6", 14)];
    problems.iter().filter_map(|(_, code)| STAGES.iter().find(|(stage, _)| stage == code).map(|(_, most)| *most)).min()
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
        let own = |list: &[&str]| list.iter().map(|code| (None::<String>, (*code).to_owned())).collect::<Vec<_>>();
        assert!(
            says_pregnant("Z34.81") && says_pregnant("O24.410") && !says_pregnant("O92.79") && !says_pregnant("I10")
        );
        assert_eq!(egfr_of(&own(&["N18.30", "N18.4"])), Some(29));
        assert_eq!(egfr_of(&own(&["N18.9"])), None);
        let (no, not_asked) = (Answered::No, Answered::NotAsked);
        let pregnant = own(&["Z33.1"]);
        assert_eq!(or_by_problem(no, &[(None, no)], &pregnant, says_pregnant), no);
        assert_eq!(or_by_problem(not_asked, &[(None, not_asked)], &pregnant, says_pregnant), Answered::Yes);
        assert_eq!(or_by_problem(not_asked, &[], &pregnant, says_pregnant), Answered::Yes);
        assert_eq!(or_by_problem(no, &[(None, no)], &own(&["I10"]), says_pregnant), no);
        // Answered in one record, a problem of the other.
        assert_eq!(or_by_problem(no, &[(Some("7K3M-9QXT"), no)], &pregnant, says_pregnant), Answered::Yes);
    }

    #[test]
    fn of_joined_records_the_lower_filtration_counts() {
        assert_eq!(egfr_by(Some(80), Some(29), false), Some(80));
        assert_eq!(egfr_by(Some(80), Some(29), true), Some(29));
        assert_eq!(egfr_by(None, Some(29), false), Some(29));
        assert_eq!(egfr_by(Some(80), None, true), Some(80));
    }
}
