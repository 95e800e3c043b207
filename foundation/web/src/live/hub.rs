use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use db::Db;
use futures::{Stream, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::postgres::PgListener;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

use super::{News, Topic};

/// A subscriber this far behind has missed something.
const BACKLOG: usize = 64;
const RETRY: Duration = Duration::from_secs(1);

/// The news of this process. Cheap to clone.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<HashMap<String, broadcast::Sender<News>>>>);

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}

/// What one listener hears of one topic, until it is dropped.
#[derive(Debug)]
pub struct Subscription(broadcast::Receiver<News>);

impl Subscription {
    /// The next news; `None` when no more will come.
    pub async fn recv(&mut self) -> Option<News> {
        match self.0.recv().await {
            Ok(news) => Some(news),
            Err(RecvError::Lagged(missed)) => Some(missed_news(missed)),
            Err(RecvError::Closed) => None,
        }
    }

    pub fn into_stream(self) -> impl Stream<Item = News> + Send {
        stream::unfold(self, |mut this| async move { this.recv().await.map(|news| (news, this)) })
    }
}

fn missed_news(missed: u64) -> News {
    News { kind: "missed".to_owned(), data: json!({ "missed": missed }) }
}

#[derive(Deserialize)]
struct Payload {
    topic: String,
    kind: String,
    data: Value,
}

impl Live {
    pub fn subscribe(&self, topic: Topic) -> Subscription {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Topics that nobody hears any more go when somebody comes.
        topics.retain(|_, sender| sender.receiver_count() > 0);
        Subscription(topics.entry(topic.to_string()).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe())
    }

    /// Hears PostgreSQL until `stop`; a lost connection is made again, and everyone is told that news may be missing.
    pub(crate) async fn listen(self, db: Db, stop: CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.hear(&db) => {}
            }
            self.tell_all(&missed_news(0));
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(RETRY) => {}
            }
        }
    }

    async fn hear(&self, db: &Db) {
        let Ok(mut listener) = PgListener::connect_with(db.pool()).await else { return };
        if listener.listen("bedside_live").await.is_err() {
            return;
        }
        while let Ok(Some(heard)) = listener.try_recv().await {
            if let Ok(Payload { topic, kind, data }) = serde_json::from_str(heard.payload()) {
                let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&topic).cloned();
                // Nobody listens: nothing to do.
                let _ = sender.map(|sender| sender.send(News { kind, data }));
            }
        }
    }

    fn tell_all(&self, news: &News) {
        for sender in self.0.lock().unwrap_or_else(PoisonError::into_inner).values() {
            let _ = sender.send(news.clone());
        }
    }
}
