//! All SQL of doctors who are ready, and of what they are asked.

use db::Tx;
use kernel::{
    TimeSlot, Timestamp,
    ids::{AppointmentId, PractitionerId, ServiceId, UrgentOfferId, UrgentRequestId},
};

use crate::{
    queue::ReadyDoctor,
    requests::{Request, policy},
};

pub(super) async fn set_ready(tx: &mut Tx, doctor: PractitionerId, until: Option<Timestamp>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_doctors (practitioner_id, online_until, seen_at, updated_at) values ($1, $2, $3, $3)
         on conflict (practitioner_id) do update set online_until = excluded.online_until, seen_at = excluded.seen_at,
             updated_at = excluded.updated_at",
        doctor as PractitionerId,
        until as Option<Timestamp>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_seen(tx: &mut Tx, doctor: PractitionerId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update urgent_doctors set seen_at = $2 where practitioner_id = $1 and online_until > $2",
        doctor as PractitionerId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_extra(tx: &mut Tx, doctor: PractitionerId, extra: i16) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_doctors (practitioner_id, extra_per_day, updated_at) values ($1, $2, $3)
         on conflict (practitioner_id) do update set extra_per_day = excluded.extra_per_day, updated_at = excluded.updated_at",
        doctor as PractitionerId,
        extra,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the doctor has said of themselves.
pub(super) struct Standing {
    pub(super) online_until: Option<Timestamp>,
    pub(super) extra_per_day: i16,
}

pub(super) async fn find_standing(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<Standing>, db::Error> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select online_until as "online_until: Timestamp", extra_per_day from urgent_doctors where practitioner_id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Doctors to ask next: ready, their page open, not asked about this before, free for the visit, and with nobody else's yes to keep. Those
/// of the language, then of the country, first; of equals, who was not asked for longest. With each, whether somebody before in the queue waits
/// for a doctor and could ask this one.
pub(crate) async fn list_ready(tx: &mut Tx, held: &Request, at_most: i64) -> Result<Vec<ReadyDoctor>, db::Error> {
    let now = tx.now();
    let seen_since = now.plus_seconds(-policy::SEEN_SECONDS);
    Ok(sqlx::query_as!(
        ReadyDoctor,
        r#"select p.id as "id: PractitionerId", exists (select from urgent_requests b join urgent_requests mine on mine.id = $1
                 where b.status = 'seeking' and b.rung = 'pool' and b.next_at > $2::timestamptz - interval '30 seconds'
                   and (b.acuity, b.promised_by, b.created_at, b.id) < (mine.acuity, mine.promised_by, mine.created_at, mine.id)
                   and not exists (select from urgent_offers o where o.request_id = b.id
                       and (o.practitioner_id = p.id or (o.status = 'open' and o.expires_at > $2)))
                   and not coalesce(b.patient_id = any (app.patients_at(p.account_id, $2)), false)) as "is_wanted!"
           from urgent_doctors u
           join practitioners p on p.id = u.practitioner_id and p.status = 'published'
           cross join lateral (select s.duration_min from services s where s.practitioner_id = p.id and s.active
               and s.mode in ('video', 'audio') order by s.mode = 'video' desc, s.duration_min limit 1) s
           where u.online_until > $2 and u.seen_at > $3
             and not exists (select from urgent_offers o where o.request_id = $1 and o.practitioner_id = p.id)
             and not exists (select from urgent_offers o where o.practitioner_id = p.id and o.status = 'open' and o.expires_at > $2)
             and not exists (select from urgent_requests r where r.practitioner_id = p.id and r.status = 'accepted' and r.held_until > $2)
             and not exists (select from appointments a where a.practitioner_id = p.id
                 and a.starts_at < $2::timestamptz + make_interval(mins => s.duration_min)
                 and a.ends_at > $2 and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > $2)))
             and not coalesce($7 = any (app.patients_at(p.account_id, $2)), false)
           order by ($4 = any (p.languages)) desc, coalesce(p.country = $5, false) desc,
               (select max(o.created_at) from urgent_offers o where o.practitioner_id = p.id) nulls first, p.id
           limit $6"#,
        held.id as UrgentRequestId,
        now as Timestamp,
        seen_since as Timestamp,
        held.locale.tag(),
        held.country.as_deref(),
        at_most,
        held.patient as Option<kernel::ids::PatientId>
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn insert_offer(
    tx: &mut Tx,
    held: &Request,
    doctor: PractitionerId,
    expires_at: Timestamp,
) -> Result<(), db::Error> {
    let (now, id) = (tx.now(), tx.id::<UrgentOfferId>());
    sqlx::query!(
        "insert into urgent_offers (id, request_id, practitioner_id, step, expires_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        id as UrgentOfferId,
        held.id as UrgentRequestId,
        doctor as PractitionerId,
        held.step,
        expires_at as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) struct Offer {
    pub(crate) request: UrgentRequestId,
    pub(crate) status: String,
    pub(crate) expires_at: Timestamp,
}

/// One of this doctor's. `None` for a foreign one as for an absent one.
pub(super) async fn find_offer(
    tx: &mut Tx,
    id: UrgentOfferId,
    doctor: PractitionerId,
) -> Result<Option<Offer>, db::Error> {
    Ok(sqlx::query_as!(
        Offer,
        r#"select request_id as "request: UrgentRequestId", status, expires_at as "expires_at: Timestamp"
           from urgent_offers where id = $1 and practitioner_id = $2"#,
        id as UrgentOfferId,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One yes of a doctor after the other.
pub(super) async fn lock_doctor(tx: &mut Tx, doctor: PractitionerId) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('emergency.doctor/' || $1::text, 0)) as "doctor!: ()""#,
        doctor.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// The doctor waits for a guest, or has an urgent visit that is not over.
pub(super) async fn is_engaged(tx: &mut Tx, doctor: PractitionerId) -> Result<bool, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from urgent_requests r left join appointments a on a.id = r.appointment_id
               where r.practitioner_id = $1
                 and (r.status = 'accepted' and r.held_until > $2
                      or r.status = 'booked' and a.status = 'confirmed' and a.starts_at <= $2::timestamptz + interval '2 minutes'
                         and a.ends_at > $2)) as "engaged!""#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn set_answered(tx: &mut Tx, id: UrgentOfferId, status: &str) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update urgent_offers set status = $2, answered_at = $3, updated_at = $3 where id = $1",
        id as UrgentOfferId,
        status,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Everybody who has not answered; returns whom.
pub(super) async fn set_lost(tx: &mut Tx, request: UrgentRequestId) -> Result<Vec<PractitionerId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"update urgent_offers set status = 'lost', updated_at = $2 where request_id = $1 and status = 'open'
           returning practitioner_id as "doctor: PractitionerId""#,
        request as UrgentRequestId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Write down that offers of a request are past their end.
pub(crate) async fn set_lapsed(tx: &mut Tx, request: UrgentRequestId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update urgent_offers set status = 'lapsed', updated_at = $2 where request_id = $1 and status = 'open' and expires_at <= $2",
        request as UrgentRequestId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn count_open(tx: &mut Tx, request: UrgentRequestId) -> Result<i64, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from urgent_offers where request_id = $1 and status = 'open' and expires_at > $2"#,
        request as UrgentRequestId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// This doctor is or was asked about it, or has it.
pub(crate) async fn was_asked(
    tx: &mut Tx,
    request: UrgentRequestId,
    doctor: PractitionerId,
) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from urgent_offers where request_id = $1 and practitioner_id = $2 and status in ('open', 'accepted'))
               as "asked!""#,
        request as UrgentRequestId,
        doctor as PractitionerId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The service of a visit now, and its minutes: by video where there is one.
pub(crate) async fn find_service(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<(ServiceId, i64)>, db::Error> {
    let row = sqlx::query!(
        r#"select id as "id: ServiceId", duration_min from services where practitioner_id = $1 and active and mode in ('video', 'audio')
           order by mode = 'video' desc, duration_min, id limit 1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.id, i64::from(row.duration_min))))
}

/// Something of this doctor is booked then, with its buffers.
pub(crate) async fn is_busy(tx: &mut Tx, doctor: PractitionerId, time: TimeSlot) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from appointments where practitioner_id = $1 and busy_from < $3 and busy_until > $2
               and status in ('requested', 'held', 'confirmed')) as "busy!""#,
        doctor as PractitionerId,
        time.starts_at() as Timestamp,
        time.ends_at() as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// An offer as its doctor sees it.
pub(super) struct Asked {
    pub(super) id: UrgentOfferId,
    pub(super) request: UrgentRequestId,
    pub(super) acuity: i16,
    pub(super) country: Option<String>,
    pub(super) locale: String,
    pub(super) is_guest: bool,
    pub(super) expires_at: Timestamp,
    pub(super) since: Timestamp,
}

/// What waits for this doctor's answer now.
pub(super) async fn list_asked(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Asked>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Asked,
        r#"select o.id as "id: UrgentOfferId", r.id as "request: UrgentRequestId", r.acuity, r.country, r.locale,
                  r.patient_id is null as "is_guest!", o.expires_at as "expires_at: Timestamp", r.created_at as "since: Timestamp"
           from urgent_offers o join urgent_requests r on r.id = o.request_id
           where o.practitioner_id = $1 and o.status = 'open' and o.expires_at > $2 and r.status = 'seeking'
           order by r.acuity, o.expires_at limit 20"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What this doctor has said yes to lately.
pub(super) struct Taken {
    pub(super) acuity: i16,
    pub(super) status: String,
    pub(super) appointment: Option<AppointmentId>,
    pub(super) held_until: Option<Timestamp>,
    pub(super) at: Timestamp,
}

pub(super) async fn list_taken(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Taken>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Taken,
        r#"select acuity, status, appointment_id as "appointment: AppointmentId", held_until as "held_until: Timestamp",
                  created_at as "at: Timestamp"
           from urgent_requests where practitioner_id = $1 and created_at > $2::timestamptz - interval '24 hours'
             and status in ('accepted', 'booked', 'lapsed')
           order by created_at desc limit 10"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}
