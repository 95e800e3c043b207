use std::collections::BTreeMap;

use identity::throttle::TEST_LETTER;
use kernel::{Fault, FaultKind, Locale};
use notify::{Daily, Quiet, Topic, Way, Wishes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, SignedIn};

use super::{
    set::{Chosen, SetPreferences, chosen, reach, set},
    try_out::{TryError, try_out},
};

/// Times are `HH:MM` on the reader's own clock; quiet hours end on the next day where they end before they start.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct QuietView {
    from: String,
    until: String,
}

/// What was chosen. `topics`: for each of `security`, `money`, `visits`, `reminders`, `care`, `messages`, `reviews` and `agenda`, whether it
/// comes by `app`, `email` and `sms`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PreferencesView {
    topics: BTreeMap<&'static str, BTreeMap<&'static str, bool>>,
    /// These may change their way and cannot be switched off.
    mandatory: Vec<&'static str>,
    /// The ways that lead to the reader.
    ways: Vec<&'static str>,
    quiet_hours: Option<QuietView>,
    /// When the daily letter comes, if what can wait is gathered.
    digest_at: Option<String>,
    agenda_at: String,
    /// `null`: as the pages.
    letters_locale: Option<String>,
    /// The zone of all these times.
    time_zone: String,
}

/// What is left out becomes as usual.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PreferencesBody {
    topics: BTreeMap<String, BTreeMap<String, bool>>,
    quiet_hours: Option<QuietView>,
    digest_at: Option<String>,
    agenda_at: Option<String>,
    letters_locale: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TestView {
    /// The ways that the test takes.
    ways: Vec<&'static str>,
}

#[derive(Debug, thiserror::Error)]
enum BodyError {
    #[error("{0} is not known")]
    Unknown(&'static str),
    #[error("{0} is no time of day")]
    Clock(&'static str),
}

impl Fault for BodyError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Unknown(field) => FaultKind::invalid(field, "messaging-preferences-unknown"),
            Self::Clock(field) => FaultKind::invalid(field, "messaging-preferences-clock-wrong"),
        }
    }
}

/// `GET /api/v1/notification-preferences`
pub(crate) async fn show(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    let chosen = chosen(&mut tx, me.actor()).await?;
    tx.commit().await?;
    web::json(&view(&me, &chosen))
}

/// `PUT /api/v1/notification-preferences`
pub(crate) async fn put(me: SignedIn, Json(body): Json<PreferencesBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let wishes = wishes(&body, reach(&mut tx, me.actor()).await?)?;
    let letters = match body.letters_locale.as_deref() {
        Some(tag) => Some(tag.parse::<Locale>().map_err(|()| BodyError::Unknown("letters_locale"))?),
        None => None,
    };
    set(&mut tx, me.actor(), &SetPreferences { wishes, letters }).await?;
    let chosen = chosen(&mut tx, me.actor()).await?;
    tx.commit().await?;
    web::json(&view(&me, &chosen))
}

/// `POST /api/v1/notification-preferences/test`
pub(crate) async fn test(me: SignedIn) -> web::Result {
    let account = me.actor().account.to_string();
    identity::door::throttle(&me).pass(&[(TEST_LETTER, &account)]).await?;
    let mut tx = me.begin().await?;
    let ways = try_out(&mut tx, me.app(), me.actor()).await?;
    tx.commit().await.map_err(TryError::from)?;
    web::json(&TestView { ways: ways.into_iter().map(Way::word).collect() })
}

fn wishes(body: &PreferencesBody, reach: notify::Reach) -> Result<Wishes, BodyError> {
    let mut wishes = Wishes::default();
    for (topic, ways) in &body.topics {
        let topic = Topic::from_word(topic).ok_or(BodyError::Unknown("topics"))?;
        for (way, wanted) in ways {
            let way = Way::from_word(way).ok_or(BodyError::Unknown("topics"))?;
            wishes.choose(topic, way, reach, *wanted);
        }
    }
    let clock = |text: &Option<String>, field| match text {
        Some(text) => Daily::parse(text).map(Some).ok_or(BodyError::Clock(field)),
        None => Ok(None),
    };
    wishes.digest = clock(&body.digest_at, "digest_at")?;
    wishes.agenda = clock(&body.agenda_at, "agenda_at")?.unwrap_or_default();
    if let Some(quiet) = &body.quiet_hours {
        wishes.quiet = Some(Quiet::parse(&quiet.from, &quiet.until).ok_or(BodyError::Clock("quiet_hours"))?);
    }
    Ok(wishes)
}

fn view(me: &SignedIn, chosen: &Chosen) -> PreferencesView {
    let of = |topic: Topic| {
        Way::ALL.into_iter().map(|way| (way.word(), chosen.wishes.wants(topic, way, chosen.reach))).collect()
    };
    PreferencesView {
        topics: Topic::ALL.into_iter().map(|topic| (topic.word(), of(topic))).collect(),
        mandatory: Topic::ALL.into_iter().filter(|topic| topic.is_mandatory()).map(Topic::word).collect(),
        ways: Way::ALL.into_iter().filter(|way| chosen.reach.has(*way)).map(Way::word).collect(),
        quiet_hours: chosen.wishes.quiet.map(|quiet| QuietView { from: quiet.starts(), until: quiet.ends() }),
        digest_at: chosen.wishes.digest.map(Daily::clock),
        agenda_at: chosen.wishes.agenda.clock(),
        letters_locale: chosen.letters.map(|locale| locale.tag().to_owned()),
        time_zone: me.zone().name().to_owned(),
    }
}
