//! Which engine listens to which language. Pure.

/// An engine for a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// `en`, or as the engine outside calls it: `ar-AE`.
    pub language: String,
    pub engine: &'static str,
    /// Who outside this hospital is sent the sound; nobody where the engine is here.
    pub sound_to: Option<String>,
}

/// What the engine here understands.
const HERE: &str = "en";

/// What can be listened to. A language that the engine here knows is never sent outside.
pub(super) fn listenings(is_here: bool, outside: Option<(&[String], String)>) -> Vec<Listening> {
    let here = Listening { language: HERE.to_owned(), engine: speech::ENGINE, sound_to: None };
    let (languages, to) = outside.unwrap_or_default();
    let outside = languages.iter().filter(|language| !is_here || primary(language) != HERE).map(|language| Listening {
        language: language.clone(),
        engine: speech_amazon::ENGINE,
        sound_to: Some(to.clone()),
    });
    is_here.then_some(here).into_iter().chain(outside).collect()
}

/// The one that was asked for. Where none was: the patient's own language, and then what an engine here knows; nothing goes outside for a
/// language that nobody named.
pub(super) fn choose(all: Vec<Listening>, asked: Option<&str>, spoken: Option<&str>) -> Option<Listening> {
    if let Some(asked) = asked {
        return all.into_iter().find(|one| one.language == asked);
    }
    let own = all.iter().position(|one| Some(primary(&one.language)) == spoken);
    let here = || all.iter().position(|one| one.sound_to.is_none());
    own.or_else(here).and_then(|place| all.into_iter().nth(place))
}

pub(super) fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> Vec<Listening> {
        let languages = ["ar-AE", "en-GB", "fr-FR"].map(str::to_owned);
        listenings(true, Some((&languages, "Amazon Transcribe eu-central-1".to_owned())))
    }

    fn of(listening: Option<Listening>) -> Option<(String, bool)> {
        listening.map(|one| (one.language, one.sound_to.is_some()))
    }

    #[test]
    fn what_is_known_here_never_goes_outside() {
        let languages: Vec<_> = both().into_iter().map(|one| (one.language, one.sound_to.is_some())).collect();
        assert_eq!(languages, [("en".into(), false), ("ar-AE".into(), true), ("fr-FR".into(), true)]);
        assert_eq!(of(choose(both(), Some("en-GB"), None)), None);
        assert!(listenings(false, None).is_empty());
        let alone = listenings(false, Some((&["en-GB".to_owned()], "there".to_owned())));
        assert_eq!(alone[0].sound_to.as_deref(), Some("there"));
    }

    #[test]
    fn the_patients_language_is_chosen_and_nothing_goes_outside_unnamed() {
        assert_eq!(of(choose(both(), None, Some("ar"))), Some(("ar-AE".into(), true)));
        assert_eq!(of(choose(both(), None, Some("en"))), Some(("en".into(), false)));
        assert_eq!(of(choose(both(), None, None)), Some(("en".into(), false)));
        assert_eq!(of(choose(both(), Some("fr-FR"), Some("ar"))), Some(("fr-FR".into(), true)));
        let outside_alone = || listenings(false, Some((&["fr-FR".to_owned()], "there".to_owned())));
        assert_eq!(of(choose(outside_alone(), None, Some("ar"))), None);
    }
}
