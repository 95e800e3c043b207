//! A change of hours, looked at before it is made: the times that would be open, and the appointments it would strand. The change is
//! made in the transaction and looked at there; whoever only wants to look does not commit.

use std::collections::HashMap;

use access::Actor;
use db::Tx;
use kernel::{
    Fault, FaultKind, Zone,
    ids::{AppointmentId, ExceptionId, PractitionerId, ScheduleId, ServiceId},
};

use super::{
    edit::{self, EditError},
    model::{NewException, Offer, SetHolidays, SetWeek},
    store::{self, stranded::Ahead},
};
use crate::{
    appointments::{CancelError, CancelReason, cancel, lock_practitioner, store::people::doctor_zone},
    slots::{Doctors, ExceptionKind, Notice, Rules, Slot, Wanted, first_clash, is_there, open_slots, rules_for},
    waiting_list,
};

/// Days that a look ahead shows.
const DAYS: i64 = 14;

#[derive(Clone, Debug)]
pub enum Change {
    Week(SetWeek),
    RemoveWeek(ScheduleId),
    Except(NewException),
    RemoveException(ExceptionId),
    Holidays(SetHolidays),
    Service(Offer),
    Withdraw(ServiceId),
}

/// What becomes of an appointment for which the doctor would no longer be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It takes place all the same.
    #[default]
    Keep,
    /// The doctor calls it off: everything goes back to the patient, who is told.
    Cancel,
}

/// What a change would do.
#[derive(Clone, Debug)]
pub(crate) struct Outlook {
    pub(crate) zone: Zone,
    /// Of the next days, before and after.
    pub(crate) before: Vec<Slot>,
    pub(crate) after: Vec<Slot>,
    pub(crate) stranded: Vec<Ahead>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Somebody has an appointment then, and nobody has said what becomes of it.
    #[error("appointments would be stranded")]
    Undecided(Box<Outlook>),
    #[error(transparent)]
    Cancel(#[from] CancelError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ChangeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Edit(error) => error.kind(),
            Self::Undecided(outlook) => {
                let ids: Vec<AppointmentId> = outlook.stranded.iter().map(|one| one.id).collect();
                let detail = Some(serde_json::json!({ "appointment_ids": ids }));
                FaultKind::Conflict { code: "strands_appointments", detail }
            }
            Self::Cancel(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Make the change and look at what follows. Nothing of it stays unless the caller commits.
pub(crate) async fn foresee(tx: &mut Tx, doctor: PractitionerId, change: &Change) -> Result<Outlook, ChangeError> {
    lock_practitioner(tx, doctor).await?;
    let zone = zone_of(tx, doctor).await?.ok_or(EditError::NotFound)?;
    let ahead = store::stranded::list_ahead(tx, doctor).await?;
    let before = rules(tx, doctor, &ahead).await?;
    apply(tx, doctor, &zone, change).await?;
    let after = rules(tx, doctor, &ahead).await?;
    if let Some(after) = &after
        && first_clash(after, tx.now()).is_some()
    {
        return Err(EditError::at("place", "scheduling-error-two-places").into());
    }
    let there = |rules: &Option<Rules>, one: &Ahead| rules.as_ref().is_some_and(|r| is_there(r, one.service, one.time));
    // What lay outside the hours before is not the change's doing, unless the doctor is to be away.
    let strands = |one: &Ahead| !there(&after, one) && (there(&before, one) || is_away(change, one));
    let mut stranded: Vec<Ahead> = ahead.into_iter().filter(strands).collect();
    stranded.sort_by_key(|one| (one.time.starts_at(), one.id));
    let zone = zone_of(tx, doctor).await?.ok_or(EditError::NotFound)?;
    Ok(Outlook { zone, before: shown(tx, before), after: shown(tx, after), stranded })
}

/// Whether the change takes whole days away on one of which this appointment lies.
fn is_away(change: &Change, one: &Ahead) -> bool {
    let Change::Except(new) = change else { return false };
    let whole = match new.kind {
        ExceptionKind::Leave => true,
        ExceptionKind::Closed => new.parts.is_empty() && new.service.is_none_or(|only| only == one.service),
        ExceptionKind::Open | ExceptionKind::Override | ExceptionKind::Holiday | ExceptionKind::Travel => false,
    };
    let (from, until) = (new.starts_on.starts_in(&new.zone), new.ends_on.plus_days(1).starts_in(&new.zone));
    whole && one.time.starts_at() < until && one.time.ends_at() > from
}

/// Make the change, with what becomes of each appointment it strands. All or nothing.
pub(crate) async fn carry_out(
    tx: &mut Tx,
    actor: &Actor,
    doctor: PractitionerId,
    change: &Change,
    fates: &HashMap<AppointmentId, Fate>,
) -> Result<Outlook, ChangeError> {
    let outlook = foresee(tx, doctor, change).await?;
    if outlook.stranded.iter().any(|one| !fates.contains_key(&one.id)) {
        return Err(ChangeError::Undecided(Box::new(outlook)));
    }
    let mut called_off: Vec<&Ahead> =
        outlook.stranded.iter().filter(|one| fates.get(&one.id) == Some(&Fate::Cancel)).collect();
    // Everybody who locks several patients does so in one order.
    called_off.sort_by_key(|one| one.patient);
    for one in called_off {
        cancel(tx, actor, one.id, CancelReason::NoTime).await?;
    }
    waiting_list::look(tx, doctor).await?;
    Ok(outlook)
}

async fn apply(tx: &mut Tx, doctor: PractitionerId, zone: &Zone, change: &Change) -> Result<(), EditError> {
    match change {
        Change::Week(week) => edit::set_week(tx, doctor, week).await.map(|_| ()),
        Change::RemoveWeek(id) => edit::remove_week(tx, doctor, *id).await,
        Change::Except(new) => edit::add_exception(tx, doctor, new).await,
        Change::RemoveException(id) => edit::remove_exception(tx, doctor, *id).await,
        Change::Holidays(set) => edit::set_holidays(tx, doctor, zone, set).await,
        Change::Service(offer) => edit::save_service(tx, doctor, offer).await.map(|_| ()),
        Change::Withdraw(id) => edit::withdraw_service(tx, doctor, *id).await,
    }
}

async fn rules(tx: &mut Tx, doctor: PractitionerId, ahead: &[Ahead]) -> Result<Option<Rules>, db::Error> {
    let now = tx.now();
    let soon = now.plus_days(DAYS);
    let to = ahead.iter().map(|one| one.time.ends_at()).fold(soon, Ord::max);
    Ok(rules_for(tx, &[doctor], Doctors::Any, now, to).await?.into_iter().next())
}

fn shown(tx: &Tx, rules: Option<Rules>) -> Vec<Slot> {
    let now = tx.now();
    let wanted =
        Wanted { from: now, to: now.plus_days(DAYS), mode: None, now, notice: Notice::AsOffered, at_most: 5_000 };
    rules.map(|rules| open_slots(&rules, &wanted)).unwrap_or_default()
}

/// The zone of the timetable in force, or the one in the doctor's profile; none without a doctor.
pub(crate) async fn zone_of(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<Zone>, db::Error> {
    let Some(profile) = doctor_zone(tx, doctor).await? else { return Ok(None) };
    let today = tx.now().date_in(&profile);
    Ok(store::list_schedules(tx, doctor, today).await?.into_iter().next().map(|line| line.zone).or(Some(profile)))
}
