//! Why a record is opened. The word goes into the audit trail and, translated (`chart-purpose-…`), to the patient.

/// The patient, or somebody who acts for them, looks at their own record.
pub const OWN: &str = "own_record";
/// A doctor with a care link treats the patient.
pub const TREATMENT: &str = "treatment";
/// A doctor prescribes and the safety checks look at allergies.
pub const PRESCRIBING: &str = "prescribing";
/// The program itself: seeding demonstrations, moving data.
pub const SYSTEM: &str = "system";

/// All of them, for the page that translates them.
pub const ALL: [&str; 4] = [OWN, TREATMENT, PRESCRIBING, SYSTEM];
