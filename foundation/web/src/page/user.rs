use access::{Actor, Role};

/// The signed-in person, as the layout shows them.
#[derive(Clone, Debug)]
pub struct User {
    pub name: String,
    pub initials: String,
    /// The first page of this person's role.
    pub home: &'static str,
    pub is_patient: bool,
    pub is_doctor: bool,
    pub is_admin: bool,
}

impl User {
    pub(super) fn of(actor: &Actor) -> Self {
        let is_doctor = actor.is(Role::Doctor) && actor.practitioner.is_some();
        let is_admin = actor.is(Role::Administrator);
        let is_patient = actor.is(Role::Patient) && actor.patient().is_some();
        let is_nurse = actor.is(Role::Nurse) && !is_doctor && !is_admin;
        let home = match (is_doctor, is_admin, is_patient) {
            (true, ..) => "/doctor",
            (_, true, _) => "/admin",
            (.., true) => "/home/patient",
            _ if is_nurse => "/urgent/queue",
            _ => "/account",
        };
        Self { name: actor.name.clone(), initials: initials(&actor.name), home, is_patient, is_doctor, is_admin }
    }
}

/// First letters of the first and the last word; titles with a point are left out.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.') && *word != "Dr");
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_first_page() {
        let of = |roles: &[Role]| {
            let actor = Actor {
                roles: roles.to_vec(),
                practitioner: roles
                    .contains(&Role::Doctor)
                    .then(|| kernel::ids::PractitionerId::from_uuid(uuid::Uuid::nil())),
                patients: vec![kernel::ids::PatientId::from_uuid(uuid::Uuid::nil())],
                name: "Dr Amina Rahman".into(),
                ..Actor::nobody()
            };
            User::of(&actor)
        };
        assert_eq!(of(&[Role::Patient]).home, "/home/patient");
        assert_eq!(of(&[Role::Patient, Role::Doctor]).home, "/doctor");
        assert_eq!(of(&[Role::Administrator]).home, "/admin");
        assert_eq!(of(&[Role::Nurse]).home, "/urgent/queue");
        assert_eq!(of(&[Role::Patient, Role::Nurse]).home, "/home/patient", "a nurse with a record of their own");
        assert_eq!(of(&[Role::SupportAgent]).home, "/account");
        assert_eq!(of(&[]).initials, "AR");
    }
}
