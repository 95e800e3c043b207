//! A queue is opened, and a number taken.

use access::{Actor, Role};
use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind,
    ids::{FacilityId, QueueId},
};

use super::{
    model::{Queue, State, Token},
    store,
};

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("no such queue or place of this person's")]
    NotFound,
    #[error("a queue has one capital letter")]
    Letter,
    #[error("another queue of the place has this letter")]
    LetterTaken,
    #[error("a queue has a name of at most sixty characters")]
    Name,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for IssueError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Letter => FaultKind::invalid("letter", "facilities-error-letter"),
            Self::LetterTaken => FaultKind::invalid("letter", "facilities-error-letter-taken"),
            Self::Name => FaultKind::invalid("name", "facilities-error-queue-name"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// An administrator opens a queue at a place.
pub async fn add_queue(
    tx: &mut Tx,
    actor: &Actor,
    place: FacilityId,
    letter: &str,
    name: &str,
) -> Result<QueueId, IssueError> {
    if !actor.is(Role::Administrator) || store::find_workplace(tx, place).await?.is_none() {
        return Err(IssueError::NotFound);
    }
    let (letter, name) = (letter.trim().to_uppercase(), name.trim());
    if letter.len() != 1 || !letter.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(IssueError::Letter);
    }
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(IssueError::Name);
    }
    store::insert_queue(tx, place, &letter, name)
        .await
        .on_constraint("walk_in_queues_one_letter", || IssueError::LetterTaken)
}

/// The next number of the place's day. Of two who take one at once, one waits for the other; a number that was not committed is nobody's.
pub async fn issue(tx: &mut Tx, queue: QueueId) -> Result<Token, IssueError> {
    let (queue, zone): (Queue, _) = store::find_queue(tx, queue).await?.ok_or(IssueError::NotFound)?;
    let day = tx.now().date_in(&zone);
    let number = store::next_number(tx, &queue, day).await?;
    let id = store::insert_token(tx, &queue, day, number).await?;
    Ok(Token {
        id,
        queue: queue.id,
        facility: queue.facility,
        letter: queue.letter,
        day,
        number,
        state: State::Waiting,
        issued_at: tx.now(),
        called_at: None,
    })
}
