use std::{borrow::Borrow, sync::PoisonError};

use kernel::{FieldError, LocalDate, Locale, Money, Timestamp, Zone};

use super::{Flash, Person, User};
use crate::{Ctx, assets, i18n, words};

/// One language that the page could be read in instead.
#[derive(Clone, Copy, Debug)]
pub struct OtherLocale {
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
}

/// What is wrong with one field, in words. An empty `field` is about the form as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    pub field: String,
    pub text: String,
}

/// The frame of a page: words in its language, dates in the person's zone, the user, errors by field.
#[derive(Clone, Debug)]
pub struct PageFrame {
    pub title: String,
    pub brand: String,
    /// BCP 47, for `lang`.
    pub locale: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    pub path: String,
    /// Path and query of this page.
    pub here: String,
    pub user: Option<User>,
    /// Those whose record may be shown, where there is a choice.
    pub people: Vec<Person>,
    pub flash: Option<Flash>,
    pub errors: Vec<PageError>,
    pub unread: Option<i64>,
    pub other_locales: Vec<OtherLocale>,
    pub demo: bool,
    language: Locale,
    zone: Zone,
    csrf: String,
}

impl PageFrame {
    pub(crate) fn new(ctx: &Ctx, title: String) -> Self {
        let inside = ctx.inside();
        let language = ctx.locale();
        let others = Locale::ALL.into_iter().filter(|other| *other != language);
        Self {
            title,
            brand: ctx.app().brand().to_owned(),
            locale: language.tag(),
            dir: language.dir(),
            path: ctx.path().to_owned(),
            here: ctx.here().to_owned(),
            user: ctx.actor_opt().map(User::of),
            people: Person::all(&inside.people, ctx.actor().patient()),
            flash: inside.flash.lock().unwrap_or_else(PoisonError::into_inner).shown.take(),
            errors: Vec::new(),
            unread: inside.unread,
            other_locales: others.map(|other| OtherLocale { tag: other.tag(), name: other.endonym() }).collect(),
            demo: ctx.app().demo_mode(),
            language,
            zone: ctx.zone().clone(),
            csrf: ctx.form_token().to_owned(),
        }
    }

    /// Show these beside their fields and above the form.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        let words = |error: FieldError| PageError {
            text: i18n::text_of(self.language, error.message_key, &error.args),
            field: error.field.into_owned(),
        };
        self.errors.extend(errors.into_iter().map(words));
        self
    }

    /// With a title that holds a name or a number.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Whose record the pages show, where it is not their own.
    pub fn acting_for(&self) -> Option<&Person> {
        self.people.iter().find(|one| one.is_chosen && !one.is_own)
    }

    /// For the scripts of this page: for whom it was made. Empty where there is no choice.
    pub fn made_for(&self) -> String {
        self.people.iter().find(|one| one.is_chosen).map(|one| one.patient.to_string()).unwrap_or_default()
    }

    /// What is wrong with this field.
    pub fn error_for(&self, field: impl AsRef<str>) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field.as_ref()).map(|error| error.text.as_str())
    }

    pub const fn language(&self) -> Locale {
        self.language
    }

    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    pub fn t(&self, key: impl AsRef<str>) -> String {
        i18n::text(self.language, key.as_ref(), &[])
    }

    pub fn tr<'a>(&self, key: impl AsRef<str>, args: impl AsRef<[(&'a str, &'a str)]>) -> String {
        i18n::text(self.language, key.as_ref(), args.as_ref())
    }

    /// "Sun 22 Nov 2026, 10:45 (Dhaka, GMT+6)", in the person's zone.
    pub fn when(&self, at: impl Borrow<Timestamp>) -> String {
        words::when(self.language, &self.zone, *at.borrow())
    }

    /// The same in another zone, such as a doctor's.
    pub fn when_in(&self, zone: &Zone, at: impl Borrow<Timestamp>) -> String {
        words::when(self.language, zone, *at.borrow())
    }

    /// "22 Nov 2026".
    pub fn day(&self, at: impl Borrow<Timestamp>) -> String {
        words::day(self.language, &self.zone, *at.borrow())
    }

    /// "22 Nov 2026".
    pub fn date(&self, day: impl Borrow<LocalDate>) -> String {
        words::date(self.language, *day.borrow())
    }

    /// "November 2026", of any of its days.
    pub fn month(&self, day: impl Borrow<LocalDate>) -> String {
        words::month(self.language, *day.borrow())
    }

    /// "10:45".
    pub fn time(&self, at: impl Borrow<Timestamp>) -> String {
        words::time(&self.zone, *at.borrow())
    }

    /// "$24.00".
    pub fn money(&self, money: impl Borrow<Money>) -> String {
        words::money(self.language, *money.borrow())
    }

    /// "12,345".
    pub fn number(&self, value: impl Borrow<i64>) -> String {
        words::number(*value.borrow())
    }

    /// The picture of this name as inline SVG, hidden from screen readers: words stand beside it.
    pub fn icon(&self, name: impl AsRef<str>) -> String {
        assets::icon(name.as_ref())
    }

    /// The address of a built file, by the name it has in the sources.
    pub fn asset(&self, name: impl AsRef<str>) -> String {
        assets::path(name.as_ref())
    }

    pub fn csrf_token(&self) -> &str {
        &self.csrf
    }

    /// The hidden field of every form that changes something.
    pub fn csrf_field(&self) -> String {
        format!(r#"<input type="hidden" name="_csrf" value="{}">"#, self.csrf)
    }
}
