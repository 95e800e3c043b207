use crate::acuity::Acuity;

/// A sign of something that cannot wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedFlag {
    /// Its words are `emergency-flag-<code>`.
    pub code: String,
    pub acuity: Acuity,
    /// A line for the crisis of a mind helps beside the number.
    pub is_crisis: bool,
    /// The guideline it is taken from.
    pub source: String,
}

/// The questions that hold now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedFlagSet {
    pub version: i32,
    pub flags: Vec<RedFlag>,
}

/// Whom to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub number: String,
    pub crisis: Option<String>,
}

impl Call {
    /// Where no number is known: GSM phones connect it to the local service wherever they are (3GPP TS 22.101).
    pub fn anywhere() -> Self {
        Self { number: "112".to_owned(), crisis: None }
    }
}

/// What the answers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screened {
    pub version: i32,
    /// Those that were said yes to.
    pub flags: Vec<RedFlag>,
}

impl Screened {
    pub fn is_emergency(&self) -> bool {
        !self.flags.is_empty()
    }

    /// As urgent as the most urgent sign.
    pub fn acuity(&self) -> Option<Acuity> {
        self.flags.iter().map(|flag| flag.acuity).min()
    }

    pub fn is_crisis(&self) -> bool {
        self.flags.iter().any(|flag| flag.is_crisis)
    }

    pub fn codes(&self) -> Vec<String> {
        self.flags.iter().map(|flag| flag.code.clone()).collect()
    }
}

impl RedFlagSet {
    /// Codes that this set does not know say nothing; an old page may still hold some.
    pub fn answered(&self, codes: &[String]) -> Screened {
        let flags = self.flags.iter().filter(|flag| codes.contains(&flag.code)).cloned();
        Screened { version: self.version, flags: flags.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_sign_decides_and_unknown_codes_say_nothing() {
        let flag = |code: &str, level: i16, is_crisis| RedFlag {
            code: code.to_owned(),
            acuity: Acuity::try_from(level).expect("a level"),
            is_crisis,
            source: "a guideline".to_owned(),
        };
        let set = RedFlagSet { version: 3, flags: vec![flag("suicide", 2, true), flag("stroke", 1, false)] };
        let answers = |codes: &[&str]| set.answered(&codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>());
        let both = answers(&["stroke", "suicide", "of-yesterday"]);
        assert!(both.is_emergency() && both.is_crisis());
        assert_eq!(both.acuity(), Some(Acuity::AT_ONCE));
        assert_eq!(answers(&["suicide"]).acuity(), Some(Acuity::WITHIN_MINUTES));
        assert!(!answers(&["of-yesterday"]).is_emergency());
    }
}
