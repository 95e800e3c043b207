//! What was written by hand: places, names, specialties and the stories of visits. The generator only combines it.

pub(super) mod cases;
pub(super) mod centres;
pub(super) mod cities;
pub(super) mod medicines;
pub(super) mod names;
pub(super) mod papers;
pub(super) mod reviews;
pub(super) mod specialties;
