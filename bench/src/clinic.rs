//! What a doctor waits for: a long record, a prescription as PDF, and what was said as text. One request at a time, by the clock.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::Client;
use sqlx::{Connection as _, PgConnection};

use crate::rows::texts;
use crate::subject::Subject;
use crate::{Failed, failed};

const LONG_CHART: &str = include_str!("../sql/long_chart.sql");
const TIMES: usize = 40;

/// Prints each row. The demonstration's doctor has a patient with five thousand encounters afterwards.
pub(crate) async fn rows(subject: &Subject) -> Result<(), Failed> {
    let mut connection = PgConnection::connect(&subject.database()?).await?;
    let doctor = subject.sign_in("doctor@demo.example").await?;
    let of_doctor = "select a.patient_id::text, p.id::text from appointments a join practitioners d on d.id = a.practitioner_id
         join accounts c on c.id = d.account_id join prescriptions p on p.practitioner_id = d.id and p.signed_at is not null
         where c.email = 'doctor@demo.example' and a.status in ('confirmed', 'fulfilled') order by a.starts_at desc, p.id limit 1";
    let found = texts(&mut connection, of_doctor).await?;
    let (patient, prescription) = found.into_iter().next().ok_or_else(|| failed("the doctor has no patients"))?;
    let chart = format!("{}/doctor/patients/{patient}", subject.base);
    print("chart page as it is", &alone(&chart, &doctor).await?, "");
    sqlx::raw_sql(LONG_CHART).execute(&mut connection).await?;
    connection.close().await?;
    print("chart page, 5,000 encounters more", &alone(&chart, &doctor).await?, "at most 100 ms");
    let pdf = format!("{}/api/v1/prescriptions/{prescription}.pdf", subject.base);
    print("prescription as PDF", &alone(&pdf, &doctor).await?, "");
    Ok(())
}

async fn alone(url: &str, token: &str) -> Result<Vec<Duration>, Failed> {
    let client = Client::builder().no_proxy().build()?;
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let began = Instant::now();
        let answer = client.get(url).bearer_auth(token).send().await?;
        let status = answer.status();
        answer.bytes().await?;
        times.push(began.elapsed());
        if !status.is_success() {
            return Err(failed(format!("{url} answered {status}")));
        }
    }
    times.sort_unstable();
    Ok(times)
}

fn print(name: &str, times: &[Duration], said: &str) {
    let at = |place: usize| times.get(place).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    println!("{name:<34} {:>9.1} ms in the middle, {:.1} ms at most   {said}", at(TIMES / 2), at(TIMES - 1));
}

/// The engine by itself, on one thread, on the recordings that come with it.
pub(crate) async fn speech(folder: &Path) -> Result<(), Failed> {
    let Ok(files) = speech::EngineFiles::find(folder) else {
        println!("{:<34} no engine in {}: run `make speech`", "speech to text", folder.display());
        return Ok(());
    };
    let recogniser = speech::Recogniser::start(files, 1).await.map_err(|error| failed(error.to_string()))?;
    for name in ["beckett.wav", "two_cities.wav"] {
        let sound = speech::testing::read_wav(&folder.join(name)).map_err(|error| failed(error.to_string()))?;
        let mut utterances = speech::Utterances::default();
        let mut all = utterances.push(&sound);
        all.extend(utterances.finish());
        for utterance in all {
            recogniser.hear(utterance.sound).await.map_err(|error| failed(error.to_string()))?;
        }
    }
    let factor = recogniser.real_time_factor().unwrap_or_default();
    println!("{:<34} {factor:>9.3} s of work per second of speech, one thread", "speech to text");
    Ok(())
}
