//! Every setting there is. The crates that own them read them; this is the list, for `bedside config --help`, for
//! `docs/operations.md`, and to find misspelt ones.

/// One environment variable.
#[derive(Debug)]
pub struct Setting {
    pub name: &'static str,
    /// What holds when it is not set.
    pub default: &'static str,
    pub meaning: &'static str,
    pub secret: bool,
}

const fn open(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning, secret: false }
}

const fn secret(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning, secret: true }
}

/// By theme: the server, the database, keys and files, mail and texts, payments, media.
pub const ALL: &[Setting] = &[
    open("BEDSIDE_ENV", "production", "`production` refuses demonstration mode; `demonstration` is what --demo means"),
    open("BEDSIDE_ADDR", "127.0.0.1:8080", "address and port for pages and API"),
    open("BEDSIDE_INTERNAL_ADDR", "127.0.0.1:9464", "address and port for /metrics; `off` for none"),
    open(
        "BEDSIDE_BASE_URL",
        "http://BEDSIDE_ADDR in demonstration mode",
        "how browsers reach the server, such as https://care.example.org",
    ),
    open("BEDSIDE_BRAND", "Bedside; Meridian Health in demonstration mode", "the name on pages and in mail"),
    open("BEDSIDE_DATA", "./data", "folder for the private database, keys, files and anchors"),
    open("BEDSIDE_LOG", "info,sqlx=warn", "what is logged, as tracing's filter"),
    open("BEDSIDE_LOG_FORMAT", "text on a terminal, else json", "`text` or `json`"),
    open("BEDSIDE_MAX_CONNECTIONS", "10000", "connections of clients at once"),
    secret(
        "DATABASE_URL",
        "a private PostgreSQL under BEDSIDE_DATA",
        "the database for requests; its role should be a member of bedside_app",
    ),
    secret("BEDSIDE_OWNER_URL", "DATABASE_URL", "the database's owner, for `bedside migrate`"),
    open("BEDSIDE_DB_CONNECTIONS", "20", "connections to the database of this process"),
    open("PG_BIN", "the newest of /usr/lib/postgresql", "folder of the PostgreSQL programs for the private database"),
    open("BEDSIDE_KEYS", "BEDSIDE_DATA/keys", "folder of the master keys; keep it out of the database's backups"),
    open("BEDSIDE_KMS_KEY", "none", "AWS KMS key that wraps the master keys"),
    open("BEDSIDE_KMS_ENDPOINT", "AWS", "another endpoint of the KMS"),
    open(
        "BEDSIDE_ANCHORS",
        "BEDSIDE_DATA/anchors/audit.jsonl",
        "file of the audit trail's anchors; put it on another disk or host",
    ),
    open("BEDSIDE_ANCHOR_KEY", "BEDSIDE_DATA/keys/anchor.key", "the key that signs anchors"),
    open("BEDSIDE_FILES", "BEDSIDE_DATA/files", "folder of sealed files"),
    open(
        "BEDSIDE_CLAMD",
        "no scanner: PDFs stay in quarantine; `none` in demonstration mode",
        "the virus scanner clamd, as host:port or the path of its socket; `none` to work without one on purpose",
    ),
    open("BEDSIDE_S3_BUCKET", "none", "bucket of sealed files, instead of BEDSIDE_FILES"),
    open("BEDSIDE_S3_ENDPOINT", "AWS", "another S3-compatible store"),
    open("AWS_REGION", "none", "for KMS and S3"),
    secret("AWS_ACCESS_KEY_ID", "none", "for KMS and S3"),
    secret("AWS_SECRET_ACCESS_KEY", "none", "for KMS and S3"),
    secret("AWS_SESSION_TOKEN", "none", "for KMS and S3"),
    secret(
        "BEDSIDE_SMTP_URL",
        "the development mailbox in demonstration mode",
        "smtps://user:password@host, or smtp:// for STARTTLS",
    ),
    open("BEDSIDE_MAIL_FROM", "none", "sender of mail, such as Bedside <care@example.org>"),
    open("BEDSIDE_TWILIO_ACCOUNT_SID", "no text messages", "text messages through Twilio"),
    secret("BEDSIDE_TWILIO_AUTH_TOKEN", "none", "with BEDSIDE_TWILIO_ACCOUNT_SID"),
    open("BEDSIDE_TWILIO_FROM", "none", "sending number, with BEDSIDE_TWILIO_ACCOUNT_SID"),
    open("BEDSIDE_TWILIO_URL", "Twilio", "another endpoint, for tests"),
    open("BEDSIDE_REMINDERS", "24h,1h", "how long before a visit its patient is reminded; `off` for never"),
    open("BEDSIDE_ZONE", "UTC", "the house's time zone, such as Africa/Nairobi: where the days of its books begin"),
    open(
        "BEDSIDE_REFUND_ALONE",
        "50",
        "whole units of any currency that one administrator may give back of a payment; more needs a second one",
    ),
    open(
        "BEDSIDE_MAJORITY",
        "18",
        "at which age a parent no longer acts for a child; countries that differ follow, as in 18,JP:20",
    ),
    open(
        "BEDSIDE_MESSAGES_WORKING_DAYS",
        "2",
        "within how many working days of the doctor a message is to be answered, 1 to 10",
    ),
    open(
        "BEDSIDE_MESSAGES_DAYS_AFTER_VISIT",
        "90",
        "for how many days after the last visit a patient may still write to the doctor, 1 to 730",
    ),
    open(
        "BEDSIDE_E_VISIT_DAYS",
        "7",
        "for how many days a proposed price stands, and once accepted may be paid, 1 to 30",
    ),
    open(
        "BEDSIDE_DUPLICATES",
        "10,18,28",
        "from how many bits on two records count as one person's with low, medium and high likelihood",
    ),
    open(
        "BEDSIDE_PATIENT_GRACE_MINUTES",
        "10",
        "after the start, before a patient who did not come counts as absent by the clock",
    ),
    open("BEDSIDE_DOCTOR_GRACE_MINUTES", "15", "the same for a doctor for whom a patient waits"),
    open("BEDSIDE_WAITING_LIST_MINUTES", "60", "how long a time that got free is kept for whom it is offered to"),
    open(
        "BEDSIDE_CALENDARS",
        "world",
        "where doctors' calendars elsewhere may be: `world` for public addresses, `here` besides for this very machine (tests)",
    ),
    secret(
        "BEDSIDE_STRIPE_SECRET_KEY",
        "the sandbox gateway in demonstration mode",
        "payments through Stripe Checkout",
    ),
    secret("BEDSIDE_STRIPE_WEBHOOK_SECRETS", "none", "signing secrets of Stripe's webhooks, by commas, newest first"),
    open("BEDSIDE_STRIPE_URL", "Stripe", "another endpoint, for tests"),
    open("BEDSIDE_RTC_UDP", "a free port of 127.0.0.1", "address and port where media arrives"),
    open("BEDSIDE_RTC_TCP", "a free port of 127.0.0.1", "the same for networks that block UDP"),
    open("BEDSIDE_RTC_ANNOUNCE", "the bound addresses", "addresses that browsers are told, by commas"),
    open("BEDSIDE_SPEECH", "`speech` in BEDSIDE_DATA", "the folder of the speech engine (make speech), or `off`"),
    open("BEDSIDE_SPEECH_THREADS", "1", "threads that work on one utterance"),
    open(
        "BEDSIDE_RECORDING_DAYS",
        "off",
        "days after which the sound of recorded visits is deleted; `off`: nobody is asked",
    ),
    open(
        "BEDSIDE_SPEECH_OUTSIDE",
        "allowed",
        "`never`: no sound of a visit leaves this hospital, whatever else is set",
    ),
    open(
        "BEDSIDE_SPEECH_AMAZON_REGION",
        "none",
        "Amazon Transcribe for languages that no engine here knows: its region, such as eu-central-1",
    ),
    open("BEDSIDE_SPEECH_AMAZON_LANGUAGES", "none", "those languages by commas, as Amazon writes them: ar-AE,fr-FR"),
    open("BEDSIDE_SPEECH_AMAZON_KEY", "none", "the id of an access key that may transcribe streams, and nothing else"),
    secret("BEDSIDE_SPEECH_AMAZON_SECRET", "none", "its secret"),
    secret("BEDSIDE_SPEECH_AMAZON_TOKEN", "none", "its session token, where it is a temporary one"),
    open("BEDSIDE_SPEECH_AMAZON_URL", "Amazon", "another endpoint, for tests"),
    open("BEDSIDE_TRANSCRIPT_DAYS", "30", "days after which what was said at a visit is deleted"),
    open("BEDSIDE_MODEL_URL", "none", "a language model for drafts of notes: the base of a chat completions API"),
    open("BEDSIDE_MODEL", "none", "the name of the language model"),
    secret("BEDSIDE_MODEL_KEY", "none", "its key"),
    open("BEDSIDE_RTC_ANNOUNCE_UDP", "BEDSIDE_RTC_ANNOUNCE", "the same with ports, where a translator maps them, too"),
    open("BEDSIDE_RTC_ANNOUNCE_TCP", "BEDSIDE_RTC_ANNOUNCE", "the same for TCP"),
    open(
        "BEDSIDE_RTC_ANNOUNCE_WEB",
        "BEDSIDE_ADDR, where pages are http",
        "address and port at which BEDSIDE_ADDR is reached past any proxy with TLS: for networks that pass nothing else",
    ),
    open("BEDSIDE_RTC_TRANSPORT", "all", "`all`, or `tcp` or `web` for that alone"),
    open("BEDSIDE_MEDIA_OWN", "on", "`off` carries no call in this process: then BEDSIDE_MEDIA_NODES do"),
    open(
        "BEDSIDE_MEDIA_NODES",
        "none",
        "where `bedside media` processes are asked, such as http://10.0.0.5:9500, by commas",
    ),
    open(
        "BEDSIDE_MEDIA_CONTROL",
        "127.0.0.1:9500",
        "address and port where `bedside media` is asked; never a public one",
    ),
    secret("BEDSIDE_MEDIA_SECRET", "none", "what servers and `bedside media` share, of 32 characters at least"),
];

/// As `bedside config --help` ends.
pub fn help() -> String {
    let mut text = String::from("Settings come from the environment:\n");
    for setting in ALL {
        text.push_str("\n  ");
        text.push_str(setting.name);
        text.push_str("\n      ");
        text.push_str(setting.meaning);
        text.push_str("\n      Default: ");
        text.push_str(setting.default);
        text.push('\n');
    }
    text
}

/// Whether a variable that looks like ours is none.
pub fn is_misspelt(name: &str) -> bool {
    // Those of tests and of the container's own use are nobody's mistake.
    name.starts_with("BEDSIDE_")
        && !name.starts_with("BEDSIDE_TEST_")
        && name != "BEDSIDE_CI"
        && name != "BEDSIDE_BIN"
        && !ALL.iter().any(|setting| setting.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_setting_is_noticed() {
        assert!(is_misspelt("BEDSIDE_ADRR"));
        assert!(!is_misspelt("BEDSIDE_ADDR"));
        assert!(!is_misspelt("PATH"));
    }
}
