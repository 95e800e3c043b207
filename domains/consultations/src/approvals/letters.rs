//! Who is told: the supervisor of what waits, its doctor of what was returned or approved, administrators of what nobody can check. Never what
//! a note says, nor whose it is.

use db::{Context, Tx};
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use jobs::Event;
use kernel::ids::{AccountId, NoteApprovalId, PractitionerId, SupervisionId};
use notify::{Notice, TellError};
use serde::{Deserialize, Serialize};
use web::App;

use super::{Approval, Status, assign::hand_over_by, model::StepKind, store};

/// The checking of a note made a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ApprovalMoved {
    approval: NoteApprovalId,
    number: i32,
    step: StepKind,
}

impl Event for ApprovalMoved {
    const NAME: &'static str = "consultations.approval_moved";
}

/// Notes came to another supervisor, all that waited for the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NotesHandedOver {
    pub(super) supervision: SupervisionId,
    pub(super) supervisor: PractitionerId,
    pub(super) first: NoteApprovalId,
}

impl Event for NotesHandedOver {
    const NAME: &'static str = "consultations.notes_handed_over";
}

pub(super) async fn publish(
    tx: &mut Tx,
    (approval, number): (NoteApprovalId, i32),
    step: StepKind,
) -> Result<(), db::Error> {
    jobs::publish(tx, &ApprovalMoved { approval, number, step }).await.map(|_| ())
}

/// What there is to tell one person.
struct News<'a> {
    prefix: &'static str,
    key: String,
    path: &'a str,
    args: &'a [(&'a str, &'a str)],
}

/// Tells whose turn it is. What has changed since is told by the step that changed it.
pub(crate) async fn moved(app: &App, news: ApprovalMoved) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell of the checking of a note")).await?;
    let Some(approval) = store::find(&mut tx, news.approval).await? else { return Ok(()) };
    let key = format!("approval:{}:{}", news.approval, news.number);
    match news.step {
        StepKind::Asked | StepKind::SentAgain | StepKind::Assigned => {
            if approval.status == Status::Approved {
                return Ok(());
            }
            if store::is_blocked(&mut tx, approval.id).await? {
                let (author, supervisor) = (approval.author_name.as_str(), approval.supervisor_name.as_str());
                let stuck = (approval.id, (approval.author, author), (approval.supervisor, supervisor));
                tell_administrators(&mut tx, &Sender::new(app), stuck).await?;
            } else {
                let args = [("doctor", approval.author_name.as_str())];
                let path = "/doctor/approvals";
                let news = News { prefix: "consultations-mail-approval-asked", key, path, args: &args };
                tell_doctor(&mut tx, app, approval.supervisor, news).await?;
            }
        }
        StepKind::Returned => {
            tell_author(&mut tx, app, &approval, ("consultations-mail-approval-returned", key)).await?;
        }
        StepKind::Approved => {
            tell_author(&mut tx, app, &approval, ("consultations-mail-approval-approved", key)).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The new supervisor is told once of all that came.
pub(crate) async fn handed_over(app: &App, news: NotesHandedOver) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell a supervisor of notes that came to them")).await?;
    let Some(approval) = store::find(&mut tx, news.first).await? else { return Ok(()) };
    let args = [("doctor", approval.author_name.as_str())];
    let key = format!("approvals-handed-over:{}:{}", news.supervision, news.first);
    let told = News { prefix: "consultations-mail-approval-asked", key, path: "/doctor/approvals", args: &args };
    tell_doctor(&mut tx, app, news.supervisor, told).await?;
    Ok(tx.commit().await?)
}

/// What waits for somebody whose supervision is over comes to whoever supervises now; of what then still waits for somebody who cannot check
/// it, administrators hear, once for each supervisor.
pub(crate) async fn watch(app: App) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("look after notes that nobody can check")).await?;
    for trainee in store::list_stranded(&mut tx).await? {
        hand_over_by(&mut tx, None, trainee).await?;
    }
    let sender = Sender::new(&app);
    for one in store::list_open(&mut tx, None, true).await? {
        let stuck = (one.id, (one.author, one.author_name.as_str()), (one.supervisor, one.supervisor_name.as_str()));
        tell_administrators(&mut tx, &sender, stuck).await?;
    }
    Ok(tx.commit().await?)
}

async fn tell_author(
    tx: &mut Tx,
    app: &App,
    approval: &Approval,
    (prefix, key): (&'static str, String),
) -> Result<(), jobs::Failed> {
    let path = format!("/visits/{}/summary", approval.visit);
    let args = [("doctor", approval.supervisor_name.as_str())];
    tell_doctor(tx, app, approval.author, News { prefix, key, path: &path, args: &args }).await?;
    Ok(())
}

async fn tell_doctor(tx: &mut Tx, app: &App, doctor: PractitionerId, news: News<'_>) -> Result<(), TellError> {
    match store::find_account(tx, doctor).await? {
        Some(account) => tell(tx, &Sender::new(app), account, &news).await,
        None => Ok(()),
    }
}

/// That a note needs another supervisor; not why, and not whose it is.
async fn tell_administrators(
    tx: &mut Tx,
    sender: &Sender<'_>,
    (approval, author, supervisor): (NoteApprovalId, (PractitionerId, &str), (PractitionerId, &str)),
) -> Result<(), TellError> {
    let path = format!("/admin/doctors/{}/supervision", author.0);
    let args = [("doctor", author.1), ("supervisor", supervisor.1)];
    let key = format!("approval-blocked:{approval}:{}", supervisor.0);
    let news = News { prefix: "consultations-mail-approval-blocked", key, path: &path, args: &args };
    for account in store::list_administrators(tx).await? {
        tell(tx, sender, account, &news).await?;
    }
    Ok(())
}

async fn tell(tx: &mut Tx, sender: &Sender<'_>, account: AccountId, news: &News<'_>) -> Result<(), TellError> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    let letter = Letter { prefix: news.prefix, args: news.args, code: None, path: Some(news.path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let notice = Notice {
        to: &to,
        kind: "consultations.approval",
        key: news.key.clone(),
        subject,
        link: Some(news.path.to_owned()),
        mail: Some(mail),
        sms: None,
    };
    notify::tell(tx, notice).await?;
    Ok(())
}
