use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind};

use super::{
    model::{Call, RedFlagSet, Screened},
    place::Place,
    store,
};

#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    #[error("no set of red flags is in force")]
    NoSet,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ScreenError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::NoSet | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What was said yes to, and where the visitor is.
#[derive(Clone, Debug)]
pub struct Answers {
    pub codes: Vec<String>,
    pub place: Place,
}

/// The questions in force.
pub async fn read_flags(tx: &mut Tx) -> Result<RedFlagSet, ScreenError> {
    store::find_set(tx).await?.ok_or(ScreenError::NoSet)
}

/// Judge the answers, and count them without saying whose they are. Of somebody who is signed in the trail keeps that they asked. In
/// the system's context: a visitor may add to no count.
pub async fn screen(tx: &mut Tx, actor: &Actor, answers: &Answers) -> Result<(Screened, Call), ScreenError> {
    let screened = read_flags(tx).await?.answered(&answers.codes);
    let call = find_call(tx, &answers.place).await?;
    let codes = if screened.is_emergency() { screened.codes() } else { vec!["none".to_owned()] };
    store::count(tx, answers.place.country_code(), screened.version, &codes).await?;
    if !actor.account.uuid().is_nil() {
        let entry = audit::Entry {
            action: "screened",
            object: "red_flags",
            object_id: actor.account.uuid(),
            patient: actor.patient(),
            purpose: "care",
        };
        audit::record(tx, entry).await?;
    }
    Ok((screened, call))
}

/// Whom to call at a place.
pub async fn find_call(tx: &mut Tx, place: &Place) -> Result<Call, db::Error> {
    let known = match &place.country {
        Some(country) => store::find_call(tx, country).await?,
        None => None,
    };
    Ok(known.unwrap_or_else(Call::anywhere))
}
