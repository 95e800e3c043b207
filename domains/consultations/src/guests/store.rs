//! SQL of third parties.

use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, EventId, PatientId, PractitionerId, VisitGuestId, VisitId},
};
use vault::{At, Vault};

use super::{
    GuestError,
    model::{Guest, GuestRole},
};
use crate::visits::{Side, Visit};

pub(crate) fn at(id: VisitGuestId) -> At {
    At::new("visit_guests", "name_sealed", id.uuid())
}

struct Row {
    id: VisitGuestId,
    visit_id: VisitId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    role: String,
    name_sealed: Option<Vec<u8>>,
    expires_at: Timestamp,
    patient_consented_at: Option<Timestamp>,
    doctor_consented_at: Option<Timestamp>,
    came_at: Option<Timestamp>,
    admitted_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    may_share_since: Option<Timestamp>,
}

impl Row {
    fn guest(self) -> Result<(Guest, Option<Vec<u8>>), Error> {
        let role = GuestRole::parse(&self.role)
            .ok_or_else(|| Error::from(sqlx::Error::Decode("visit_guests.role is not known".into())))?;
        let guest = Guest {
            id: self.id,
            visit: self.visit_id,
            patient: self.patient_id,
            practitioner: self.practitioner_id,
            role,
            name: None,
            expires_at: self.expires_at,
            patient_consented_at: self.patient_consented_at,
            doctor_consented_at: self.doctor_consented_at,
            came_at: self.came_at,
            admitted_at: self.admitted_at,
            revoked_at: self.revoked_at,
            may_share_since: self.may_share_since,
        };
        Ok((guest, self.name_sealed))
    }
}

/// Reads third parties with one list of columns; the condition and its arguments follow.
macro_rules! select_guests {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select id as "id: VisitGuestId", visit_id as "visit_id: VisitId", patient_id as "patient_id: PatientId",
                  practitioner_id as "practitioner_id: PractitionerId", role, name_sealed, expires_at as "expires_at: Timestamp",
                  patient_consented_at as "patient_consented_at: Timestamp", doctor_consented_at as "doctor_consented_at: Timestamp",
                  came_at as "came_at: Timestamp", admitted_at as "admitted_at: Timestamp", revoked_at as "revoked_at: Timestamp",
                  may_share_since as "may_share_since: Timestamp"
               from visit_guests "# + $rest
            $(, $argument)*
        )
    };
}

/// Third parties of a visit, in the order of invitation.
pub(super) async fn list_for_visit(tx: &mut Tx, vault: &Vault, visit: &Visit) -> Result<Vec<Guest>, GuestError> {
    let rows = select_guests!("where visit_id = $1 order by id", visit.id as VisitId).fetch_all(tx.conn()).await?;
    let mut guests = Vec::with_capacity(rows.len());
    for row in rows {
        guests.push(open(tx, vault, row).await?);
    }
    Ok(guests)
}

/// Holds a third party's row until the transaction ends.
pub(crate) async fn lock(
    tx: &mut Tx,
    vault: &Vault,
    visit: &Visit,
    id: VisitGuestId,
) -> Result<Option<Guest>, GuestError> {
    let row = select_guests!("where id = $1 and visit_id = $2 for update", id as VisitGuestId, visit.id as VisitId)
        .fetch_optional(tx.conn())
        .await?;
    match row {
        Some(row) => Ok(Some(open(tx, vault, row).await?)),
        None => Ok(None),
    }
}

/// For whoever holds the link. In the system's context.
pub(super) async fn lock_by_link(tx: &mut Tx, mac: &[u8]) -> Result<Option<Guest>, Error> {
    let row = select_guests!("where link_mac = $1 for update", mac).fetch_optional(tx.conn()).await?;
    Ok(row.map(Row::guest).transpose()?.map(|(guest, _)| guest))
}

/// For whoever holds the key. In the system's context.
pub(super) async fn find_by_key(tx: &mut Tx, id: VisitGuestId, mac: &[u8]) -> Result<Option<Guest>, Error> {
    let row =
        select_guests!("where id = $1 and key_mac = $2", id as VisitGuestId, mac).fetch_optional(tx.conn()).await?;
    Ok(row.map(Row::guest).transpose()?.map(|(guest, _)| guest))
}

async fn open(tx: &mut Tx, vault: &Vault, row: Row) -> Result<Guest, GuestError> {
    let (guest, sealed) = row.guest()?;
    let name = match sealed {
        Some(sealed) => Some(vault.open_text(tx, guest.patient, at(guest.id), &sealed).await?),
        None => None,
    };
    Ok(Guest { name, ..guest })
}

/// An invitation, with the consent of whoever invites.
pub(super) async fn insert(
    tx: &mut Tx,
    (id, role): (VisitGuestId, GuestRole),
    visit: &Visit,
    (account, side): (AccountId, Side),
    (link, expires_at): (&[u8], Timestamp),
) -> Result<(), Error> {
    let now = tx.now();
    let (patient, doctor) = match side {
        Side::Patient => (Some(now), None),
        Side::Doctor => (None, Some(now)),
    };
    sqlx::query!(
        r#"insert into visit_guests (id, visit_id, patient_id, practitioner_id, role, invited_by, link_mac, expires_at,
               patient_consented_at, doctor_consented_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"#,
        id as VisitGuestId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        role.code(),
        account as AccountId,
        link,
        expires_at as Timestamp,
        patient as Option<Timestamp>,
        doctor as Option<Timestamp>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The first consent of a side stands.
pub(super) async fn set_consent(tx: &mut Tx, id: VisitGuestId, side: Side) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update visit_guests set updated_at = $2,
               patient_consented_at = case when $3 = 'patient' then coalesce(patient_consented_at, $2) else patient_consented_at end,
               doctor_consented_at = case when $3 = 'doctor' then coalesce(doctor_consented_at, $2) else doctor_consented_at end
           where id = $1"#,
        id as VisitGuestId,
        now as Timestamp,
        side.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_came(tx: &mut Tx, id: VisitGuestId, key: &[u8], name: &[u8]) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_guests set came_at = $2, key_mac = $3, name_sealed = $4, updated_at = $2 where id = $1",
        id as VisitGuestId,
        now as Timestamp,
        key,
        name
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_admitted(tx: &mut Tx, id: VisitGuestId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_guests set admitted_at = $2, updated_at = $2 where id = $1",
        id as VisitGuestId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The doctor's leave to share a screen, or its end.
pub(super) async fn set_may_share(tx: &mut Tx, id: VisitGuestId, may: bool) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_guests set may_share_since = $3, updated_at = $2 where id = $1",
        id as VisitGuestId,
        now as Timestamp,
        may.then_some(now) as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_revoked(tx: &mut Tx, id: VisitGuestId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update visit_guests set revoked_at = $2, updated_at = $2 where id = $1",
        id as VisitGuestId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A step of a third party, as part of the visit's record.
pub(super) async fn insert_event(
    tx: &mut Tx,
    visit: &Visit,
    (guest, role): (VisitGuestId, GuestRole),
    by: Option<AccountId>,
    kind: &str,
) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    sqlx::query!(
        r#"insert into visit_events (id, visit_id, patient_id, practitioner_id, account_id, guest_id, role, kind, happened_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"#,
        id as EventId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        by as Option<AccountId>,
        guest as VisitGuestId,
        role.code(),
        kind,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
