/// Why a job did not succeed. Any error converts, so that handlers use `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub(crate) why: String,
    pub(crate) again: Again,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    Later,
    Never,
}

impl Failed {
    /// Try again later. `why` goes to the operator: ids and causes, no health data.
    pub fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), again: Again::Later }
    }

    /// No attempt can succeed: bury the job at once.
    pub fn for_good(why: impl Into<String>) -> Self {
        Self { why: why.into(), again: Again::Never }
    }

    pub fn why(&self) -> &str {
        &self.why
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        let mut why = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !why.contains(&text) {
                why.push_str(": ");
                why.push_str(&text);
            }
            cause = error.source();
        }
        Self::because(why)
    }
}
