//! What is worked out from the answers.
//!
//! AUDIT-C: Bush K et al., Arch Intern Med 1998;158:1789-95: the first three questions of the WHO's AUDIT, 0 to 12 points, positive
//! from 4 points for men; Bradley KA et al., Arch Intern Med 2003;163:821-9: from 3 points for women. Where the sex is not known, the
//! lower threshold counts. Pack-years: packs of 20 cigarettes a day times years (NCI Dictionary of Cancer Terms).

use serde::Serialize;

use super::{SocialAnswer, Use};

/// The score of AUDIT-C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct AuditC {
    /// 0 to 12.
    pub score: u8,
    /// From here on it is positive.
    pub threshold: u8,
    pub positive: bool,
}

/// The score of an answer about alcohol, for this sex at birth.
pub fn audit_c(answer: &SocialAnswer, sex_at_birth: &str) -> Option<AuditC> {
    let SocialAnswer::Alcohol { how_often, how_many, six_or_more } = answer else { return None };
    let score = how_often + how_many + six_or_more;
    let threshold = if sex_at_birth == "male" { 4 } else { 3 };
    Some(AuditC { score, threshold, positive: score >= threshold })
}

/// Packs a day times years, to a tenth; none where one of them was not said, or where nobody smoked.
pub fn pack_years(answer: &SocialAnswer) -> Option<f64> {
    match answer {
        SocialAnswer::Tobacco {
            status: Use::Former | Use::Current,
            packs_per_day: Some(packs),
            years: Some(years),
        } => Some((packs * years * 10.0).round() / 10.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audit_c_is_positive_from_three_points_for_women_and_four_for_men() {
        let answer = SocialAnswer::Alcohol { how_often: 2, how_many: 1, six_or_more: 0 };
        assert_eq!(audit_c(&answer, "female"), Some(AuditC { score: 3, threshold: 3, positive: true }));
        assert_eq!(audit_c(&answer, "male"), Some(AuditC { score: 3, threshold: 4, positive: false }));
        assert_eq!(audit_c(&answer, "unknown").map(|audit| audit.positive), Some(true));
        let most = SocialAnswer::Alcohol { how_often: 4, how_many: 4, six_or_more: 4 };
        assert_eq!(audit_c(&most, "male").map(|audit| audit.score), Some(12));
    }

    #[test]
    fn pack_years_are_packs_times_years() {
        let smoked = |status, packs_per_day| SocialAnswer::Tobacco { status, packs_per_day, years: Some(30.0) };
        assert_eq!(pack_years(&smoked(Use::Current, Some(0.75))), Some(22.5));
        assert_eq!(pack_years(&smoked(Use::Former, None)), None);
        assert_eq!(pack_years(&smoked(Use::Never, Some(1.0))), None);
    }
}
