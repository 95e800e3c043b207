use access::Actor;
use db::Tx;
use identity::letters::{Letter, Sender};
use kernel::{Fault, FaultKind};
use notify::{Notice, Topic, Way};
use web::App;

use super::set::{SetError, chosen};

#[derive(Debug, thiserror::Error)]
pub(crate) enum TryError {
    #[error(transparent)]
    Chosen(#[from] SetError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for TryError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Chosen(error) => error.kind(),
            Self::Tell(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// A word by every way that this person has switched on for anything, at once. Gives these ways.
pub(crate) async fn try_out(tx: &mut Tx, app: &App, actor: &Actor) -> Result<Vec<Way>, TryError> {
    let chosen = chosen(tx, actor).await?;
    let to = identity::accounts::recipient(tx, actor.account).await?.ok_or(SetError::NotFound)?;
    let is_used = |way: &Way| Topic::ALL.iter().any(|topic| chosen.wishes.wants(*topic, *way, chosen.reach));
    let ways: Vec<Way> = Way::ALL.into_iter().filter(is_used).collect();
    let sender = Sender::new(app);
    let letter = Letter { prefix: "messaging-mail-test", args: &[], code: None, path: Some("/account/notifications") };
    let (subject, mail) = sender.mail(&letter, &to);
    let notice = Notice {
        to: &to,
        kind: "messaging.test",
        key: format!("test:{}", tx.now().micros()),
        sms: Some(format!("{}: {subject}", sender.brand())),
        link: Some("/account/notifications".to_owned()),
        mail: Some(mail),
        subject,
    };
    notify::tell_as(tx, notice, &ways).await?;
    Ok(ways)
}
