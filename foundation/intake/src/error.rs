//! Why a file is not taken.

/// What is wrong with a file. Each has words of its own wherever files are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than its kind may be")]
    TooLarge,
    #[error("the file is an archive")]
    Archive,
    #[error("the file is an office document")]
    Office,
    #[error("the file is a web page or a drawing in XML")]
    Markup,
    #[error("the file is a program")]
    Program,
    #[error("the file is neither PDF, JPEG nor PNG")]
    Unknown,
    /// Two kinds in one, or something behind its end.
    #[error("the file is two files in one")]
    Mixed,
    #[error("the file does not open")]
    Damaged,
    #[error("the PDF is locked with a password")]
    Encrypted,
    /// JavaScript, programs to start, files inside, forms that send.
    #[error("the PDF holds more than pages: scripts, actions or files")]
    Active,
    #[error("the PDF has too many pages")]
    TooManyPages,
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// It unpacks to far more than it weighs.
    #[error("the file takes more memory or time to open than a document needs")]
    Exhausting,
}

impl Refusal {
    pub const ALL: [Self; 14] = [
        Self::Empty,
        Self::TooLarge,
        Self::Archive,
        Self::Office,
        Self::Markup,
        Self::Program,
        Self::Unknown,
        Self::Mixed,
        Self::Damaged,
        Self::Encrypted,
        Self::Active,
        Self::TooManyPages,
        Self::TooManyPixels,
        Self::Exhausting,
    ];

    /// Stable, for keys of words and for the child's pipe.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Archive => "archive",
            Self::Office => "office",
            Self::Markup => "markup",
            Self::Program => "program",
            Self::Unknown => "unknown",
            Self::Mixed => "mixed",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::Active => "active",
            Self::TooManyPages => "too-many-pages",
            Self::TooManyPixels => "too-many-pixels",
            Self::Exhausting => "exhausting",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

/// Why a file did not come in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The sender went away, or sent nothing for too long.
    #[error("the file broke off")]
    BrokeOff,
    /// Too many files are coming in at this moment.
    #[error("too many files at once")]
    Busy,
    #[error("the temporary file failed: {0}")]
    Disk(#[source] std::io::Error),
    #[error("the inspecting process could not be run: {0}")]
    Inspector(#[source] std::io::Error),
}
