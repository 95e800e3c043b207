//! The forms. A change of one is a new file with the next version; what was answered keeps the version it was answered in.

use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Form, Scale, Section, Text};

/// From this age on, in years, somebody is asked as an adult.
pub(super) const ADULT: i32 = 16;
/// From this age on, in years, the doctor's specialty decides before the age does: a psychiatrist asks a thirteen-year-old about safety.
const YOUTH: i32 = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    id: String,
    version: i32,
    /// Which version of the sections that forms share.
    common: i32,
    title: Text,
    specialties: Vec<String>,
    /// Also for doctors whose specialty has no form of its own.
    #[serde(default)]
    general: bool,
    /// For everybody who is not yet an adult.
    #[serde(default)]
    children: bool,
    #[serde(default)]
    scores: Vec<Scale>,
    sections: Vec<Part>,
}

/// A section of the form, or the name of one that forms share.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Shared(String),
    Own(Section),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonFile {
    version: i32,
    sections: Vec<Section>,
}

struct Known {
    form: Form,
    specialties: Vec<String>,
    general: bool,
    children: bool,
}

const COMMON: &[&str] = &[include_str!("data/common.v1.json")];
const FILES: &[&str] = &[
    include_str!("data/general.v1.json"),
    include_str!("data/paediatrics.v1.json"),
    include_str!("data/paediatrics.v2.json"),
    include_str!("data/dermatology.v1.json"),
    include_str!("data/mental_health.v1.json"),
    include_str!("data/cardiology.v1.json"),
    include_str!("data/womens_health.v1.json"),
];

/// A file that does not parse is left out, and found by the test below.
static FORMS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let common: Vec<CommonFile> = COMMON.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    FILES.iter().filter_map(|text| serde_json::from_str(text).ok()).map(|file| assembled(file, &common)).collect()
});

fn assembled(file: FormFile, common: &[CommonFile]) -> Known {
    let shared = |id: &str| {
        let of_version = common.iter().find(|common| common.version == file.common)?;
        of_version.sections.iter().find(|section| section.id == id).cloned()
    };
    let sections = file.sections.into_iter().filter_map(|part| match part {
        Part::Own(section) => Some(section),
        Part::Shared(id) => shared(&id),
    });
    Known {
        form: Form {
            sections: sections.collect(),
            id: file.id,
            version: file.version,
            title: file.title,
            scores: file.scores,
        },
        specialties: file.specialties,
        general: file.general,
        children: file.children,
    }
}

/// The form for a visit at a doctor of these specialties, of somebody of this age: of children the children's, else the first that fits.
pub(super) fn choose(specialties: &[String], age: Option<i32>) -> Option<&'static Form> {
    let newest = |fits: &dyn Fn(&Known) -> bool| {
        FORMS.iter().filter(|known| fits(known)).map(|known| &known.form).max_by_key(|form| form.version)
    };
    let children = || newest(&|known| known.children);
    if age.is_some_and(|age| age < YOUTH) {
        return children();
    }
    let own = specialties.iter().find_map(|specialty| newest(&|known| known.specialties.contains(specialty)));
    own.or_else(|| if age.is_some_and(|age| age < ADULT) { children() } else { newest(&|known| known.general) })
}

