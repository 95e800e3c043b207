//! Bars as a drawing: no script, colours from the page's style sheet, every bar with its words.

use std::fmt::Write as _;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Where it stands: "22 Nov 2026".
    pub label: String,
    /// How tall; not below zero.
    pub value: i64,
    /// What it says: "$24.00".
    pub text: String,
}

/// Where the first bar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    FromLeft,
    FromRight,
}

const WIDTH: i64 = 640;
const HEIGHT: i64 = 200;
const TOP: i64 = 28;
const FOOT: i64 = 168;
const EDGE: i64 = 8;

/// Bars of `name` (for screen readers, with the summary) as an inline SVG drawing of the classes `chart`, `chart-bar`, `chart-line` and
/// `chart-word`. It has no `width`: the page decides. `id` is unique in the page. A table beside it says the same in words.
pub fn bar_chart(id: &str, name: &str, summary: &str, bars: &[Bar], reading: Reading) -> String {
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-name {id}-summary\">\
         <title id=\"{id}-name\">{}</title><desc id=\"{id}-summary\">{}</desc>",
        escaped(name),
        escaped(summary)
    );
    let tallest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(0);
    let _ = write!(svg, "<path class=\"chart-line\" d=\"M{EDGE} {TOP}H{}M{EDGE} {FOOT}H{0}\"/>", WIDTH - EDGE);
    let count = i64::try_from(bars.len()).unwrap_or(i64::MAX).max(1);
    for (place, bar) in (0_i64..).zip(bars) {
        // In hundredths of a unit, so that many narrow bars fill the width exactly.
        let room = (WIDTH - 2 * EDGE) * 100;
        let (left, right) = (room * place / count, room * (place + 1) / count);
        let gap = (right - left) / 5;
        let height = bar_height(bar.value, tallest);
        let from_edge = left + gap / 2;
        let wide = (right - left - gap).max(1);
        let x = match reading {
            Reading::FromLeft => EDGE * 100 + from_edge,
            Reading::FromRight => (WIDTH - EDGE) * 100 - from_edge - wide,
        };
        let _ = write!(
            svg,
            "<rect class=\"chart-bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\"><title>{}: {}</title></rect>",
            hundredths(x),
            FOOT - height,
            hundredths(wide),
            escaped(&bar.label),
            escaped(&bar.text)
        );
    }
    words(&mut svg, bars, tallest, reading);
    svg.push_str("</svg>");
    svg
}

fn bar_height(value: i64, tallest: i64) -> i64 {
    if tallest == 0 || value <= 0 {
        return 0;
    }
    let scaled = i128::from(value) * i128::from(FOOT - TOP) / i128::from(tallest);
    // What is not nothing is seen.
    i64::try_from(scaled).unwrap_or(FOOT - TOP).max(1)
}

/// The tallest bar's words above, the ends' below.
fn words(svg: &mut String, bars: &[Bar], tallest: i64, reading: Reading) {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return };
    let (start, end) = match reading {
        Reading::FromLeft => (EDGE, WIDTH - EDGE),
        Reading::FromRight => (WIDTH - EDGE, EDGE),
    };
    let top = bars.iter().find(|bar| bar.value == tallest).unwrap_or(first);
    // Ends are the reader's: in a right-to-left text the start is on the right.
    let direction = match reading {
        Reading::FromLeft => "ltr",
        Reading::FromRight => "rtl",
    };
    let mut word = |x: i64, y: i64, anchor: &str, text: &str| {
        let _ = write!(
            svg,
            "<text class=\"chart-word\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" direction=\"{direction}\" aria-hidden=\"true\">{}</text>",
            escaped(text)
        );
    };
    word(start, TOP - 10, "start", &top.text);
    word(start, HEIGHT - 12, "start", &first.label);
    if bars.len() > 1 {
        word(end, HEIGHT - 12, "end", &last.label);
    }
}

fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[i64]) -> Vec<Bar> {
        let bar = |value: &i64| Bar { label: format!("day {value}"), value: *value, text: format!("${value}") };
        values.iter().map(bar).collect()
    }

    /// Left edge and height of every bar, in units.
    fn drawn(svg: &str) -> Vec<(i64, i64)> {
        let number = |tag: &str, name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\"")).expect("the attribute is there");
            rest.split(['.', '"']).next().and_then(|text| text.parse().ok()).expect("a number")
        };
        svg.split("<rect").skip(1).map(|tag| (number(tag, "x"), number(tag, "height"))).collect()
    }

    #[test]
    fn bars_are_as_tall_as_their_values_and_the_tallest_fills_the_height() {
        let svg = bar_chart("c", "Takings", "In all $150", &bars(&[50, 100, 0, 1]), Reading::FromLeft);
        let heights: Vec<_> = drawn(&svg).iter().map(|(_, height)| *height).collect();
        assert_eq!(heights, [70, 140, 0, 1]);
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"c-name\">Takings</title>"), "{svg}");
        assert!(svg.contains("<title>day 100: $100</title>"), "every bar says what it is");
    }

    #[test]
    fn right_to_left_the_first_bar_stands_on_the_right() {
        let left = drawn(&bar_chart("c", "", "", &bars(&[1, 2, 3]), Reading::FromLeft));
        let right = drawn(&bar_chart("c", "", "", &bars(&[1, 2, 3]), Reading::FromRight));
        assert!(left[0].0 < left[2].0 && right[0].0 > right[2].0, "{left:?} {right:?}");
    }

    #[test]
    fn nothing_at_all_is_a_drawing_too_and_names_are_no_markup() {
        assert!(bar_chart("c", "x", "y", &[], Reading::FromLeft).ends_with("</svg>"));
        let flat = bar_chart("c", "<b>&", "y", &bars(&[0, 0]), Reading::FromLeft);
        assert!(flat.contains("&lt;b&gt;&amp;") && !flat.contains("<b>"), "{flat}");
        let large = bar_chart("c", "x", "y", &bars(&[i64::MAX, i64::MAX / 2]), Reading::FromLeft);
        assert_eq!(drawn(&large).iter().map(|(_, height)| *height).collect::<Vec<_>>(), [140, 69]);
    }
}
