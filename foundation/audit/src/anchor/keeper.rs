use std::{path::PathBuf, sync::Arc};

use aws_lc_rs::signature::Ed25519KeyPair;
use db::{Context, Db};
use tokio::sync::Mutex;

use super::{
    AnchorError, file,
    line::{Heads, Line, Said, State},
};
use crate::{AnchorConfig, store};

/// Writes and reads the anchors. Cheap to clone.
#[derive(Clone)]
pub struct Anchors {
    file: PathBuf,
    key: Arc<Ed25519KeyPair>,
    /// How far the file has been followed, so that each round reads the new lines only.
    followed: Arc<Mutex<Followed>>,
}

#[derive(Default)]
struct Followed {
    state: State,
    bytes: u64,
}

impl std::fmt::Debug for Anchors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anchors").field("file", &self.file).finish_non_exhaustive()
    }
}

/// What one round of anchoring did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// The number of the new anchor.
    Written(u64),
    /// No chain moved since the last anchor.
    Unchanged,
}

impl Anchors {
    /// Makes the signing key on the first use.
    pub fn open(config: &AnchorConfig) -> Result<Self, AnchorError> {
        Ok(Self { file: config.file.clone(), key: Arc::new(file::key(&config.key)?), followed: Arc::default() })
    }

    /// Anchor the chains as they are now. Run it every minute; refuses when a chain is shorter than an anchor says.
    pub async fn anchor(&self, db: &Db) -> Result<Anchored, AnchorError> {
        let mut followed = self.followed.lock().await;
        let held = file::hold(&self.file)?;
        self.catch_up(&mut followed)?;
        let mut tx = db.begin(&Context::system("audit.anchor")).await?;
        let (now, heads) = (tx.now(), store::list_heads(&mut tx).await?);
        tx.commit().await?;
        let heads: Heads = heads
            .into_iter()
            .filter(|head| head.seq > 0)
            .filter_map(|head| Some((head.shard, (head.seq, head.hash.try_into().ok()?))))
            .collect();
        let receded = |(shard, (seq, _)): (&i16, &(i64, _))| heads.get(shard).is_none_or(|(now, _)| now < seq);
        if followed.state.heads.iter().any(receded) {
            tracing::error!("audit.chains_receded");
            return Err(AnchorError::Receded);
        }
        if heads == followed.state.heads {
            return Ok(Anchored::Unchanged);
        }
        let line = Line::sign(&followed.state, &heads, now, &self.key);
        let text = serde_json::to_string(&line)
            .map_err(|_| AnchorError::Forged { number: line.number, problem: "it cannot be written" })?;
        file::append(&held, &self.file, &text)?;
        Ok(Anchored::Written(line.number))
    }

    /// Everything the anchors say, oldest first, each checked against the one before.
    pub(crate) fn read(&self) -> Result<Vec<Said>, AnchorError> {
        let mut state = State::default();
        let mut said = Vec::new();
        for text in file::text_from(&self.file, 0)?.lines() {
            said.extend(Line::follow(&mut state, text, &self.key)?);
        }
        Ok(said)
    }

    fn catch_up(&self, followed: &mut Followed) -> Result<(), AnchorError> {
        let text = file::text_from(&self.file, followed.bytes)?;
        for line in text.lines() {
            Line::follow(&mut followed.state, line, &self.key)?;
            followed.bytes += line.len() as u64 + 1;
        }
        Ok(())
    }
}
