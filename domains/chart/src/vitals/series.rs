//! Values over time, ready to draw.

use kernel::{LocalDate, Timestamp, Zone};

use super::{
    Sign, Units, Vitals,
    ranges::{self, Range, Side, Whose},
};

/// What one drawing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Pressure,
    Pulse,
    OxygenSaturation,
    Temperature,
    Respiration,
    Weight,
    Height,
    Bmi,
    Glucose,
}

impl Measure {
    pub(super) const ALL: [Self; 9] = [
        Self::Pressure,
        Self::Pulse,
        Self::OxygenSaturation,
        Self::Temperature,
        Self::Respiration,
        Self::Weight,
        Self::Height,
        Self::Bmi,
        Self::Glucose,
    ];

    /// As in Fluent keys and the page's anchors.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Pressure => "pressure",
            Self::Pulse => "pulse",
            Self::OxygenSaturation => "oxygen_saturation",
            Self::Temperature => "temperature",
            Self::Respiration => "respiration",
            Self::Weight => "weight",
            Self::Height => "height",
            Self::Bmi => "bmi",
            Self::Glucose => "glucose",
        }
    }

    /// The signs it draws; none where it is worked out.
    pub(super) const fn signs(self) -> &'static [Sign] {
        match self {
            Self::Pressure => &[Sign::Systolic, Sign::Diastolic],
            Self::Pulse => &[Sign::Pulse],
            Self::OxygenSaturation => &[Sign::OxygenSaturation],
            Self::Temperature => &[Sign::Temperature],
            Self::Respiration => &[Sign::Respiration],
            Self::Weight => &[Sign::Weight],
            Self::Height => &[Sign::Height],
            Self::Bmi => &[],
            Self::Glucose => &[Sign::Glucose],
        }
    }

    pub(super) const fn unit(self, units: Units) -> &'static str {
        match self.signs() {
            [sign, ..] => units.printed(*sign),
            [] => "kg/m²",
        }
    }
}

/// One value, in the person's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) at: Timestamp,
    pub(super) value: f64,
    pub(super) side: Side,
}

/// What judges and converts.
#[derive(Clone, Copy)]
pub(super) struct Lens<'a> {
    pub(super) whose: Whose<'a>,
    pub(super) units: Units,
    pub(super) zone: &'a Zone,
}

impl Lens<'_> {
    pub(super) fn day(&self, at: Timestamp) -> LocalDate {
        at.date_in(self.zone)
    }

    fn point(&self, sign: Sign, at: Timestamp, value: f64) -> Point {
        let range = ranges::reference(sign.as_str(), self.whose, self.day(at));
        let side = range.map_or(Side::Within, |range| range.side(value));
        Point { at, value: self.units.shown(sign, value), side }
    }

    /// The range of a line on a day, in the person's unit.
    pub(super) fn range(&self, measure: Measure, line: usize, on: LocalDate) -> Option<Range> {
        match measure.signs().get(line) {
            Some(sign) => ranges::reference(sign.as_str(), self.whose, on).map(|range| Range {
                low: self.units.shown(*sign, range.low),
                high: self.units.shown(*sign, range.high),
                ..range
            }),
            None => ranges::reference("bmi", self.whose, on),
        }
    }
}

/// A set with the body mass index that follows from it.
pub(super) struct Measured<'a> {
    pub(super) set: &'a Vitals,
    pub(super) bmi: Option<f64>,
}

