//! The doctor's queue of requests for refills.

use askama::Template;
use axum::extract::Path;
use chart::purpose;
use kernel::ids::PrescriptionId;
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame};

use crate::{
    prescribing::{self, Copying, ReadError, SignError, Signing, limit_codes},
    refills::{
        DecideError, Decision,
        model::{Reason, RefillRequest},
        read, store,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct DecisionFields {
    decision: String,
    reason: String,
    answer: String,
    code: String,
}

struct Line {
    prescription: PrescriptionId,
    patient: String,
    patient_href: String,
    medicines: Vec<(String, String)>,
    signed_on: String,
    note: String,
    status: String,
    tone: &'static str,
    requested_at: String,
    overdue: bool,
    /// Why it cannot be read, for an altered prescription.
    altered: bool,
}

#[derive(Template)]
#[template(path = "refills/pages/queue.html")]
struct QueuePage {
    page: PageFrame,
    lines: Vec<Line>,
    reasons: Vec<(&'static str, String)>,
}

/// `GET /doctor/refills`
pub(crate) async fn queue(me: Doctor) -> web::Result {
    let practitioner = me.actor().practitioner.ok_or(ReadError::NotFound)?;
    let mut tx = me.begin().await?;
    let requests = read::open_requests(&mut tx, me.app().vault(), practitioner).await?;
    let patients: Vec<_> = requests.iter().map(|request| request.patient).collect();
    let names = store::list_names(&mut tx, &patients).await?;
    let mut lines = Vec::with_capacity(requests.len());
    for request in requests {
        let name = names.iter().find(|(id, _)| *id == request.patient).map(|(_, name)| name.clone());
        let read = prescribing::find_for(&mut tx, me.app().vault(), request.prescription, purpose::TREATMENT).await;
        let prescription = match read {
            Ok(prescription) => Some(prescription),
            Err(ReadError::Altered(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let overdue = request.due_at <= tx.now();
        lines.push(line(&me, request, name.unwrap_or_default(), prescription.as_ref(), overdue));
    }
    tx.commit().await?;
    let reasons = Reason::ALL
        .into_iter()
        .map(|reason| (reason.as_str(), me.t(format!("prescriptions-refill-reason-{}", reason.as_str()))))
        .collect();
    web::render(&QueuePage { page: me.page("prescriptions-refills-title"), lines, reasons })
}

fn line(
    me: &Ctx,
    request: RefillRequest,
    patient: String,
    prescription: Option<&prescribing::Prescription>,
    overdue: bool,
) -> Line {
    let page = me.page("prescriptions-refills-title");
    let medicines = prescription.map_or_else(Vec::new, |prescription| {
        prescription
            .items
            .iter()
            .map(|item| {
                let how = prescribing::directions(me.locale(), &item.content.directions);
                (prescribing::medicine(me.locale(), &item.content), how)
            })
            .collect()
    });
    Line {
        prescription: request.prescription,
        patient,
        patient_href: format!("/doctor/patients/{}", request.patient),
        medicines,
        signed_on: prescription
            .and_then(|prescription| prescription.signed_at)
            .map(|at| page.day(at))
            .unwrap_or_default(),
        note: request.note,
        status: page.t(format!("prescriptions-refill-status-{}", request.status.as_str())),
        tone: request.status.tone(),
        requested_at: page.when(request.requested_at),
        overdue,
        altered: prescription.is_none(),
    }
}

/// `POST /prescriptions/{prescription}/refill-decisions`
pub(crate) async fn decide(
    me: Doctor,
    Path(id): Path<PrescriptionId>,
    Form(form): Form<DecisionFields>,
) -> web::Result {
    let reason = Reason::ALL.into_iter().find(|reason| reason.as_str() == form.reason).unwrap_or_default();
    let code = Some(form.code.trim().to_owned()).filter(|code| !code.is_empty());
    let decision = match form.decision.as_str() {
        // A copy to edit: its signature answers the request.
        "change" => return prescribing::copied(&me, id, Copying::Renewing).await,
        "approve" => Decision::Approve(Signing { overrides: Vec::new(), code }),
        "defer" => Decision::Defer(reason),
        _ => Decision::Deny(reason),
    };
    if matches!(&decision, Decision::Approve(signing) if signing.code.is_some()) {
        limit_codes(&me).await?;
    }
    let mut tx = me.begin().await?;
    match crate::refills::decide(&mut tx, me.app().vault(), me.actor(), id, decision, &form.answer).await {
        Ok(_) => {
            tx.commit().await?;
            me.flash_ok("prescriptions-refill-answered");
        }
        // Alerts, restrictions and codes are answered on the page of the copy, where there is room for them.
        Err(DecideError::Sign(
            SignError::OverrideNeeded(_)
            | SignError::Restricted(_)
            | SignError::TwoFactorMissing
            | SignError::CodeNeeded,
        )) => {
            drop(tx);
            return prescribing::copied(&me, id, Copying::Renewing).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(me.redirect("/doctor/refills"))
}
