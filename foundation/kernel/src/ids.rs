//! Every id has its own type, declared here, so that to mention one costs no dependency.

use uuid::Uuid;

/// A UUIDv7 with a meaning. Made by `Tx::id`, or read from a row or a path.
pub trait TypedId: Copy + Send + Sync + 'static {
    fn from_uuid(id: Uuid) -> Self;
    fn uuid(self) -> Uuid;
}

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
                 schemars::JsonSchema)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn from_uuid(id: Uuid) -> Self { Self(id) }
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl TypedId for $name {
            fn from_uuid(id: Uuid) -> Self { Self(id) }
            fn uuid(self) -> Uuid { self.0 }
        }
        impl From<Uuid> for $name { fn from(id: Uuid) -> Self { Self(id) } }
        impl From<$name> for Uuid { fn from(id: $name) -> Self { id.0 } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    )+};
}

typed_id! {
    /// A person's (or service's) way in.
    AccountId,
    SessionId, RegistrationId, CredentialId, CodeId,
    /// Who may act for a patient.
    ProxyId,
    PatientId, PractitionerId, CareLinkId, CheckId,
    /// A card by which a patient is recognized; two records that may be one person's; two that are joined.
    CardId, DuplicateId, RecordJoinId,
    FacilityId,
    /// A queue of a place for whoever walks in, and a number of it.
    QueueId, TokenId,
    ServiceId, ScheduleId, WindowId, ExceptionId, AppointmentId,
    /// A place on the waiting list.
    WaitingId,
    /// A rule of cancellation, in one version; a doctor's day that was called off.
    PolicyId, CalledOffId,
    VisitId, NoteId, AddendumId, MessageId, TranscriptId, SegmentId, DraftId, IntakeResponseId,
    /// The sound of a visit, and some seconds of it.
    RecordingId, RecordingPartId,
    /// A command of a visit's note; a paper that it issued has the same id.
    CommandId,
    /// Who supervises whom; a signed note that its supervisor checks, and a step of that.
    SupervisionId, NoteApprovalId, ApprovalStepId,
    /// Between visits: a conversation, what is said in it, who answers for an absent doctor, a price for an answer.
    ThreadId, ThreadMessageId, ThreadCoverId, EVisitId,
    /// A third party of a visit.
    VisitGuestId,
    /// In the room of a visit: a screen that is shared, a document that is shown, a photo that came, an address for a phone.
    ScreenShareId, ShowId, VisitPhotoId, PhotoLinkId,
    PrescriptionId, PrescriptionItemId, PrescribingFactsId, FillId, RefillRequestId,
    AllergyId, ProblemId, VitalsId, ImmunizationId, HistoryEntryId, DocumentId,
    /// What a patient decided about a doctor; an emergency access; a question about who looked.
    ConsentId, BreakGlassId, AccessQuestionId,
    ChargeId, PaymentId, RefundId, InvoiceId, JournalId,
    ReconciliationId,
    PriceId, TaxRateId, DiscountId, BillLineId,
    /// A rule of splitting in one version; a doctor's part of a payment; money on its way to a doctor; a card holder's objection.
    SplitRuleId, ShareId, PayoutId, PayoutBatchId, DisputeId,
    NoticeId, DeliveryId, JobId, EventId,
    ReviewId,
    ReminderId,
    /// A private address of one's own calendar; a calendar elsewhere that is read.
    CalendarFeedId, OutsideCalendarId,
    /// What waits for the daily letter.
    DigestLineId,
    /// Somebody wants a doctor now, and a doctor who is asked.
    UrgentRequestId, UrgentOfferId,
}
