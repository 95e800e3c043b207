//! Labelled pairs: what must be found, and what must never look certain.

use kernel::Sex;

use super::{
    config::Config,
    model::{Band, Person, Reason},
    weights::{Weighed, weigh},
};

fn person(name: &str, born: &str, sex: Sex, phone: &str) -> Person {
    let phones = if phone.is_empty() { Vec::new() } else { vec![phone.to_owned()] };
    Person { full_name: name.to_owned(), birth_date: born.parse().ok(), sex, phones, email: None }
}

fn both(one: &Person, other: &Person) -> Weighed {
    let thresholds = Config::for_tests().thresholds;
    let weighed = weigh(one, other, thresholds);
    assert_eq!(weighed, weigh(other, one, thresholds), "which comes first makes no difference");
    weighed
}

const PHONE: &str = "+8801711111111";

#[test]
fn one_person_who_signed_up_twice_is_found_in_every_script() {
    for (one, other) in [
        ("Amina Rahman", "Rahman Amina"),
        ("Fatima al-Zahra", "FATIMA ZAHRA"),
        ("عبد الله محمد صالح", "عبدالله محمّد صالح"),
        ("أحمد بن علي", "احمد علي"),
        ("নাদিয়া রহমান", "নাদিয়া রহমান"),
    ] {
        let weighed = both(&person(one, "1990-05-17", Sex::Female, ""), &person(other, "1990-05-17", Sex::Female, ""));
        assert_eq!(weighed.band, Some(Band::High), "{one} and {other}: {weighed:?}");
    }
}

#[test]
fn one_person_with_a_slip_is_for_somebody_to_look_at() {
    let amina = person("Mohammed Hossain", "1984-03-12", Sex::Male, PHONE);
    for other in [
        person("Muhammad Hussein", "1984-03-12", Sex::Male, ""),
        person("Mohammed Hossain", "1984-12-03", Sex::Male, PHONE),
        person("Mohammed Hossain", "1984-03-13", Sex::Male, PHONE),
        person("Mohammed Hossain", "", Sex::Male, PHONE),
    ] {
        let weighed = both(&amina, &other);
        assert!(weighed.band >= Some(Band::Medium), "{other:?}: {weighed:?}");
    }
}

#[test]
fn twins_are_never_more_than_low() {
    let ayaan = person("Ayaan Rahman", "2021-08-20", Sex::Male, PHONE);
    for other in [("Aisha Rahman", Sex::Female), ("Rayhan Rahman", Sex::Male)] {
        let weighed = both(&ayaan, &person(other.0, "2021-08-20", other.1, PHONE));
        assert_eq!(weighed.band, Some(Band::Low), "{other:?}: {weighed:?}");
        assert!(weighed.reasons.contains(&Reason::PerhapsTwins));
    }
    let weighed =
        both(&person("حسن خان", "2021-08-20", Sex::Male, PHONE), &person("حسين خان", "2021-08-20", Sex::Male, PHONE));
    assert_eq!(weighed.band, Some(Band::Low), "{weighed:?}");
}

#[test]
fn a_father_and_a_son_of_one_name_are_never_more_than_low() {
    let father = person("محمد علي", "1960-02-03", Sex::Male, PHONE);
    let son = person("محمد علي", "1988-09-30", Sex::Male, PHONE);
    let weighed = both(&father, &son);
    assert_eq!(weighed.band, Some(Band::Low), "{weighed:?}");
    assert!(weighed.reasons.contains(&Reason::PerhapsParentAndChild));
}

#[test]
fn the_first_of_january_says_little() {
    let known =
        both(&person("Ali Hassan", "1970-06-15", Sex::Male, ""), &person("Ali Hassan", "1970-06-15", Sex::Male, ""));
    let unknown =
        both(&person("Ali Hassan", "1970-01-01", Sex::Male, ""), &person("Ali Hassan", "1970-01-01", Sex::Male, ""));
    assert_eq!((known.band, unknown.band), (Some(Band::High), Some(Band::Medium)));
}

#[test]
fn strangers_are_nothing() {
    let amina = person("Amina Rahman", "1990-05-17", Sex::Female, PHONE);
    for other in [
        person("John Smith", "1990-05-17", Sex::Male, ""),
        person("Amina Chowdhury", "1975-11-02", Sex::Female, "+8801722222222"),
        person("John Smith", "1975-11-02", Sex::Male, PHONE),
    ] {
        assert_eq!(both(&amina, &other).band, None, "{other:?}");
    }
}

#[test]
fn one_mailbox_under_two_addresses_speaks_for_one_person() {
    let with = |email: &str| Person { email: Some(email.to_owned()), ..person("Amina Rahman", "", Sex::Unknown, "") };
    let weighed = both(&with("amina@x.test"), &with("Amina+clinic@x.test"));
    assert!(weighed.reasons.contains(&Reason::EmailAlike) && weighed.band >= Some(Band::Medium), "{weighed:?}");
    assert!(!both(&with("amina@x.test"), &with("other@x.test")).reasons.contains(&Reason::EmailAlike));
}
