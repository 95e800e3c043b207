//! Why a record is opened. The word goes into the audit trail and, translated (`chart-purpose-…`), to the patient.

/// The patient, or somebody who acts for them, looks at their own record.
pub const OWN: &str = "own_record";
/// A doctor with a care link treats the patient. The database makes [`CONSENT`] or [`BREAK_GLASS`] of it where that is why the
/// record is open (`app.read_purpose`).
pub const TREATMENT: &str = "treatment";
/// A doctor whom the patient lets see the record.
pub const CONSENT: &str = "consent";
/// A doctor in an emergency, without the patient's consent.
pub const BREAK_GLASS: &str = "break_glass";
/// A doctor prescribes and the safety checks look at allergies.
pub const PRESCRIBING: &str = "prescribing";
/// A doctor who answers for another doctor, who is away.
pub const COVER: &str = "cover";
/// A doctor checks a note that a trainee has signed. The database makes it of [`TREATMENT`] where that is why the record is open.
pub const SUPERVISION: &str = "supervision";
/// The privacy officer looks after who looked.
pub const PRIVACY: &str = "privacy";
/// The desk recognizes somebody: by the card, or by name and date of birth.
pub const IDENTIFICATION: &str = "identification";
/// The program itself: seeding demonstrations, moving data.
pub const SYSTEM: &str = "system";

/// All of them, for the page that translates them.
pub const ALL: [&str; 10] =
    [OWN, TREATMENT, CONSENT, BREAK_GLASS, PRESCRIBING, COVER, SUPERVISION, PRIVACY, IDENTIFICATION, SYSTEM];