/// A form in the version in which it was answered.
pub(super) fn find(id: &str, version: i32) -> Option<&'static Form> {
    FORMS.iter().map(|known| &known.form).find(|form| form.id == id && form.version == version)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{
        super::model::{Answers, Completeness, Kind},
        *,
    };

    fn given(answers: &[(&str, &str)]) -> Answers {
        answers.iter().map(|(question, answer)| ((*question).to_owned(), vec![(*answer).to_owned()])).collect()
    }

    #[test]
    fn every_file_is_whole_and_every_condition_hangs_on_an_earlier_question() {
        assert_eq!(FORMS.len(), FILES.len(), "a file does not parse");
        for text in FILES {
            let file: FormFile = serde_json::from_str(text).expect("it parses");
            assert!(file.specialties.iter().all(|one| people::specialties::is_known(one)), "{}", file.id);
            let form = find(&file.id, file.version).expect("it is known");
            assert_eq!(form.sections.len(), file.sections.len(), "{} names a section that is not there", file.id);
            let mut before = BTreeSet::new();
            for item in form.items() {
                for when in &item.enable_when {
                    assert!(before.contains(when.question.as_str()), "{} of {}", item.link_id, form.id);
                }
                assert!(before.insert(item.link_id.as_str()), "{} stands twice in {}", item.link_id, form.id);
                let chosen = matches!(item.kind, Kind::Choice | Kind::Choices);
                assert_eq!(chosen, !item.options.is_empty(), "{} of {}", item.link_id, form.id);
            }
            for item in form.scores.iter().flat_map(|scale| &scale.items) {
                assert!(form.find(item).is_some(), "{item}");
            }
            assert!(form.items().any(|item| !item.urgent.is_empty()), "{} asks for no red flag", form.id);
        }
    }

    #[test]
    fn the_form_follows_specialty_and_age() {
        let id = |specialties: &[&str], age| {
            let specialties: Vec<_> = specialties.iter().map(|one| (*one).to_owned()).collect();
            choose(&specialties, age).map(|form| form.id.as_str())
        };
        assert_eq!(id(&["dermatology"], Some(40)), Some("dermatology"));
        assert_eq!(id(&["urology", "cardiology"], Some(40)), Some("cardiology"));
        assert_eq!(id(&["urology"], None), Some("general"));
        assert_eq!(id(&["dermatology"], Some(5)), Some("paediatrics"));
        assert_eq!(id(&["psychiatry"], Some(16)), Some("mental_health"));
        assert_eq!(id(&["psychiatry"], Some(13)), Some("mental_health"), "asked about safety");
        assert_eq!(id(&["psychiatry"], Some(11)), Some("paediatrics"));
        assert_eq!(id(&["urology"], Some(13)), Some("paediatrics"));
    }

    #[test]
    fn what_is_asked_follows_from_the_answers_and_what_is_not_asked_is_not_kept() {
        let form = find("mental_health", 1).expect("the form");
        let plan = form.find("suicide_plan").expect("the question");
        assert!(!form.asks(plan, &given(&[("suicide", "no")])));
        assert!(form.asks(plan, &given(&[("suicide", "yes")])));
        let answers = given(&[("suicide", "no"), ("suicide_plan", "yes"), ("nothing", "x")]);
        let kept = form.check(&answers, Completeness::Draft).expect("a draft may be incomplete");
        assert_eq!(kept, given(&[("suicide", "no")]));
        assert_eq!(form.urgent(&answers).count(), 0, "what is not asked raises no flag");
        let errors = form.check(&answers, Completeness::Whole).expect_err("much is missing");
        assert!(errors.iter().any(|error| error.field == "phq2_1"));
        assert!(!errors.iter().any(|error| error.field == "suicide_plan"));
    }

    #[test]
    fn whether_an_infant_has_a_fever_is_not_left_open() {
        let form = choose(&[], Some(0)).expect("the children's");
        assert_eq!(form.version, 2);
        let missing = |answers: &Answers| {
            let errors = form.check(answers, Completeness::Whole).expect_err("not whole");
            errors.into_iter().map(|error| error.field.to_string()).collect::<Vec<_>>()
        };
        assert!(missing(&given(&[("main", "Cries")])).contains(&"fever".to_owned()));
        assert!(missing(&given(&[("fever", "yes")])).contains(&"infant".to_owned()));
        assert_eq!(form.urgent(&given(&[("fever", "yes"), ("infant", "yes")])).count(), 1);
    }

    #[test]
    fn published_scales_are_added_up_and_only_when_whole() {
        let form = find("mental_health", 1).expect("the form");
        let half = given(&[("phq2_1", "2")]);
        assert!(form.scored(&half).is_empty());
        let both = given(&[("phq2_1", "2"), ("phq2_2", "1"), ("gad2_1", "0"), ("gad2_2", "2")]);
        let scores = form.scored(&both);
        let told: Vec<_> = scores.iter().map(|one| (one.name.as_str(), one.score, one.positive)).collect();
        assert_eq!(told, [("PHQ-2", 3, true), ("GAD-2", 2, false)]);
    }
}
