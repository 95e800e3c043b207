use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind,
    ids::{AccountId, DeliveryId, NoticeId},
};
use vault::{At, Vault};

use crate::{
    Deliver, Notice, Recipient, TooTelling,
    letter::{Channel, Letter},
    lint, store,
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

/// Tell one person one thing, if this transaction commits: in the app, and by each channel that the notice has words for and the
/// recipient an address. The same key tells the same person once.
pub async fn tell(tx: &mut Tx, notice: Notice<'_>) -> Result<(), TellError> {
    let Notice { to, kind, key, subject, link, mail, sms } = notice;
    let subject = lint::one_line(&subject);
    for text in [Some(&subject), sms.as_ref()].into_iter().flatten() {
        lint::check(text).map_err(|source| TellError::TooTelling { kind, source })?;
    }
    let event_key = format!("{key}/{}", who(to));
    if let Some(account) = to.account {
        let id = tx.id::<NoticeId>();
        let new =
            store::NewNotice { id, account, event_key: &event_key, kind, subject: &subject, link: link.as_deref() };
        if store::insert_notice(tx, &new).await? {
            store::publish_live(tx, account, id).await?;
        }
    }
    let envelope = Envelope { kind, event_key, account: to.account };
    if let (Some(address), Some(mail)) = (&to.email, mail) {
        let letter = Letter {
            to: address.clone(),
            name: to.name.clone(),
            subject,
            text: mail.text,
            html: Some(mail.html).filter(|html| !html.is_empty()),
            attachments: mail.attachments,
        };
        send(tx, &envelope, Channel::Email, &letter).await?;
    }
    if let (Some(phone), Some(text)) = (&to.phone, sms) {
        let letter = Letter {
            to: phone.clone(),
            name: to.name.clone(),
            subject: String::new(),
            text,
            html: None,
            attachments: Vec::new(),
        };
        send(tx, &envelope, Channel::Sms, &letter).await?;
    }
    Ok(())
}

struct Envelope {
    kind: &'static str,
    event_key: String,
    account: Option<AccountId>,
}

async fn send(tx: &mut Tx, envelope: &Envelope, channel: Channel, letter: &Letter) -> Result<(), TellError> {
    let vault = tx.part::<Vault>().ok_or(TellError::NoVault)?;
    let id = tx.id::<DeliveryId>();
    let sealed = vault.seal_platform_json(tx, place_of(id), letter).await?;
    let Envelope { kind, event_key, account } = envelope;
    let new = store::NewDelivery { id, account: *account, event_key, channel, kind };
    if store::insert_delivery(tx, &new, &sealed).await? {
        jobs::enqueue(tx, &Deliver { delivery: id }, When::Now).await?;
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
