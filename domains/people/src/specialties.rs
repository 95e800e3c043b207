//! What doctors are asked for. Names are Fluent keys: `specialty-dermatology`.

/// The codes of the `specialties` table, in the order of its `position`.
pub const CODES: [&str; 20] = [
    "general-practice",
    "dermatology",
    "paediatrics",
    "gynaecology",
    "cardiology",
    "psychiatry",
    "neurology",
    "orthopaedics",
    "ear-nose-throat",
    "ophthalmology",
    "endocrinology",
    "gastroenterology",
    "pulmonology",
    "nephrology",
    "urology",
    "oncology",
    "rheumatology",
    "dentistry",
    "physiotherapy",
    "nutrition",
];

pub fn is_known(code: &str) -> bool {
    CODES.contains(&code)
}

/// The Fluent key of a specialty's name.
pub fn name_key(code: &str) -> String {
    format!("specialty-{code}")
}
