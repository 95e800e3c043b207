//! Lines over time as a drawing: no script, colours from the page's style sheet, what lies outside its range marked by shape.

use std::fmt::Write as _;

use kernel::Timestamp;

use super::{ranges::Side, series::Point};

/// One line, and where its values usually lie.
pub(super) struct Line {
    pub(super) points: Vec<Point>,
    /// From when to when which values are usual; in order.
    pub(super) band: Vec<(Timestamp, Timestamp, f64, f64)>,
}

/// What a drawing says besides its lines.
pub(super) struct Words<'a> {
    /// Unique in the page.
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) summary: &'a str,
    /// The first and the last day.
    pub(super) ends: (&'a str, &'a str),
    /// Whether the page is read from the right.
    pub(super) from_right: bool,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 230.0;
const TOP: f64 = 14.0;
const FOOT: f64 = 196.0;
const START: f64 = 52.0;
const END: f64 = 14.0;

struct Scale {
    from: i64,
    span: f64,
    low: f64,
    high: f64,
    from_right: bool,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a lifetime, for pixels")]
    fn x(&self, at: Timestamp) -> f64 {
        let part = ((at.micros() - self.from) as f64 / self.span).clamp(0.0, 1.0);
        self.mirrored(START + part * (WIDTH - START - END))
    }

    fn mirrored(&self, x: f64) -> f64 {
        if self.from_right { WIDTH - x } else { x }
    }

    fn y(&self, value: f64) -> f64 {
        FOOT - (value - self.low) / (self.high - self.low) * (FOOT - TOP)
    }
}

/// Lines as an inline SVG of the classes `chart`, `chart-band`, `chart-line`, `chart-trace`, `chart-dot`, `chart-high`, `chart-low` and
/// `chart-word`. The table of the page says the same in words.
#[expect(clippy::cast_precision_loss, reason = "microseconds of a lifetime, for pixels")]
pub(super) fn draw(words: &Words<'_>, lines: &[Line], (from, to): (Timestamp, Timestamp)) -> String {
    let mut svg = format!(
        "<svg class=\"chart chart-vital\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{0}-name {0}-summary\">\
         <title id=\"{0}-name\">{1}</title><desc id=\"{0}-summary\">{2}</desc>",
        words.id,
        escaped(words.name),
        escaped(words.summary)
    );
    let (low, high, step) = bounds(lines);
    let span = (to.micros() - from.micros()).max(1) as f64;
    let scale = Scale { from: from.micros(), span, low, high, from_right: words.from_right };
    for line in lines {
        bands(&mut svg, line, &scale);
    }
    ticks(&mut svg, &scale, step);
    for (place, line) in lines.iter().enumerate() {
        trace(&mut svg, line, place, &scale);
    }
    let direction = if words.from_right { "rtl" } else { "ltr" };
    for (x, anchor, text) in [(START, "start", words.ends.0), (WIDTH - END, "end", words.ends.1)] {
        let x = scale.mirrored(x);
        let _ = write!(
            svg,
            "<text class=\"chart-word\" x=\"{x:.0}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"{direction}\" aria-hidden=\"true\">{}</text>",
            HEIGHT - 8.0,
            escaped(text)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Lowest and highest value of the drawing, and the step of its ticks: 1, 2 or 5 times a power of ten.
fn bounds(lines: &[Line]) -> (f64, f64, f64) {
    let values = lines.iter().flat_map(|line| line.points.iter().map(|point| point.value));
    let bands = lines.iter().flat_map(|line| line.band.iter().flat_map(|(_, _, low, high)| [*low, *high]));
    let (low, high) = values
        .chain(bands)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0, 1.0);
    }
    let rough = ((high - low).max(1.0)) / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= rough).unwrap_or(power);
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    (low, if high > low { high } else { low + step }, step)
}

fn bands(svg: &mut String, line: &Line, scale: &Scale) {
    for (from, to, low, high) in &line.band {
        let (one, other) = (scale.x(*from), scale.x(*to));
        let (top, foot) = (scale.y(*high), scale.y(*low));
        let _ = write!(
            svg,
            "<rect class=\"chart-band\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            one.min(other),
            (one - other).abs(),
            foot - top
        );
    }
}

