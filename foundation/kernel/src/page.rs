//! Lists come in pages by keyset: the cursor says where the next one starts.

/// Where the next page starts; opaque to clients.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<Cursor>,
}

/// What the caller asked for; `limit` is kept within 1..=100.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
pub struct PageRequest {
    #[serde(default)]
    limit: Option<i64>,
    #[serde(default)]
    pub cursor: Option<Cursor>,
}

impl PageRequest {
    pub const fn of(limit: i64, cursor: Option<Cursor>) -> Self {
        Self { limit: Some(limit), cursor }
    }

    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(20).clamp(1, 100)
    }

    pub fn limit_usize(&self) -> usize {
        usize::try_from(self.limit()).unwrap_or(20)
    }
}

impl<T> Page<T> {
    /// From one row more than was asked for: the extra row only proves that there is a next page.
    pub fn from_rows(mut items: Vec<T>, request: &PageRequest, cursor_of: impl Fn(&T) -> String) -> Self {
        let more = items.len() > request.limit_usize();
        items.truncate(request.limit_usize());
        let next_cursor = if more { items.last().map(|last| Cursor(cursor_of(last))) } else { None };
        Self { items, next_cursor }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor }
    }
}
