use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{AccountId, PatientId, PractitionerId, PrescriptionId, PrescriptionItemId, VisitId},
};

/// A visit at which the present practitioner may prescribe.
pub(crate) struct VisitRow {
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
}

/// The visit, if it is this practitioner's own and the patient is in their care now.
pub(crate) async fn find_visit(
    tx: &mut Tx,
    visit: VisitId,
    practitioner: PractitionerId,
) -> Result<Option<VisitRow>, db::Error> {
    Ok(sqlx::query_as!(
        VisitRow,
        r#"select patient_id as "patient: PatientId", practitioner_id as "practitioner: PractitionerId"
           from visits where id = $1 and practitioner_id = $2 and app.treats(patient_id)"#,
        visit as VisitId,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Nobody joins the record with another until the transaction ends.
pub(crate) async fn hold_record(tx: &mut Tx, patient: PatientId) -> Result<(), db::Error> {
    sqlx::query_scalar!(r#"select app.hold_record($1)::text as "held""#, patient as PatientId)
        .fetch_one(tx.conn())
        .await?;
    Ok(())
}

/// A row of `prescriptions`.
pub(crate) struct Row {
    pub(crate) id: PrescriptionId,
    pub(crate) visit: VisitId,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) status: String,
    pub(crate) version: i32,
    pub(crate) content_sealed: Vec<u8>,
    pub(crate) content_hash: Option<Vec<u8>>,
    pub(crate) verify_code: Option<String>,
    pub(crate) signed_at: Option<Timestamp>,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) end_reason: Option<String>,
    pub(crate) replaces: Option<PrescriptionId>,
    pub(crate) renews: Option<PrescriptionId>,
}

/// One prescription, with the audit row of having read it.
pub(crate) async fn find(tx: &mut Tx, id: PrescriptionId, purpose: &str) -> Result<Option<Row>, db::Error> {
    Ok(sqlx::query_as!(
        Row,
        r#"with found as materialized (select p.id, p.visit_id, p.patient_id, p.practitioner_id, p.status, p.version, p.content_sealed,
                   p.content_hash, p.verify_code, p.signed_at, p.valid_until, p.ended_at, p.end_reason, p.replaces, p.renews,
                   audit.append('read', 'prescription', p.id, p.patient_id, $2) as seq
               from prescriptions p where p.id = $1)
           select id as "id!: PrescriptionId", visit_id as "visit!: VisitId", patient_id as "patient!: PatientId",
                  practitioner_id as "practitioner!: PractitionerId", status as "status!", version as "version!",
                  content_sealed as "content_sealed!", content_hash, verify_code, signed_at as "signed_at: Timestamp",
                  valid_until as "valid_until: Timestamp", ended_at as "ended_at: Timestamp", end_reason,
                  replaces as "replaces: PrescriptionId", renews as "renews: PrescriptionId"
           from found where seq > 0"#,
        id as PrescriptionId,
        purpose
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One prescription of this practitioner, held until the transaction ends.
pub(crate) async fn lock_own(
    tx: &mut Tx,
    id: PrescriptionId,
    practitioner: PractitionerId,
) -> Result<Option<Row>, db::Error> {
    Ok(sqlx::query_as!(
        Row,
        r#"select id as "id: PrescriptionId", visit_id as "visit: VisitId", patient_id as "patient: PatientId",
                  practitioner_id as "practitioner: PractitionerId", status, version, content_sealed, content_hash, verify_code,
                  signed_at as "signed_at: Timestamp", valid_until as "valid_until: Timestamp", ended_at as "ended_at: Timestamp",
                  end_reason, replaces as "replaces: PrescriptionId", renews as "renews: PrescriptionId"
           from prescriptions where id = $1 and practitioner_id = $2 for update"#,
        id as PrescriptionId,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Signed prescriptions of a person, of all their records, newest first, with the audit row of having read them.
pub(crate) async fn list_signed(
    tx: &mut Tx,
    patient: PatientId,
    purpose: &str,
    limit: i64,
) -> Result<Vec<Row>, db::Error> {
    Ok(sqlx::query_as!(
        Row,
        r#"with seen as materialized (select audit.append('read', 'prescriptions', null, $1, $2) as seq)
           select p.id as "id!: PrescriptionId", p.visit_id as "visit!: VisitId", p.patient_id as "patient!: PatientId",
                  p.practitioner_id as "practitioner!: PractitionerId", p.status as "status!", p.version as "version!",
                  p.content_sealed as "content_sealed!", p.content_hash, p.verify_code, p.signed_at as "signed_at: Timestamp",
                  p.valid_until as "valid_until: Timestamp", p.ended_at as "ended_at: Timestamp", p.end_reason,
                  p.replaces as "replaces: PrescriptionId", p.renews as "renews: PrescriptionId"
           from seen join lateral (select one.* from unnest(app.joined($1)) r (id) cross join lateral (
                   select id, visit_id, patient_id, practitioner_id, status, version, content_sealed, content_hash, verify_code, signed_at,
                       valid_until, ended_at, end_reason, replaces, renews
                   from prescriptions where patient_id = r.id and signed_at is not null and seen.seq > 0
                   order by signed_at desc, id desc limit $3) one
               order by one.signed_at desc, one.id desc limit $3) p on true
           order by p.signed_at desc, p.id desc"#,
        patient as PatientId,
        purpose,
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Those of these signed prescriptions that the reader may see. Whoever found them has written the row of having read them.
pub(crate) async fn list_by_ids(tx: &mut Tx, ids: &[PrescriptionId]) -> Result<Vec<Row>, db::Error> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_as!(
        Row,
        r#"select id as "id: PrescriptionId", visit_id as "visit: VisitId", patient_id as "patient: PatientId",
                  practitioner_id as "practitioner: PractitionerId", status, version, content_sealed, content_hash, verify_code,
                  signed_at as "signed_at: Timestamp", valid_until as "valid_until: Timestamp", ended_at as "ended_at: Timestamp",
                  end_reason, replaces as "replaces: PrescriptionId", renews as "renews: PrescriptionId"
           from prescriptions where id = any ($1) and signed_at is not null"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Prescriptions of one visit, newest first, drafts too, as far as the reader may see them.
pub(crate) async fn list_ids_of_visit(tx: &mut Tx, visit: VisitId) -> Result<Vec<PrescriptionId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PrescriptionId" from prescriptions where visit_id = $1 and (status <> 'cancelled' or signed_at is not null)
           order by created_at desc, id desc limit 20"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The latest draft of this practitioner at a visit.
pub(crate) async fn find_draft_of_visit(
    tx: &mut Tx,
    visit: VisitId,
    practitioner: PractitionerId,
) -> Result<Option<PrescriptionId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PrescriptionId" from prescriptions
           where visit_id = $1 and practitioner_id = $2 and status = 'draft' order by created_at desc, id desc limit 1"#,
        visit as VisitId,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A row of `prescription_items`.
pub(crate) struct ItemRow {
    pub(crate) id: PrescriptionItemId,
    pub(crate) prescription: PrescriptionId,
    pub(crate) position: i32,
    pub(crate) quantity: i32,
    pub(crate) quantity_unit: String,
    pub(crate) refills: i32,
    pub(crate) content_sealed: Vec<u8>,
}

/// Items of these prescriptions, in order.
pub(crate) async fn list_items(tx: &mut Tx, prescriptions: &[PrescriptionId]) -> Result<Vec<ItemRow>, db::Error> {
    let ids: Vec<uuid::Uuid> = prescriptions.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_as!(
        ItemRow,
        r#"select id as "id: PrescriptionItemId", prescription_id as "prescription: PrescriptionId", position, quantity,
                  quantity_unit, refills, content_sealed
           from prescription_items where prescription_id = any ($1) order by prescription_id, position"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) struct NewDraft<'a> {
    pub(crate) id: PrescriptionId,
    pub(crate) visit: VisitId,
    pub(crate) patient: PatientId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) sealed: &'a [u8],
    pub(crate) replaces: Option<PrescriptionId>,
    pub(crate) renews: Option<PrescriptionId>,
}

pub(crate) async fn insert_draft(tx: &mut Tx, draft: NewDraft<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into prescriptions (id, visit_id, patient_id, practitioner_id, status, version, content_sealed, created_at, replaces,
             renews)
         values ($1, $2, $3, $4, 'draft', 1, $5, $6, $7, $8)",
        draft.id as PrescriptionId,
        draft.visit as VisitId,
        draft.patient as PatientId,
        draft.practitioner as PractitionerId,
        draft.sealed,
        now as Timestamp,
        draft.replaces as Option<PrescriptionId>,
        draft.renews as Option<PrescriptionId>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) struct NewItemRow<'a> {
    pub(crate) id: PrescriptionItemId,
    pub(crate) prescription: PrescriptionId,
    pub(crate) patient: PatientId,
    pub(crate) position: i32,
    pub(crate) quantity: i32,
    pub(crate) quantity_unit: &'static str,
    pub(crate) refills: i32,
    pub(crate) sealed: &'a [u8],
}

pub(crate) async fn insert_item(tx: &mut Tx, item: NewItemRow<'_>) -> Result<(), db::Error> {
    sqlx::query!(
        "insert into prescription_items (id, prescription_id, patient_id, position, quantity, quantity_unit, content_sealed, refills)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        item.id as PrescriptionItemId,
        item.prescription as PrescriptionId,
        item.patient as PatientId,
        item.position,
        item.quantity,
        item.quantity_unit,
        item.sealed,
        item.refills
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes an item off a draft; false when it is not on it.
pub(crate) async fn delete_item(
    tx: &mut Tx,
    prescription: PrescriptionId,
    item: PrescriptionItemId,
) -> Result<bool, db::Error> {
    let deleted = sqlx::query!(
        "delete from prescription_items where id = $1 and prescription_id = $2",
        item as PrescriptionItemId,
        prescription as PrescriptionId
    )
    .execute(tx.conn())
    .await?;
    Ok(deleted.rows_affected() == 1)
}

pub(crate) struct Signature<'a> {
    pub(crate) id: PrescriptionId,
    pub(crate) version: i32,
    pub(crate) sealed: &'a [u8],
    pub(crate) hash: &'a [u8],
    pub(crate) verify_code: &'a str,
    pub(crate) signed_at: Timestamp,
    pub(crate) valid_until: Timestamp,
    pub(crate) purpose: &'static str,
}

/// Signs a draft, with its audit row; false when it is none any more.
pub(crate) async fn set_signed(tx: &mut Tx, signature: Signature<'_>) -> Result<bool, db::Error> {
    let signed = sqlx::query_scalar!(
        r#"with signed as (
               update prescriptions set status = 'active', version = $2, content_sealed = $3, content_hash = $4, verify_code = $5,
                   signed_at = $6, valid_until = $7, updated_at = $6
               where id = $1 and status = 'draft' returning id, patient_id)
           select audit.append('sign', 'prescription', signed.id, signed.patient_id, $8) as "seq!" from signed"#,
        signature.id as PrescriptionId,
        signature.version,
        signature.sealed,
        signature.hash,
        signature.verify_code,
        signature.signed_at as Timestamp,
        signature.valid_until as Timestamp,
        signature.purpose
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(signed.is_some())
}

/// Puts a prescription on hold (`on_hold`) or lets it go on (`active`), with its audit row.
pub(crate) async fn set_held(
    tx: &mut Tx,
    id: PrescriptionId,
    status: &'static str,
    purpose: &'static str,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with turned as (
               update prescriptions set status = $2, held_at = case when $2 = 'on_hold' then $3::timestamptz end, updated_at = $3
               where id = $1 returning id, patient_id)
           select audit.append('hold', 'prescription', turned.id, turned.patient_id, $4) as "seq!" from turned"#,
        id as PrescriptionId,
        status,
        now as Timestamp,
        purpose
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(())
}

/// What happened between patient and prescriber before this moment, as far as a law asks for it.
pub(crate) struct Past {
    /// The prescriber's country; empty where none is kept.
    pub(crate) country: String,
    /// At this visit, or an earlier one, they saw each other.
    pub(crate) seen: bool,
    pub(crate) in_person_before: bool,
    pub(crate) prescribed_before: bool,
}

/// The past of both, and the country of the prescriber.
pub(crate) async fn find_past(
    tx: &mut Tx,
    visit: VisitId,
    patient: PatientId,
    practitioner: PractitionerId,
) -> Result<Option<Past>, db::Error> {
    Ok(sqlx::query_as!(
        Past,
        r#"select d.country,
                  exists (select from visits v join appointments a on a.id = v.appointment_id where v.patient_id = any (app.joined($2))
                      and v.practitioner_id = $3 and a.mode in ('video', 'in_person')) as "seen!",
                  exists (select from visits v join appointments a on a.id = v.appointment_id where v.patient_id = any (app.joined($2))
                      and v.practitioner_id = $3 and a.mode = 'in_person'
                      and v.started_at <= (select started_at from visits where id = $1)) as "in_person_before!",
                  exists (select from prescriptions p where p.patient_id = any (app.joined($2)) and p.practitioner_id = $3
                      and p.signed_at is not null and p.status <> 'cancelled') as "prescribed_before!"
           from practitioners d where d.id = $3"#,
        visit as VisitId,
        patient as PatientId,
        practitioner as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The signed prescription with this code, held until the transaction ends. What it says is read afterwards: whoever waited for the row
/// must see what the one before has written. Only in the system context.
pub(crate) async fn lock_by_code(tx: &mut Tx, code: &str) -> Result<Option<PrescriptionId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PrescriptionId" from prescriptions where verify_code = $1 and signed_at is not null for update"#,
        code
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Ends a prescription, with its audit row.
pub(crate) async fn set_ended(
    tx: &mut Tx,
    id: PrescriptionId,
    status: &'static str,
    reason: &'static str,
    purpose: &'static str,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with ended as (
               update prescriptions set status = $2, ended_at = $3, end_reason = $4, held_at = null, updated_at = $3
               where id = $1 returning id, patient_id)
           select audit.append('end', 'prescription', ended.id, ended.patient_id, $5) as "seq!" from ended"#,
        id as PrescriptionId,
        status,
        now as Timestamp,
        reason,
        purpose
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(())
}

/// Who prescribes and for whom, for pages and paper.
pub(crate) struct People {
    pub(crate) patient_name: String,
    pub(crate) patient_record_no: String,
    pub(crate) patient_birth_date: Option<LocalDate>,
    pub(crate) patient_sex: String,
    pub(crate) patient_account: Option<AccountId>,
    pub(crate) prescriber_name: String,
    pub(crate) prescriber_qualification: String,
    pub(crate) prescriber_registration_no: String,
    pub(crate) prescriber_registration_body: String,
    pub(crate) prescriber_city: String,
    /// How patient and doctor met: `video`, `audio`, `chat`, `in_person`.
    /// How they met; hidden from whoever was not at that visit.
    pub(crate) mode: Option<String>,
}

/// Names and facts of both sides.
pub(crate) async fn find_people(tx: &mut Tx, id: PrescriptionId) -> Result<Option<People>, db::Error> {
    Ok(sqlx::query_as!(
        People,
        r#"select p.full_name as patient_name, p.record_no as patient_record_no,
                  p.birth_date as "patient_birth_date: LocalDate", p.sex_at_birth as patient_sex,
                  app.account_for(p.id, null) as "patient_account: AccountId", d.full_name as prescriber_name,
                  d.qualification as prescriber_qualification, d.registration_no as prescriber_registration_no,
                  d.registration_body as prescriber_registration_body, d.city as prescriber_city,
                  a.mode as "mode?"
           from prescriptions r join patients p on p.id = r.patient_id join practitioners d on d.id = r.practitioner_id
               left join visits v on v.id = r.visit_id left join appointments a on a.id = v.appointment_id
           where r.id = $1"#,
        id as PrescriptionId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Names of prescribers, for lists.
pub(crate) async fn list_prescribers(
    tx: &mut Tx,
    ids: &[PractitionerId],
) -> Result<Vec<(PractitionerId, String)>, db::Error> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows =
        sqlx::query!(r#"select id as "id: PractitionerId", full_name from practitioners where id = any ($1)"#, &ids)
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

/// The patient's name, for the prescribing page.
pub(crate) async fn find_patient_name(tx: &mut Tx, patient: PatientId) -> Result<Option<String>, db::Error> {
    Ok(sqlx::query_scalar!("select full_name from patients where id = $1", patient as PatientId)
        .fetch_optional(tx.conn())
        .await?)
}
