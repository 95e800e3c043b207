use std::str::FromStr;

/// A language the pages speak: one folder of `ui/locales/` each.
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, Debug, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Ar,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::En, Self::Ar];

    /// BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
        }
    }

    /// The language's name in itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ar => "العربية",
        }
    }

    pub const fn direction(self) -> Direction {
        match self {
            Self::En => Direction::LeftToRight,
            Self::Ar => Direction::RightToLeft,
        }
    }

    /// The value of HTML's `dir`.
    pub const fn dir(self) -> &'static str {
        match self.direction() {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| part.split([';', '-']).next()?.trim().parse().ok())
    }
}

impl FromStr for Locale {
    type Err = ();
    fn from_str(tag: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_first_language_we_speak_wins() {
        assert_eq!(Locale::accepted("bn-BD, ar;q=0.9, en;q=0.8"), Some(Locale::Ar));
        assert_eq!(Locale::accepted("de"), None);
    }
}
