use kernel::{
    LocalDate, Timestamp,
    ids::{FacilityId, QueueId, TokenId},
};
use serde::Serialize;

/// Where a number stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Waiting,
    Called,
    Served,
    /// Called, and nobody came. May be called back.
    Skipped,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Called, Self::Served, Self::Skipped];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Served => "served",
            Self::Skipped => "skipped",
        }
    }

    pub(super) fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    pub id: QueueId,
    pub facility: FacilityId,
    pub letter: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub queue: QueueId,
    pub facility: FacilityId,
    pub letter: String,
    pub day: LocalDate,
    pub number: i32,
    pub state: State,
    pub issued_at: Timestamp,
    pub called_at: Option<Timestamp>,
}

impl Token {
    /// As it is called and printed: A12.
    pub fn label(&self) -> String {
        format!("{}{}", self.letter, self.number)
    }
}
