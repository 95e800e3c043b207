//! Administrators hear that the books differ.

use db::Tx;
use kernel::{LocalDate, ids::ReconciliationId};
use notify::{Notice, TellError};

use super::store;
use crate::words::Words;

/// A run of a day that found differences.
pub(super) struct Differs<'a> {
    pub(super) run: ReconciliationId,
    pub(super) gateway: &'a str,
    pub(super) day: LocalDate,
    /// The day on which it was compared.
    pub(super) ran_on: LocalDate,
    pub(super) differences: usize,
}

/// Every administrator, in the app; once for a day and the day of its run, however often it is compared then. It is about money, so nobody
/// can switch it off.
pub(super) async fn tell(tx: &mut Tx, differs: &Differs<'_>) -> Result<(), TellError> {
    let Differs { run, gateway, day, ran_on, differences } = differs;
    for account in store::list_administrators(tx).await? {
        let Some(to) = identity::accounts::recipient(tx, account).await? else { continue };
        let words = Words::of(to.locale, to.zone.clone());
        let (service, day_said) = (words.t(&format!("billing-gateway-{gateway}")), words.date(*day));
        let args = [("gateway", service.as_str()), ("day", day_said.as_str()), ("count", &differences.to_string())];
        let notice = Notice {
            to: &to,
            kind: "billing.books_differ",
            key: format!("billing.books_differ.{gateway}.{day}.{ran_on}"),
            subject: words.tr("reconciliation-notice", &args),
            link: Some(format!("/admin/reconciliation/{run}")),
            mail: None,
            sms: None,
        };
        notify::tell(tx, notice).await?;
    }
    Ok(())
}
