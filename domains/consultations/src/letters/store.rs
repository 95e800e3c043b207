//! SQL around papers: the people on them.

use db::Tx;
use kernel::{
    LocalDate,
    ids::{AccountId, CommandId},
};

/// Who stands on a paper.
#[derive(Debug, Clone)]
pub(super) struct People {
    pub(super) patient_name: String,
    pub(super) patient_birth_date: Option<LocalDate>,
    pub(super) patient_record_no: String,
    pub(super) author_name: String,
    pub(super) author_qualification: String,
    pub(super) author_registration_no: String,
    pub(super) author_registration_body: String,
    pub(super) author_city: String,
}

pub(super) async fn find_people(tx: &mut Tx, id: CommandId) -> Result<Option<People>, db::Error> {
    Ok(sqlx::query_as!(
        People,
        r#"select p.full_name as patient_name, p.birth_date as "patient_birth_date: LocalDate", p.record_no as patient_record_no,
                  d.full_name as author_name, d.qualification as author_qualification,
                  d.registration_no as author_registration_no, d.registration_body as author_registration_body, d.city as author_city
           from visit_commands c join patients p on p.id = c.patient_id join practitioners d on d.id = c.practitioner_id
           where c.id = $1"#,
        id as CommandId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The names of those who wrote these papers, in their order.
pub(super) async fn list_authors(tx: &mut Tx, ids: &[CommandId]) -> Result<Vec<String>, db::Error> {
    let ids: Vec<uuid::Uuid> = ids.iter().map(|id| id.uuid()).collect();
    Ok(sqlx::query_scalar!(
        r#"select coalesce(d.full_name, '') as "name!" from unnest($1::uuid[]) with ordinality as wanted (id, n)
               left join visit_commands c on c.id = wanted.id left join practitioners d on d.id = c.practitioner_id
           order by wanted.n"#,
        &ids
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether there is a paper with this code. Only in the system context.
pub async fn stands(tx: &mut Tx, code: &str) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(r#"select exists (select from visit_commands where verify_code = $1) as "stands!""#, code)
        .fetch_one(tx.conn())
        .await?)
}

/// The account of a doctor of this hospital.
pub(super) async fn find_account(
    tx: &mut Tx,
    practitioner: kernel::ids::PractitionerId,
) -> Result<Option<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from practitioners where id = $1"#,
        practitioner as kernel::ids::PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}
