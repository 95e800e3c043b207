use kernel::ids::PatientId;

use crate::SpokenFor;

/// One of those whose record these pages may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub patient: PatientId,
    pub name: String,
    /// The account's own.
    pub is_own: bool,
    /// Whose record the pages show now.
    pub is_chosen: bool,
}

impl Person {
    /// All of them, where there is a choice; their own first.
    pub(super) fn all(people: &[SpokenFor], chosen: Option<PatientId>) -> Vec<Self> {
        let person = |one: &SpokenFor| Self {
            patient: one.patient,
            name: one.name.clone(),
            is_own: one.is_own,
            is_chosen: Some(one.patient) == chosen,
        };
        people.iter().map(person).collect()
    }
}
