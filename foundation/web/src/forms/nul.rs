//! The one character that no text of PostgreSQL can hold. No keyboard has it: a request that brings it is refused at the door, for
//! no store could tell it from a fault of its own.

use serde_json::Value;

use super::unreadable;
use crate::Error;

/// As percent-encoding writes it, in addresses and forms.
pub(crate) fn is_in_encoded(text: &[u8]) -> bool {
    text.contains(&0) || text.windows(3).any(|three| three == b"%00")
}

pub(super) fn is_in_json(bytes: &[u8]) -> bool {
    // As JSON writes it; the same letters may also follow an escaped backslash, so only a parser can tell.
    let may_be = bytes.windows(6).any(|six| six == br"\u0000");
    may_be && serde_json::from_slice::<Value>(bytes).is_ok_and(|value| is_in(&value))
}

fn is_in(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(is_in),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || is_in(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

pub(super) fn refused() -> Error {
    unreadable("a text with a null character")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_null_character_is_told_from_its_letters() {
        assert!(is_in_json(br#"{"a": ["x", "b\u0000"]}"#) && is_in_json(br#"{"\u0000": 1}"#));
        assert!(!is_in_json(br#"{"a": "\\u0000"}"#) && !is_in_json(br#"{"a": "0"}"#));
        assert!(is_in_encoded(b"a=%00&b=1") && !is_in_encoded(b"a=%2500"));
    }
}
