//! What identity writes to people: one letter form, filled with words from the locale files.

use askama::Template;
use kernel::Locale;
use notify::{Mail, Notice, Recipient};
use web::App;

/// Writes letters in the house's name, with links that begin with the configured address, never with a request's.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    app: &'a App,
}

impl<'a> Sender<'a> {
    pub const fn new(app: &'a App) -> Self {
        Self { app }
    }

    /// The full address of a path of ours.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.base_url().as_str().trim_end_matches('/'))
    }

    pub fn text(&self, locale: Locale, key: &str, args: &[(&str, &str)]) -> String {
        web::i18n::text(locale, key, args)
    }

    pub fn brand(&self) -> &str {
        self.app.brand()
    }

    /// The letter of `kind`: its words are `<prefix>-subject`, `-text` and `-footer` of the locale.
    pub fn mail(&self, letter: &Letter<'_>, to: &Recipient) -> (String, Mail) {
        let brand = self.brand();
        let mut args = vec![("name", to.name.as_str()), ("brand", brand)];
        args.extend_from_slice(letter.args);
        let word = |suffix: &str| self.text(to.locale, &format!("{}-{suffix}", letter.prefix), &args);
        let subject = word("subject");
        let form = LetterForm {
            locale: to.locale.tag(),
            dir: to.locale.dir(),
            brand,
            subject: &subject,
            footer: word("footer"),
            greeting: self.text(to.locale, "identity-mail-greeting", &args),
            paragraphs: word("text").lines().map(str::to_owned).filter(|line| !line.is_empty()).collect(),
            code: letter.code,
            action: letter.path.map(|path| (word("action"), self.url(path))),
        };
        let html = form.render().unwrap_or_default();
        let text = LetterText { form: &form }.render().unwrap_or_default();
        (subject, Mail { text, html, attachments: Vec::new() })
    }
}

impl std::fmt::Debug for Sender<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender")
    }
}

/// What a letter says: words by prefix, and what is particular to this one.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    pub prefix: &'static str,
    pub args: &'a [(&'a str, &'a str)],
    pub code: Option<&'a str>,
    /// Where its button leads: a path of ours.
    pub path: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "mail/letter/body.html")]
struct LetterForm<'a> {
    locale: &'static str,
    dir: &'static str,
    brand: &'a str,
    subject: &'a str,
    footer: String,
    greeting: String,
    paragraphs: Vec<String>,
    code: Option<&'a str>,
    action: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail/letter/body.txt", escape = "none")]
struct LetterText<'a> {
    form: &'a LetterForm<'a>,
}

/// The password was changed by a link: its owner should know, whoever did it.
pub(crate) async fn password_changed(
    tx: &mut db::Tx,
    sender: &Sender<'_>,
    to: &Recipient,
) -> Result<(), notify::TellError> {
    tell_owner(tx, sender, to, "identity.password_changed", "identity-mail-password-changed").await
}

/// A second factor was added or removed.
pub(crate) async fn factors_changed(
    tx: &mut db::Tx,
    sender: &Sender<'_>,
    to: &Recipient,
) -> Result<(), notify::TellError> {
    tell_owner(tx, sender, to, "identity.factors_changed", "identity-mail-factors-changed").await
}

async fn tell_owner(
    tx: &mut db::Tx,
    sender: &Sender<'_>,
    to: &Recipient,
    kind: &'static str,
    prefix: &'static str,
) -> Result<(), notify::TellError> {
    let path = "/account/security";
    let (subject, mail) = sender.mail(&Letter { prefix, args: &[], code: None, path: Some(path) }, to);
    let key = format!("{kind}:{}", tx.now().micros());
    let sms = Some(format!("{subject} {}", sender.url(path)));
    notify::tell(tx, Notice { to, kind, key, subject, link: Some(path.to_owned()), mail: Some(mail), sms }).await
}
