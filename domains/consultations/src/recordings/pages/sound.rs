//! The sound itself, to be played: whole, or a piece that a player asks for.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Timestamp, ids::VisitId};
use serde::Deserialize;
use web::{Ctx, Query, SignedIn};

use crate::{
    recordings::{Recorder, RecordingError, store},
    visits::{Visit, store as visits},
};

/// So long a player may come back for pieces after the page of the recording was opened.
const SITTING_SECONDS: i64 = 4 * 3600;

/// The page that was opened: that reading stands in the access log already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sitting {
    sitting: String,
}

/// What lets the player of this page, in this session, come for pieces without each of them being a reading of its own.
pub(super) fn sitting(me: &Ctx, visit: VisitId, now: Timestamp) -> String {
    let seconds = now.unix_seconds();
    format!("{seconds}.{}", mac(me, visit, seconds))
}

fn mac(me: &Ctx, visit: VisitId, seconds: i64) -> String {
    let actor = me.actor();
    let text = format!("{visit} {} {:?} {seconds}", actor.account, actor.session);
    hex::encode(me.app().vault().mac("consultations.recording", text.as_bytes()))
}

fn is_of_sitting(me: &Ctx, visit: VisitId, key: &str, now: Timestamp) -> bool {
    let Some((seconds, given)) = key.split_once('.') else {
        return false;
    };
    let Ok(seconds) = seconds.parse::<i64>() else {
        return false;
    };
    let expected = mac(me, visit, seconds);
    (0..SITTING_SECONDS).contains(&(now.unix_seconds() - seconds))
        && aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
}

/// `GET /visits/{visit}/recording/sound`
pub(crate) async fn serve(
    me: SignedIn,
    Path(id): Path<VisitId>,
    Query(asked): Query<Sitting>,
    headers: HeaderMap,
) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(RecordingError::NotFound)?;
    let recording = store::find(&mut tx, id).await?.filter(|found| found.parts > 0).ok_or(RecordingError::NotFound)?;
    if !is_of_sitting(&me, id, &asked.sitting, tx.now()) {
        heard(&mut tx, &visit, side.purpose()).await?;
    }
    tx.commit().await?;
    tracing::debug!(parts = recording.parts, "consultations.recording_heard");
    // Long recordings are large: some at a time, and no connection is held while one waits.
    let recorder = me.app().try_part::<Recorder>();
    let _turn = match &recorder {
        Some(recorder) => Some(recorder.turn().await?),
        None => None,
    };
    let mut tx = me.begin().await?;
    let packets = store::read_sound(&mut tx, me.app().vault(), &visit).await?;
    tx.commit().await?;
    let file = speech::to_ogg(&packets).map_err(RecordingError::from)?;
    Ok(piece(file, headers.get(header::RANGE).and_then(|value| value.to_str().ok())))
}

/// That somebody hears it.
pub(super) async fn heard(tx: &mut db::Tx, visit: &Visit, purpose: &'static str) -> Result<(), db::Error> {
    let (object_id, patient) = (visit.id.uuid(), Some(visit.patient));
    let entry = audit::Entry { action: "read", object: "visit_recording", object_id, patient, purpose };
    audit::record(tx, entry).await?;
    Ok(())
}

/// One range of the file (RFC 9110 §14), or all of it.
fn piece(file: Vec<u8>, range: Option<&str>) -> Response {
    let length = file.len() as u64;
    let common = [
        (header::CONTENT_TYPE, "audio/ogg; codecs=opus".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, "inline; filename=\"visit.ogg\"".to_owned()),
    ];
    let Some(parsed) = range.and_then(|text| http_range_header::parse_range_header(text).ok()) else {
        return (StatusCode::OK, common, file).into_response();
    };
    let ranges = parsed.validate(length).unwrap_or_default();
    let [range] = ranges.as_slice() else {
        let all = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
        return (StatusCode::RANGE_NOT_SATISFIABLE, common, all).into_response();
    };
    let (Ok(from), Ok(until)) = (usize::try_from(*range.start()), usize::try_from(*range.end())) else {
        return StatusCode::RANGE_NOT_SATISFIABLE.into_response();
    };
    let which = [(header::CONTENT_RANGE, format!("bytes {from}-{until}/{length}"))];
    (StatusCode::PARTIAL_CONTENT, common, which, file[from..=until].to_vec()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: Option<&str>) -> (u16, String) {
        let answer = piece((0..100).collect(), range);
        let which = answer.headers().get(header::CONTENT_RANGE).map(|value| value.to_str().expect("text").to_owned());
        (answer.status().as_u16(), which.unwrap_or_default())
    }

    #[test]
    fn a_player_gets_the_piece_it_asks_for() {
        assert_eq!(asked(None), (200, String::new()));
        assert_eq!(asked(Some("bytes=0-")), (206, "bytes 0-99/100".into()));
        assert_eq!(asked(Some("bytes=10-19")), (206, "bytes 10-19/100".into()));
        assert_eq!(asked(Some("bytes=-5")), (206, "bytes 95-99/100".into()));
        assert_eq!(asked(Some("bytes=100-")).0, 416);
        assert_eq!(asked(Some("bytes=0-1,5-6")).0, 416, "one piece at a time");
        assert_eq!(asked(Some("lines=1-2")).0, 200, "what is not known is not obeyed");
    }
}
