//! Languages doctors speak with patients, by BCP 47 primary tag. Names are Fluent keys: `language-bn`.

pub const CODES: [&str; 43] = [
    "ar", "bn", "de", "en", "es", "fa", "fil", "fr", "gu", "ha", "he", "hi", "id", "it", "ja", "ka", "kn", "ko", "ml",
    "mr", "ms", "ne", "nl", "pa", "pl", "ps", "pt", "ro", "ru", "si", "so", "sv", "sw", "ta", "te", "th", "tr", "uk",
    "ur", "uz", "vi", "yo", "zh",
];

pub fn is_known(code: &str) -> bool {
    CODES.contains(&code)
}
