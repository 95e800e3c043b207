//! Numbers as they are spoken, doses, and vital signs.

use chart::vitals::VitalSigns;

/// `five hundred milligrams` → `500 mg`: words with number words read, and units written as they are printed.
pub(super) fn plain(words: &[String]) -> Vec<String> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < words.len() {
        if let Some((value, length)) = spoken_number(&words[at..]) {
            out.push(value.to_string());
            at += length;
        } else if words[at] == "a" && words.get(at + 1).is_some_and(|next| next == "hundred" || next == "thousand") {
            out.push(if words[at + 1] == "hundred" { "100" } else { "1000" }.to_owned());
            at += 2;
        } else if words[at] == "half" && words.get(at + 1).is_some_and(|next| next == "a") {
            out.push("0.5".to_owned());
            at += 2;
        } else {
            out.extend(unit(&words[at]));
            at += 1;
        }
    }
    with_points(joined(out))
}

/// "zero point five" is one number.
fn with_points(words: Vec<String>) -> Vec<String> {
    let digits = |at: usize| {
        let word = words.get(at)?;
        word.bytes().all(|byte| byte.is_ascii_digit()).then_some(word)
    };
    let (mut out, mut at) = (Vec::with_capacity(words.len()), 0);
    while at < words.len() {
        if let (Some(whole), Some("point"), Some(part)) =
            (digits(at), words.get(at + 1).map(String::as_str), digits(at + 2))
        {
            out.push(format!("{whole}.{part}"));
            at += 3;
        } else {
            out.push(words[at].clone());
            at += 1;
        }
    }
    out
}

