//! People who book, and what they may book: written as rows, many at once.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::Failed;
use crate::cluster::Cluster;

const PATIENTS: &str = include_str!("../sql/patients.sql");
const DOCTORS: &str = include_str!("../sql/doctors.sql");

/// So many patients with a session each; the token of the n-th is `bench-n`.
pub(crate) async fn patients(cluster: &Cluster, database: &str, how_many: usize) -> Result<(), Failed> {
    let last = how_many.saturating_sub(1);
    cluster
        .execute(database, &PATIENTS.replace("generate_series(0, 599)", &format!("generate_series(0, {last})")))
        .await
}

/// So many doctors who see people by video, from nine to five of every day, for half an hour each. Their ids, in order.
pub(crate) async fn doctors(cluster: &Cluster, database: &str, how_many: usize) -> Result<Vec<String>, Failed> {
    let last = how_many.saturating_sub(1);
    cluster
        .execute(database, &DOCTORS.replace("generate_series(0, 9)", &format!("generate_series(0, {last})")))
        .await?;
    cluster.texts(database, "select id::text from practitioners where slug like 'bench-%' order by slug").await
}

pub(crate) fn wish(doctor: &str, starts_at: &str) -> Value {
    json!({ "doctor_id": doctor, "starts_at": starts_at, "mode": "video" })
}

/// A call of the n-th patient.
pub(crate) fn post(client: &Client, base: &str, path: &str, patient: usize, body: &Value) -> RequestBuilder {
    let asked = client.post(format!("{base}{path}")).bearer_auth(format!("bench-{patient}"));
    asked.header("content-type", "application/json").body(body.to_string())
}

/// A number that looks random and is the same in every run.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for place in (1..all.len()).rev() {
            all.swap(place, self.below(place + 1));
        }
    }
}
