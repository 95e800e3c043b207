use db::Tx;
use identity::accounts;
use kernel::{
    Fault, FaultKind, FieldError, LocalDate, Phi, Sex,
    ids::{AccountId, PatientId},
};
use vault::Vault;

use super::{BloodGroup, EmergencyContact, PatientProfile, birth_date_of, store};
use crate::{
    duplicates,
    text::{self, Kept},
};

/// The profile page as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub full_name: String,
    pub preferred_name: String,
    pub birth_date_day: String,
    pub birth_date_month: String,
    pub birth_date_year: String,
    pub sex_at_birth: String,
    pub country: String,
    pub phone: String,
    pub emergency_name: String,
    pub emergency_phone: String,
    pub emergency_relation: String,
    pub blood_group: String,
    pub version: String,
}

/// A checked profile.
#[derive(Clone, Debug)]
pub struct ProfileChange {
    pub full_name: String,
    pub preferred_name: Option<String>,
    pub birth_date: LocalDate,
    pub sex_at_birth: Sex,
    pub country: Option<String>,
    pub phone: Option<String>,
    pub emergency: Option<EmergencyContact>,
    pub blood_group: Option<Phi<BloodGroup>>,
    /// The version the form was opened with.
    pub version: i32,
}

/// Whose day of birth a profile has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Birthday {
    Own,
    OfAnother(Option<LocalDate>),
}

