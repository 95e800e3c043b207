//! Afterwards: everything that was left open is asked again, work comes to rest, and then the books are read.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use sqlx::Row as _;

use super::DATABASE;
use super::load::{Load, Outcome, Patience, Payer, Wish};
use crate::cluster::Cluster;
use crate::{Failed, books, failed};

const REST: Duration = Duration::from_mins(6);

/// Ask again, with the same keys, for what nobody knows; then wait until no news is on its way.
pub(super) async fn settle(cluster: &Cluster, load: &Arc<Load>, last: Patience) -> Result<(), Failed> {
    let (open, mut known): (Vec<Wish>, Vec<Wish>) =
        load.heard().into_iter().partition(|wish| wish.outcome == Outcome::Unknown);
    let asked_again = open.len();
    let mut asking = tokio::task::JoinSet::new();
    for mut wish in open {
        let payer = Payer::new(Arc::clone(load), wish.patient)?;
        asking.spawn(async move {
            payer.book(&mut wish, last).await;
            wish
        });
    }
    known.extend(asking.join_all().await);
    *load.wishes.lock().unwrap_or_else(PoisonError::into_inner) = known;
    println!(
        "{} calls repeated with their key, {} of them answered from memory; {asked_again} asked again at the end",
        load.repeated.load(Ordering::Relaxed),
        load.replayed.load(Ordering::Relaxed)
    );
    let began = Instant::now();
    let on_its_way = "select count(*) from sandbox_checkouts c join payments p on p.id::text = c.merchant_ref
        left join appointments a on a.charge_id = p.charge_id
        where c.state = 'captured' and (p.captured_at is null or a.status = 'held')";
    while cluster.count(DATABASE, on_its_way).await? > 0 {
        if began.elapsed() > REST {
            return Err(failed("money is still on its way after six minutes"));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    println!("work came to rest after {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

struct Written {
    id: String,
    doctor: String,
    starts_at: String,
    status: String,
    captured: i64,
}

/// What is written, by the number of the patient; the number of appointments of each is counted before.
async fn written(cluster: &Cluster) -> Result<BTreeMap<usize, Vec<Written>>, Failed> {
    let sql = "select substring(p.full_name from 7), a.id::text, a.practitioner_id::text,
                      to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), a.status,
                      (select count(*) from payments y join journal_entries e on e.payment_id = y.id and e.kind = 'capture'
                       where y.charge_id = a.charge_id)::text
               from appointments a join patients p on p.id = a.patient_id where p.full_name like 'Bench %'";
    let mut written: BTreeMap<usize, Vec<Written>> = BTreeMap::new();
    for row in cluster.rows(DATABASE, sql).await? {
        let text = |column: usize| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
        let patient = text(0)?.parse().map_err(|_| failed("a patient without a number"))?;
        let captured = text(5)?.parse().unwrap_or(0);
        let one = Written { id: text(1)?, doctor: text(2)?, starts_at: text(3)?, status: text(4)?, captured };
        written.entry(patient).or_default().push(one);
    }
    Ok(written)
}

pub(super) async fn faults(cluster: &Cluster, load: &Load) -> Result<Vec<String>, Failed> {
    let mut faults = books::faults(cluster, DATABASE).await?;
    let written = written(cluster).await?;
    let (mut held, mut paid, mut refused, mut unknown) = (0, 0, 0, 0);
    for wish in load.heard() {
        let found = written.get(&wish.patient).map_or(&[][..], Vec::as_slice);
        if found.len() > 1 {
            faults.push(format!("patient {} asked once and has {} appointments", wish.patient, found.len()));
        }
        let is_wished =
            |one: &Written, id: &str| one.id == id && one.doctor == wish.doctor && one.starts_at == wish.starts_at;
        match &wish.outcome {
            Outcome::Held(id) => {
                held += 1;
                if !found.iter().any(|one| is_wished(one, id)) {
                    faults.push(format!("lost: {id} of patient {} was acknowledged", wish.patient));
                }
            }
            Outcome::Paid(id, checkout) => {
                paid += 1;
                let one = found.iter().find(|one| is_wished(one, id));
                match one {
                    None => faults.push(format!("lost: {id} of patient {} was paid", wish.patient)),
                    Some(one) if one.status != "confirmed" || one.captured != 1 => faults.push(format!(
                        "{id} was paid by {checkout} and is {}, booked {} times",
                        one.status, one.captured
                    )),
                    Some(_) => {}
                }
            }
            Outcome::Refused => {
                refused += 1;
                if !found.is_empty() {
                    faults.push(format!("patient {} was refused and has an appointment", wish.patient));
                }
            }
            Outcome::Unknown => unknown += 1,
        }
    }
    println!(
        "{held} holds and {paid} paid visits acknowledged, {refused} refused, {unknown} without an answer to the end"
    );
    if held + paid == 0 {
        faults.push("nobody was served".to_owned());
    }
    Ok(faults)
}
