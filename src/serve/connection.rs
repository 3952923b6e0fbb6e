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
const PAUSE: Duration = Duration::from_millis(200);
/// Bytes that the head of a request may have.
const HEAD: usize = 64 * 1024;

/// Limits of connections.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Patience {
    /// How long a request may take to arrive, with the time before its first byte.
    pub request: Duration,
    /// How long a browser may read nothing of a response.
    pub answer: Duration,
    /// Connections that may be open at once.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self { request: Duration::from_secs(10), answer: Duration::from_secs(30), connections: 400 }
    }
}

/// Serves all connections until `stop` is done. Those that are open then get a moment to
/// finish.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: &Patience,
    stop: impl Future<Output = ()>,
) {
    let open = Arc::new(Open::default());
    let ending = watch::Sender::new(false);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                open.make_room(patience.connections);
                let seat = open.sit_down();
                let ending = ending.subscribe();
                tokio::spawn(answer(stream, peer, router.clone(), patience.clone(), seat, ending));
            }
            // The browser has already disconnected, or there are no file descriptors left.
            Err(error) if is_of_one(&error) => {}
            Err(_) => {
                open.make_room(open.count() / 2);
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    ending.send_replace(true);
    let _ = tokio::time::timeout(GRACE, ending.closed()).await;
}

fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Serves the requests of one connection.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    seat: Seat,
    mut ending: watch::Receiver<bool>,
) {
    let leave = Arc::clone(&seat.guest.leave);
    let service = Answerer { router: TowerToHyperService::new(router), peer, guest: Arc::clone(&seat.guest) };
    let stream = Watched { stream, guest: Arc::clone(&seat.guest), patience: patience.answer, stalled: None };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.request)
        .max_buf_size(HEAD)
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
struct Answerer {
    router: TowerToHyperService<Router>,
    peer: SocketAddr,
    guest: Arc<Guest>,
}

impl Service<Request<Incoming>> for Answerer {
    type Response = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Response;
    type Error = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Error;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        self.guest.state().asked = true;
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.router.call(request)
    }
}

/// The connections that are open.
#[derive(Default)]
struct Open(Mutex<(u64, HashMap<u64, Arc<Guest>>)>);

/// One of them.
struct Guest {
    state: Mutex<State>,
    /// Tells it to close.
    leave: Arc<Notify>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Whether it ever sent a request; those that did not are closed first.
    asked: bool,
    /// When something was last read or written.
    heard: Instant,
}

/// The slot of a connection, free again when it is dropped.
struct Seat {
    open: Arc<Open>,
    number: u64,
    guest: Arc<Guest>,
}

impl Open {
    fn sit_down(self: &Arc<Self>) -> Seat {
        let state = State { asked: false, heard: Instant::now() };
        let guest = Arc::new(Guest { state: Mutex::new(state), leave: Arc::default() });
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.0 += 1;
        let number = open.0;
        open.1.insert(number, Arc::clone(&guest));
        Seat { open: Arc::clone(self), number, guest }
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.len()
    }

    /// Closes those that have been idle longest until there is room for one more.
    fn make_room(&self, most: usize) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while open.1.len() >= most.max(1) {
            let silent = open.1.iter().min_by_key(|(number, guest)| (*guest.state(), **number));
            let Some(number) = silent.map(|(number, _)| *number) else { break };
            if let Some(guest) = open.1.remove(&number) {
                guest.leave.notify_one();
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.open.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.number);
    }
}

impl Guest {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that records its last activity, and fails where nothing of a response is read for
/// too long.
struct Watched {
    stream: TcpStream,
    guest: Arc<Guest>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    fn watch<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            self.guest.state().heard = Instant::now();
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

impl AsyncRead for Watched {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut own.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            own.guest.state().heard = Instant::now();
        }
        read
    }
}

impl AsyncWrite for Watched {
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
