//! SQL of referrals.

use db::Tx;
use kernel::ids::{CommandId, PatientId, PractitionerId};
use vault::Vault;

use crate::{
    commands::{self, Command, CommandRow},
    visits::VisitError,
};

/// On which side of a referral somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    To,
    By,
}

/// One referral, with the names on it.
#[derive(Debug, Clone)]
pub(super) struct Referral {
    pub(super) row: CommandRow,
    pub(super) patient_name: String,
    pub(super) author_name: String,
    /// `sent`, `booked` or `seen`; none where the patient did not agree that its author hears of it.
    pub(super) step: Option<String>,
}

/// The newest hundred of a doctor, as far as they may be seen, each with its row in the log of access.
pub(super) async fn list(
    tx: &mut Tx,
    vault: &Vault,
    (me, end): (PractitionerId, End),
) -> Result<Vec<Referral>, VisitError> {
    let found = sqlx::query!(
        r#"with mine as materialized (
               select c.id, c.patient_id, c.committed_at from visit_commands c
               where c.kind = 'refer' and c.status <> 'staged'
                 and ((not $2 and c.to_practitioner_id = $1) or ($2 and c.practitioner_id = $1))
               order by c.committed_at desc, c.id desc limit 100),
           seen as materialized (select m.patient_id, audit.append('read', 'visit_command', null, m.patient_id, 'treatment') as seq
               from (select distinct patient_id from mine) m)
           select m.id as "id!: CommandId", m.patient_id as "patient!: PatientId", coalesce(p.full_name, '') as "patient_name!",
                  coalesce(d.full_name, '') as "author_name!", app.referral_step(m.id) as step, s.seq as "seq!"
           from mine m join seen s on s.patient_id = m.patient_id join visit_commands c on c.id = m.id
               left join patients p on p.id = m.patient_id left join practitioners d on d.id = c.practitioner_id
           order by m.committed_at desc, m.id desc"#,
        me as PractitionerId,
        end == End::By
    )
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<CommandId> = found.iter().map(|row| row.id).collect();
    let rows = commands::store::list_by_ids(tx, vault, &ids).await?;
    let joined = found.into_iter().filter_map(|one| {
        let row = rows.iter().find(|row| row.id == one.id)?.clone();
        let agreed = matches!(row.content.expose(), Command::Refer { agreed: true, .. });
        let step = one.step.filter(|_| agreed || end == End::To);
        Some(Referral { row, patient_name: one.patient_name, author_name: one.author_name, step })
    });
    Ok(joined.collect())
}
