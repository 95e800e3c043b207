use db::Tx;
use kernel::{
    Money, Timestamp, Zone,
    ids::{InvoiceId, PaymentId},
};

use super::{InvoiceKind, store, store::NewInvoice};
use crate::{charges::Charge, refunds::Refund};

/// The invoice of what a payment paid for a charge, by its supplier, dated `at`.
pub(crate) async fn issue(
    tx: &mut Tx,
    charge: &Charge,
    payment: PaymentId,
    money: Money,
    at: Timestamp,
) -> Result<InvoiceId, db::Error> {
    let what = What { kind: InvoiceKind::Invoice, payment, money };
    write(tx, charge, what, at).await
}

/// The payment of `source` pays `target` from now on, which another supplier sells: a credit note takes back the invoice of the first, and
/// the second issues one. The same supplier's invoice stays as it is.
pub(crate) async fn correct(
    tx: &mut Tx,
    (source, target): (&Charge, &Charge),
    payment: PaymentId,
    at: Timestamp,
) -> Result<(), db::Error> {
    if source.practitioner == target.practitioner {
        return Ok(());
    }
    let Some((invoice, money)) = store::find_invoice(tx, payment, source.id).await? else { return Ok(()) };
    write(tx, source, What { kind: InvoiceKind::Correction { of: invoice }, payment, money }, at).await?;
    issue(tx, target, payment, money, at).await?;
    Ok(())
}

/// The credit note of a refund, dated `at`.
pub(crate) async fn issue_credit_note(
    tx: &mut Tx,
    charge: &Charge,
    refund: &Refund,
    at: Timestamp,
) -> Result<InvoiceId, db::Error> {
    let kind = InvoiceKind::CreditNote { refund: refund.id };
    write(tx, charge, What { kind, payment: refund.payment, money: refund.money }, at).await
}

struct What {
    kind: InvoiceKind,
    payment: PaymentId,
    money: Money,
}

/// Takes the next number of the supplier's year. The counter stays locked until the transaction ends, so a number that was taken by
/// one that failed is taken again by the next.
async fn write(tx: &mut Tx, charge: &Charge, what: What, at: Timestamp) -> Result<InvoiceId, db::Error> {
    let year = i32::from(at.in_zone(&Zone::utc()).year());
    let series = store::series_of(tx, charge.practitioner).await?;
    let serial = store::next_serial(tx, &series, what.kind, year).await?;
    let invoice = NewInvoice {
        id: tx.id(),
        kind: what.kind,
        number: format!("{}-{series}-{year}-{serial:06}", what.kind.prefix()),
        series,
        year,
        serial,
        charge: charge.id,
        payment: what.payment,
        patient: charge.patient,
        practitioner: charge.practitioner,
        money: what.money,
        issued_at: at,
    };
    store::insert(tx, &invoice).await?;
    Ok(invoice.id)
}
