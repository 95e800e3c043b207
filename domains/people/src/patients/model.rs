use kernel::{FieldError, LocalDate, Phi, Sex, ids::PatientId};

/// All that a patient told about themselves.
#[derive(Clone, Debug)]
pub struct PatientProfile {
    pub id: PatientId,
    pub record_no: String,
    pub full_name: String,
    pub preferred_name: Option<String>,
    pub birth_date: Option<LocalDate>,
    pub sex_at_birth: Sex,
    pub phone: Option<String>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    pub emergency: Option<EmergencyContact>,
    pub blood_group: Option<Phi<BloodGroup>>,
    pub version: i32,
}

impl PatientProfile {
    /// What the person is called.
    pub fn called(&self) -> &str {
        self.preferred_name.as_deref().unwrap_or(&self.full_name)
    }

    /// Whole years on a day.
    pub fn age_on(&self, day: LocalDate) -> Option<i16> {
        self.birth_date.map(|born| born.age_on(day))
    }

    /// What a doctor needs to know before a first visit has been said.
    pub fn is_complete(&self) -> bool {
        self.birth_date.is_some() && self.sex_at_birth != Sex::Unknown
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyContact {
    pub name: String,
    pub phone: String,
    pub relation: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BloodGroup {
    APositive,
    ANegative,
    BPositive,
    BNegative,
    AbPositive,
    AbNegative,
    OPositive,
    ONegative,
}

impl BloodGroup {
    pub const ALL: [Self; 8] = [
        Self::APositive,
        Self::ANegative,
        Self::BPositive,
        Self::BNegative,
        Self::AbPositive,
        Self::AbNegative,
        Self::OPositive,
        Self::ONegative,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::APositive => "A+",
            Self::ANegative => "A-",
            Self::BPositive => "B+",
            Self::BNegative => "B-",
            Self::AbPositive => "AB+",
            Self::AbNegative => "AB-",
            Self::OPositive => "O+",
            Self::ONegative => "O-",
        }
    }
}

impl std::str::FromStr for BloodGroup {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|group| group.code() == code).ok_or(())
    }
}

/// A day of birth from its three fields; `None` when all are empty.
pub fn birth_date_of(day: &str, month: &str, year: &str, today: LocalDate) -> Result<Option<LocalDate>, FieldError> {
    let [day, month, year] = [day, month, year].map(str::trim);
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    if [day, month, year].iter().any(|part| part.is_empty()) {
        return Err(FieldError::new("birth_date", "people-birth-date-incomplete"));
    }
    let wrong = || FieldError::new("birth_date", "people-birth-date-wrong");
    let number = |text: &str| western(text).parse::<i16>().map_err(|_| wrong());
    let (day, month, year) = (number(day)?, number(month)?, number(year)?);
    let (day, month) = (i8::try_from(day).map_err(|_| wrong())?, i8::try_from(month).map_err(|_| wrong())?);
    let date = LocalDate::from_ymd(year, month, day).ok_or_else(wrong)?;
    if date > today {
        return Err(FieldError::new("birth_date", "people-birth-date-future"));
    }
    if date.age_on(today) > 130 || year < 1880 {
        return Err(FieldError::new("birth_date", "people-birth-date-old"));
    }
    Ok(Some(date))
}

/// Arabic-Indic, Persian and Bengali digits are digits too.
fn western(text: &str) -> String {
    text.chars()
        .map(|c| {
            let value = match c {
                '٠'..='٩' => u32::from(c) - u32::from('٠'),
                '۰'..='۹' => u32::from(c) - u32::from('۰'),
                '০'..='৯' => u32::from(c) - u32::from('০'),
                _ => return c,
            };
            char::from_digit(value, 10).unwrap_or(c)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> LocalDate {
        LocalDate::from_ymd(2026, 11, 21).expect("a day")
    }

    #[test]
    fn a_birth_date_is_a_day_that_was() {
        let key = |d, m, y| birth_date_of(d, m, y, today()).err().map(|e| e.message_key);
        assert_eq!(birth_date_of("29", "2", "2008", today()), Ok(LocalDate::from_ymd(2008, 2, 29)));
        assert_eq!(birth_date_of("٢٩", "٢", "٢٠٠٨", today()), Ok(LocalDate::from_ymd(2008, 2, 29)));
        assert_eq!(birth_date_of("", " ", "", today()), Ok(None));
        assert_eq!(key("29", "2", "2007"), Some("people-birth-date-wrong"));
        assert_eq!(key("x", "2", "2007"), Some("people-birth-date-wrong"));
        assert_eq!(key("300", "2", "2007"), Some("people-birth-date-wrong"));
        assert_eq!(key("22", "11", "2026"), Some("people-birth-date-future"));
        assert_eq!(key("1", "1", "1870"), Some("people-birth-date-old"));
        assert_eq!(key("1", "", "1990"), Some("people-birth-date-incomplete"));
    }

    #[test]
    fn every_blood_group_is_read_as_it_is_written() {
        for group in BloodGroup::ALL {
            assert_eq!(group.code().parse(), Ok(group));
        }
        assert_eq!("C+".parse::<BloodGroup>(), Err(()));
    }
}
