use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use kernel::{Fault, FaultKind, ids::AccountId};

/// Streams an account may hold in this process.
const SEATS: usize = 5;

static TAKEN: LazyLock<Mutex<HashMap<AccountId, usize>>> = LazyLock::new(Mutex::default);

/// The right to one stream, until it is dropped.
#[derive(Debug)]
pub(crate) struct Seat(AccountId);

/// The account has as many streams as it may.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this account has {SEATS} live streams already")]
pub(crate) struct AllTaken;

impl Fault for AllTaken {
    fn kind(&self) -> FaultKind {
        FaultKind::RateLimited { retry_after_seconds: 60 }
    }
}

impl Seat {
    pub(crate) fn take(account: AccountId) -> Result<Self, AllTaken> {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let seats = taken.entry(account).or_default();
        if *seats >= SEATS {
            return Err(AllTaken);
        }
        *seats += 1;
        Ok(Self(account))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = taken.get_mut(&self.0) {
            *seats -= 1;
            if *seats == 0 {
                taken.remove(&self.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_holds_five_streams_and_gets_a_seat_back_when_one_ends() {
        let account = AccountId::from_uuid(uuid::Uuid::from_u128(0x5ea7));
        let mut seats: Vec<Seat> = (0..SEATS).map(|_| Seat::take(account).unwrap()).collect();
        assert_eq!(Seat::take(account).unwrap_err(), AllTaken);
        assert!(Seat::take(AccountId::from_uuid(uuid::Uuid::from_u128(0x0754))).is_ok());
        seats.pop();
        assert!(Seat::take(account).is_ok());
    }
}
