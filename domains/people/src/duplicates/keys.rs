//! Keys by which records that could be one person's find each other. A key says little enough for a slip to keep it, and enough for few to
//! share it:
//!
//! ```text
//! b:1990-05-17:mn    day of birth and the sound of any word      names changed, or put in another order
//! y:mn.rhmn:1990     sounds of the whole name and the year       a slip in day or month, or the two exchanged
//! m:mn.rhmn:0517     the same and day and month                  a slip in the year
//! p:+88017…          phone
//! n:mn.rhmn          sounds of the whole name                    looked for by those who have no day of birth,
//! u:mn.rhmn          the same, of those who have none             looked for by all: whoever finds is found
//! ```

use super::{model::Person, names};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    /// By which the record is found.
    pub(super) kept: Vec<String>,
    /// By which it looks for others.
    pub(super) wanted: Vec<String>,
}

pub(super) fn keys(person: &Person) -> Keys {
    let mut sounds: Vec<String> = names::words(&person.full_name).into_iter().map(|word| word.sound).collect();
    sounds.retain(|sound| !sound.is_empty());
    sounds.sort_unstable();
    sounds.dedup();
    let whole = sounds.join(".");
    let mut wanted: Vec<String> = person.phones.iter().map(|number| format!("p:{number}")).collect();
    if let Some(born) = person.birth_date {
        let day = born.jiff();
        wanted.extend(sounds.iter().map(|sound| format!("b:{born}:{sound}")));
        wanted.push(format!("y:{whole}:{}", day.year()));
        wanted.push(format!("m:{whole}:{:02}{:02}", day.month(), day.day()));
    }
    let (by_name, unborn) = (format!("n:{whole}"), format!("u:{whole}"));
    let mut kept = wanted.clone();
    kept.push(by_name.clone());
    if person.birth_date.is_none() {
        wanted.push(by_name);
        kept.push(unborn.clone());
    }
    wanted.push(unborn);
    Keys { kept, wanted }
}

#[cfg(test)]
mod tests {
    use kernel::Sex;

    use super::*;

    fn person(name: &str, born: &str, phone: &str) -> Person {
        let phones = if phone.is_empty() { Vec::new() } else { vec![phone.to_owned()] };
        Person { full_name: name.to_owned(), birth_date: born.parse().ok(), sex: Sex::Unknown, phones, email: None }
    }

    fn meet(one: &Person, other: &Person) -> bool {
        let (one, other) = (keys(one), keys(other));
        let finds = |one: &Keys, other: &Keys| one.wanted.iter().any(|key| other.kept.contains(key));
        assert_eq!(finds(&one, &other), finds(&other, &one), "whoever finds is found");
        finds(&one, &other)
    }

    #[test]
    fn records_with_a_slip_still_meet() {
        let amina = person("Amina Rahman", "1990-05-17", "+8801711111111");
        for other in [
            person("Rahman Amina", "1990-05-17", ""),
            person("Amina Chowdhury", "1990-05-17", ""),
            person("Amina Rahman", "1990-05-18", ""),
            person("Ameena Rehman", "1980-05-17", ""),
            person("Somebody Else", "", "+8801711111111"),
        ] {
            assert!(meet(&amina, &other), "{other:?}");
        }
        assert!(meet(&person("Amina Rahman", "", ""), &amina), "who says no day of birth looks by the name");
        assert!(meet(&person("Amina Rahman", "", ""), &person("Rahman Amina", "", "")));
    }

    #[test]
    fn strangers_do_not_meet() {
        let amina = person("Amina Rahman", "1990-05-17", "+8801711111111");
        for other in [
            person("John Smith", "1990-05-17", ""),
            person("Amina Rahman", "1975-11-02", ""),
            person("Amina Chowdhury", "1990-05-18", "+8801722222222"),
        ] {
            assert!(!meet(&amina, &other), "{other:?}");
        }
    }
}
