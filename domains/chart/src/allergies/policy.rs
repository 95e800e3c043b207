//! Who may do what with an entry.

/// In which capacity somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// The patient, or somebody acting for them.
    Patient,
    /// A doctor with a care link.
    Clinician,
    /// The program.
    System,
}

impl Writer {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Clinician => "clinician",
            Self::System => "system",
        }
    }
}

/// Patients take back what they wrote; clinicians take back anything.
pub(crate) fn may_withdraw(writer: Writer, by_clinician: bool) -> bool {
    match writer {
        Writer::Patient => !by_clinician,
        Writer::Clinician | Writer::System => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patient_does_not_take_back_what_a_clinician_wrote() {
        assert!(!may_withdraw(Writer::Patient, true));
        assert!(may_withdraw(Writer::Patient, false));
        assert!(may_withdraw(Writer::Clinician, true));
    }
}
