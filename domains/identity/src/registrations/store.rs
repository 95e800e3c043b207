use db::{Error, Tx};
use kernel::{
    LocalDate, Locale, Secret, Timestamp, Zone,
    ids::{AccountId, CodeId, RegistrationId},
};

use super::{Channel, Registration};
use crate::{accounts::Address, network::Origin};

/// A code that was just tried once more.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) id: CodeId,
    pub(super) mac: Vec<u8>,
    /// With this one.
    pub(super) tries: i16,
}

pub(super) async fn insert(tx: &mut Tx, new: &Registration, origin: &Origin) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into registrations (id, channel, email, phone, name, birth_date, password_hash, locale, time_zone, next_path,
                                      known, network, expires_at, created_at, updated_at)
           values ($1, $2, $3::text::citext, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)"#,
        new.id as RegistrationId,
        new.channel.as_str(),
        new.address.as_email(),
        new.address.as_phone(),
        new.name,
        new.birth_date as Option<LocalDate>,
        new.password_hash.expose(),
        new.locale.tag(),
        new.zone.name(),
        new.next,
        new.known,
        origin.network.as_str(),
        new.expires_at as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A registration that still waits; none when it is verified, expired or unknown.
pub async fn find(tx: &mut Tx, id: RegistrationId) -> Result<Option<Registration>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"select email::text as email, phone, name, birth_date as "birth_date: LocalDate", password_hash, locale, time_zone,
                  next_path, known, expires_at as "expires_at: Timestamp"
           from registrations where id = $1 and expires_at > $2 and verified_at is null"#,
        id as RegistrationId,
        now as Timestamp,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.and_then(|row| {
        let address = row.email.map(Address::Email).or(row.phone.map(Address::Phone))?;
        Some(Registration {
            id,
            channel: Channel::of(&address),
            address,
            name: row.name,
            birth_date: row.birth_date,
            locale: row.locale.parse().unwrap_or(Locale::En),
            zone: row.time_zone.parse().unwrap_or_else(|_| Zone::utc()),
            next: row.next_path,
            expires_at: row.expires_at,
            known: row.known,
            password_hash: Secret::new(row.password_hash),
        })
    }))
}

pub(super) async fn set_verified(tx: &mut Tx, id: RegistrationId, account: AccountId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        "update registrations set verified_at = $3, account_id = $2, updated_at = $3 where id = $1",
        id as RegistrationId,
        account as AccountId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn insert_code(
    tx: &mut Tx,
    registration: RegistrationId,
    mac: &[u8; 32],
    expires_at: Timestamp,
) -> Result<CodeId, Error> {
    let id = tx.id::<CodeId>();
    let now = tx.now();
    sqlx::query!(
        r#"insert into one_time_codes (id, registration_id, code_mac, expires_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $5)"#,
        id as CodeId,
        registration as RegistrationId,
        &mac[..],
        expires_at as Timestamp,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

pub(super) async fn replace_codes(tx: &mut Tx, registration: RegistrationId) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update one_time_codes set replaced_at = $2, updated_at = $2
           where registration_id = $1 and used_at is null and replaced_at is null"#,
        registration as RegistrationId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Count one try of the open code; none when there is no code left to try.
pub(super) async fn count_try(tx: &mut Tx, registration: RegistrationId, most: i16) -> Result<Option<Tried>, Error> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"update one_time_codes set tries = tries + 1, updated_at = $2
           where registration_id = $1 and used_at is null and replaced_at is null and expires_at > $2 and tries < $3
           returning id as "id: CodeId", code_mac, tries"#,
        registration as RegistrationId,
        now as Timestamp,
        most,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Tried { id: row.id, mac: row.code_mac, tries: row.tries }))
}

/// Spend the code; false when somebody was faster.
pub(super) async fn set_used(tx: &mut Tx, code: CodeId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update one_time_codes set used_at = $2, updated_at = $2 where id = $1 and used_at is null and replaced_at is null",
        code as CodeId,
        now as Timestamp,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Registrations that expired a day ago, with their codes.
pub(crate) async fn delete_old(tx: &mut Tx) -> Result<u64, Error> {
    let before = tx.now().plus_days(-1);
    let gone =
        sqlx::query!("delete from registrations where expires_at < $1", before as Timestamp).execute(tx.conn()).await?;
    Ok(gone.rows_affected())
}
