//! The work behind the pages: jobs, events, schedules.

use tokio_util::sync::CancellationToken;
use web::{App, Jobs, Room};

/// All jobs of these rooms.
pub(crate) fn jobs(rooms: &mut [Room]) -> Jobs {
    rooms.iter_mut().map(|room| std::mem::take(&mut room.jobs)).fold(Jobs::new(), Jobs::merge)
}

/// Works until `stop`, then lets what runs come to its end.
pub(crate) async fn run(app: App, jobs: Jobs, stop: CancellationToken) -> Result<(), jobs::DuplicateName> {
    let runner = jobs::Runner::new(app.db().clone(), jobs, app, jobs::RunnerConfig::default())?;
    runner.run(stop).await;
    Ok(())
}
