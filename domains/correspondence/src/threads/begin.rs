//! Begin a conversation.

use access::Actor;
use db::{ResultExt, Tx};
use kernel::ids::{PatientId, PractitionerId, ThreadId};
use people::care_links::{self, Source};
use vault::Vault;

use super::{
    model::{Category, Draft, Reader, Relation, Side, Thread, check_subject},
    policy::Calendar,
    send::{self, Sent, Within, due_from},
    store::{self, NewThread},
};
use crate::{Config, MessageError};

/// To whom, and about what.
#[derive(Debug, Clone)]
pub struct Begin {
    pub patient: PatientId,
    /// The doctor; for a doctor who begins, themselves.
    pub doctor: Option<PractitionerId>,
    pub category: Category,
    pub subject: String,
    pub first: Draft,
}

/// A patient's side, or a doctor who treats the patient, begins. Sent twice under one id, it is begun once.
pub async fn begin(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    config: &Config,
    command: Begin,
) -> Result<Sent, MessageError> {
    let (relation, reader) = relation(tx, actor, config, &command).await?;
    let mut errors = check_subject(&command.subject).err().unwrap_or_default();
    errors.extend(command.first.check().err().unwrap_or_default());
    if !errors.is_empty() {
        return Err(MessageError::Invalid(errors));
    }
    let subject = check_subject(&command.subject).map_err(MessageError::Invalid)?;
    store::lock_beginning(tx, actor.account, command.first.client_id).await?;
    let within = Within::Beginning(&relation, &subject);
    if let Some(sent) = send::sent_before(tx, vault, actor, &command.first, within).await? {
        return Ok(sent);
    }
    prolong(tx, reader, &relation).await?;
    let calendar = store::find_calendar(tx, relation.practitioner).await?;
    let thread = insert(tx, vault, actor, config, (&command, &relation, reader, &subject, &calendar)).await?;
    send::post(tx, vault, actor, (thread, reader), (&command.first, Some(subject.as_str()), config)).await
}

async fn relation(
    tx: &mut Tx,
    actor: &Actor,
    config: &Config,
    command: &Begin,
) -> Result<(Relation, Reader), MessageError> {
    if actor.patients.contains(&command.patient) {
        let doctor = command.doctor.ok_or(MessageError::NoRelationship)?;
        let found = store::list_relations(tx, &[command.patient], Some(doctor), config.days_after_visit).await?;
        let relation = found.into_iter().next().ok_or(MessageError::NoRelationship)?;
        return Ok((relation, Reader::Patient));
    }
    let me = actor.practitioner.ok_or(MessageError::NotFound)?;
    let found = store::find_relation_of_doctor(tx, command.patient, me).await?;
    Ok((found.ok_or(MessageError::NotFound)?, Reader::Doctor))
}

/// Who writes to a doctor lets them look things up: the care link of the visit lasts for the conversation.
pub(super) async fn prolong(tx: &mut Tx, reader: Reader, relation: &Relation) -> Result<(), db::Error> {
    if reader != Reader::Patient || !relation.link_ends_soon {
        return Ok(());
    }
    let until = tx.now().plus_days(store::LINK_DAYS);
    care_links::narrow(tx, Source::Appointment(relation.appointment), until).await
}

type New<'a> = (&'a Begin, &'a Relation, Reader, &'a str, &'a Calendar);

async fn insert(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    config: &Config,
    (command, relation, reader, subject, calendar): New<'_>,
) -> Result<Thread, MessageError> {
    let id = tx.id::<ThreadId>();
    let away = store::find_away(tx, relation.practitioner, relation.patient).await?;
    let side = reader.side();
    let due_at = (side == Side::Patient).then(|| due_from(tx.now(), calendar, away.as_ref(), config));
    let sealed = vault.seal_text(tx, command.patient, store::subject_at(id), subject).await?;
    let covering = away.and_then(|away| away.cover).map(|(id, _)| id).filter(|_| side == Side::Patient);
    let new = NewThread {
        id,
        patient: command.patient,
        practitioner: relation.practitioner,
        appointment: relation.appointment,
        category: command.category,
        subject_sealed: &sealed,
        by: (actor.account, side),
        assignee: covering.unwrap_or(relation.practitioner),
        due_at,
        client_id: command.first.client_id,
    };
    store::insert(tx, new).await.on_constraint("threads_begun_once", || MessageError::IdUsed)?;
    store::lock(tx, id).await?.ok_or(MessageError::NotFound)
}
