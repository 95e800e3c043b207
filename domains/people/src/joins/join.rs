//! Join two records: a link from the retired one to the survivor.

use access::Actor;
use audit::{Entry, Outcome};
use db::Tx;
use identity::letters::Sender;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{PatientId, RecordJoinId},
};
use serde_json::json;
use vault::Vault;

use super::{
    holdings::{Obstacle, Pair, Parts},
    letters,
    look::{LookError, sides},
    model::{Identity, Side},
    policy::{self, Refusal},
    prove::{self, Unproved},
    store::{self, NewJoin},
};

/// Which records, why, and the second factor.
#[derive(Debug, Clone, Default)]
pub struct Join {
    /// By their numbers.
    pub survivor: String,
    pub retired: String,
    pub reason: String,
    /// Whoever signs in for the retired record stood at the desk, and is the survivor's owner.
    pub seen_in_person: bool,
    /// Six digits of the authenticator app, or a recovery code.
    pub code: String,
}

/// Why they were not joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error("joining is for administrators")]
    NotAllowed,
    #[error("the form is not complete")]
    Invalid(Vec<FieldError>),
    #[error("the second factor is wrong")]
    WrongFactor,
    #[error("the account has no second factor")]
    NoFactor,
    /// One of them is joined already, in this direction or another.
    #[error("joins have one level")]
    OneLevel,
    /// Whoever's record would be retired wants a doctor now.
    #[error("a doctor is being sought for the retired record")]
    DoctorSought,
    /// An administrator has said that they are two people.
    #[error("these were told apart")]
    ToldApart,
    #[error("somebody acts for one of them and not for the other")]
    SomebodyActs,
    #[error("nobody has seen the owner of the retired record's account")]
    IdentityUnchecked,
    #[error("{} things stand in the way", .0.len())]
    InTheWay(Vec<Obstacle>),
    #[error(transparent)]
    Look(#[from] LookError),
    #[error(transparent)]
    Tell(#[from] notify::TellError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl JoinError {
    /// The refusal is on record, and a code that was right is spent: the caller commits.
    pub fn is_kept(&self) -> bool {
        match self {
            Self::WrongFactor
            | Self::ToldApart
            | Self::SomebodyActs
            | Self::IdentityUnchecked
            | Self::InTheWay(_)
            | Self::Look(LookError::NoSuchRecord(_) | LookError::OneRecord) => true,
            // The database's own refusal has spoiled the transaction.
            Self::OneLevel
            | Self::DoctorSought
            | Self::NotAllowed
            | Self::Invalid(_)
            | Self::NoFactor
            | Self::Look(LookError::NotAllowed | LookError::Db(_))
            | Self::Tell(_)
            | Self::Vault(_)
            | Self::Db(_) => false,
        }
    }
}

impl Fault for JoinError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotAllowed => FaultKind::NotFound,
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::WrongFactor => FaultKind::invalid("code", "people-join-error-code"),
            Self::NoFactor => FaultKind::forbidden("people-rule-join-factor", "people-rule-join-factor-who"),
            Self::OneLevel => FaultKind::conflict("joined_already"),
            Self::DoctorSought => FaultKind::invalid("survivor", "people-join-error-doctor-sought"),
            Self::ToldApart => FaultKind::conflict("told_apart"),
            Self::SomebodyActs => FaultKind::conflict("somebody_acts"),
            Self::IdentityUnchecked => FaultKind::invalid("in_person", "people-join-error-identity"),
            Self::InTheWay(obstacles) => {
                let list: Vec<_> = obstacles.iter().map(|one| json!({ "what": one.key, "count": one.count })).collect();
                FaultKind::Conflict { code: "in_the_way", detail: Some(json!({ "obstacles": list })) }
            }
            Self::Look(error) => error.kind(),
            Self::Tell(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}

impl From<Unproved> for JoinError {
    fn from(error: Unproved) -> Self {
        match error {
            Unproved::NotAllowed => Self::NotAllowed,
            Unproved::WrongFactor => Self::WrongFactor,
            Unproved::NoFactor => Self::NoFactor,
            Unproved::Vault(error) => Self::Vault(error),
        }
    }
}

/// Retire one record into another: in the system's context, for an administrator sees no chart. The caller has counted the try of the
/// second factor, and commits also when [`JoinError::is_kept`].
pub async fn join(
    tx: &mut Tx,
    vault: &Vault,
    (sender, parts): (&Sender<'_>, &Parts),
    actor: &Actor,
    command: Join,
) -> Result<RecordJoinId, JoinError> {
    let reason = prove::checked(&command.reason, &command.code).map_err(JoinError::Invalid)?;
    let proof = prove::proved(tx, vault, actor, &command.code).await;
    let done = match proof {
        Ok(()) => linked(tx, vault, (actor, parts), &command, &reason).await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok((id, both)) => {
            letters::joined(tx, sender, id, both).await?;
            Ok(id)
        }
        Err(error) => {
            if error.is_kept() {
                entry(actor.account.uuid(), None).record(tx, Outcome::Refused).await?;
            }
            Err(error)
        }
    }
}

async fn linked(
    tx: &mut Tx,
    vault: &Vault,
    (actor, parts): (&Actor, &Parts),
    command: &Join,
    reason: &str,
) -> Result<(RecordJoinId, [PatientId; 2]), JoinError> {
    let [survivor, retired] = sides(tx, &command.survivor, &command.retired).await?;
    let both = [survivor.id, retired.id];
    store::lock_records(tx, both).await?;
    // As they are now that nobody else joins them, or begins anything in them.
    let [survivor, retired] = sides(tx, &command.survivor, &command.retired).await?;
    let identity = may_be_joined(tx, vault, parts, (&survivor, &retired), command.seen_in_person).await?;
    let id = tx.id::<RecordJoinId>();
    let sealed = vault.seal_text(tx, survivor.id, store::reason_at(id), reason).await?;
    let new = NewJoin { id, survivor: survivor.id, retired: retired.id, reason: &sealed, identity, by: actor.account };
    store::insert(tx, &new).await?;
    for record in both {
        entry(id.uuid(), Some(record)).record(tx, Outcome::Done).await?;
    }
    Ok((id, both))
}

async fn may_be_joined(
    tx: &mut Tx,
    vault: &Vault,
    parts: &Parts,
    (survivor, retired): (&Side, &Side),
    seen_in_person: bool,
) -> Result<Identity, JoinError> {
    let identity = policy::decide(survivor, retired, seen_in_person).map_err(|refusal| match refusal {
        Refusal::OneLevel => JoinError::OneLevel,
        Refusal::SomebodyActs => JoinError::SomebodyActs,
        Refusal::IdentityUnchecked => JoinError::IdentityUnchecked,
    })?;
    if store::were_told_apart(tx, [survivor.id, retired.id]).await? {
        return Err(JoinError::ToldApart);
    }
    let mut obstacles = parts.look(tx, vault, Pair { one: survivor.id, other: retired.id }).await?.obstacles;
    obstacles.retain(|obstacle| obstacle.of == retired.id);
    if obstacles.is_empty() { Ok(identity) } else { Err(JoinError::InTheWay(obstacles)) }
}

pub(super) const fn entry(object_id: uuid::Uuid, patient: Option<PatientId>) -> Entry {
    Entry { action: "joined", object: "record_join", object_id, patient, purpose: "operations" }
}
