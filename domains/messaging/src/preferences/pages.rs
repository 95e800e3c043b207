pub(super) mod leave;

use askama::Template;
use identity::throttle::TEST_LETTER;
use kernel::{Fault, FaultKind, FieldError, Locale};
use notify::{Topic, Way};
use web::{Form, PageFrame, SignedIn};

use super::{
    form::{self, Fields},
    set::{Chosen, SetPreferences, chosen, reach, set},
    try_out::{TryError, try_out},
};

#[derive(Template)]
#[template(path = "preferences/pages/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the page shows or leaves out, each by itself")]
struct PreferencesPage {
    page: PageFrame,
    tab: &'static str,
    is_patient: bool,
    is_doctor: bool,
    has_email: bool,
    has_phone: bool,
    zone: String,
    now: String,
    rows: Vec<Row>,
    quiet: Clocks,
    digest: Clocks,
    agenda: Clocks,
    letters: String,
    locales: Vec<(String, String)>,
}

/// A type of notice and the ways that it may take.
struct Row {
    topic: &'static str,
    label: String,
    hint: String,
    is_mandatory: bool,
    ways: Vec<Tick>,
}

struct Tick {
    name: String,
    label: String,
    is_on: bool,
}

/// Something that is on or off, from and until.
struct Clocks {
    is_on: bool,
    from: String,
    until: String,
}

/// `GET /account/notifications`
pub(super) async fn show(me: SignedIn) -> web::Result {
    web::render(&page(&me, None, Vec::new()).await?)
}

/// `POST /account/notifications`
pub(super) async fn save(me: SignedIn, Form(fields): Form<Fields>) -> web::Result {
    let mut tx = me.begin().await?;
    let reach = reach(&mut tx, me.actor()).await?;
    let wanted = match form::read(&fields, reach) {
        Ok(wanted) => wanted,
        Err(errors) => {
            tx.rollback().await?;
            return web::render_status(422, &page(&me, Some(&fields), errors).await?);
        }
    };
    match set(&mut tx, me.actor(), &wanted).await {
        Ok(()) => tx.commit().await?,
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                tx.rollback().await?;
                return web::render_status(422, &page(&me, Some(&fields), errors).await?);
            }
            _ => return Err(error.into()),
        },
    }
    me.flash_ok("messaging-preferences-saved");
    Ok(me.redirect("/account/notifications"))
}

/// `POST /account/notifications/test`
pub(super) async fn test(me: SignedIn) -> web::Result {
    let account = me.actor().account.to_string();
    identity::door::throttle(&me).pass(&[(TEST_LETTER, &account)]).await?;
    let mut tx = me.begin().await?;
    try_out(&mut tx, me.app(), me.actor()).await?;
    tx.commit().await.map_err(TryError::from)?;
    me.flash_ok("messaging-preferences-tested");
    Ok(me.redirect("/account/notifications"))
}

/// As chosen, or as typed where that was refused.
async fn page(me: &SignedIn, typed: Option<&Fields>, errors: Vec<FieldError>) -> Result<PreferencesPage, web::Error> {
    let mut tx = me.begin().await?;
    let chosen = chosen(&mut tx, me.actor()).await?;
    let now = tx.now();
    tx.commit().await?;
    let actor = me.actor();
    let page = me.page("messaging-preferences-title").with_errors(errors);
    let ticked = |topic: Topic, way: Way| match typed {
        Some(fields) => fields.contains_key(&form::field(topic, way)),
        None => chosen.wishes.wants(topic, way, chosen.reach),
    };
    let letters = match typed {
        Some(fields) => fields.get("letters").cloned().unwrap_or_default(),
        None => chosen.letters.map(|locale| locale.tag().to_owned()).unwrap_or_default(),
    };
    let (quiet, digest, agenda) = clocks(&chosen, typed);
    Ok(PreferencesPage {
        tab: "notifications",
        is_patient: actor.patient().is_some(),
        is_doctor: actor.practitioner.is_some(),
        has_email: chosen.reach.email,
        has_phone: chosen.reach.phone,
        zone: me.zone().name().replace('_', " "),
        now: page.time(now),
        rows: form::topics().map(|topic| row(me, topic, &chosen, ticked)).collect(),
        quiet,
        digest,
        agenda,
        letters,
        locales: Locale::ALL.iter().map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned())).collect(),
        page,
    })
}

fn row(me: &SignedIn, topic: Topic, chosen: &Chosen, ticked: impl Fn(Topic, Way) -> bool) -> Row {
    let is_open = |way: &Way| chosen.reach.has(*way) && !(topic.is_mandatory() && *way == Way::App);
    let tick = |way: Way| Tick {
        name: form::field(topic, way),
        label: me.t(format!("messaging-way-{}", way.word())),
        is_on: ticked(topic, way),
    };
    Row {
        topic: topic.word(),
        label: me.t(format!("messaging-topic-{}", topic.word())),
        hint: me.t(format!("messaging-topic-{}-hint", topic.word())),
        is_mandatory: topic.is_mandatory(),
        ways: Way::ALL.into_iter().filter(is_open).map(tick).collect(),
    }
}

fn clocks(chosen: &Chosen, typed: Option<&Fields>) -> (Clocks, Clocks, Clocks) {
    if let Some(fields) = typed {
        let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let clocks = |name: &str, from: &str, until: &str| Clocks {
            is_on: fields.contains_key(name),
            from: text(from),
            until: text(until),
        };
        return (
            clocks("quiet", "quiet_from", "quiet_until"),
            clocks("digest", "digest_at", ""),
            clocks("agenda", "agenda_at", ""),
        );
    }
    let SetPreferences { wishes, .. } = SetPreferences { wishes: chosen.wishes.clone(), letters: None };
    let one = |is_on, from| Clocks { is_on, from, until: String::new() };
    let quiet = Clocks {
        is_on: wishes.quiet.is_some(),
        from: wishes.quiet.map_or_else(|| "22:00".to_owned(), notify::Quiet::starts),
        until: wishes.quiet.map_or_else(|| "07:00".to_owned(), notify::Quiet::ends),
    };
    let asked = Way::ALL.iter().any(|way| wishes.wants(Topic::Agenda, *way, chosen.reach));
    let digest = one(wishes.digest.is_some(), wishes.digest.map_or_else(|| "18:00".to_owned(), notify::Daily::clock));
    (quiet, digest, one(asked, wishes.agenda.clock()))
}
