//! The author's form, the lists, and the moderator's desk.

pub(super) mod admin;
pub(super) mod author;
pub(super) mod mine;

use web::Ctx;

use super::model::{Dimension, Scores};

/// A judgement by dimension, ready to show.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) percent: i32,
}

/// The dimensions that the author judged.
pub(super) fn bars(me: &Ctx, scores: &Scores) -> Vec<Bar> {
    let judged = Dimension::ALL.iter().filter_map(|dimension| Some((dimension, scores.of(*dimension)?)));
    judged
        .map(|(dimension, stars)| Bar {
            label: me.t(format!("community-{}", dimension.word())),
            value: stars.number().to_string(),
            percent: i32::from(stars.number()) * 20,
        })
        .collect()
}
