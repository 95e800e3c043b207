use db::{Error, Tx};

pub(super) async fn notify(tx: &mut Tx, payload: &str) -> Result<(), Error> {
    sqlx::query!("select pg_notify('bedside_live', $1)", payload).execute(tx.conn()).await?;
    Ok(())
}
