use kernel::ids::{AccountId, PatientId, PractitionerId, SessionId};
use uuid::Uuid;

/// Who asks, as row-level security sees it. Lives as long as one transaction.
#[derive(Clone, Debug, Default)]
pub struct Context {
    pub account: Option<AccountId>,
    pub session: Option<SessionId>,
    /// Role names, as `access::Role` writes them.
    pub roles: Vec<&'static str>,
    /// The patients this account speaks for.
    pub patients: Vec<PatientId>,
    pub practitioner: Option<PractitionerId>,
    pub request_id: Option<Uuid>,
    /// Set for work that no person asked for: the reason, for the audit trail.
    pub system: Option<&'static str>,
}

impl Context {
    /// A visitor: sees what is published.
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// Work of the program itself: jobs, webhooks, sign-in before an account is known.
    pub fn system(why: &'static str) -> Self {
        Self { system: Some(why), ..Self::default() }
    }

    pub fn is_system(&self) -> bool {
        self.system.is_some()
    }

    /// The settings in the order of the statement in `Db::begin`.
    pub(crate) fn settings(&self) -> [String; 8] {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let patients: Vec<String> = self.patients.iter().map(ToString::to_string).collect();
        [
            if self.is_system() { "on".into() } else { String::new() },
            self.system.unwrap_or_default().to_owned(),
            id(self.account.map(Into::into)),
            id(self.session.map(Into::into)),
            id(self.practitioner.map(Into::into)),
            if patients.is_empty() { String::new() } else { format!("{{{}}}", patients.join(",")) },
            self.roles.join(","),
            id(self.request_id),
        ]
    }
}
