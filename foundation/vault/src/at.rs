use kernel::ids::PatientId;
use uuid::Uuid;

/// The one place a sealed value belongs to. Part of the seal: opened anywhere else, it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
    /// The version of the row's content, where it has versions; else 1.
    pub version: i32,
}

impl At {
    pub const fn new(table: &'static str, column: &'static str, row: Uuid) -> Self {
        Self { table, column, row, version: 1 }
    }

    #[must_use]
    pub const fn version(self, version: i32) -> Self {
        Self { version, ..self }
    }
}

/// Whose key seals: a patient's own, or the platform's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    Patient(PatientId),
    Platform,
}

impl Scope {
    pub(crate) fn patient_id(self) -> Option<PatientId> {
        match self {
            Self::Patient(id) => Some(id),
            Self::Platform => None,
        }
    }

    pub(crate) fn patient(self) -> Option<Uuid> {
        self.patient_id().map(PatientId::uuid)
    }

    /// Unambiguous bytes for associated data: a tag, then the patient.
    pub(crate) fn append_to(self, aad: &mut Vec<u8>) {
        match self {
            Self::Patient(id) => {
                aad.push(1);
                aad.extend_from_slice(id.uuid().as_bytes());
            }
            Self::Platform => aad.push(0),
        }
    }
}

/// The associated data of a seal; every part has a fixed length or is preceded by it.
pub(crate) fn associated_data(scope: Scope, at: At) -> Vec<u8> {
    let mut aad = Vec::with_capacity(96);
    aad.extend_from_slice(b"bedside-seal-1");
    for name in [at.table, at.column] {
        aad.extend_from_slice(&u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes());
        aad.extend_from_slice(name.as_bytes());
    }
    aad.extend_from_slice(at.row.as_bytes());
    scope.append_to(&mut aad);
    aad.extend_from_slice(&at.version.to_be_bytes());
    aad
}
