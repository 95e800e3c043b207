//! Whether a doctor offers a wished time, and what is open near it.

use db::Tx;
use kernel::{
    Timestamp,
    ids::{PractitionerId, ServiceId},
};

use super::book::{BookAppointment, BookError, Wish};
use crate::slots::{Doctors, Mode, Notice, Rules, Service, Slot, nearest, rules_for, slot_at};

/// The service and its open time, by the same rules that the pages show, under these of notice; else what is open nearest to it.
pub(super) async fn offered_on(
    tx: &mut Tx,
    command: &BookAppointment,
    notice: Notice,
) -> Result<(Service, Slot), BookError> {
    match find_offered(tx, command, notice).await? {
        Ok(found) => Ok(found),
        Err(wished) => Err(refusal(tx, command, wished).await?),
    }
}

/// The service and its open time; else the service whose time it would have been.
pub(super) async fn find_offered(
    tx: &mut Tx,
    command: &BookAppointment,
    notice: Notice,
) -> Result<Result<(Service, Slot), (ServiceId, Mode)>, BookError> {
    let (now, starts) = (tx.now(), command.starts_at);
    let rules = rules_for(tx, &[command.doctor], Doctors::Published, starts, starts.plus_days(1)).await?;
    let rules = rules.into_iter().next().ok_or(BookError::NoSuchDoctor)?;
    let services = wished(&rules, command.wish);
    let first = *services.first().ok_or(BookError::NoSuchService)?;
    let mut open = services
        .iter()
        .filter_map(|service| slot_at(&rules, service.id, starts, now, notice).map(|slot| ((*service).clone(), slot)));
    Ok(open.next().ok_or((first.id, first.mode)))
}

fn wished(rules: &Rules, wish: Wish) -> Vec<&Service> {
    let fits = |service: &&Service| match wish {
        Wish::Service(id) => service.id == id,
        Wish::Mode(mode) => service.mode == mode,
    };
    rules.services.iter().filter(fits).collect()
}

/// Taken, or never offered; in both cases what is open nearest to it.
async fn refusal(
    tx: &mut Tx,
    command: &BookAppointment,
    (service, mode): (ServiceId, Mode),
) -> Result<BookError, BookError> {
    let (now, starts) = (tx.now(), command.starts_at);
    let near = Near { doctor: command.doctor, wished: starts, mode };
    let (rules, alternatives) = look_around(tx, &near, Notice::AsOffered, ALTERNATIVES).await?;
    let was_offered = rules.is_some_and(|mut rules| {
        rules.clear_taken();
        slot_at(&rules, service, starts, now, Notice::AsOffered).is_some()
    });
    Ok(if was_offered { BookError::SlotTaken { alternatives } } else { BookError::NotOffered { alternatives } })
}

/// How many other times are offered to who cannot have the wished one.
const ALTERNATIVES: usize = 3;
/// So many days around the wished time are looked at: mostly the first are enough.
const AROUND: [i64; 2] = [7, 30];

/// The three open times nearest to a wished one.
pub(crate) async fn alternatives(tx: &mut Tx, near: &Near) -> Result<Vec<Slot>, db::Error> {
    alternatives_under(tx, near, Notice::AsOffered, ALTERNATIVES).await
}

/// As many of them, under these rules of notice.
pub(crate) async fn alternatives_under(
    tx: &mut Tx,
    near: &Near,
    notice: Notice,
    how_many: usize,
) -> Result<Vec<Slot>, db::Error> {
    Ok(look_around(tx, near, notice, how_many).await?.1)
}

/// Whose times are looked for, and around when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    pub(crate) doctor: PractitionerId,
    pub(crate) wished: Timestamp,
    pub(crate) mode: Mode,
}

/// The same, with the rules around the wished time from which they come.
async fn look_around(
    tx: &mut Tx,
    &Near { doctor, wished, mode }: &Near,
    notice: Notice,
    how_many: usize,
) -> Result<(Option<Rules>, Vec<Slot>), db::Error> {
    let now = tx.now();
    let mut found = (None, Vec::new());
    for days in AROUND {
        let (from, to) = (wished.plus_days(-days).max(now), wished.plus_days(days));
        let Some(rules) = rules_for(tx, &[doctor], Doctors::Published, from, to).await?.into_iter().next() else {
            break;
        };
        let slots = nearest(&rules, (wished, days), mode, now, notice, how_many);
        let enough = slots.len() == how_many;
        found = (Some(rules), slots);
        if enough {
            break;
        }
    }
    Ok(found)
}
