//! Numbers are called, and done.

use db::Tx;
use kernel::{
    Fault, FaultKind,
    ids::{QueueId, TokenId},
};

use super::{
    model::{State, Token},
    store,
};

/// What is done with a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Call it once more; from skipped, call it back.
    Call,
    Serve,
    Skip,
}

impl Step {
    /// The state after it.
    pub fn after(self, state: State) -> Option<State> {
        match (self, state) {
            (Self::Call, State::Waiting | State::Called | State::Skipped) => Some(State::Called),
            (Self::Serve, State::Called) => Some(State::Served),
            (Self::Skip, State::Called) => Some(State::Skipped),
            (Self::Call, State::Served)
            | (Self::Serve | Self::Skip, State::Waiting | State::Served | State::Skipped) => None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StepError {
    #[error("no such number or queue of this person's")]
    NotFound,
    #[error("that does not fit a number that is {}", .0.code())]
    Illegal(State),
    #[error("nobody waits")]
    Nobody,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for StepError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Illegal(_) => FaultKind::conflict("illegal_transition"),
            Self::Nobody => FaultKind::conflict("nobody_waits"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Call the lowest number that waits today. Two desks never call the same one.
pub async fn call_next(tx: &mut Tx, queue: QueueId) -> Result<Token, StepError> {
    let (queue, zone) = store::find_queue(tx, queue).await?.ok_or(StepError::NotFound)?;
    let day = tx.now().date_in(&zone);
    let next = store::lock_next(tx, queue.id, day).await?.ok_or(StepError::Nobody)?;
    store::set_state(tx, next.id, State::Called).await?;
    Ok(Token { state: State::Called, called_at: Some(tx.now()), ..next })
}

/// Do something with a number. Saying what is so already, of a number that is served or skipped, is refused.
pub async fn step(tx: &mut Tx, token: TokenId, step: Step) -> Result<Token, StepError> {
    let held = store::lock_token(tx, token).await?.ok_or(StepError::NotFound)?;
    let after = step.after(held.state).ok_or(StepError::Illegal(held.state))?;
    store::set_state(tx, token, after).await?;
    let called_at = if after == State::Called { Some(tx.now()) } else { held.called_at };
    Ok(Token { state: after, called_at, ..held })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_called_before_it_is_served_or_skipped_and_served_for_good() {
        for (step, allowed) in [
            (Step::Call, &[State::Waiting, State::Called, State::Skipped][..]),
            (Step::Serve, &[State::Called]),
            (Step::Skip, &[State::Called]),
        ] {
            for state in State::ALL {
                assert_eq!(step.after(state).is_some(), allowed.contains(&state), "{step:?} {state:?}");
            }
        }
    }
}
