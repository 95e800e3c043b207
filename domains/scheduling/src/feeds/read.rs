use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Tx;
use documents::{CalendarEvent, CalendarStatus, calendar_feed};
use kernel::Locale;
use web::App;

use super::{
    open::mac,
    store::{self, Entry},
};
use crate::letters::uid;

/// A calendar as it now is.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub(super) file: String,
    /// Changes when anything in it does.
    pub(super) tag: String,
}

/// What stands under this token; `None` for one that is unknown, was taken back, or whose owner's account is closed. Needs a system
/// context: whoever asks is a program without a session.
pub(super) async fn read(tx: &mut Tx, app: &App, token: &str) -> Result<Option<Calendar>, db::Error> {
    let token_mac = mac(app.vault(), token);
    let Some((account, names)) = store::find_by_token(tx, &token_mac).await? else { return Ok(None) };
    let Some(owner) = identity::accounts::recipient(tx, account).await? else { return Ok(None) };
    let (patients, practitioner) = store::find_owner(tx, account).await?;
    let entries = store::list(tx, &patients, practitioner).await?;
    store::set_read(tx, &token_mac).await?;
    let said = Said { app, locale: owner.locale, names, has_family: patients.len() > 1 };
    let events: Vec<CalendarEvent> = entries.iter().map(|entry| said.event(entry)).collect();
    let file = calendar_feed(app.brand(), &events);
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(app.vault().mac("scheduling.calendar_tag", file.as_bytes())));
    Ok(Some(Calendar { file, tag }))
}

/// How entries are put into words.
struct Said<'a> {
    app: &'a App,
    locale: Locale,
    names: bool,
    /// The reader speaks for several patients.
    has_family: bool,
}

impl Said<'_> {
    fn event(&self, entry: &Entry) -> CalendarEvent {
        CalendarEvent {
            uid: uid(self.app, entry.id),
            sequence: u32::try_from(entry.version).unwrap_or_default(),
            written_at: entry.changed_at,
            starts_at: entry.starts_at,
            ends_at: entry.ends_at,
            summary: self.summary(entry),
            description: String::new(),
            location: entry.place.clone().unwrap_or_else(|| web::words::t(self.locale, "scheduling-feed-online")),
            url: format!("{}/appointments/{}", self.app.base_url().as_str().trim_end_matches('/'), entry.id),
            organizer: None,
            status: if entry.is_off { CalendarStatus::Cancelled } else { CalendarStatus::Confirmed },
            alarm_minutes: None,
        }
    }

    fn summary(&self, entry: &Entry) -> String {
        let said = |key, args: &[(&str, &str)]| web::words::tr(self.locale, key, args);
        match (self.names, entry.is_own_work) {
            (false, _) => said("scheduling-feed-summary", &[]),
            (true, true) => said("scheduling-feed-summary-name", &[("name", &entry.patient)]),
            (true, false) if self.has_family => {
                said("scheduling-feed-summary-family", &[("patient", &entry.patient), ("doctor", &entry.doctor)])
            }
            (true, false) => said("scheduling-feed-summary-name", &[("name", &entry.doctor)]),
        }
    }
}
