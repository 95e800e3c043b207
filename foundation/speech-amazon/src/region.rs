//! Where Amazon's machines stand.

/// Regions that have Amazon Transcribe streaming, and the country each is in (ISO 3166-1).
/// Source: AWS General Reference, "Amazon Transcribe endpoints and quotas"; AWS Regions and Availability Zones.
const REGIONS: [(&str, &str); 18] = [
    ("af-south-1", "ZA"),
    ("ap-northeast-1", "JP"),
    ("ap-northeast-2", "KR"),
    ("ap-south-1", "IN"),
    ("ap-southeast-1", "SG"),
    ("ap-southeast-2", "AU"),
    ("ca-central-1", "CA"),
    ("eu-central-1", "DE"),
    ("eu-west-1", "IE"),
    ("eu-west-2", "GB"),
    ("eu-west-3", "FR"),
    ("me-central-1", "AE"),
    ("sa-east-1", "BR"),
    ("us-east-1", "US"),
    ("us-east-2", "US"),
    ("us-gov-west-1", "US"),
    ("us-west-1", "US"),
    ("us-west-2", "US"),
];

/// The country of a region; `None` for one that is not known here: where sound goes must be said.
pub fn country_of(region: &str) -> Option<&'static str> {
    REGIONS.into_iter().find(|(name, _)| *name == region).map(|(_, country)| country)
}
