use identity::{
    accounts::Address,
    passwords::{NewPassword, Strength},
};
use kernel::{FieldError, LocalDate, Locale, Zone};

use crate::{
    patients::birth_date_of,
    text::{self, Kept},
};

/// The sign-up page as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct SignUpForm {
    pub(super) full_name: String,
    pub(super) address: String,
    pub(super) password: String,
    pub(super) birth_date_day: String,
    pub(super) birth_date_month: String,
    pub(super) birth_date_year: String,
    pub(super) locale: String,
    pub(super) time_zone: String,
    pub(super) next: String,
}

/// A checked sign-up.
#[derive(Debug)]
pub(super) struct SignUp {
    pub(super) name: String,
    pub(super) address: Address,
    pub(super) password: NewPassword,
    pub(super) birth_date: Option<LocalDate>,
    pub(super) locale: Locale,
    pub(super) zone: Zone,
}

/// Whether the day of birth must be there: the page asks for it, the API may leave it for later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BirthDate {
    Asked,
    Later,
}

impl SignUpForm {
    /// Every mistake at once.
    pub(super) fn check(&self, today: LocalDate, birth_date: BirthDate) -> Result<SignUp, Vec<FieldError>> {
        let mut kept = Kept::default();
        let name = kept.take(text::name("full_name", &self.full_name));
        let address = kept.take(Address::parse(&self.address).map_err(|error| error.for_field("address")));
        let born = kept.take(self.birth_date(today, birth_date));
        let personal = [self.full_name.as_str(), self.address.as_str()];
        let password = kept.take(NewPassword::parse(&self.password, Strength::Alone, &personal));
        let locale = self.locale.parse().map_err(|()| FieldError::new("locale", "identity-locale-wrong"));
        let locale = kept.take(locale);
        let zone = self.time_zone.parse().map_err(|_| FieldError::new("time_zone", "identity-zone-wrong"));
        let zone = kept.take(zone);
        match (name, address, born, password, locale, zone) {
            (Some(name), Some(address), Some(birth_date), Some(password), Some(locale), Some(zone)) => {
                Ok(SignUp { name, address, password, birth_date, locale, zone })
            }
            _ => Err(kept.errors),
        }
    }

    fn birth_date(&self, today: LocalDate, wanted: BirthDate) -> Result<Option<LocalDate>, FieldError> {
        let date = birth_date_of(&self.birth_date_day, &self.birth_date_month, &self.birth_date_year, today)?;
        match (date, wanted) {
            (None, BirthDate::Asked) => Err(FieldError::new("birth_date", "people-birth-date-missing")),
            (date, _) => Ok(date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> SignUpForm {
        SignUpForm {
            full_name: "Nadia Islam".into(),
            address: "nadia@patient.example".into(),
            password: "yellow kites over dhaka".into(),
            birth_date_day: "15".into(),
            birth_date_month: "3".into(),
            birth_date_year: "1984".into(),
            locale: "en".into(),
            time_zone: "Asia/Dhaka".into(),
            next: String::new(),
        }
    }

    fn fields(form: &SignUpForm, birth_date: BirthDate) -> Vec<String> {
        let today = LocalDate::from_ymd(2026, 11, 21).expect("a day");
        form.check(today, birth_date).err().unwrap_or_default().into_iter().map(|e| e.field.into_owned()).collect()
    }

    #[test]
    fn a_full_form_is_enough() {
        assert!(fields(&form(), BirthDate::Asked).is_empty());
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let empty = SignUpForm::default();
        assert_eq!(
            fields(&empty, BirthDate::Asked),
            ["full_name", "address", "birth_date", "password", "locale", "time_zone"]
        );
    }

    #[test]
    fn the_api_may_leave_the_birth_date_for_later() {
        let none = SignUpForm {
            birth_date_day: String::new(),
            birth_date_month: String::new(),
            birth_date_year: String::new(),
            ..form()
        };
        assert!(fields(&none, BirthDate::Later).is_empty());
        assert_eq!(fields(&none, BirthDate::Asked), ["birth_date"]);
    }
}
