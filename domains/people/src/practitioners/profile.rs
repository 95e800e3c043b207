use db::Tx;
use identity::accounts;
use kernel::{Fault, FaultKind, FieldError, LocalDate, Zone};

use super::{Gender, Practitioner, store};
use crate::{
    languages, specialties,
    text::{self, Kept},
};

/// The doctor's profile as it was typed. Check boxes come as repeated fields.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub full_name: String,
    pub gender: String,
    pub qualification: String,
    pub registration_no: String,
    pub registration_body: String,
    pub practising_since: String,
    pub biography: String,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub country: String,
    pub city: String,
    pub time_zone: String,
    pub version: String,
}

#[derive(Clone, Debug)]
pub struct ProfileChange {
    pub full_name: String,
    pub gender: Gender,
    pub qualification: String,
    pub registration_no: String,
    pub registration_body: String,
    pub practising_since: Option<i32>,
    pub biography: String,
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    pub country: String,
    pub city: String,
    pub zone: Zone,
    pub version: i32,
}

#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    #[error("the profile was changed meanwhile")]
    Changed,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for UpdateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Changed => FaultKind::conflict("changed_meanwhile"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Save one's own profile. What the licence check was about (name, registration) makes the check void when it changes: a
/// published doctor goes back to be checked.
pub async fn update(tx: &mut Tx, doctor: &Practitioner, change: &ProfileChange) -> Result<(), UpdateError> {
    let voids_check = doctor.full_name != change.full_name
        || doctor.registration_no != change.registration_no
        || doctor.registration_body != change.registration_body;
    if !store::set_profile(tx, doctor.id, change, voids_check).await? {
        return Err(UpdateError::Changed);
    }
    accounts::rename(tx, doctor.account, &change.full_name).await?;
    Ok(())
}

impl ProfileForm {
    pub fn of(doctor: &Practitioner) -> Self {
        Self {
            full_name: doctor.full_name.clone(),
            gender: doctor.gender.as_str().to_owned(),
            qualification: doctor.qualification.clone(),
            registration_no: doctor.registration_no.clone(),
            registration_body: doctor.registration_body.clone(),
            practising_since: doctor.practising_since.map(|year| year.to_string()).unwrap_or_default(),
            biography: doctor.biography.clone(),
            languages: doctor.languages.clone(),
            specialties: doctor.specialties.clone(),
            country: doctor.country.clone(),
            city: doctor.city.clone(),
            time_zone: doctor.zone.name().to_owned(),
            version: doctor.version.to_string(),
        }
    }

    /// Every mistake at once.
    pub fn check(&self, today: LocalDate) -> Result<ProfileChange, Vec<FieldError>> {
        let mut kept = Kept::default();
        let full_name = kept.take(text::name("full_name", &self.full_name));
        let gender = kept.take(self.gender.parse().map_err(|()| FieldError::new("gender", "people-gender-missing")));
        let mut line =
            |field, typed: &str, max| kept.take(text::optional(field, typed, max)).flatten().unwrap_or_default();
        let qualification = line("qualification", &self.qualification, 300);
        let registration_no = line("registration_no", &self.registration_no, 60);
        let registration_body = line("registration_body", &self.registration_body, 120);
        let biography = line("biography", &self.biography, 4000);
        let city = line("city", &self.city, 100);
        let practising_since = kept.take(self.practising_since(today)).flatten();
        let languages = kept.take(known("languages", &self.languages, languages::is_known));
        let specialties = kept.take(known("specialties", &self.specialties, specialties::is_known));
        let country = kept.take(text::country("country", &self.country)).flatten().unwrap_or_default();
        let zone = kept.take(self.time_zone.parse().map_err(|_| FieldError::new("time_zone", "people-zone-wrong")));
        match (full_name, gender, languages, specialties, zone, kept.errors.is_empty()) {
            (Some(full_name), Some(gender), Some(languages), Some(specialties), Some(zone), true) => {
                Ok(ProfileChange {
                    full_name,
                    gender,
                    qualification,
                    registration_no,
                    registration_body,
                    practising_since,
                    biography,
                    languages,
                    specialties,
                    country,
                    city,
                    zone,
                    version: self.version.parse().unwrap_or(0),
                })
            }
            _ => Err(kept.errors),
        }
    }

    fn practising_since(&self, today: LocalDate) -> Result<Option<i32>, FieldError> {
        let typed = self.practising_since.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let year: i32 = typed.parse().map_err(|_| FieldError::new("practising_since", "people-year-wrong"))?;
        let this_year = i32::from(today.jiff().year());
        if (1940..=this_year).contains(&year) {
            Ok(Some(year))
        } else {
            Err(FieldError::new("practising_since", "people-year-wrong"))
        }
    }
}

/// Codes we know, each once, in the order given.
fn known(field: &'static str, typed: &[String], is_known: fn(&str) -> bool) -> Result<Vec<String>, FieldError> {
    let mut codes: Vec<String> = Vec::new();
    for code in typed {
        if !is_known(code) {
            return Err(FieldError::new(field, "people-choice-wrong"));
        }
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ProfileForm {
        ProfileForm {
            full_name: "Dr Ayesha Rahman".into(),
            gender: "female".into(),
            languages: vec!["bn".into(), "en".into(), "bn".into()],
            specialties: vec!["dermatology".into()],
            time_zone: "Asia/Dhaka".into(),
            practising_since: "2009".into(),
            ..ProfileForm::default()
        }
    }

    fn today() -> LocalDate {
        LocalDate::from_ymd(2026, 11, 21).expect("a day")
    }

    #[test]
    fn a_profile_may_grow_step_by_step() {
        let change = form().check(today()).expect("right");
        assert_eq!(change.languages, ["bn", "en"]);
        assert_eq!(change.practising_since, Some(2009));
    }

    #[test]
    fn what_nobody_offers_is_refused() {
        let wrong = ProfileForm {
            languages: vec!["xx".into()],
            specialties: vec!["astrology".into()],
            practising_since: "1890".into(),
            time_zone: "Mars/Olympus".into(),
            gender: String::new(),
            ..form()
        };
        let fields: Vec<_> = wrong.check(today()).expect_err("wrong").into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["gender", "practising_since", "languages", "specialties", "time_zone"]);
    }
}
