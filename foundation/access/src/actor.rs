use kernel::{
    Locale, Zone,
    ids::{AccountId, PatientId, PractitionerId, SessionId},
};

use crate::Role;

/// The person behind a request, as the database knew them when it began.
#[derive(Clone, Debug)]
pub struct Actor {
    pub account: AccountId,
    pub session: SessionId,
    pub roles: Vec<Role>,
    /// The patients this account speaks for, its own first.
    pub patients: Vec<PatientId>,
    pub practitioner: Option<PractitionerId>,
    pub name: String,
    pub locale: Locale,
    pub zone: Zone,
    /// Staff without a second factor: nothing but enrolling one is open to them.
    pub must_enrol: bool,
}

impl Actor {
    /// Nobody: no account, no role, no patient. What a visitor's requests are made as.
    pub fn nobody() -> Self {
        Self {
            account: AccountId::from_uuid(uuid::Uuid::nil()),
            session: SessionId::from_uuid(uuid::Uuid::nil()),
            roles: Vec::new(),
            patients: Vec::new(),
            practitioner: None,
            name: String::new(),
            locale: Locale::default(),
            zone: Zone::utc(),
            must_enrol: false,
        }
    }

    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Holds a role in which other people's data are seen.
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| *role != Role::Patient)
    }

    /// The account's own patient record.
    pub fn patient(&self) -> Option<PatientId> {
        self.patients.first().copied()
    }

    /// This actor as row-level security sees it.
    pub fn context(&self) -> db::Context {
        let is_somebody = !self.account.uuid().is_nil();
        db::Context {
            account: is_somebody.then_some(self.account),
            session: is_somebody.then_some(self.session),
            roles: self.roles.iter().map(|role| role.as_str()).collect(),
            patients: self.patients.clone(),
            practitioner: self.practitioner,
            request_id: None,
            system: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_no_context() {
        let context = Actor::nobody().context();
        assert!(context.account.is_none() && context.patients.is_empty() && context.roles.is_empty());
        assert!(!context.is_system());
    }

    #[test]
    fn a_patient_is_no_staff_and_a_nurse_is() {
        let actor = |roles: &[Role]| Actor { roles: roles.to_vec(), ..Actor::nobody() };
        assert!(!actor(&[Role::Patient]).is_staff());
        assert!(actor(&[Role::Patient, Role::Nurse]).is_staff());
    }
}