#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    #[error("the profile was changed meanwhile")]
    Changed,
    /// How long one acts for somebody follows from their birthday.
    #[error("the day of birth of somebody one acts for is not changed here")]
    BirthdayOfAnother,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for UpdateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Changed => FaultKind::conflict("changed_meanwhile"),
            Self::BirthdayOfAnother => FaultKind::invalid("birth_date", "people-error-birthday-of-another"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Save the profile of one's own record, and the name by which messages address the account; or of somebody one acts for, whose name and day of
/// birth change nothing of that.
pub async fn update_own(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    patient: PatientId,
    change: &ProfileChange,
) -> Result<(), UpdateError> {
    let born = store::find_birth_date(tx, patient, account).await?;
    if let Birthday::OfAnother(kept) = born
        && kept != Some(change.birth_date)
    {
        return Err(UpdateError::BirthdayOfAnother);
    }
    let sealed = match &change.blood_group {
        Some(group) => Some(vault.seal_text(tx, patient, store::blood_group_at(patient), group.expose().code()).await?),
        None => None,
    };
    if !store::set_profile(tx, patient, change, sealed.as_deref()).await? {
        return Err(UpdateError::Changed);
    }
    duplicates::plan(tx).await?;
    if born == Birthday::Own {
        accounts::rename(tx, account, change.preferred_name.as_deref().unwrap_or(&change.full_name)).await?;
    }
    Ok(())
}

impl ProfileForm {
    /// The form as it is first shown.
    pub fn of(profile: &PatientProfile) -> Self {
        let date = profile.birth_date.map(LocalDate::jiff);
        let emergency = profile.emergency.clone();
        Self {
            full_name: profile.full_name.clone(),
            preferred_name: profile.preferred_name.clone().unwrap_or_default(),
            birth_date_day: date.map(|d| d.day().to_string()).unwrap_or_default(),
            birth_date_month: date.map(|d| d.month().to_string()).unwrap_or_default(),
            birth_date_year: date.map(|d| d.year().to_string()).unwrap_or_default(),
            sex_at_birth: profile.sex_at_birth.code().to_owned(),
            country: profile.country.clone().unwrap_or_default(),
            phone: profile.phone.clone().unwrap_or_default(),
            emergency_name: emergency.as_ref().map(|e| e.name.clone()).unwrap_or_default(),
            emergency_phone: emergency.as_ref().map(|e| e.phone.clone()).unwrap_or_default(),
            emergency_relation: emergency.map(|e| e.relation).unwrap_or_default(),
            blood_group: profile.blood_group.as_ref().map(|group| group.expose().code().to_owned()).unwrap_or_default(),
            version: profile.version.to_string(),
        }
    }

    /// Every mistake at once.
    pub fn check(&self, today: LocalDate) -> Result<ProfileChange, Vec<FieldError>> {
        let mut kept = Kept::default();
        let full_name = kept.take(text::name("full_name", &self.full_name));
        let preferred_name = kept.take(text::optional("preferred_name", &self.preferred_name, 100));
        let birth_date = kept.take(self.birth_date(today));
        let sex = self.sex_at_birth.parse::<Sex>();
        let sex_at_birth = kept.take(sex.map_err(|()| FieldError::new("sex_at_birth", "people-sex-missing")));
        let country = kept.take(text::country("country", &self.country));
        let region = country.clone().flatten();
        let phone = kept.take(text::phone("phone", &self.phone, region.as_deref()));
        let emergency = kept.take(self.emergency(region.as_deref()));
        let blood_group = kept.take(self.blood_group());
        match (full_name, preferred_name, birth_date, sex_at_birth, kept.errors.is_empty()) {
            (Some(full_name), Some(preferred_name), Some(birth_date), Some(sex_at_birth), true) => Ok(ProfileChange {
                full_name,
                preferred_name,
                birth_date,
                sex_at_birth,
                country: region,
                phone: phone.flatten(),
                emergency: emergency.flatten(),
                blood_group: blood_group.flatten(),
                version: self.version.parse().unwrap_or(0),
            }),
            _ => Err(kept.errors),
        }
    }

    fn birth_date(&self, today: LocalDate) -> Result<LocalDate, FieldError> {
        birth_date_of(&self.birth_date_day, &self.birth_date_month, &self.birth_date_year, today)?
            .ok_or_else(|| FieldError::new("birth_date", "people-birth-date-missing"))
    }

    fn emergency(&self, region: Option<&str>) -> Result<Option<EmergencyContact>, FieldError> {
        let name = self.emergency_name.trim();
        let phone = self.emergency_phone.trim();
        let relation = self.emergency_relation.trim();
        if name.is_empty() && phone.is_empty() && relation.is_empty() {
            return Ok(None);
        }
        let name = text::name("emergency_name", name)?;
        let phone = text::phone("emergency_phone", phone, region)?
            .ok_or_else(|| FieldError::new("emergency_phone", "people-emergency-phone-missing"))?;
        let relation = text::optional("emergency_relation", relation, 60)?.unwrap_or_default();
        Ok(Some(EmergencyContact { name, phone, relation }))
    }

    fn blood_group(&self) -> Result<Option<Phi<BloodGroup>>, FieldError> {
        match self.blood_group.trim() {
            "" => Ok(None),
            code => code
                .parse()
                .map(|group| Some(Phi::new(group)))
                .map_err(|()| FieldError::new("blood_group", "people-blood-group-wrong")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ProfileForm {
        ProfileForm {
            full_name: "Fatema".into(),
            birth_date_day: "1".into(),
            birth_date_month: "3".into(),
            birth_date_year: "1990".into(),
            sex_at_birth: "female".into(),
            ..ProfileForm::default()
        }
    }

    fn errors(form: &ProfileForm) -> Vec<String> {
        let today = LocalDate::from_ymd(2026, 11, 21).expect("a day");
        form.check(today).err().unwrap_or_default().into_iter().map(|e| e.field.into_owned()).collect()
    }

    #[test]
    fn one_name_is_enough() {
        assert!(errors(&form()).is_empty());
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let wrong = ProfileForm {
            full_name: String::new(),
            birth_date_year: "2091".into(),
            sex_at_birth: "x".into(),
            country: "zz".into(),
            phone: "12".into(),
            emergency_name: "Rahim".into(),
            blood_group: "C".into(),
            ..form()
        };
        assert_eq!(
            errors(&wrong),
            ["full_name", "birth_date", "sex_at_birth", "country", "phone", "emergency_phone", "blood_group"]
        );
    }

    #[test]
    fn a_local_number_is_read_by_the_country() {
        let today = LocalDate::from_ymd(2026, 11, 21).expect("a day");
        let change = ProfileForm { country: "BD".into(), phone: "01712-345678".into(), ..form() }.check(today);
        assert_eq!(change.expect("right").phone.as_deref(), Some("+8801712345678"));
    }
}
