use access::Actor;
use billing::refunds::RefundReason;
use db::Tx;
use kernel::{Fault, FaultKind, Money, ids::AppointmentId};

use super::{
    care,
    change::{Change, ChangeError, hold, step},
    model::{Appointment, By, IllegalTransition, Status, Verb, VisitStatus},
    policy, store, tidy,
};
use crate::{
    choices::{self, Cause},
    events::AppointmentCancelled,
    letters::{Letter, Occasion},
    waiting_list,
};

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Refund(#[from] billing::refunds::RefundError),
    #[error(transparent)]
    Void(#[from] billing::charges::VoidError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CancelError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Change(error) => error.kind(),
            Self::Refund(error) => error.kind(),
            Self::Void(error) => error.kind(),
            Self::Db(error) => error.kind(),
        }
    }
}

/// Why; a code for the record, not words (those would be health data).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CancelReason {
    #[default]
    NoneGiven,
    NotNeeded,
    NoTime,
    Unwell,
    Emergency,
    Mistake,
    Other,
}

impl CancelReason {
    pub const ALL: [Self; 7] =
        [Self::NoneGiven, Self::NotNeeded, Self::NoTime, Self::Unwell, Self::Emergency, Self::Mistake, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::NoneGiven => "none_given",
            Self::NotNeeded => "not_needed",
            Self::NoTime => "no_time",
            Self::Unwell => "unwell",
            Self::Emergency => "emergency",
            Self::Mistake => "mistake",
            Self::Other => "other",
        }
    }

    pub const fn label_key(self) -> &'static str {
        match self {
            Self::NoneGiven => "scheduling-cancel-reason-none",
            Self::NotNeeded => "scheduling-cancel-reason-not-needed",
            Self::NoTime => "scheduling-cancel-reason-no-time",
            Self::Unwell => "scheduling-cancel-reason-unwell",
            Self::Emergency => "scheduling-cancel-reason-emergency",
            Self::Mistake => "scheduling-cancel-reason-mistake",
            Self::Other => "scheduling-cancel-reason-other",
        }
    }

    /// Any other word counts as `Other`: what was typed is not kept.
    pub fn from_code(code: &str) -> Self {
        match code.trim() {
            "" => Self::NoneGiven,
            code => Self::ALL.into_iter().find(|why| why.code() == code).unwrap_or(Self::Other),
        }
    }
}

/// A cancellation and the money it gives back: at once when the patient cancels, else unless the patient takes another time for it.
#[derive(Clone, Debug)]
pub struct Cancelled {
    pub appointment: Appointment,
    pub refund: Money,
}

/// Call an appointment off: patient, doctor and administrator alike, each with their own rule for the money. What was never paid is
/// given up, and its payment link dies. What a patient cancels is settled at once; what the other side cancels waits whole for the
/// patient's choice, and goes back by itself (`choices`).
pub async fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    id: AppointmentId,
    why: CancelReason,
) -> Result<Cancelled, CancelError> {
    let seen = store::find_for(tx, actor, id).await?.ok_or(ChangeError::NotFound)?;
    let by = By::of(actor, &seen).ok_or(ChangeError::NotFound)?;
    let held = hold(tx, &seen).await?;
    cancel_held(tx, &held, by, why).await
}

/// In the system's context: an emergency takes the time of a visit that can wait. Its patient chooses, before others, what comes
/// instead. Refused (`Illegal`, `NotFound`) for what is not confirmed any more, and for who has come.
pub async fn displace(tx: &mut Tx, id: AppointmentId) -> Result<Appointment, CancelError> {
    let seen = store::find(tx, id).await?.ok_or(ChangeError::NotFound)?;
    let held = hold(tx, &seen).await?;
    let now = tx.now();
    if held.status_at(now) != Status::Confirmed || held.state.visit != VisitStatus::NotOpen {
        let state = held.state_at(now);
        return Err(ChangeError::Illegal(IllegalTransition { state, verb: Verb::CancelByPlatform }).into());
    }
    let reason = CancelReason::Emergency.code();
    let displaced = step(tx, &held, Change::new(Verb::CancelByPlatform, By::System).because(reason), |_| {}).await?;
    care::close(tx, &displaced).await?;
    jobs::publish(tx, &AppointmentCancelled { appointment: displaced.id }).await?;
    choices::open(tx, &displaced, Cause::Displaced).await?;
    Letter::to_patient(&displaced, Occasion::CalledOff).enqueue(tx).await?;
    Letter::to_doctor(&displaced, Occasion::Cancelled { refunded: 0 }).enqueue(tx).await?;
    Ok(displaced)
}

