//! The mark by which a paper is checked: its code, and whose it is. Prescriptions carry the same.

use db::Tx;

/// Twenty signs of Crockford's alphabet (no I, L, O, U): 100 bits that nobody guesses and that can be read aloud.
pub fn code(tx: &mut Tx) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    tx.random().token32()[..20].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// The code in groups of four, as printed.
pub fn grouped(code: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// First letters, "F. Z.": enough to compare with the person who brings it.
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    letters.map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" ")
}
