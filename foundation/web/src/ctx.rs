use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use access::Actor;
use axum::{
    http::{HeaderMap, HeaderValue, Uri, header},
    response::Response,
};
use db::{Context, Tx};
use kernel::{LocalDate, Locale, Zone, ids::PatientId};
use uuid::Uuid;

use crate::{
    App, PageFrame, SpokenFor, i18n,
    page::Flash,
    whose::{self, FormToken},
};

/// The name of the cookie that holds a session's token.
pub fn session_cookie_name(app: &App) -> &'static str {
    if app.is_https() { "__Host-session" } else { "session" }
}

/// What one request knows. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inside>);

pub(crate) struct Inside {
    pub(crate) app: App,
    pub(crate) actor: Option<Actor>,
    pub(crate) nobody: Actor,
    pub(crate) locale: Locale,
    pub(crate) zone: Zone,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) client_ip: IpAddr,
    pub(crate) request_id: Uuid,
    /// Prove that a form was ours: bound to the session and whom it is for, or to the visitor's cookie.
    pub(crate) tokens: Vec<FormToken>,
    pub(crate) unread: Option<i64>,
    /// Whom this account speaks for, its own first; empty where there is no choice.
    pub(crate) people: Vec<SpokenFor>,
    pub(crate) flash: Mutex<FlashState>,
    /// Whom the page turned out to be about; shared by all that is made of one request.
    pub(crate) turned_to: Arc<Mutex<Option<PatientId>>>,
}

/// A word carried over one redirect.
#[derive(Debug, Default)]
pub(crate) struct FlashState {
    /// What came with the request; taken by the first page that shows it.
    pub(crate) shown: Option<Flash>,
    /// What goes with the answer: kind and key.
    pub(crate) next: Option<(&'static str, String)>,
}

impl fmt::Debug for Ctx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actor = self.0.actor.as_ref().map(|actor| actor.account);
        f.debug_struct("Ctx").field("request_id", &self.0.request_id).field("account", &actor).finish_non_exhaustive()
    }
}

impl Ctx {
    pub(crate) fn new(inside: Inside) -> Self {
        Self(Arc::new(inside))
    }

    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The person who asks; for a visitor, nobody: no account, no role, no patient.
    pub fn actor(&self) -> &Actor {
        self.0.actor.as_ref().unwrap_or(&self.0.nobody)
    }

    pub fn actor_opt(&self) -> Option<&Actor> {
        self.0.actor.as_ref()
    }

    pub fn locale(&self) -> Locale {
        self.0.locale
    }

    /// The zone in which this person is shown times: the account's, else the browser's, else UTC.
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    pub fn client_ip(&self) -> IpAddr {
        self.0.client_ip
    }

    pub fn request_id(&self) -> Uuid {
        self.0.request_id
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The first cookie of this name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookie(&self.0.headers, name)
    }

    pub fn path(&self) -> &str {
        self.0.uri.path()
    }

