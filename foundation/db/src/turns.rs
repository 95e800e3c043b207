//! Waiting for a connection.
//!
//! A crowd that is larger than the pool waits in the order in which it came (the pool is fair), as long as the queue moves: whoever
//! waits behind others that are being served will be served, too. When nobody has been given a connection for a while the database is
//! away, and all who wait are told so. The queue is bounded: past that, and past anybody's patience, the answer is 503 with
//! `Retry-After`, at once.

use std::{
    pin::pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::{Instant, timeout};

use crate::Error;

/// Longer than most clients wait; whoever goes away leaves the queue.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// Whoever has waited so long looks whether the queue moves.
const LOOK: Duration = Duration::from_secs(3);
/// A queue in which nobody has moved for so long waits for a database that is away. Longer than one who works may have to wait for a lock.
const STANDSTILL: Duration = Duration::from_secs(10);
/// So many may wait.
const MOST_WAITING: usize = 5_000;

/// The queue of one pool.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns(Arc<Inside>);

#[derive(Debug, Default)]
struct Inside {
    waiting: AtomicUsize,
    /// When somebody was last given a connection.
    moved: Mutex<Option<Instant>>,
}

/// Counts one who waits.
struct Waiting<'a>(&'a Inside);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turns {
    /// Wait for what the pool will give.
    pub(crate) async fn take<T>(&self, given: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, Error> {
        let ahead = self.0.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.0);
        if ahead >= MOST_WAITING {
            return Err(sqlx::Error::PoolTimedOut.into());
        }
        let began = Instant::now();
        let mut given = pin!(given);
        loop {
            match timeout(LOOK, &mut given).await {
                Ok(Ok(taken)) => {
                    self.note();
                    return Ok(taken);
                }
                Ok(Err(error)) => return Err(error.into()),
                Err(_) if began.elapsed() < PATIENCE && self.moves() => {}
                Err(_) => return Err(sqlx::Error::PoolTimedOut.into()),
            }
        }
    }

    fn note(&self) {
        *self.0.moved.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn moves(&self) -> bool {
        let moved = *self.0.moved.lock().unwrap_or_else(PoisonError::into_inner);
        moved.is_some_and(|at| at.elapsed() < STANDSTILL)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_a_database_that_is_away() {
        let turns = Turns::default();
        let refused = turns.take(pending::<Result<(), sqlx::Error>>()).await.unwrap_err();
        assert!(refused.is_unavailable());
        assert_eq!(turns.0.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_queue_has_an_end() {
        let turns = Turns::default();
        turns.0.waiting.store(MOST_WAITING, Ordering::Relaxed);
        let refused = turns.take(async { Ok(()) }).await.unwrap_err();
        assert!(refused.is_unavailable());
        turns.0.waiting.store(0, Ordering::Relaxed);
        assert!(turns.take(async { Ok(()) }).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_behind_a_queue_that_moves_goes_on_waiting() {
        let turns = Turns::default();
        let others = turns.clone();
        let slow = turns.take(async {
            tokio::time::sleep(LOOK + Duration::from_millis(300)).await;
            Ok(())
        });
        let served = async {
            for _ in 0..7 {
                tokio::time::sleep(Duration::from_millis(500)).await;
                others.take(async { Ok(()) }).await.unwrap();
            }
        };
        let (waited, ()) = tokio::join!(slow, served);
        assert!(waited.is_ok());
    }
}
