//! The server on a socket of its own, for the one route that needs it.

use std::net::SocketAddr;

use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, client::IntoClientRequest as _},
};

use super::Hospital;

/// Serves until it is dropped.
pub(crate) struct Serving {
    address: SocketAddr,
    _tasks: JoinSet<std::io::Result<()>>,
}

impl Hospital {
    pub(crate) async fn serve(&self) -> Serving {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(axum::serve(listener, self.doors.router.clone()).into_future());
        Serving { address, _tasks: tasks }
    }
}

impl Serving {
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The conversation of a visit, asked for by a page of `origin`.
    pub(crate) async fn socket(
        &self,
        visit: &str,
        token: &str,
        origin: &str,
    ) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Error> {
        let mut request = format!("ws://{}/visits/{visit}/live", self.address).into_client_request()?;
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        request.headers_mut().insert("origin", origin.parse().unwrap());
        connect_async(request).await.map(|(socket, _)| socket)
    }
}