/// Sets, oldest first, with their body mass index: of the weight and the height of the same set, or the latest height before it that is
/// not older than a growing child's may be (90 days; an adult's any).
pub(super) fn measured<'a>(sets: &'a [Vitals], whose: Whose<'_>, zone: &Zone) -> Vec<Measured<'a>> {
    let mut height: Option<(Timestamp, f64)> = None;
    let mut list = Vec::with_capacity(sets.len());
    for set in sets.iter().rev() {
        if let Some(tall) = set.signs.height {
            height = Some((set.taken_at, tall));
        }
        let adult = whose.born.is_none_or(|born| born.age_on(set.taken_at.date_in(zone)) >= 20);
        // What somebody measured as a child says nothing of an adult.
        let grown = |at: Timestamp| whose.born.is_none_or(|born| born.age_on(at.date_in(zone)) >= 18);
        let usable = height.filter(|(at, _)| adult && grown(*at) || set.taken_at.minutes_since(*at) <= 90 * 24 * 60);
        let bmi = set.signs.weight.zip(usable).map(|(weight, (_, tall))| {
            let metres = tall / 100.0;
            (weight / (metres * metres) * 10.0).round() / 10.0
        });
        list.push(Measured { set, bmi });
    }
    list
}

/// The lines of a measure, oldest value first.
pub(super) fn lines(measure: Measure, sets: &[Measured<'_>], lens: &Lens<'_>) -> Vec<Vec<Point>> {
    if measure == Measure::Bmi {
        let point = |one: &Measured<'_>| {
            let value = one.bmi?;
            let range = ranges::reference("bmi", lens.whose, lens.day(one.set.taken_at));
            let side = range.map_or(Side::Within, |range| range.side(value));
            Some(Point { at: one.set.taken_at, value, side })
        };
        return vec![sets.iter().filter_map(point).collect()];
    }
    let line = |sign: &Sign| {
        let point = |one: &Measured<'_>| Some(lens.point(*sign, one.set.taken_at, sign.of(&one.set.signs)?));
        sets.iter().filter_map(point).collect()
    };
    measure.signs().iter().map(line).collect()
}

/// Stretches of time of which the lowest and the highest value are drawn.
const STRETCHES: usize = 60;
/// As many values are drawn as they are.
pub(super) const DRAWN_WHOLE: usize = 2 * STRETCHES;

/// What is drawn of a line: all of it, or the lowest and highest value of each of sixty stretches of time, so that no extreme is lost.
pub(super) fn thinned(line: &[Point]) -> Vec<Point> {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return Vec::new() };
    if line.len() <= DRAWN_WHOLE {
        return line.to_vec();
    }
    let span = (last.at.micros() - first.at.micros()).max(1);
    let stretch = |point: &Point| {
        let place = i128::from(point.at.micros() - first.at.micros()) * i128::try_from(STRETCHES).unwrap_or(1);
        usize::try_from(place / i128::from(span)).unwrap_or(0).min(STRETCHES - 1)
    };
    let mut kept = Vec::with_capacity(DRAWN_WHOLE);
    for of_stretch in line.chunk_by(|one, next| stretch(one) == stretch(next)) {
        let low = of_stretch.iter().min_by(|a, b| a.value.total_cmp(&b.value));
        let high = of_stretch.iter().max_by(|a, b| a.value.total_cmp(&b.value));
        match (low, high) {
            (Some(low), Some(high)) if low.at < high.at => kept.extend([*low, *high]),
            (Some(low), Some(high)) if low.at > high.at => kept.extend([*high, *low]),
            (low, _) => kept.extend(low),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_every_extreme_and_the_order() {
        let point =
            |minute: i64, value| Point { at: Timestamp::from_micros(minute * 60_000_000), value, side: Side::Within };
        let line: Vec<_> =
            (0..5000_u32).map(|n| point(i64::from(n), if n == 2345 { 300.0 } else { f64::from(n % 7) })).collect();
        let drawn = thinned(&line);
        assert!(drawn.len() <= DRAWN_WHOLE, "{}", drawn.len());
        assert!(drawn.iter().any(|point| point.value > 299.0), "the one peak is there");
        assert!(drawn.is_sorted_by_key(|point| point.at));
        assert_eq!(thinned(&line[..100]).len(), 100, "few are drawn as they are");
        assert!(thinned(&[]).is_empty());
    }
}
