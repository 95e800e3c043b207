//! Say that a question needs a paid answer, and what it costs.

use access::Actor;
use billing::charges::LARGEST_AMOUNT;
use db::{ResultExt, Tx};
use kernel::{
    Currency, FieldError, Money,
    ids::{EVisitId, ThreadId},
};

use super::{VoidCharge, model::Status, store};
use crate::{
    Config, MessageError, letters,
    threads::{self, Side, Thread},
};

/// A price.
#[derive(Debug, Clone, Copy)]
pub struct Propose {
    pub thread: ThreadId,
    /// In minor units of the doctor's currency; nothing where the doctor's chat service has a price, which counts.
    pub amount: Option<i64>,
}

/// The price of the doctor's own chat service, and the currency of a price that is typed. Who covers does not see the doctor's visits, and
/// types.
pub async fn listed_price(tx: &mut Tx, thread: &Thread) -> Result<(Option<Money>, Currency), db::Error> {
    store::find_price(tx, thread.practitioner, thread.appointment).await
}

/// The team proposes. One price stands open at a time.
pub async fn propose(tx: &mut Tx, actor: &Actor, config: &Config, command: Propose) -> Result<EVisitId, MessageError> {
    let (_, reader) = threads::find(tx, actor, command.thread).await?;
    if reader.side() != Side::Team {
        return Err(MessageError::NotFound);
    }
    let thread = threads::store::lock(tx, command.thread).await?.ok_or(MessageError::ReadOnly)?;
    let (listed, currency) = listed_price(tx, &thread).await?;
    let typed = command.amount.filter(|amount| (1..=LARGEST_AMOUNT).contains(amount));
    let price = listed.or_else(|| typed.map(|amount| Money::new(amount, currency)));
    let price =
        price.ok_or_else(|| MessageError::Invalid(vec![FieldError::new("amount", "correspondence-error-price")]))?;
    let now = tx.now();
    for mut old in store::list(tx, thread.id).await? {
        if old.stands(now) {
            return Err(MessageError::PriceStands);
        }
        if old.status_at(now) == Status::Expired && old.status != Status::Expired {
            if old.charge.is_some() {
                jobs::enqueue(tx, &VoidCharge { e_visit: old.id }, jobs::When::Now).await?;
            }
            old.status = Status::Expired;
            store::set_decided(tx, &old, None).await?;
        }
    }
    let id = tx.id::<EVisitId>();
    let terms = (price, now.plus_days(config.offer_days));
    store::insert(tx, &thread, id, terms, actor.account)
        .await
        .on_constraint("e_visits_one_open", || MessageError::PriceStands)?;
    super::record(tx, (&thread, id), "proposed", threads::purpose(reader)).await?;
    letters::publish_price(tx, id).await?;
    Ok(id)
}
