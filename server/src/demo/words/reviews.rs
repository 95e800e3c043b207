//! What patients said afterwards, by how content they were.

pub(in crate::demo) const FIVE: &[&str] = &[
    "Took the time to explain everything twice, and asked whether I had understood. I had.",
    "On time to the minute, kind, and the plan was clear when we hung up.",
    "I have not been listened to like this in years.",
    "The prescription was ready before the call had ended, and the summary answered what I forgot to ask.",
    "Very calm with my worries. I would book again without thinking.",
    "",
];
pub(in crate::demo) const FOUR: &[&str] = &[
    "Good advice. The picture froze once, but the call came back by itself.",
    "Friendly and thorough. I waited ten minutes longer than planned.",
    "Clear answers. I would have liked a little more time.",
    "",
];
pub(in crate::demo) const THREE: &[&str] =
    &["The advice was fine, but it felt hurried.", "We started late and had to be quick.", ""];
