//! What is sealed, and the hash over all that was signed.

use aws_lc_rs::digest;
use kernel::{
    Timestamp,
    ids::{PatientId, PractitionerId, PrescriptionId, PrescriptionItemId, VisitId},
};
use serde::{Deserialize, Serialize};
use vault::{At, Vault};

use super::model::Item;
use crate::{
    directions::Directions,
    formulary::{Drug, Form},
    safety::Alert,
};

/// Sealed in the prescription's own row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Header {
    /// Notes to the patient; may be empty.
    pub notes: String,
    /// The alerts that stood when it was signed.
    pub alerts: Vec<Alert>,
    /// The reasons given for signing in spite of them.
    pub overrides: Vec<Override>,
    /// Version of the tables of rules that spoke; empty before there were versions, and left out then, so that the hash stays.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rules: String,
}

/// A reason for signing in spite of an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Id of the alert.
    pub alert: String,
    /// 3 to 300 characters.
    pub reason: String,
}

/// Sealed in the row of an item: the drug as it was in the formulary, and how to take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemContent {
    /// Code of the formulary.
    pub code: String,
    /// Ingredients with strengths, as on a label.
    pub substance: String,
    /// Ingredients.
    pub ingredients: Vec<String>,
    /// Form.
    pub form: Form,
    /// How to take it.
    pub directions: Directions,
    /// How many fills may follow the first; left out where there are none, so that what was signed before hashes as it did.
    #[serde(default, skip_serializing_if = "is_none")]
    pub refills: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_none(refills: &u8) -> bool {
    *refills == 0
}

impl ItemContent {
    /// The drug as it is in the formulary now, with these directions.
    pub fn of(drug: &Drug, directions: Directions) -> Self {
        Self {
            code: drug.code.to_owned(),
            substance: drug.substance(),
            ingredients: drug.ingredients.iter().map(|ingredient| (*ingredient).to_owned()).collect(),
            form: drug.form,
            directions,
            refills: 0,
        }
    }

    /// Substance and form in English, as on a label.
    pub fn name(&self) -> String {
        format!("{} {}", self.substance, self.form.as_str().replace('_', " "))
    }
}

/// Where a header is sealed to.
pub const fn at_header(id: PrescriptionId, version: i32) -> At {
    At::new("prescriptions", "content_sealed", id.uuid()).version(version)
}

/// Where an item is sealed to.
pub const fn at_item(id: PrescriptionItemId) -> At {
    At::new("prescription_items", "content_sealed", id.uuid())
}

/// All that a signature stands for.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The prescription.
    pub id: PrescriptionId,
    /// Its visit.
    pub visit: VisitId,
    /// Its patient.
    pub patient: PatientId,
    /// Its prescriber.
    pub practitioner: PractitionerId,
    /// Version of its content.
    pub version: i32,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// Until when it is valid.
    pub valid_until: Timestamp,
    /// The code of the public page.
    pub verify_code: &'a str,
    /// Its header.
    pub header: &'a Header,
    /// Its items, in order.
    pub items: &'a [Item],
    /// The one whose place it takes, and the one it renews.
    pub links: Links,
}

/// What a prescription was copied from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// The one whose place it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<PrescriptionId>,
    /// The one it renews.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<PrescriptionId>,
}

#[derive(Serialize)]
struct Canonical<'a> {
    form: &'static str,
    id: PrescriptionId,
    visit: VisitId,
    patient: PatientId,
    practitioner: PractitionerId,
    version: i32,
    signed_at: i64,
    valid_until: i64,
    verify_code: &'a str,
    header: &'a Header,
    items: Vec<(PrescriptionItemId, i32, i32, &'static str, &'a ItemContent)>,
    #[serde(flatten)]
    links: Links,
}

/// Until this moment (2026-12-15) signatures were plain hashes. A row that says it was signed before is believed for the thirty days
/// that it held then, and no longer: whoever dates a forgery back gains a prescription that has expired.
const PLAIN_UNTIL: i64 = 1_797_292_800;
const PLAIN_DAYS: i64 = 30;

/// The signature: a keyed mark over [`content_hash`]. Who can write every row, and knows every word of the content, still cannot make
/// one without the vault's key.
pub fn signature(vault: &Vault, signed: &Signed<'_>) -> Result<[u8; 32], serde_json::Error> {
    Ok(vault.mac("prescriptions.signature", &content_hash(signed)?))
}

/// Whether `stored` is the signature of this content.
pub(super) fn is_signature(vault: &Vault, signed: &Signed<'_>, stored: &[u8]) -> Result<bool, serde_json::Error> {
    if signature(vault, signed)?.as_slice() == stored {
        return Ok(true);
    }
    let plain =
        signed.signed_at.unix_seconds() < PLAIN_UNTIL && signed.valid_until <= signed.signed_at.plus_days(PLAIN_DAYS);
    Ok(plain && content_hash(signed)?.as_slice() == stored)
}

/// SHA-256 over the canonical form: JSON with fields in the order above, times in microseconds.
pub fn content_hash(signed: &Signed<'_>) -> Result<[u8; 32], serde_json::Error> {
    let canonical = Canonical {
        form: "bedside-prescription-1",
        id: signed.id,
        visit: signed.visit,
        patient: signed.patient,
        practitioner: signed.practitioner,
        version: signed.version,
        signed_at: signed.signed_at.micros(),
        valid_until: signed.valid_until.micros(),
        verify_code: signed.verify_code,
        header: signed.header,
        items: signed
            .items
            .iter()
            .map(|item| (item.id, item.position, item.quantity, item.quantity_unit.as_str(), &item.content))
            .collect(),
        links: signed.links,
    };
    let bytes = serde_json::to_vec(&canonical)?;
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, &bytes).as_ref());
    Ok(hash)
}
