//! A double of clamd: it reads `INSTREAM` to its end and looks for the test string that every scanner knows.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use intake::Scanner;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// How it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Finds,
    /// Never.
    Slow,
    /// With what is no verdict.
    Garbles,
    /// It hangs up.
    HangsUp,
}

pub(crate) struct Clamd {
    address: String,
    mood: Arc<Mutex<Mood>>,
    _serving: JoinSet<()>,
}

impl Clamd {
    pub(crate) async fn open(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mood = Arc::new(Mutex::new(mood));
        let mut serving = JoinSet::new();
        let moods = mood.clone();
        serving.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let mood = *moods.lock().unwrap_or_else(PoisonError::into_inner);
                talks.spawn(answer(socket, mood));
            }
        });
        Self { address, mood, _serving: serving }
    }

    pub(crate) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    pub(crate) fn scanner(&self) -> Scanner {
        Scanner::clamd(&self.address, Duration::from_millis(400))
    }
}

/// The test string of EICAR, in two parts, so that no scanner finds it in this file.
pub(crate) fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD", "-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

async fn answer(mut socket: TcpStream, mood: Mood) {
    if mood == Mood::HangsUp {
        return;
    }
    let Some(bytes) = stream(&mut socket).await else { return };
    let words: &[u8] = match mood {
        Mood::Slow => return tokio::time::sleep(Duration::from_mins(1)).await,
        Mood::Garbles => b"\xff\xfe HTTP/1.1 200 OK\r\n\r\n",
        _ if bytes.windows(20).any(|window| window == &eicar().as_bytes()[..20]) => {
            b"stream: Eicar-Test-Signature FOUND\0"
        }
        _ => b"stream: OK\0",
    };
    let _ = socket.write_all(words).await;
}

async fn stream(socket: &mut TcpStream) -> Option<Vec<u8>> {
    let mut command = [0; 10];
    socket.read_exact(&mut command).await.ok()?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = socket.read_u32().await.ok()?;
        if length == 0 {
            return Some(bytes);
        }
        let mut chunk = vec![0; usize::try_from(length).ok()?];
        socket.read_exact(&mut chunk).await.ok()?;
        bytes.extend(chunk);
    }
}
