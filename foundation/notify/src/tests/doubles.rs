//! An SMTP server and a Twilio that do as they are told and remember what they heard.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::{Config, EmailBy, SmsBy, SmtpConfig, SmtpTls, Transports, TwilioConfig};

pub(super) struct Double {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    _running: JoinSet<()>,
}

impl Double {
    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    async fn listen<F, Fut>(serve: F) -> Self
    where
        F: Fn(TcpStream, Arc<Mutex<Vec<String>>>) -> Fut + Send + 'static,
        Fut: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let mut running = JoinSet::new();
        let ear = Arc::clone(&heard);
        running.spawn(async move {
            let mut clients = JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                clients.spawn(serve(socket, Arc::clone(&ear)));
            }
        });
        Self { port, heard, _running: running }
    }
}

/// A mail server that answers every recipient with `to_recipient`, such as `250 ok` or `550 no such user`.
pub(super) async fn a_mail_server(to_recipient: &'static str) -> Double {
    Double::listen(move |socket, heard| async move {
        let mut lines = BufReader::new(socket);
        lines.write_all(b"220 double ESMTP\r\n").await?;
        let mut line = String::new();
        loop {
            line.clear();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-double\r\n250 8BITMIME\r\n".to_owned(),
                "RCPT" => format!("{to_recipient}\r\n"),
                "QUIT" => {
                    lines.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                "DATA" => {
                    lines.write_all(b"354 go on\r\n").await?;
                    let mut message = String::new();
                    while !message.ends_with("\r\n.\r\n") {
                        if lines.read_line(&mut message).await? == 0 {
                            return Ok(());
                        }
                    }
                    heard.lock().unwrap().push(message);
                    "250 taken\r\n".to_owned()
                }
                _ => "250 ok\r\n".to_owned(),
            };
            lines.write_all(answer.as_bytes()).await?;
        }
    })
    .await
}

/// A Twilio that answers every message with this status and body.
pub(super) async fn a_twilio(status: u16, body: &'static str) -> Double {
    Double::listen(move |mut socket, heard| async move {
        let mut request = Vec::new();
        loop {
            let mut part = [0; 4096];
            let read = socket.read(&mut part).await?;
            request.extend_from_slice(part.get(..read).unwrap_or_default());
            let text = String::from_utf8_lossy(&request).into_owned();
            let length = text
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
            let whole =
                text.split_once("\r\n\r\n").is_some_and(|(_, body)| length.is_some_and(|length| body.len() >= length));
            if whole || read == 0 {
                heard.lock().unwrap().push(text);
                break;
            }
        }
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        socket.write_all(head.as_bytes()).await?;
        socket.write_all(body.as_bytes()).await
    })
    .await
}

/// Transports that speak to these doubles.
pub(super) fn speaking_to(mail: &Double, twilio: &Double) -> Transports {
    let smtp = SmtpConfig {
        host: "127.0.0.1".into(),
        port: mail.port,
        tls: SmtpTls::None,
        login: None,
        from: "Bedside <care@bedside.example>".into(),
    };
    let sms = TwilioConfig {
        account_sid: "AC1".into(),
        auth_token: kernel::Secret::new("token".into()),
        from: "+15550100".into(),
        base_url: format!("http://127.0.0.1:{}/", twilio.port).parse().unwrap(),
    };
    Transports::start(&Config { email: EmailBy::Smtp(smtp), sms: SmsBy::Twilio(sms) }).unwrap()
}
