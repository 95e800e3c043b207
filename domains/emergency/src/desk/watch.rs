//! What was promised, and whether it was kept.

use db::Tx;
use jobs::Job;
use kernel::{Timestamp, ids::UrgentRequestId};
use notify::{Mail, Notice, TellError};
use serde::{Deserialize, Serialize};

use super::store;
use crate::requests::{self, Request, Status};

/// The time that was promised has come.
#[derive(Serialize, Deserialize, Debug)]
pub struct Watch {
    pub request: UrgentRequestId,
}

impl Job for Watch {
    const NAME: &'static str = "emergency.watch";
}

/// In the system's context: nobody has answered in time. Returns when to look again, if the promise has moved. Running twice is fine.
pub async fn watch(tx: &mut Tx, job: &Watch) -> Result<Option<Timestamp>, TellError> {
    let Some(held) = requests::store::lock(tx, job.request).await? else { return Ok(None) };
    if held.status != Status::Seeking {
        return Ok(None);
    }
    if tx.now() < held.promised_by {
        return Ok(Some(held.promised_by.plus_seconds(1)));
    }
    tell_breach(tx, &held).await?;
    Ok(None)
}

/// Tell who is on duty, or every administrator when nobody is; once for a request.
pub(crate) async fn tell_breach(tx: &mut Tx, held: &Request) -> Result<(), TellError> {
    if !store::set_breach_told(tx, held.id).await? {
        return Ok(());
    }
    for account in store::list_on_duty(tx).await? {
        let Some(to) = identity::accounts::recipient(tx, account).await? else { continue };
        let level = held.acuity.level().to_string();
        let subject = web::words::tr(to.locale, "emergency-mail-breach-subject", &[("level", &level)]);
        let text = web::words::t(to.locale, "emergency-mail-breach-text");
        let notice = Notice {
            to: &to,
            kind: "emergency.breach",
            key: format!("urgent-breach:{}", held.id),
            sms: Some(subject.clone()),
            subject,
            link: Some("/admin/urgent".to_owned()),
            mail: Some(Mail { text, ..Mail::default() }),
        };
        notify::tell(tx, notice).await?;
    }
    tracing::warn!(request = %held.id, acuity = held.acuity.level(), "emergency.promise_broken");
    Ok(())
}
