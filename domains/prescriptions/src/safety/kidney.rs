//! Kidney function from serum creatinine.
//!
//! Adults: CKD-EPI 2021 without race (Inker et al., N Engl J Med 2021;385:1737). Children: the bedside formula of Schwartz et al.,
//! J Am Soc Nephrol 2009;20:629, which needs the height.

/// Micromoles per litre in one milligram per decilitre of creatinine.
pub const UMOL_PER_MG_DL: f64 = 88.42;

/// What the formula needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Creatinine {
    /// mg/dl
    pub mg_dl: f64,
    /// Whole years.
    pub years: u32,
    /// Female at birth.
    pub female: bool,
    /// cm; needed below 18 years.
    pub height: Option<f64>,
}

/// Estimated filtration, ml/min/1.73 m², rounded; nothing for a child without a height or a value no living person has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked before")]
pub fn egfr(of: Creatinine) -> Option<u32> {
    if !(0.1..=30.0).contains(&of.mg_dl) {
        return None;
    }
    let value = if of.years < 18 { 0.413 * of.height? / of.mg_dl } else { ckd_epi(of) };
    (0.0..=1000.0).contains(&value).then(|| value.round() as u32)
}

fn ckd_epi(of: Creatinine) -> f64 {
    let (kappa, alpha, factor) = if of.female { (0.7, -0.241, 1.012) } else { (0.9, -0.302, 1.0) };
    let ratio = of.mg_dl / kappa;
    142.0 * ratio.min(1.0).powf(alpha) * ratio.max(1.0).powf(-1.2) * 0.9938_f64.powf(f64::from(of.years)) * factor
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mg_dl: f64, years: u32, female: bool) -> Option<u32> {
        egfr(Creatinine { mg_dl, years, female, height: None })
    }

    #[test]
    fn adults_go_by_ckd_epi_2021() {
        // Worked out by hand from table S11 of Inker et al. 2021.
        assert_eq!(of(1.0, 60, true), Some(64));
        assert_eq!(of(1.0, 60, false), Some(86));
        assert_eq!(of(0.6, 30, true), Some(124));
        assert_eq!(of(2.5, 75, false), Some(26));
    }

    #[test]
    fn children_go_by_schwartz_and_need_a_height() {
        assert_eq!(egfr(Creatinine { mg_dl: 0.5, years: 8, female: true, height: Some(125.0) }), Some(103));
        assert_eq!(of(0.5, 8, true), None);
    }

    #[test]
    fn a_slip_of_the_unit_is_no_kidney_function() {
        assert_eq!(of(88.0, 60, true), None);
    }
}