    /// Path and query, for a link back to here.
    pub(crate) fn here(&self) -> &str {
        self.0.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str)
    }

    /// JSON is wanted: an API address, or a client that asked for nothing else.
    pub(crate) fn wants_json(&self) -> bool {
        let accept = self.header("accept").unwrap_or_default();
        self.path().starts_with("/api/") || (accept.contains("json") && !accept.contains("text/html"))
    }

    pub fn t(&self, key: impl AsRef<str>) -> String {
        i18n::text(self.locale(), key.as_ref(), &[])
    }

    pub fn tr<'a>(&self, key: impl AsRef<str>, args: impl AsRef<[(&'a str, &'a str)]>) -> String {
        i18n::text(self.locale(), key.as_ref(), args.as_ref())
    }

    /// A transaction as this person: row-level security shows what is theirs.
    pub async fn begin(&self) -> Result<Tx, db::Error> {
        let context = Context { request_id: Some(self.request_id()), ..self.actor().context() };
        self.app().db().begin(&context).await
    }

    /// A transaction with the rights of the program itself, past the policies of rows. `why` goes to the audit trail, and so does
    /// whoever asked, if anybody is known.
    pub async fn begin_system(&self, why: &'static str) -> Result<Tx, db::Error> {
        let asked = self.actor().context();
        let context = Context {
            account: asked.account,
            session: asked.session,
            roles: asked.roles,
            request_id: Some(self.request_id()),
            ..Context::system(why)
        };
        self.app().db().begin(&context).await
    }

    /// The day it is for this person, by the database's clock.
    pub async fn today(&self) -> Result<LocalDate, db::Error> {
        let tx = self.begin().await?;
        let today = tx.now().date_in(self.zone());
        tx.rollback().await?;
        Ok(today)
    }

    /// What a template of a page needs. `title` is a Fluent key.
    pub fn page(&self, title: &str) -> PageFrame {
        PageFrame::new(self, self.t(title))
    }

    /// Say this on the page that the answer leads to: by `redirect`, or by a script that reads JSON (`with_flash`).
    pub fn flash_ok(&self, key: &str) {
        self.0.flash.lock().unwrap_or_else(PoisonError::into_inner).next = Some(("ok", key.to_owned()));
    }

    /// 303 to a path of ours, with what `flash_ok` said.
    pub fn redirect(&self, path: &str) -> Response {
        self.with_flash(crate::answer::see_other(path))
    }

    /// The answer, with what `flash_ok` said for the next page.
    pub fn with_flash(&self, mut response: Response) -> Response {
        let next = self.0.flash.lock().unwrap_or_else(PoisonError::into_inner).next.take();
        if let Some((kind, key)) = next {
            let secure = if self.app().is_https() { "; Secure" } else { "" };
            let cookie = format!("flash={kind}.{key}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax{secure}");
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }

    /// From here on, and for the rest of the session, pages show this patient's record. Whom the session does not speak for changes nothing.
    pub fn acting_for(&self, response: Response, patient: PatientId) -> Response {
        let is_theirs = self.actor().patients.contains(&patient);
        if is_theirs { whose::keep(self, response, patient) } else { response }
    }

    /// The same request, made for this patient.
    pub(crate) fn made_for(&self, patient: PatientId) -> Self {
        let inside = self.inside();
        let mut actor = inside.actor.clone();
        if let Some(actor) = &mut actor {
            whose::put_first(actor, Some(patient));
        }
        Self::new(Inside {
            app: inside.app.clone(),
            actor,
            nobody: inside.nobody.clone(),
            locale: inside.locale,
            zone: inside.zone.clone(),
            uri: inside.uri.clone(),
            headers: inside.headers.clone(),
            client_ip: inside.client_ip,
            request_id: inside.request_id,
            tokens: inside.tokens.clone(),
            unread: inside.unread,
            people: inside.people.clone(),
            flash: Mutex::new(std::mem::take(&mut *inside.flash.lock().unwrap_or_else(PoisonError::into_inner))),
            turned_to: Arc::clone(&inside.turned_to),
        })
    }

    /// The same request, about something of this patient's: the page says so, and where a person came to it by a link, what it leads to
    /// is theirs, too. Whom the session does not speak for changes nothing.
    #[must_use]
    pub fn about(&self, patient: PatientId) -> Self {
        let is_other = self.actor().patient() != Some(patient);
        if !is_other || !self.0.people.iter().any(|one| one.patient == patient) {
            return self.clone();
        }
        *self.0.turned_to.lock().unwrap_or_else(PoisonError::into_inner) = Some(patient);
        self.made_for(patient)
    }

    /// For whom the page turned out to be, other than the session's choice.
    pub(crate) fn turned_to(&self) -> Option<PatientId> {
        *self.0.turned_to.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token of forms on a page of this request.
    pub(crate) fn form_token(&self) -> &str {
        let (tokens, patient) = (&self.0.tokens, self.actor().patient());
        let own = tokens.iter().find(|token| token.patient.is_some() && token.patient == patient).or(tokens.first());
        own.map_or("", |token| token.text.as_str())
    }

    pub(crate) fn inside(&self) -> &Inside {
        &self.0
    }
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        line.split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    })
}
