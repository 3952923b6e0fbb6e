//! Connections of browsers: how many there may be, and how long one may be idle.
//!
//! An open connection takes a file descriptor and some memory. One that sends no request, or
//! only half of one, or does not read its response, is closed. If there are too many, the
//! one that has been idle longest is closed, so that nobody can lock others out by opening
//! many.

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::time::Sleep;

/// How long open connections may delay the shutdown.
const GRACE: Duration = Duration::from_millis(500);
/// How long no connection is accepted after the system had no resources for one more.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// Bytes that the head of a request may have.
const MAX_HEAD: usize = 64 * 1024;

/// Limits of connections.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ConnectionLimits {
    /// How long a request may take to arrive, with the time before its first byte.
    pub request: Duration,
    /// How long a browser may read nothing of a response.
    pub answer: Duration,
    /// Connections that may be open at once.
    pub connections: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self { request: Duration::from_secs(10), answer: Duration::from_secs(30), connections: 400 }
    }
}

/// Serves all connections until `stop` is done. Those that are open then get a moment to
/// finish.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: &ConnectionLimits,
    stop: impl Future<Output = ()>,
) {
    let open = Arc::new(Connections::default());
    let ending = watch::Sender::new(false);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                open.evict_idle(patience.connections);
                let seat = open.register();
                let ending = ending.subscribe();
                tokio::spawn(serve_connection(stream, peer, router.clone(), patience.clone(), seat, ending));
            }
            // The browser has already disconnected, or there are no file descriptors left.
            Err(error) if is_connection_error(&error) => {}
            Err(_) => {
                open.evict_idle(open.count() / 2);
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    ending.send_replace(true);
    let _ = tokio::time::timeout(GRACE, ending.closed()).await;
}

fn is_connection_error(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves the requests of one connection.
async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: ConnectionLimits,
    seat: ConnectionGuard,
    mut ending: watch::Receiver<bool>,
) {
    let leave = Arc::clone(&seat.guest.close);
    let service =
        PeerService { router: TowerToHyperService::new(router), peer, guest: Arc::clone(&seat.guest) };
    let stream =
        WatchedStream { stream, guest: Arc::clone(&seat.guest), patience: patience.answer, stalled: None };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.request)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = leave.notified() => return,
        _ = ending.wait_for(|ends| *ends) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Passes requests on, with the address of the peer.
struct PeerService {
    router: TowerToHyperService<Router>,
    peer: SocketAddr,
    guest: Arc<Connection>,
}

impl Service<Request<Incoming>> for PeerService {
    type Response = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Response;
    type Error = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Error;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        self.guest.state().has_requested = true;
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.router.call(request)
    }
}

/// The connections that are open.
#[derive(Default)]
struct Connections(Mutex<(u64, HashMap<u64, Arc<Connection>>)>);

/// One of them.
struct Connection {
    state: Mutex<State>,
    /// Tells it to close.
    close: Arc<Notify>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Whether it ever sent a request; those that did not are closed first.
    has_requested: bool,
    /// When something was last read or written.
    last_active: Instant,
}

/// The slot of a connection, free again when it is dropped.
struct ConnectionGuard {
    open: Arc<Connections>,
    number: u64,
    guest: Arc<Connection>,
}

impl Connections {
    fn register(self: &Arc<Self>) -> ConnectionGuard {
        let state = State { has_requested: false, last_active: Instant::now() };
        let guest = Arc::new(Connection { state: Mutex::new(state), close: Arc::default() });
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.0 += 1;
        let number = open.0;
        open.1.insert(number, Arc::clone(&guest));
        ConnectionGuard { open: Arc::clone(self), number, guest }
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.len()
    }

    /// Closes those that have been idle longest until there is room for one more.
    fn evict_idle(&self, most: usize) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while open.1.len() >= most.max(1) {
            let silent = open.1.iter().min_by_key(|(number, guest)| (*guest.state(), **number));
            let Some(number) = silent.map(|(number, _)| *number) else { break };
            if let Some(guest) = open.1.remove(&number) {
                guest.close.notify_one();
            }
        }
    }
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.open.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.number);
    }
}

impl Connection {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that records its last activity, and fails where nothing of a response is read for
/// too long.
struct WatchedStream {
    stream: TcpStream,
    guest: Arc<Connection>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl WatchedStream {
    fn watch<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            self.guest.state().last_active = Instant::now();
            return written;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        match stalled.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut own.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            own.guest.state().last_active = Instant::now();
        }
        read
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        let written = Pin::new(&mut own.stream).poll_write(cx, bytes);
        own.watch(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        let written = Pin::new(&mut own.stream).poll_write_vectored(cx, parts);
        own.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