/// The same for one whose locks are held.
pub(crate) async fn cancel_held(
    tx: &mut Tx,
    held: &Appointment,
    by: By,
    why: CancelReason,
) -> Result<Cancelled, CancelError> {
    let now = tx.now();
    let verb = verb_of(by, held.status_at(now));
    // What is paid after the visit was not paid yet.
    let share =
        if held.is_paid_later() { Money::zero(held.price.currency) } else { policy::settlement(held, by, now).refund };
    let appointment = step(tx, held, Change::new(verb, by).because(why.code()), |_| {}).await?;
    waiting_list::look(tx, appointment.practitioner).await?;
    if held.status_at(now) != Status::Confirmed {
        tidy::void(tx, &appointment).await?;
        tell(tx, &appointment, by, Money::zero(held.price.currency)).await?;
        return Ok(Cancelled { refund: Money::zero(held.price.currency), appointment });
    }
    care::close(tx, &appointment).await?;
    jobs::publish(tx, &AppointmentCancelled { appointment: appointment.id }).await?;
    let cause = match by {
        By::Patient(_) => {
            let refund = give_back(tx, held, share).await?;
            tell(tx, &appointment, by, refund).await?;
            return Ok(Cancelled { appointment, refund });
        }
        By::Doctor(_) => Cause::CancelledByDoctor,
        By::Administrator(_) | By::Reception(_) | By::System => Cause::CancelledByPlatform,
    };
    choices::open(tx, &appointment, cause).await?;
    Letter::to_patient(&appointment, Occasion::CalledOff).enqueue(tx).await?;
    Letter::to_doctor(&appointment, Occasion::Cancelled { refunded: share.amount }).enqueue(tx).await?;
    Ok(Cancelled { appointment, refund: share })
}

/// The patient backs out of a hold or a request.
pub async fn release(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Appointment, CancelError> {
    Ok(cancel(tx, actor, id, CancelReason::NoneGiven).await?.appointment)
}

const fn verb_of(by: By, status: Status) -> Verb {
    match (by, status) {
        (By::Patient(_), Status::Requested | Status::Held) => Verb::Release,
        (By::Doctor(_), Status::Requested) => Verb::Reject,
        (By::Patient(_), _) => Verb::CancelByPatient,
        (By::Doctor(_), _) => Verb::CancelByDoctor,
        (By::Administrator(_) | By::Reception(_) | By::System, _) => Verb::CancelByPlatform,
    }
}

async fn give_back(tx: &mut Tx, paid: &Appointment, share: Money) -> Result<Money, CancelError> {
    let Some(charge) = paid.charge else { return Ok(Money::zero(paid.price.currency)) };
    let reason = RefundReason::CancelledByPatient;
    if share == paid.price {
        billing::refunds::full(tx, charge, reason).await?;
    } else {
        billing::refunds::partial(tx, charge, share, reason).await?;
    }
    Ok(share)
}

async fn tell(tx: &mut Tx, cancelled: &Appointment, by: By, refund: Money) -> Result<(), db::Error> {
    let refunded = refund.amount;
    let was_wanted = cancelled.state.booking != Status::Released;
    if was_wanted || !matches!(by, By::Patient(_)) {
        Letter::to_patient(cancelled, Occasion::Cancelled { refunded }).enqueue(tx).await?;
        Letter::to_doctor(cancelled, Occasion::Cancelled { refunded }).enqueue(tx).await?;
    }
    Ok(())
}
