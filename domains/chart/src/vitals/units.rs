//! In which units people read and type. What is kept is always in the units of [`Sign::unit`].

use super::Sign;

/// A person's choice; metric and SI unless they said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units {
    pub temperature: Temperature,
    pub weight: Weight,
    pub height: Height,
    pub glucose: Glucose,
}

macro_rules! units {
    ($name:ident: $first:ident = $code:literal, $second:ident = $other:literal) => {
        /// Two units of one quantity, by their UCUM codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name {
            #[default]
            $first,
            $second,
        }
        impl $name {
            pub const ALL: [Self; 2] = [Self::$first, Self::$second];
            /// UCUM.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $code,
                    Self::$second => $other,
                }
            }
            /// The unit of this code; the first for any other.
            pub fn of(code: &str) -> Self {
                if code == $other { Self::$second } else { Self::$first }
            }
        }
    };
}
units!(Temperature: Celsius = "Cel", Fahrenheit = "[degF]");
units!(Weight: Kilograms = "kg", Pounds = "[lb_av]");
units!(Height: Centimetres = "cm", Inches = "[in_i]");
units!(Glucose: Millimoles = "mmol/L", Milligrams = "mg/dL");

const KG_OF_LB: f64 = 0.453_592_37;
const CM_OF_IN: f64 = 2.54;
/// mg/dL of one mmol/L: the molar mass of glucose, 180.156 g/mol.
const MG_OF_MMOL: f64 = 18.015_6;

impl Units {
    /// A kept value in the person's unit.
    pub fn shown(self, sign: Sign, value: f64) -> f64 {
        match sign {
            Sign::Temperature if self.temperature == Temperature::Fahrenheit => value * 1.8 + 32.0,
            Sign::Weight if self.weight == Weight::Pounds => value / KG_OF_LB,
            Sign::Height if self.height == Height::Inches => value / CM_OF_IN,
            Sign::Glucose if self.glucose == Glucose::Milligrams => value * MG_OF_MMOL,
            _ => value,
        }
    }

    /// A typed value as it is kept, to a hundredth.
    pub fn kept(self, sign: Sign, typed: f64) -> f64 {
        let value = match sign {
            Sign::Temperature if self.temperature == Temperature::Fahrenheit => (typed - 32.0) / 1.8,
            Sign::Weight if self.weight == Weight::Pounds => typed * KG_OF_LB,
            Sign::Height if self.height == Height::Inches => typed * CM_OF_IN,
            Sign::Glucose if self.glucose == Glucose::Milligrams => typed / MG_OF_MMOL,
            _ => return typed,
        };
        (value * 100.0).round() / 100.0
    }

    /// The unit as printed for people.
    pub const fn printed(self, sign: Sign) -> &'static str {
        match sign {
            Sign::Temperature if matches!(self.temperature, Temperature::Fahrenheit) => "°F",
            Sign::Weight if matches!(self.weight, Weight::Pounds) => "lb",
            Sign::Height if matches!(self.height, Height::Inches) => "in",
            Sign::Glucose if matches!(self.glucose, Glucose::Milligrams) => "mg/dL",
            _ => sign.printed_unit(),
        }
    }

    /// As one word, for a form that must be read in the units it was shown in.
    pub fn word(self) -> String {
        [self.temperature.as_str(), self.weight.as_str(), self.height.as_str(), self.glucose.as_str()].join(" ")
    }

    /// What [`Units::word`] said.
    pub fn of_word(word: &str) -> Self {
        let mut codes = word.split(' ');
        let mut next = || codes.next().unwrap_or_default();
        Self {
            temperature: Temperature::of(next()),
            weight: Weight::of(next()),
            height: Height::of(next()),
            glucose: Glucose::of(next()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_one_unit_is_shown_again_in_it() {
        let units = Units::of_word("[degF] [lb_av] [in_i] mg/dL");
        assert_eq!(Units::of_word(&units.word()), units);
        for (sign, typed, kept) in [
            (Sign::Temperature, 98.6, 37.0),
            (Sign::Weight, 154.0, 69.85),
            (Sign::Height, 70.0, 177.8),
            (Sign::Glucose, 99.0, 5.5),
            (Sign::Pulse, 72.0, 72.0),
        ] {
            assert!((units.kept(sign, typed) - kept).abs() < 0.005, "{sign:?}");
            assert!((units.shown(sign, kept) - typed).abs() < 0.1, "{sign:?}");
        }
        assert_eq!(Units::of_word("nonsense"), Units::default());
    }
}
