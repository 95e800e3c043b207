//! The letter after an addition: that there is one, and where. Nothing of what it says.

use web::App;

use super::NoteAmended;
use crate::summary::{News, tell};

/// Tells the patient of an addition, once.
pub(crate) async fn send(app: &App, news: NoteAmended) -> Result<(), jobs::Failed> {
    let key = format!("visit-amended:{}:{}", news.visit, news.number);
    tell(app, news.visit, News { prefix: "consultations-mail-amended", key }).await
}
