use kernel::ids::PractitionerId;
use web::{Admin, Doctor};

use super::EditError;
use crate::appointments::store::people::find_doctor;

/// Whose hours, rules and days are edited, and where the forms go: a doctor's own, or an administrator's for a doctor.
pub(crate) struct Desk<'a> {
    pub(crate) me: &'a web::Ctx,
    pub(crate) doctor: PractitionerId,
    pub(crate) base: String,
    /// Named when it is not one's own.
    pub(crate) name: Option<String>,
}

impl<'a> Desk<'a> {
    pub(crate) fn own(me: &'a Doctor) -> Self {
        Self { me, doctor: me.practitioner_id(), base: "/doctor/availability".to_owned(), name: None }
    }

    pub(crate) async fn of(me: &'a Admin, doctor: &str) -> Result<Self, web::Error> {
        let mut tx = me.begin().await?;
        let found = find_doctor(&mut tx, doctor).await?.ok_or(EditError::NotFound)?;
        tx.commit().await?;
        Ok(Self { me, doctor: found.id, base: format!("/admin/doctors/{}/schedule", found.id), name: Some(found.name) })
    }
}