fn ticks(svg: &mut String, scale: &Scale, step: f64) {
    let mut value = scale.low;
    let decimals = usize::from(step < 1.0);
    while value <= scale.high + step / 2.0 {
        let y = scale.y(value);
        let _ = write!(
            svg,
            "<path class=\"chart-line\" d=\"M{:.0} {y:.1}H{:.0}\"/>",
            scale.mirrored(START),
            scale.mirrored(WIDTH - END)
        );
        let (x, anchor) = if scale.from_right { (WIDTH - START + 8.0, "start") } else { (START - 8.0, "end") };
        let _ = write!(
            svg,
            "<text class=\"chart-word chart-tick\" x=\"{x:.0}\" y=\"{:.1}\" text-anchor=\"{anchor}\" direction=\"ltr\" aria-hidden=\"true\">{value:.decimals$}</text>",
            y + 4.0
        );
        value += step;
    }
}

fn trace(svg: &mut String, line: &Line, place: usize, scale: &Scale) {
    let other = if place == 0 { "" } else { " chart-other" };
    if line.points.len() > 1 {
        let _ = write!(svg, "<polyline class=\"chart-trace{other}\" points=\"");
        for point in &line.points {
            let _ = write!(svg, "{:.1},{:.1} ", scale.x(point.at), scale.y(point.value));
        }
        svg.push_str("\"/>");
    }
    // So many that they would cover the line are left to it; what lies outside is always marked.
    let few = line.points.len() <= 60;
    for point in &line.points {
        let (x, y) = (scale.x(point.at), scale.y(point.value));
        let _ = match point.side {
            Side::High => write!(svg, "<path class=\"chart-high\" d=\"M{x:.1} {:.1}l6.5 11h-13z\"/>", y - 7.0),
            Side::Low => write!(svg, "<path class=\"chart-low\" d=\"M{x:.1} {:.1}l6.5-11h-13z\"/>", y + 7.0),
            Side::Within if few && place == 0 => {
                write!(svg, "<circle class=\"chart-dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>")
            }
            Side::Within if few => {
                write!(
                    svg,
                    "<rect class=\"chart-dot\" x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\"/>",
                    x - 3.5,
                    y - 3.5
                )
            }
            Side::Within => Ok(()),
        };
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[(f64, Side)], from_right: bool) -> String {
        let at = |n: usize| Timestamp::from_micros(i64::try_from(n).unwrap_or(0) * 86_400_000_000);
        let points: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(n, (value, side))| Point { at: at(n), value: *value, side: *side })
            .collect();
        let ends = (at(0), at(values.len().max(2) - 1));
        let line = Line { points, band: vec![(ends.0, ends.1, 60.0, 100.0)] };
        let words = Words { id: "c", name: "<Pulse>", summary: "s", ends: ("a", "b"), from_right };
        draw(&words, &[line], ends)
    }

    #[test]
    fn what_lies_outside_has_a_shape_of_its_own() {
        let svg = drawn(&[(70.0, Side::Within), (130.0, Side::High), (40.0, Side::Low)], false);
        for (class, count) in [("chart-dot", 1), ("chart-high", 1), ("chart-low", 1), ("chart-band", 1)] {
            assert_eq!(svg.matches(&format!("class=\"{class}\"")).count(), count, "{class}: {svg}");
        }
        assert!(svg.contains("&lt;Pulse&gt;") && svg.contains("role=\"img\""), "{svg}");
        assert!(svg.contains(">0<") && svg.contains(">150<"), "round ticks around everything: {svg}");
    }

    #[test]
    fn nothing_and_one_value_are_drawings_too_and_right_to_left_is_mirrored() {
        assert!(drawn(&[], false).ends_with("</svg>"));
        let (left, right) = (drawn(&[(70.0, Side::Within)], false), drawn(&[(70.0, Side::Within)], true));
        assert!(left.contains("cx=\"52.0\"") && right.contains("cx=\"588.0\""), "{left} {right}");
        assert!(!left.contains("NaN"), "{left}");
    }
}
