use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind, Timestamp,
    ids::{AccountId, DeliveryId, DigestLineId, NoticeId},
};
use vault::{At, Vault};

use crate::{
    Deliver, Notice, Recipient, TooTelling,
    letter::{Channel, Letter},
    lint, store,
    topic::{Reach, Topic, Way},
    wishes::wishes,
};

#[derive(Debug, thiserror::Error)]
pub enum TellError {
    #[error("notice {kind}: {source}")]
    TooTelling { kind: &'static str, source: TooTelling },
    #[error("the database was given no vault (Db::with_part), so letters cannot be sealed")]
    NoVault,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for TellError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Vault(error) => error.kind(),
            Self::TooTelling { .. } | Self::NoVault | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// How far a notice depends on when it arrives, and on what it is about staying so.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// What it is about: `void` calls off all that waits of one thread.
    pub thread: Option<String>,
    /// Waiting for the end of quiet hours past this would make it useless: it goes at once instead.
    pub latest: Option<Timestamp>,
    /// From then on it is not sent any more.
    pub void_after: Option<Timestamp>,
}

/// Tell one person one thing, if this transaction commits: in the app, and by each way that the notice has words for, the recipient an
/// address, and a wish (see [`crate::Wishes`]). What can wait is sent when their quiet hours are over. The same key tells the same
/// person once.
pub async fn tell(tx: &mut Tx, notice: Notice<'_>) -> Result<(), TellError> {
    tell_on(tx, notice, Terms::default()).await
}

/// As `tell`, on terms.
pub async fn tell_on(tx: &mut Tx, notice: Notice<'_>, terms: Terms) -> Result<(), TellError> {
    let offered = (notice.mail.is_some(), notice.sms.is_some());
    let ways = ways(tx, notice.to, notice.kind, offered, &terms).await?;
    tell_by(tx, notice, ways, terms).await
}

/// By exactly these ways and at once, whatever was wished: for what its reader has just asked for.
pub async fn tell_as(tx: &mut Tx, notice: Notice<'_>, by: &[Way]) -> Result<(), TellError> {
    let has = |way| by.contains(&way);
    let ways = Ways { app: has(Way::App), email: has(Way::Email), sms: has(Way::Sms), not_before: None, gather: None };
    tell_by(tx, notice, ways, Terms::default()).await
}

async fn tell_by(tx: &mut Tx, notice: Notice<'_>, ways: Ways, terms: Terms) -> Result<(), TellError> {
    let Notice { to, kind, key, subject, link, mail, sms } = notice;
    let subject = lint::one_line(&subject);
    for text in [Some(&subject), sms.as_ref()].into_iter().flatten() {
        lint::check(text).map_err(|source| TellError::TooTelling { kind, source })?;
    }
    let event_key = format!("{key}/{}", who(to));
    if let Some(account) = to.account.filter(|_| ways.app) {
        let id = tx.id::<NoticeId>();
        let new =
            store::NewNotice { id, account, event_key: &event_key, kind, subject: &subject, link: link.as_deref() };
        if store::insert_notice(tx, &new).await? {
            store::publish_live(tx, account, id).await?;
        }
    }
    if let (Some(account), Some(due_at), true) = (to.account, ways.gather, ways.email) {
        let (id, thread) = (tx.id::<DigestLineId>(), terms.thread.as_deref());
        let (event_key, subject, link) = (event_key.as_str(), subject.as_str(), link.as_deref());
        let new = store::digest::NewLine { id, account, event_key, kind, subject, link, thread, due_at };
        store::digest::insert(tx, &new).await?;
    }
    let envelope = Envelope { kind, event_key, account: to.account, not_before: ways.not_before, terms };
    if let (Some(address), Some(mail), true) = (&to.email, mail, ways.email && ways.gather.is_none()) {
        let letter = Letter {
            to: address.clone(),
            name: to.name.clone(),
            subject,
            text: mail.text,
            html: Some(mail.html).filter(|html| !html.is_empty()),
            attachments: mail.attachments,
            locale: Some(to.locale.tag().to_owned()),
            leave: None,
        };
        send(tx, &envelope, Channel::Email, &letter).await?;
    }
    if let (Some(phone), Some(text), true) = (&to.phone, sms, ways.sms) {
        let letter = Letter {
            to: phone.clone(),
            name: to.name.clone(),
            subject: String::new(),
            text,
            html: None,
            attachments: Vec::new(),
            locale: Some(to.locale.tag().to_owned()),
            leave: None,
        };
        send(tx, &envelope, Channel::Sms, &letter).await?;
    }
    Ok(())
}

/// What waits of this thread is not sent any more. Needs a system context.
pub async fn void(tx: &mut Tx, thread: &str) -> Result<u64, db::Error> {
    Ok(store::void_thread(tx, thread).await? + store::digest::void_thread(tx, thread).await?)
}

/// The ways one notice takes.
struct Ways {
    app: bool,
    email: bool,
    sms: bool,
    not_before: Option<Timestamp>,
    /// Not as a letter of its own, but in the one of this time.
    gather: Option<Timestamp>,
}

/// Who has no account (yet) has no wishes: codes and invitations go to the address that was given.
async fn ways(
    tx: &mut Tx,
    to: &Recipient,
    kind: &str,
    (mail, sms): (bool, bool),
    terms: &Terms,
) -> Result<Ways, db::Error> {
    let Some(account) = to.account else {
        return Ok(Ways { app: false, email: true, sms: true, not_before: None, gather: None });
    };
    let topic = Topic::of(kind);
    let wishes = wishes(tx, account).await?;
    let reach = Reach { email: mail && to.email.is_some(), phone: sms && to.phone.is_some() };
    let wants = |way| wishes.wants(topic, way, reach);
    let now = tx.now();
    let not_before = if topic.can_wait() { wishes.wait_until(&to.zone, now, terms.latest) } else { None };
    let gather = wishes.digest.filter(|_| topic.can_be_gathered()).map(|daily| daily.next_after(&to.zone, now));
    Ok(Ways { app: wants(Way::App), email: wants(Way::Email), sms: wants(Way::Sms), not_before, gather })
}

struct Envelope {
    kind: &'static str,
    event_key: String,
    account: Option<AccountId>,
    not_before: Option<Timestamp>,
    terms: Terms,
}

async fn send(tx: &mut Tx, envelope: &Envelope, channel: Channel, letter: &Letter) -> Result<(), TellError> {
    let vault = tx.part::<Vault>().ok_or(TellError::NoVault)?;
    let id = tx.id::<DeliveryId>();
    let sealed = vault.seal_platform_json(tx, place_of(id), letter).await?;
    let Envelope { kind, event_key, account, not_before, terms } = envelope;
    let new = store::NewDelivery {
        id,
        account: *account,
        event_key,
        channel,
        kind,
        thread: terms.thread.as_deref(),
        not_before: *not_before,
        void_after: terms.void_after,
    };
    if store::insert_delivery(tx, &new, &sealed).await? {
        let when = not_before.map_or(When::Now, When::At);
        jobs::enqueue(tx, &Deliver { delivery: id }, when).await?;
    }
    Ok(())
}

pub(crate) const fn place_of(id: DeliveryId) -> At {
    At::new("deliveries", "letter_sealed", id.uuid())
}

/// The account, or for people without one the address, without naming it.
fn who(to: &Recipient) -> String {
    let address = || to.email.as_deref().or(to.phone.as_deref()).unwrap_or("nobody");
    to.account.map_or_else(|| crate::suppression::fingerprint(address()), |account| account.to_string())
}
