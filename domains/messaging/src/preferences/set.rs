use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, Locale};
use notify::{Reach, WishError, Wishes};

/// All that somebody wants, at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SetPreferences {
    pub(crate) wishes: Wishes,
    /// `None`: letters in the language of the pages.
    pub(crate) letters: Option<Locale>,
}

/// What is chosen now, and by which ways it can come.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) wishes: Wishes,
    pub(crate) letters: Option<Locale>,
    pub(crate) reach: Reach,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum SetError {
    #[error("the account is closed")]
    NotFound,
    #[error(transparent)]
    Wish(#[from] WishError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SetError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Wish(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

pub(crate) async fn chosen(tx: &mut Tx, actor: &Actor) -> Result<Chosen, SetError> {
    let reach = reach(tx, actor).await?;
    let wishes = notify::wishes(tx, actor.account).await?;
    let letters = identity::accounts::letters_locale(tx, actor.account).await?;
    Ok(Chosen { wishes, letters, reach })
}

/// Want this from now on, instead of whatever was wanted before.
pub(crate) async fn set(tx: &mut Tx, actor: &Actor, command: &SetPreferences) -> Result<(), SetError> {
    let reach = reach(tx, actor).await?;
    notify::wish(tx, reach, &command.wishes).await?;
    Ok(identity::accounts::set_letters_locale(tx, actor.account, command.letters).await?)
}

/// Which ways lead to this person.
pub(crate) async fn reach(tx: &mut Tx, actor: &Actor) -> Result<Reach, SetError> {
    let to = identity::accounts::recipient(tx, actor.account).await?.ok_or(SetError::NotFound)?;
    Ok(Reach { email: to.email.is_some(), phone: to.phone.is_some() })
}
