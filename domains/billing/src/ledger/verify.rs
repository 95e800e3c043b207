use std::fmt;

use db::{Context, Db};

use super::store;

/// What the verifier found wrong. The ids lead to the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerFault {
    CurrencyNotZero(String),
    EntryNotBalanced(String),
    PaymentNotBooked(String),
    EntryWithoutMoney(String),
    RefundNotBooked(String),
    RefundsDoNotSum(String),
    NumbersHaveAGap(String),
    ChargeOutOfStep(String),
    PaymentNotSplit(String),
    BalanceOutOfStep(String),
    PayoutNotBooked(String),
    DisputeNotBooked(String),
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CurrencyNotZero(code) => write!(f, "the accounts in {code} do not sum to zero"),
            Self::EntryNotBalanced(id) => write!(f, "journal entry {id} does not balance"),
            Self::PaymentNotBooked(id) => write!(f, "payment {id} holds money that the journal does not"),
            Self::EntryWithoutMoney(id) => write!(f, "journal entry {id} is about money that did not move"),
            Self::RefundNotBooked(id) => write!(f, "refund {id} was made and is not in the journal"),
            Self::RefundsDoNotSum(id) => write!(f, "the refunds of payment {id} do not sum to what it says"),
            Self::NumbersHaveAGap(what) => write!(f, "the numbers of {what} have a gap"),
            Self::PaymentNotSplit(id) => write!(f, "payment {id} is not split into what was paid"),
            Self::BalanceOutOfStep(who) => {
                write!(f, "the balance of payee {who} in the journal is not what their shares and payouts say")
            }
            Self::PayoutNotBooked(id) => write!(f, "the journal does not say what payout {id} says"),
            Self::DisputeNotBooked(id) => write!(f, "the journal does not say what dispute {id} says"),
            Self::ChargeOutOfStep(id) => write!(f, "charge {id} does not say what its payments say"),
        }
    }
}

/// The outcome of one verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub entries: i64,
    pub faults: Vec<LedgerFault>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Compare the journal with itself and with payments, refunds, charges and invoices. `bedside ledger verify`.
pub async fn verify(db: &Db) -> Result<Report, db::Error> {
    let mut tx = db.begin(&Context::system("ledger verification")).await?;
    tx.without_time_limit().await?;
    let entries = store::count_entries(&mut tx).await?;
    let mut faults = Vec::new();
    let mut note = |found: Vec<String>, fault: fn(String) -> LedgerFault| faults.extend(found.into_iter().map(fault));
    note(store::list_unbalanced_currencies(&mut tx).await?, LedgerFault::CurrencyNotZero);
    note(texts(store::list_unbalanced_entries(&mut tx).await?), LedgerFault::EntryNotBalanced);
    note(texts(store::list_payments_not_booked(&mut tx).await?), LedgerFault::PaymentNotBooked);
    note(texts(store::list_entries_without_payment(&mut tx).await?), LedgerFault::EntryWithoutMoney);
    note(texts(store::list_refunds_not_booked(&mut tx).await?), LedgerFault::RefundNotBooked);
    note(texts(store::list_refunds_not_summing(&mut tx).await?), LedgerFault::RefundsDoNotSum);
    note(store::list_gaps(&mut tx).await?, LedgerFault::NumbersHaveAGap);
    note(texts(store::list_charges_out_of_step(&mut tx).await?), LedgerFault::ChargeOutOfStep);
    note(texts(store::list_payments_not_split(&mut tx).await?), LedgerFault::PaymentNotSplit);
    note(store::list_balances_out_of_step(&mut tx).await?, LedgerFault::BalanceOutOfStep);
    note(texts(store::list_payouts_not_booked(&mut tx).await?), LedgerFault::PayoutNotBooked);
    note(texts(store::list_disputes_not_booked(&mut tx).await?), LedgerFault::DisputeNotBooked);
    tx.commit().await?;
    Ok(Report { entries, faults })
}

fn texts<T: ToString>(ids: Vec<T>) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

async fn daily(app: web::App) -> Result<(), jobs::Failed> {
    let report = verify(app.db()).await?;
    for fault in &report.faults {
        tracing::error!(%fault, "billing.ledger.fault");
    }
    Ok(())
}

pub(super) fn jobs(jobs: web::Jobs) -> web::Jobs {
    jobs.every("billing.verify_ledger", 24 * 60, daily)
}
