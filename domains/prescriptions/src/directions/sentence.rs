//! Directions as a sentence a patient understands, in the patient's language.

use super::Directions;

/// Looks up a text by its Fluent key, with arguments.
pub(crate) type Words<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// "Take 1 capsule by mouth 3 times a day for 7 days, when needed for pain. After food."
///
/// The pieces stand in Fluent: verb by route, dose with its plural, frequency, length, reason; the order too
/// (`prescriptions-sig` and `prescriptions-sig-needed`), so that each language arranges them as it must.
pub(crate) fn sentence(words: Words<'_>, directions: &Directions) -> String {
    let number = directions.dose.to_string();
    let days = directions.days.to_string();
    let dose = words(&format!("prescriptions-dose-{}", directions.unit.as_str()), &[("count", &number)]);
    let verb = words(&format!("prescriptions-verb-{}", directions.route.as_str()), &[]);
    let route = words(&format!("prescriptions-by-{}", directions.route.as_str()), &[]);
    let often = words(&format!("prescriptions-often-{}", directions.frequency.as_str().to_lowercase()), &[]);
    let long = words("prescriptions-for-days", &[("count", &days)]);
    let once = directions.frequency == super::Frequency::Stat;
    let long = if once { String::new() } else { long };
    let pieces = [("verb", verb.as_str()), ("dose", &dose), ("route", &route), ("often", &often), ("long", &long)];
    let mut sentence = match &directions.as_needed {
        None => words("prescriptions-sig", &pieces),
        Some(reason) => {
            let mut pieces = pieces.to_vec();
            pieces.push(("reason", reason));
            words("prescriptions-sig-needed", &pieces)
        }
    };
    sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",");
    if !directions.instructions.is_empty() {
        sentence.push(' ');
        sentence.push_str(&directions.instructions);
    }
    sentence
}
