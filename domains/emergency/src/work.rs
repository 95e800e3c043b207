//! Work after the commit: climb, look again when a doctor is there, watch the promise, let go of guests, and ask for the money when the visit is over.

use jobs::When;
use scheduling::{AppointmentEnded, appointments::charge_after_visit};

use crate::{
    desk::{Watch, watch},
    ladder::{Climb, climb},
    queue::{self, Wake, wake},
    requests::{Lapse, lapse, store::is_urgent},
};

pub(crate) fn jobs() -> web::Jobs {
    web::Jobs::new()
        .on::<Climb, _, _>(|app, step| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.climb")).await?;
            climb(&mut tx, step).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<Wake, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.wake")).await?;
            wake(&mut tx, due).await?;
            tx.commit().await?;
            Ok(())
        })
        .on::<Watch, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.watch")).await?;
            if let Some(again) = watch(&mut tx, &due).await? {
                jobs::enqueue(&mut tx, &due, When::At(again)).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .on::<Lapse, _, _>(|app, due| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.lapse")).await?;
            if let Some(again) = lapse(&mut tx, &due).await? {
                jobs::enqueue(&mut tx, &due, When::At(again)).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .on_event::<AppointmentEnded, _, _>("emergency.charge", |app, ended| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.charge")).await?;
            if is_urgent(&mut tx, ended.appointment).await? {
                charge_after_visit(&mut tx, ended.appointment).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .on_event::<AppointmentEnded, _, _>("emergency.free_again", |app, ended| async move {
            let mut tx = app.db().begin(&db::Context::system("emergency.free_again")).await?;
            if queue::store::is_of_ready_doctor(&mut tx, ended.appointment).await? {
                queue::plan_wake(&mut tx, None).await?;
            }
            tx.commit().await?;
            Ok(())
        })
}
