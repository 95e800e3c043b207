//! The payee's account at the gateway: opened once, proved on the gateway's own page, believed when the gateway says so.

use db::{Context, Db};
use gateways::{
    Payments,
    payment::{AccountRequest, AccountState, GatewayError, RemoteAccount},
};
use kernel::{Fault, FaultKind, ids::PractitionerId};

use super::{PayeeState, store};
use crate::payments::gateways_of;

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("the gateway of this installation does not pay out")]
    NoPayouts,
    #[error("no such payee")]
    NotFound,
    #[error("the payment service does not answer: {0}")]
    Gateway(#[source] GatewayError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AccountError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoPayouts => FaultKind::conflict("no_payouts"),
            Self::NotFound => FaultKind::NotFound,
            Self::Gateway(_) => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

impl From<AccountState> for PayeeState {
    fn from(remote: AccountState) -> Self {
        match remote {
            AccountState::Pending => Self::Pending,
            AccountState::Verified => Self::Verified,
            AccountState::Restricted => Self::Restricted,
        }
    }
}

/// The page of the gateway where this payee proves who they are. The account is opened the first time; the payee's id is the key, so a
/// lost answer is asked for again.
pub async fn open_account(
    db: &Db,
    gateways: &Payments,
    payee: PractitionerId,
    return_url: &str,
) -> Result<String, AccountError> {
    let name = gateways.primary().name();
    let gateway = gateways.primary().payouts().ok_or(AccountError::NoPayouts)?;
    let mut tx = db.begin(&Context::system("payout account")).await?;
    let (email, country) = store::find_email(&mut tx, payee).await?.ok_or(AccountError::NotFound)?;
    store::insert_payee(&mut tx, payee, name).await?;
    let (_, account_ref) = store::find_payee(&mut tx, payee, name).await?;
    tx.commit().await?;
    let account_ref = if let Some(known) = account_ref {
        known
    } else {
        let request = AccountRequest { payee, email, country };
        let opened = gateway.open_account(&request).await.map_err(AccountError::Gateway)?;
        let mut tx = db.begin(&Context::system("payout account")).await?;
        store::set_account(&mut tx, payee, name, &opened).await?;
        tx.commit().await?;
        opened
    };
    gateway.onboarding_link(&account_ref, return_url).await.map_err(AccountError::Gateway)
}

/// Ask the gateway what it thinks of the payee by now.
pub async fn refresh_account(db: &Db, gateways: &Payments, payee: PractitionerId) -> Result<PayeeState, AccountError> {
    let name = gateways.primary().name();
    let gateway = gateways.primary().payouts().ok_or(AccountError::NoPayouts)?;
    let mut tx = db.begin(&Context::system("payout account")).await?;
    let (state, account_ref) = store::find_payee(&mut tx, payee, name).await?;
    tx.commit().await?;
    let Some(account_ref) = account_ref else { return Ok(state) };
    let remote = gateway.fetch_account(&account_ref).await.map_err(AccountError::Gateway)?;
    let mut tx = db.begin(&Context::system("payout account")).await?;
    hear(&mut tx, name, &remote).await?;
    tx.commit().await?;
    Ok(remote.state.into())
}

/// What the gateway says of an account. False when it is nobody's here.
pub(crate) async fn hear(tx: &mut db::Tx, gateway: &str, remote: &RemoteAccount) -> Result<bool, db::Error> {
    store::set_state_by_account(tx, gateway, &remote.account_ref, remote.state.into()).await
}

fn return_url(me: &web::Doctor) -> String {
    format!("{}/earnings/account", me.app().base_url().to_string().trim_end_matches('/'))
}

/// To the gateway's page.
async fn go(me: web::Doctor) -> web::Result {
    let gateways = gateways_of(me.app());
    let link = open_account(me.app().db(), &gateways, me.practitioner_id(), &return_url(&me)).await?;
    Ok(web::see_other(&link))
}

/// Back from it.
async fn back(me: web::Doctor) -> web::Result {
    let gateways = gateways_of(me.app());
    refresh_account(me.app().db(), &gateways, me.practitioner_id()).await?;
    Ok(web::see_other("/earnings"))
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .post::<web::Doctor, _, _>("/earnings/account", go)
        .get::<web::Doctor, _, _>("/earnings/account", back)
}
