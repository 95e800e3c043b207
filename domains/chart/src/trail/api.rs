//! JSON: the trail.

use identity::door::Refused;
use kernel::{FaultKind, Page, PageRequest};
use serde::Deserialize;
use web::{Admin, Query};

use super::{Filter, store};
use crate::record::store::After;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    #[serde(flatten)]
    filter: Filter,
    limit: Option<i64>,
    cursor: Option<String>,
}

/// `GET /api/v1/admin/audit?who=&patient=&action=&from=&until=`
pub(crate) async fn list(me: Admin, Query(asked): Query<Asked>) -> web::Result {
    let wanted = asked.filter.parse(me.zone()).map_err(|errors| Refused(FaultKind::Invalid(errors)))?;
    let after = After::parse(asked.cursor.as_deref().unwrap_or_default());
    let page = PageRequest::of(asked.limit.unwrap_or(20), None);
    let mut tx = me.begin().await?;
    let rows = store::list(&mut tx, &wanted, after, page.limit() + 1).await?;
    tx.commit().await?;
    web::json(&Page::from_rows(rows, &page, |row| After::at(row.at, row.shard, row.seq).to_string()))
}
