//! Sign a prescription: from here on it does not change.

use access::Actor;
use chart::purpose;
use db::Tx;
use kernel::ids::PrescriptionId;
use vault::Vault;
use web::live::{LiveEvent, Topic};

use super::{
    ReadError, SignError,
    content::{Header, Links, Override, Signed, at_header, signature},
    model::Prescription,
    policy, read, restrict,
    review::review,
    store::{self, Signature},
    tell::PrescriptionSigned,
};
use crate::oversight::{Outcome, note};

/// What a doctor gives with a signature.
#[derive(Debug, Clone, Default)]
pub struct Signing {
    /// Reasons for signing in spite of alerts.
    pub overrides: Vec<Override>,
    /// A code of the authenticator app, for controlled substances.
    pub code: Option<String>,
}

/// Sign a draft of this doctor. `overrides` must hold a reason for every hard alert that stands at this moment; others are dropped.
/// Alerts that stand in the way are counted: a door commits a refusal, too.
/// The patient hears of it, by the live page at once and by a job after the commit.
pub async fn sign(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    id: PrescriptionId,
    signing: Signing,
) -> Result<(), SignError> {
    let practitioner = actor.practitioner.ok_or(ReadError::NotFound)?;
    let row = store::lock_own(tx, id, practitioner).await?.ok_or(ReadError::NotFound)?;
    // Before anything of the record is read: what is joined meanwhile would not be checked.
    store::hold_record(tx, row.patient).await?;
    let draft = read::open(tx, vault, row).await?;
    if !draft.status.may_sign() {
        return Err(SignError::NotADraft);
    }
    if draft.items.is_empty() {
        return Err(SignError::Empty);
    }
    // The care link may have closed since the draft was begun.
    store::find_visit(tx, draft.visit, practitioner).await?.ok_or(ReadError::NotFound)?;
    let header = reasoned(tx, vault, &draft, signing.overrides).await?;
    restrict::allow(tx, vault, actor, &draft, signing.code.as_deref()).await?;
    seal(tx, vault, &draft, &header).await?;
    super::copy::settle(tx, vault, &draft).await?;
    let news = serde_json::json!({ "prescription": id, "visit": draft.visit, "status": "active" });
    web::live::publish(tx, Topic::Visit(draft.visit), LiveEvent { kind: "prescription", data: news.clone() }).await?;
    if let Some(account) = store::find_people(tx, id).await?.and_then(|people| people.patient_account) {
        web::live::publish(tx, Topic::Account(account), LiveEvent { kind: "prescription", data: news }).await?;
    }
    jobs::publish(tx, &PrescriptionSigned { prescription: id }).await?;
    Ok(())
}

/// The header as it will be signed: the alerts of this moment and the reasons for those that are hard.
async fn reasoned(
    tx: &mut Tx,
    vault: &Vault,
    draft: &Prescription,
    overrides: Vec<Override>,
) -> Result<Header, SignError> {
    let alerts = review(tx, vault, draft).await?;
    note(tx, vault, draft.id, draft.practitioner, &alerts, Outcome::Shown).await?;
    let mut reasons = Vec::new();
    let mut missing = Vec::new();
    for alert in alerts.iter().filter(|alert| alert.severity.is_hard()) {
        let given = overrides.iter().find(|given| given.alert == alert.id).map(|given| given.reason.trim());
        match given {
            None | Some("") => missing.push(alert.clone()),
            Some(reason) if !(3..=300).contains(&reason.chars().count()) => return Err(SignError::BadReason),
            Some(reason) => reasons.push(Override { alert: alert.id.clone(), reason: reason.to_owned() }),
        }
    }
    if !missing.is_empty() {
        return Err(SignError::OverrideNeeded(missing));
    }
    if !reasons.is_empty() {
        note(tx, vault, draft.id, draft.practitioner, &alerts, Outcome::Overridden).await?;
        let entry = audit::Entry {
            action: "override",
            object: "prescription",
            object_id: draft.id.uuid(),
            patient: Some(draft.patient),
            purpose: purpose::PRESCRIBING,
        };
        entry.record(tx, audit::Outcome::Done).await?;
    }
    let rules = crate::safety::version().to_owned();
    Ok(Header { notes: draft.header.notes.clone(), alerts, overrides: reasons, rules })
}

async fn seal(tx: &mut Tx, vault: &Vault, draft: &Prescription, header: &Header) -> Result<(), SignError> {
    let signed_at = tx.now();
    let valid_until = signed_at.plus_days(policy::valid_days(&draft.items));
    let verify_code = consultations::letters::code(tx);
    let version = draft.version + 1;
    let signed = Signed {
        id: draft.id,
        visit: draft.visit,
        patient: draft.patient,
        practitioner: draft.practitioner,
        version,
        signed_at,
        valid_until,
        verify_code: &verify_code,
        header,
        items: &draft.items,
        links: Links { replaces: draft.replaces, renews: draft.renews },
    };
    let hash = signature(vault, &signed)?;
    let sealed = vault.seal_json(tx, draft.patient, at_header(draft.id, version), header).await?;
    let row = Signature {
        id: draft.id,
        version,
        sealed: &sealed,
        hash: &hash,
        verify_code: &verify_code,
        signed_at,
        valid_until,
        purpose: purpose::PRESCRIBING,
    };
    if store::set_signed(tx, row).await? { Ok(()) } else { Err(SignError::NotADraft) }
}
