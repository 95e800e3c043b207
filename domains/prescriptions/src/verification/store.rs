use db::Tx;
use kernel::ids::PrescriptionId;

/// The prescription with this code, and how often it may still be dispensed in whole. Only in the system context.
pub(super) async fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<PrescriptionId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PrescriptionId" from prescriptions where verify_code = $1 and signed_at is not null"#,
        code
    )
    .fetch_optional(tx.conn())
    .await?)
}
