use std::{collections::BTreeMap, fmt};

use db::{Context, Db};

use crate::{
    AnchorError, Anchors,
    anchor::Said,
    canonical::{Hash, Row},
    store::{self, Head},
};

const SHARDS: i16 = 64;
const ROWS_AT_ONCE: i64 = 2_000;
/// How far around its place a moved row is looked for.
const MOVED_WITHIN: i64 = 200;

/// One thing that is wrong with the trail, by the row it shows at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The row's content is not what its hash covers.
    Tampered { shard: i16, seq: i64 },
    /// The row was written at another place of its chain.
    Moved { shard: i16, seq: i64, written_at: i64 },
    /// Rows are gone from within the chain.
    Missing { shard: i16, from: i64, to: i64 },
    /// The row does not follow the one before it: one of the two was replaced.
    Unlinked { shard: i16, seq: i64 },
    /// Rows are gone from the end of the chain, which its head or an anchor knows.
    Cut { shard: i16, last: i64, known: i64 },
    /// The row's hash is not the one that was anchored: the chain was rewritten from this row or an earlier one on.
    Rewritten { shard: i16, seq: i64, anchor: u64 },
    /// The head of the chain is not its last row.
    HeadMoved { shard: i16 },
    /// The anchors themselves were altered; nothing they say counts.
    AnchorForged { anchor: u64 },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tampered { shard, seq } => write!(f, "row {shard}/{seq} was altered"),
            Self::Moved { shard, seq, written_at } => {
                write!(f, "row {shard}/{seq} was written as {shard}/{written_at}: re-ordered")
            }
            Self::Missing { shard, from, to } if from == to => write!(f, "row {shard}/{from} is gone"),
            Self::Missing { shard, from, to } => write!(f, "rows {shard}/{from} to {shard}/{to} are gone"),
            Self::Unlinked { shard, seq } => write!(f, "row {shard}/{seq} does not follow the row before it"),
            Self::Cut { shard, last, known } => {
                write!(f, "chain {shard} ends at row {last}, but had {known}: cut off")
            }
            Self::Rewritten { shard, seq, anchor } => {
                write!(f, "row {shard}/{seq} is not what anchor {anchor} saw: chain rewritten")
            }
            Self::HeadMoved { shard } => write!(f, "the head of chain {shard} is not its last row"),
            Self::AnchorForged { anchor } => write!(f, "anchor {anchor} was forged or damaged"),
        }
    }
}

/// What a verification saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    pub rows: u64,
    /// Anchored chain ends compared.
    pub anchored: u64,
    pub findings: Vec<Finding>,
}

impl Verification {
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Db(#[from] db::Error),
    #[error(transparent)]
    Anchors(AnchorError),
}

/// Recompute every hash of every chain, follow every link, and compare with the anchors. Reads all rows, in small transactions; rows
/// appended meanwhile are left for the next time.
pub async fn verify(db: &Db, anchors: &Anchors) -> Result<Verification, VerifyError> {
    let mut verification = Verification::default();
    let mut said: BTreeMap<(i16, i64), Said> = BTreeMap::new();
    match anchors.read() {
        Ok(all) => said.extend(all.into_iter().map(|said| ((said.shard, said.seq), said))),
        Err(AnchorError::Forged { number, .. }) => {
            verification.findings.push(Finding::AnchorForged { anchor: number });
        }
        Err(error) => return Err(VerifyError::Anchors(error)),
    }
    let mut tx = db.begin(&Context::system("audit.verify")).await?;
    let heads = store::list_heads(&mut tx).await?;
    tx.commit().await?;
    for shard in 0..SHARDS {
        let head = heads.iter().find(|head| head.shard == shard);
        let mut chain = Chain::new(shard, &said, &mut verification);
        loop {
            let mut tx = db.begin(&Context::system("audit.verify")).await?;
            let rows = store::list_chain(&mut tx, shard, chain.last_seq, ROWS_AT_ONCE).await?;
            tx.commit().await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                chain.next(row);
            }
        }
        chain.end(head);
    }
    Ok(verification)
}

/// Walks one chain.
struct Chain<'a> {
    shard: i16,
    last_seq: i64,
    last_hash: Vec<u8>,
    said: &'a BTreeMap<(i16, i64), Said>,
    verification: &'a mut Verification,
}

impl<'a> Chain<'a> {
    fn new(shard: i16, said: &'a BTreeMap<(i16, i64), Said>, verification: &'a mut Verification) -> Self {
        Self { shard, last_seq: 0, last_hash: Hash::default().to_vec(), said, verification }
    }

    fn next(&mut self, row: &Row) {
        let shard = self.shard;
        self.verification.rows += 1;
        let gap = row.seq > self.last_seq + 1;
        if gap {
            self.find(Finding::Missing { shard, from: self.last_seq + 1, to: row.seq - 1 });
        }
        if row.hash_at(row.seq, &row.prev)[..] != row.hash[..] {
            self.find(match written_at(row) {
                Some(written_at) => Finding::Moved { shard, seq: row.seq, written_at },
                None => Finding::Tampered { shard, seq: row.seq },
            });
        } else if !gap && row.prev != self.last_hash {
            self.find(Finding::Unlinked { shard, seq: row.seq });
        }
        if let Some(said) = self.said.get(&(shard, row.seq)) {
            self.verification.anchored += 1;
            if said.hash[..] != row.hash[..] {
                self.find(Finding::Rewritten { shard, seq: row.seq, anchor: said.anchor });
            }
        }
        self.last_seq = row.seq;
        self.last_hash.clone_from(&row.hash);
    }

    /// After the last row: is it the last that was ever known?
    fn end(&mut self, head: Option<&Head>) {
        let (shard, last) = (self.shard, self.last_seq);
        let anchored = self.said.range((shard, 0)..=(shard, i64::MAX)).next_back().map_or(0, |((_, seq), _)| *seq);
        let headed = head.map_or(0, |head| head.seq);
        let known = anchored.max(headed);
        if known > last {
            self.find(Finding::Cut { shard, last, known });
        } else if head.is_none_or(|head| head.seq == last && head.hash != self.last_hash) {
            self.find(Finding::HeadMoved { shard });
        }
    }

    fn find(&mut self, finding: Finding) {
        self.verification.findings.push(finding);
    }
}

/// The place for which a row's hash is right, if it is not its own.
fn written_at(row: &Row) -> Option<i64> {
    let near = (row.seq - MOVED_WITHIN).max(1)..=row.seq + MOVED_WITHIN;
    near.into_iter().find(|seq| row.hash_at(*seq, &row.prev)[..] == row.hash[..])
}
