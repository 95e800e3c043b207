//! The end: nobody was found. Levels 1 and 2 go to the emergency department, with a note to show there; the urgent queue to an ordinary
//! booking. The person is told, and so are the administrators on duty.

use db::Tx;
use notify::{Mail, Notice};

use super::ClimbError;
use crate::{
    desk,
    requests::{self, Request, Status, note_of},
};

pub(super) async fn hand_over(tx: &mut Tx, held: &Request) -> Result<Request, ClimbError> {
    let status = if held.acuity.overrides() { Status::Escalated } else { Status::Unmet };
    let after = Request { status, step: held.step + 1, ..held.clone() };
    crate::pool::call_off(tx, &after).await?;
    tell_person(tx, &after).await?;
    desk::tell_breach(tx, &after).await?;
    note_of(tx, &after, "escalated").await?;
    Ok(after)
}

async fn tell_person(tx: &mut Tx, request: &Request) -> Result<(), ClimbError> {
    let Some(account) = requests::store::find_account(tx, request.id).await? else { return Ok(()) };
    let Some(to) = identity::accounts::recipient(tx, account).await? else { return Ok(()) };
    let subject = web::words::t(to.locale, "emergency-mail-nobody-subject");
    let text = web::words::t(to.locale, "emergency-mail-nobody-text");
    let notice = Notice {
        to: &to,
        kind: "emergency.nobody",
        key: format!("urgent-nobody:{}", request.id),
        subject,
        link: Some(format!("/emergency/requests/{}", request.id)),
        mail: Some(Mail { text, ..Mail::default() }),
        sms: None,
    };
    Ok(notify::tell(tx, notice).await?)
}