/// An engine writes "one hundred and thirty" as `100 and 30` at times.
fn joined(words: Vec<String>) -> Vec<String> {
    let number = |word: Option<&String>| word.and_then(|word| word.parse::<u32>().ok());
    let (mut out, mut at) = (Vec::with_capacity(words.len()), 0);
    while at < words.len() {
        match (number(words.get(at)), number(words.get(at + 2))) {
            (Some(whole), Some(rest)) if whole >= 100 && whole % 100 == 0 && rest < 100 && words[at + 1] == "and" => {
                out.push((whole + rest).to_string());
                at += 3;
            }
            _ => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// A word, apart from a unit that sticks to its number (`500mg`).
fn unit(word: &str) -> Vec<String> {
    let digits = word.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(word.len());
    let (number, rest) = word.split_at(digits);
    let written = match rest {
        "milligram" | "milligrams" | "milligramme" | "milligrammes" | "mg" => "mg",
        "microgram" | "micrograms" | "mcg" | "µg" => "mcg",
        "gram" | "grams" => "g",
        "milliliter" | "milliliters" | "millilitre" | "millilitres" | "ml" => "ml",
        "tablets" | "tablet" | "pill" | "pills" => "tablet",
        "capsules" | "capsule" => "capsule",
        "puffs" | "puff" => "puff",
        "drops" | "drop" => "drop",
        "units" | "unit" => "unit",
        other => other,
    };
    [number, written].into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A number in words at the beginning, and how many words it takes.
fn spoken_number(words: &[String]) -> Option<(u32, usize)> {
    let (mut total, mut part, mut length, mut last_small) = (0, 0, 0, false);
    for (place, word) in words.iter().enumerate() {
        if let Some(value) = small(word) {
            // `twenty five` is one number, `five six` are two.
            if last_small && (1..=2).contains(&part) && value >= 20 {
                // "one sixty" is said of blood pressures and doses.
                part *= 100;
            } else if last_small && !(part % 100 >= 20 && part % 10 == 0 && value < 10) {
                break;
            }
            part += value;
            last_small = true;
        } else if word == "hundred" && (1..10).contains(&part) {
            part *= 100;
            last_small = false;
        } else if word == "thousand" && (1..1000).contains(&part) {
            total = part * 1000;
            part = 0;
            last_small = false;
        } else if word == "and" && part >= 100 && words.get(place + 1).is_some_and(|next| small(next).is_some()) {
            continue;
        } else {
            break;
        }
        length = place + 1;
    }
    (length > 0).then_some((total + part, length))
}

fn small(word: &str) -> Option<u32> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str]| list.iter().position(|name| *name == word).and_then(|place| u32::try_from(place).ok());
    at(&UNITS).or_else(|| at(&TENS).map(|place| (place + 2) * 10))
}

/// Every number in the text.
pub(super) fn numbers(words: &[String]) -> Vec<String> {
    plain(words).into_iter().filter(|word| word.parse::<f64>().is_ok()).collect()
}

/// Doses: a number and a unit.
pub(super) fn doses(words: &[String]) -> Vec<String> {
    let plain = plain(words);
    plain
        .windows(2)
        .filter(|pair| {
            pair[0].parse::<f64>().is_ok()
                && matches!(
                    pair[1].as_str(),
                    "mg" | "mcg" | "g" | "ml" | "tablet" | "capsule" | "puff" | "drop" | "unit"
                )
        })
        .map(|pair| pair.join(" "))
        .collect()
}

/// Vital signs that a sentence names with their values.
pub(super) fn vital_signs(words: &[String]) -> VitalSigns {
    let plain = plain(words);
    let mut signs = VitalSigns::default();
    let number = |place: usize| plain.get(place).and_then(|word| word.parse::<f64>().ok());
    let after = |place: usize, within: std::ops::RangeInclusive<f64>| {
        (place..place + 6).find_map(number).filter(|value| within.contains(value))
    };
    for (place, word) in plain.iter().enumerate() {
        match word.as_str() {
            "over" => {
                let upper = place.checked_sub(1).and_then(number).filter(|value| (60.0..=260.0).contains(value));
                let lower = number(place + 1).filter(|value| (30.0..=160.0).contains(value));
                if let (Some(upper), Some(lower)) = (upper, lower)
                    && upper > lower
                {
                    (signs.systolic, signs.diastolic) = (Some(upper), Some(lower));
                }
            }
            "pressure" if signs.systolic.is_none() => {
                // `130/85` is written as two words here.
                let pair = (place + 1..place + 5).find_map(|at| Some((number(at)?, number(at + 1)?)));
                if let Some((upper, lower)) = pair.filter(|(upper, lower)| *upper > *lower && *upper >= 60.0) {
                    (signs.systolic, signs.diastolic) = (Some(upper), Some(lower));
                }
            }
            "temperature" => signs.temperature = after(place + 1, 33.0..=43.0).or(signs.temperature),
            "pulse" => signs.pulse = after(place + 1, 25.0..=240.0).or(signs.pulse),
            "saturation" => signs.oxygen_saturation = after(place + 1, 50.0..=100.0).or(signs.oxygen_saturation),
            "weigh" | "weight" => signs.weight = after(place + 1, 1.0..=400.0).or(signs.weight),
            _ => {}
        }
    }
    if plain.iter().any(|word| word == "heart") && plain.iter().any(|word| word == "rate") {
        let place = plain.iter().position(|word| word == "rate").unwrap_or(0);
        signs.pulse = signs.pulse.or(after(place + 1, 25.0..=240.0));
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::{super::said::words, *};

    #[test]
    fn spoken_numbers_are_read() {
        for (said, read) in [
            ("five hundred milligrams", "500 mg"),
            ("one hundred and thirty over eighty five", "130 over 85"),
            ("twenty five", "25"),
            ("two three", "2 3"),
            ("one thousand two hundred", "1200"),
            ("500mg twice", "500 mg twice"),
            ("salt and pepper", "salt and pepper"),
            ("one hundred and", "100 and"),
            ("100 and 30 over 85", "130 over 85"),
            ("one sixty over ninety", "160 over 90"),
            ("zero point five milligrams", "0.5 mg"),
            ("a hundred milligrams", "100 mg"),
            ("half a tablet", "0.5 tablet"),
            ("1,000 mg", "1000 mg"),
        ] {
            assert_eq!(plain(&words(said)).join(" "), read, "{said}");
        }
    }

    #[test]
    fn doses_and_signs_are_found() {
        assert_eq!(doses(&words("Take two tablets, that is 500 milligrams, for 7 days")), ["2 tablet", "500 mg"]);
        let signs = vital_signs(&words("Your blood pressure is 130 over 85, pulse is seventy two."));
        assert_eq!((signs.systolic, signs.diastolic, signs.pulse), (Some(130.0), Some(85.0), Some(72.0)));
        let signs = vital_signs(&words("blood pressure 130/85 and a temperature of 38.5 degrees"));
        assert_eq!((signs.systolic, signs.diastolic, signs.temperature), (Some(130.0), Some(85.0), Some(38.5)));
        assert_eq!(vital_signs(&words("it is over 5 days now")), VitalSigns::default());
    }
}
