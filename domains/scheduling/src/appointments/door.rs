//! What both doors do around the two commands that many people may want at the same instant: on a deadlock, a serialization failure or a
//! lock that did not come in time the whole transaction runs again, a few times, not all at once.

use std::time::Duration;

use db::Tx;
use kernel::{Timestamp, ids::AppointmentId};

use super::{
    book::{BookAppointment, BookError, book},
    model::Appointment,
    reschedule::{RescheduleError, reschedule},
};

const ATTEMPTS: u32 = 5;

/// Book, and read in the same transaction what is said about it.
pub(super) async fn book_with_retries<T>(
    me: &web::Ctx,
    command: &BookAppointment,
    say: impl AsyncFn(&mut Tx, Appointment) -> Result<T, db::Error>,
) -> Result<T, BookError> {
    let mut attempt = 1;
    loop {
        let mut tx = me.begin().await?;
        let pause = tx.random().below(20 * u64::from(attempt) + 1);
        let done = match book(&mut tx, me.app().vault(), me.actor(), command.clone()).await {
            Ok(taken) => match say(&mut tx, taken).await {
                Ok(said) => tx.commit().await.map(|()| said).map_err(BookError::from),
                Err(error) => Err(error.into()),
            },
            Err(error) => Err(error),
        };
        match done {
            Err(error) if error.is_retryable() && attempt < ATTEMPTS => {
                attempt += 1;
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            done => return done,
        }
    }
}

pub(super) async fn reschedule_with_retries(
    me: &web::Ctx,
    id: AppointmentId,
    starts_at: Timestamp,
) -> Result<Appointment, RescheduleError> {
    let mut attempt = 1;
    loop {
        let mut tx = me.begin().await?;
        let pause = tx.random().below(20 * u64::from(attempt) + 1);
        let done = match reschedule(&mut tx, me.actor(), id, starts_at).await {
            Ok(moved) => tx.commit().await.map(|()| moved).map_err(RescheduleError::from),
            Err(error) => Err(error),
        };
        match done {
            Err(error) if error.is_retryable() && attempt < ATTEMPTS => {
                attempt += 1;
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            done => return done,
        }
    }
}
