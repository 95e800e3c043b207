//! What happens behind: the letter after signing, rooms of cancelled appointments, and old tickets.

use db::Context;
use scheduling::AppointmentCancelled;

use crate::{
    absences, addenda, approvals,
    commands::PaperIssued,
    intake_forms, letters,
    notes::VisitSigned,
    photos, recordings, rooms, shows, summary, transcripts,
    visits::{self, VisitOpened},
    waiting,
};

/// The room is closed, and nobody is listened to, recorded or shown anything any more.
async fn close_cancelled(app: web::App, cancelled: AppointmentCancelled) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("close the room of a cancelled appointment")).await?;
    let Some(id) = rooms::store::find_visit(&mut tx, cancelled.appointment).await? else { return Ok(()) };
    rooms::store::revoke_for_visit(&mut tx, id).await?;
    if let Some(visit) = visits::store::find(&mut tx, id).await? {
        transcripts::visit_over(&mut tx, &visit).await?;
    }
    recordings::visit_over(&mut tx, id).await?;
    shows::visit_over(&mut tx, id).await?;
    tx.commit().await?;
    rooms::empty(&app, id).await;
    Ok(())
}

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::default()
        .on_event::<VisitSigned, _, _>("consultations.summary_letter", |app, signed| async move {
            summary::send(&app, signed.visit).await
        })
        .on_event::<addenda::NoteAmended, _, _>("consultations.amended_letter", |app, news| async move {
            addenda::send(&app, news).await
        })
        .on_event::<PaperIssued, _, _>("consultations.paper_letter", |app, news| async move {
            letters::issued(&app, news).await
        })
        .on_event::<chart::documents::DocumentChecked, _, _>("consultations.photo_checked", |app, news| async move {
            photos::checked(&app, news.document).await
        })
        .on_event::<waiting::QueueMoved, _, _>("consultations.tell_turns", |app, moved| async move {
            waiting::queue_moved(&app, moved.appointment).await
        })
        .on_event::<waiting::CalledBack, _, _>("consultations.tell_called_back", |app, called| async move {
            waiting::called_back(&app, called.appointment).await
        })
        .on_event::<intake_forms::RedFlagAnswered, _, _>("consultations.tell_red_flag", |app, news| async move {
            intake_forms::red_flag(&app, news).await
        })
        // Those behind somebody who does not come after all are nearer to their turn.
        .on_event::<AppointmentCancelled, _, _>("consultations.tell_turns_cancelled", |app, gone| async move {
            waiting::queue_moved(&app, gone.appointment).await
        })
        .on_event::<VisitOpened, _, _>("consultations.tell_turns_opened", |app, opened| async move {
            waiting::queue_moved(&app, opened.appointment).await
        })
        .on_event::<AppointmentCancelled, _, _>("consultations.close_cancelled", close_cancelled)
        .on_event::<approvals::ApprovalMoved, _, _>("consultations.approval_letter", |app, news| async move {
            approvals::moved(&app, news).await
        })
        .on_event::<approvals::NotesHandedOver, _, _>("consultations.handed_over_letter", |app, news| async move {
            approvals::handed_over(&app, news).await
        })
        .every("consultations.watch_approvals", 10, approvals::watch)
        .every("consultations.watch_absences", 1, absences::watch)
        .every("consultations.forget_transcripts", 60, |app| async move { Ok(transcripts::forget_old(&app).await?) })
        .every("consultations.forget_recordings", 60, |app| async move { Ok(recordings::forget_old(&app).await?) })
        .every("consultations.tidy", 60, |app| async move {
            let mut tx = app.db().begin(&Context::system("remove spent tickets and old heartbeats")).await?;
            rooms::store::delete_spent(&mut tx).await?;
            waiting::store::delete_stale(&mut tx).await?;
            rooms::store::delete_places(&mut tx).await?;
            tx.commit().await?;
            Ok(())
        })
}
