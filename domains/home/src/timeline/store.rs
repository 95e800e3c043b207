//! One statement over the tables of all rooms.

use db::Tx;
use kernel::{Timestamp, Zone, ids::PatientId};
use uuid::Uuid;

use super::model::{Kind, Wanted};

/// An entry as it is found, still sealed.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) kind: String,
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    /// Who: a doctor's name, where the kind has one.
    pub(super) name: String,
    /// A state, a kind of document, where the kind has one.
    pub(super) state: String,
    /// What belongs to it: its own id, or those of the measurements of a day, the latest first.
    pub(super) parts: Vec<Uuid>,
    /// The sealed content of each part.
    pub(super) sealed: Vec<Vec<u8>>,
    /// In whose record it stands: a joined one has its own key.
    pub(super) of: PatientId,
}

/// A page of the timeline, newest first, as far as the reader may see it, with the row of having read it in the log of access. A day of
/// measurements is a day of the reader's zone.
#[expect(clippy::too_many_lines, reason = "one statement over the tables of all rooms cannot be cut")]
pub(super) async fn list(
    tx: &mut Tx,
    patient: PatientId,
    purpose: &str,
    zone: &Zone,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Found>, db::Error> {
    let kinds: Vec<String> = match wanted.kinds.as_slice() {
        [] => Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect(),
        some => some.iter().map(|kind| kind.code().to_owned()).collect(),
    };
    let now = tx.now();
    Ok(sqlx::query_as!(
        Found,
        r#"with seen as materialized (select audit.append('read', 'timeline', null, $1, $2) as seq),
           lines as (
               select 'visit' as kind, v.id, v.started_at as at, d.full_name as name, coalesce(a.mode, '') as state,
                      '{}'::uuid[] as parts, '{}'::bytea[] as sealed, v.patient_id as of
               from visits v join practitioners d on d.id = v.practitioner_id left join appointments a on a.id = v.appointment_id
               where v.patient_id = any ((select app.joined($1))::uuid[]) and v.status = 'signed' and 'visit' = any ($3)
               union all
               select 'diagnosis', p.id, p.recorded_at, '', p.status, array[p.id], array[p.content_sealed], p.patient_id
               from problems p where p.patient_id = any ((select app.joined($1))::uuid[]) and p.status <> 'entered_in_error' and 'diagnosis' = any ($3)
               union all
               select 'prescription', p.id, p.signed_at, d.full_name, p.status, '{}', '{}', p.patient_id
               from prescriptions p join practitioners d on d.id = p.practitioner_id
               where p.patient_id = any ((select app.joined($1))::uuid[]) and p.signed_at is not null and 'prescription' = any ($3)
               union all
               select 'immunization', i.id, i.recorded_at, '', '', array[i.id], array[i.content_sealed], i.patient_id
               from immunizations i where i.patient_id = any ((select app.joined($1))::uuid[]) and i.status = 'completed' and 'immunization' = any ($3)
               union all
               select 'measurement', (array_agg(m.id order by m.taken_at desc, m.id desc))[1], max(m.taken_at), '', '',
                      array_agg(m.id order by m.taken_at desc, m.id desc), array_agg(m.content_sealed order by m.taken_at desc, m.id desc),
                      m.patient_id
               from vitals m where m.patient_id = any ((select app.joined($1))::uuid[]) and m.status = 'recorded' and 'measurement' = any ($3)
               group by m.patient_id, (m.taken_at at time zone $4)::date
               union all
               select 'document', o.id, o.uploaded_at, '', o.kind, array[o.id], array[o.content_sealed], o.patient_id
               from documents o where o.patient_id = any ((select app.joined($1))::uuid[]) and o.removed_at is null and o.state <> 'refused' and 'document' = any ($3)
               union all
               select 'letter', c.id, c.committed_at, d.full_name, c.status, '{}', '{}', c.patient_id
               from visit_commands c join practitioners d on d.id = c.practitioner_id
               where c.patient_id = any ((select app.joined($1))::uuid[]) and c.status <> 'staged' and c.verify_code is not null and 'letter' = any ($3)
               union all
               select 'intake', r.appointment_id, max(r.completed_at), max(d.full_name), '', '{}', '{}', r.patient_id
               from intake_responses r join practitioners d on d.id = r.practitioner_id
               where r.patient_id = any ((select app.joined($1))::uuid[]) and r.status = 'completed' and 'intake' = any ($3) group by r.patient_id, r.appointment_id
               union all
               select 'appointment', a.id, a.starts_at, d.full_name, a.status, '{}', '{}', a.patient_id
               from appointments a join practitioners d on d.id = a.practitioner_id
               where a.patient_id = any ((select app.joined($1))::uuid[]) and a.starts_at < $5 and 'appointment' = any ($3)
                 and a.status in ('fulfilled', 'no_show_patient', 'no_show_doctor', 'cancelled_by_patient', 'cancelled_by_doctor', 'cancelled_by_platform')
                 and not exists (select from visits w where w.appointment_id = a.id and w.status = 'signed'))
           select l.kind as "kind!", l.id as "id!", l.at as "at!: Timestamp", l.name as "name!", l.state as "state!", l.parts as "parts!",
                  l.sealed as "sealed!", l.of as "of!: PatientId"
           from seen join lateral (select lines.kind, lines.id, lines.at, lines.name, lines.state, lines.parts, lines.sealed, lines.of from lines
               where seen.seq > 0 and ($6::timestamptz is null or lines.at >= $6) and ($7::timestamptz is null or lines.at < $7)
                 and ($8::timestamptz is null or (lines.at, lines.id) < ($8, $9::uuid))
               order by lines.at desc, lines.id desc limit $10) l on true
           order by l.at desc, l.id desc"#,
        patient as PatientId,
        purpose,
        &kinds,
        zone.name(),
        now as Timestamp,
        wanted.from as Option<Timestamp>,
        wanted.before as Option<Timestamp>,
        wanted.after.map(|after| after.at) as Option<Timestamp>,
        wanted.after.map(|after| after.id),
        limit
    )
    .fetch_all(tx.conn())
    .await?)
}
