//! News for open pages: ids and states, no content.

use db::Tx;
use kernel::ids::{PractitionerId, UrgentRequestId};
use web::live::{LiveEvent, Topic, publish};

use super::{model::Request, store};

/// The kind of these news.
const OPEN_PAGES: &str = "urgent";

/// To the person who asked, where they have an account, and to the doctor who said yes. A guest's page looks by itself.
pub(crate) async fn show(tx: &mut Tx, request: &Request) -> Result<(), db::Error> {
    let account = store::find_account(tx, request.id).await?;
    let topics = account.map(Topic::Account).into_iter().chain(request.practitioner.map(Topic::Practitioner));
    for topic in topics {
        let data = serde_json::json!({ "request": request.id, "status": request.status.code() });
        publish(tx, topic, LiveEvent { kind: OPEN_PAGES, data }).await?;
    }
    Ok(())
}

/// To a doctor who is asked, or no longer asked.
pub(crate) async fn to_doctor(tx: &mut Tx, doctor: PractitionerId, request: UrgentRequestId) -> Result<(), db::Error> {
    let data = serde_json::json!({ "request": request });
    publish(tx, Topic::Practitioner(doctor), LiveEvent { kind: OPEN_PAGES, data }).await
}
