//! Whose standing has changed: sessions, roles, whom they speak for, unread news. What a request remembers of a person for a
//! moment is thrown away when this process commits a change to it; other processes notice when the moment is over.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::ids::AccountId;

/// More accounts than this are not told apart: all are taken to have changed.
const MOST: usize = 4096;

/// Whom a transaction changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Of(AccountId),
    /// The statement does not know the account.
    Everyone,
}

/// A point in the order of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(u64);

/// When each account's standing last changed. Cheap to clone; all clones of a `Db` share it.
#[derive(Clone, Debug, Default)]
pub struct Standing(Arc<Mutex<Changes>>);

#[derive(Debug, Default)]
struct Changes {
    tick: u64,
    everyone: u64,
    of: HashMap<AccountId, u64>,
}

impl Standing {
    /// To be taken before what is to be remembered is read.
    pub fn tick(&self) -> Tick {
        Tick(self.changes(|changes| changes.tick))
    }

    /// Whether what was read at `since` may still be told of this account.
    pub fn holds(&self, account: AccountId, since: Tick) -> bool {
        self.changes(|changes| changes.everyone.max(changes.of.get(&account).copied().unwrap_or(0)) <= since.0)
    }

    pub(crate) fn changed(&self, whose: &[Whose]) {
        if whose.is_empty() {
            return;
        }
        self.changes(|changes| {
            changes.tick += 1;
            for one in whose {
                match one {
                    Whose::Of(account) if changes.of.len() < MOST => {
                        changes.of.insert(*account, changes.tick);
                    }
                    Whose::Of(_) | Whose::Everyone => {
                        changes.everyone = changes.tick;
                        changes.of.clear();
                    }
                }
            }
        });
    }

    fn changes<T>(&self, with: impl FnOnce(&mut Changes) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(n: u128) -> AccountId {
        AccountId::from_uuid(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_change_ends_what_was_read_before_it_and_only_of_that_account() {
        let standing = Standing::default();
        let before = standing.tick();
        standing.changed(&[Whose::Of(account(1))]);
        assert!(!standing.holds(account(1), before));
        assert!(standing.holds(account(2), before));
        assert!(standing.holds(account(1), standing.tick()));
    }

    #[test]
    fn a_change_of_everyone_ends_all() {
        let standing = Standing::default();
        let before = standing.tick();
        standing.changed(&[Whose::Everyone]);
        assert!(!standing.holds(account(7), before));
    }

    #[test]
    fn more_accounts_than_are_told_apart_count_as_everyone() {
        let standing = Standing::default();
        let before = standing.tick();
        let many: Vec<Whose> = (0..=4096).map(|n| Whose::Of(account(n))).collect();
        standing.changed(&many);
        assert!(!standing.holds(account(99_999), before));
    }
}
