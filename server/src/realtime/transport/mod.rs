//! The TCP connection under a socket, and a handle to it. With the handle a full command queue pauses reading,
//! and a full send queue closes the connection.
//!
//! socketioxide's event handlers cannot wait, and its errors do not name the full queue. So reading pauses
//! here, below socketioxide. When an audience does not take an event, the server closes the connections that
//! have not taken their last write. A polling client has an empty handle until its upgrade; until then a full
//! queue refuses with `too_busy`.

use crate::realtime::transport::{
    handshake_permits::PermitState,
    opening::Opening,
    traffic::{Frames, Traffic},
};
use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener as AxumListener},
};
use futures::{FutureExt, task::AtomicWaker};
pub use handshake_permits::HandshakePermit;
pub use handshake_permits::HandshakePermits;
use std::{
    io::{self, IoSlice},
    mem,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
pub use traffic::Payload;
pub use traffic::Totals;
pub use traffic::Way;

mod handshake_permits;
mod opening;
mod traffic;

/// The system gives up on a receiver that takes nothing for this long.
#[cfg(target_os = "linux")]
const UNREAD_FOR: Duration = Duration::from_secs(10);

/// A handle to a TCP connection; cheap to clone. A polling client has no connection of its own, so its handle
/// is empty until it upgrades to a WebSocket.
#[derive(Clone)]
pub struct Transport {
    /// `None` for a polling client.
    peer: Option<SocketAddr>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    is_paused: AtomicBool,
    is_blocked: AtomicBool,
    is_over: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
    traffic: Traffic,
    /// The WebSocket after the upgrade of a polling client.
    next: OnceLock<Arc<State>>,
    /// The number of refused namespaces.
    refusals: AtomicU32,
    held_permit: Mutex<PermitState>,
}

impl State {
    fn hang_up(&self) {
        self.is_over.store(true, Ordering::SeqCst);
        self.reader.wake();
        self.writer.wake();
    }

    fn held_permit(&self) -> MutexGuard<'_, PermitState> {
        self.held_permit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport {
    /// A TCP connection from this address.
    pub fn new(peer: SocketAddr) -> Self {
        Self { peer: Some(peer), state: Arc::default() }
    }

    /// The handle of a polling client.
    pub fn polling() -> Self {
        Self { peer: None, state: Arc::default() }
    }

    /// The address of the peer.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Records the upgrade of a polling client to a WebSocket. Only the first one counts.
    pub fn goes_on(&self, websocket: &Upgrade) {
        if !self.began_as_websocket()
            && let Some(websocket) = websocket.0.upgrade()
        {
            self.state.next.get_or_init(|| websocket);
        }
    }

    /// The argument of [`Transport::goes_on`].
    pub fn as_upgrade(&self) -> Upgrade {
        Upgrade(Arc::downgrade(&self.state))
    }

    /// The connection in use.
    fn now<T>(&self, act: impl FnOnce(&State) -> T) -> T {
        act(self.upgraded().unwrap_or(&self.state))
    }

    fn upgraded(&self) -> Option<&State> {
        self.state.next.get().map(Arc::as_ref)
    }

    /// Its traffic, including the time before its upgrade.
    pub fn traffic(&self) -> Totals {
        let polled = self.state.traffic.totals();
        self.upgraded().map_or(polled, |upgraded| polled + upgraded.traffic.totals())
    }

    /// Whether it is a WebSocket now.
    pub fn is_websocket(&self) -> bool {
        self.began_as_websocket() || self.upgraded().is_some()
    }

    /// Whether it was a WebSocket from the start.
    pub fn began_as_websocket(&self) -> bool {
        self.peer.is_some()
    }

    /// Counts traffic of a polling client. `payload` is the part that is known so far.
    pub fn polled(&self, way: Way, payload: &mut Payload, bytes: &[u8]) {
        self.state.traffic.count(way, payload, bytes);
    }

    /// The number of its refused namespaces.
    pub fn refusals(&self) -> u32 {
        self.state.refusals.load(Ordering::Relaxed)
    }

    /// Counts a refused namespace.
    pub fn refused(&self) {
        self.state.refusals.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps the handshake permit while its client is in no namespace.
    pub fn keeps_permit(&self, permit: HandshakePermit) {
        self.state.held_permit().begin(permit);
    }

    /// Returns the permit when no session begins.
    pub fn returns_permit(&self) {
        self.state.held_permit().end();
    }

    /// Returns the permit when the client enters a namespace.
    pub fn has_entered(&self) {
        for state in [Some(&*self.state), self.upgraded()].into_iter().flatten() {
            state.held_permit().enter();
        }
    }

    /// Keeps a permit after the client has left its last namespace, perhaps because it has disconnected.
    pub fn has_left(&self, permit: HandshakePermit) {
        self.now(|state| state.held_permit().leave(permit));
    }

    /// Pauses reading until [`Transport::resume`]: the client's send buffer fills, and the client waits.
    pub fn pause(&self) {
        self.now(|state| state.is_paused.store(true, Ordering::SeqCst));
    }

    /// Resumes reading.
    pub fn resume(&self) {
        self.now(|state| {
            if state.is_paused.swap(false, Ordering::SeqCst) {
                state.reader.wake();
            }
        });
    }

    /// Whether the peer has not taken the last write yet.
    pub fn is_blocked(&self) -> bool {
        self.now(|state| state.is_blocked.load(Ordering::SeqCst))
    }

    /// Closes the connection and drops unsent data.
    pub fn hang_up(&self) {
        self.now(State::hang_up);
    }
}

/// A TCP connection that may become a client's WebSocket, for as long as it is open.
#[derive(Clone)]
pub struct Upgrade(Weak<State>);

impl Upgrade {
    pub fn is_open(&self) -> bool {
        self.0.strong_count() > 0
    }
}

/// A TCP connection that obeys its [`Transport`] and writes the packets of an [`Opening`] at once.
pub struct Stream {
    inner: TcpStream,
    transport: Transport,
    opening: Opening,
    received: Frames,
    sent: Frames,
}

impl Stream {
    fn of(inner: TcpStream, transport: Transport) -> Self {
        Self { inner, transport, opening: Opening::default(), received: Frames::default(), sent: Frames::default() }
    }

    fn over(&self) -> io::Result<()> {
        if !self.transport.state.is_over.load(Ordering::SeqCst) {
            return Ok(());
        }
        // The peer did not take the last write, so the system discards the rest, too.
        self.inner.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionAborted.into())
    }

    fn write<T>(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        self.transport.state.writer.register(cx.waker());
        self.over()?;
        let written = write(Pin::new(&mut self.inner), cx);
        self.transport.state.is_blocked.store(written.is_pending(), Ordering::SeqCst);
        written
    }

    fn write_one(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(self.write(cx, |inner, cx| inner.poll_write(cx, bytes)))?;
        self.count(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    /// Counts written bytes. Frames begin after the answer to the upgrade.
    fn count(&mut self, bytes: &[u8]) {
        let mut frames = bytes;
        if !self.sent.are_on() && bytes.starts_with(opening::SWITCHING_PROTOCOLS) {
            let end = bytes.windows(4).position(|end| end == b"\r\n\r\n");
            if let Some(end) = end {
                self.sent.begin();
                self.received.begin();
                frames = &bytes[end + 4..];
            }
        }
        if self.sent.are_on() {
            self.transport.state.traffic.count(Way::Out, &mut self.sent, frames);
        }
    }

    /// Writes the buffered opening.
    fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut opening = mem::take(&mut self.opening);
        let opened = opening.poll_write(cx, |cx, bytes| self.write_one(cx, bytes));
        self.opening = opening;
        opened
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.transport.state.held_permit().go();
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.opening.is_held() {
            ready!(self.opening.poll_rest(cx));
            ready!(self.poll_open(cx))?;
        }
        self.transport.state.reader.register(cx.waker());
        self.over()?;
        if self.transport.state.is_paused.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buffer))?;
        let Self { transport, received, .. } = &mut *self;
        if received.are_on() {
            transport.state.traffic.count(Way::In, received, &buffer.filled()[before..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.opening.takes(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_open(cx))?;
        self.write_one(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [bytes, ..] = slices
            && self.opening.takes(bytes)
        {
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_open(cx))?;
        let mut written = ready!(self.write(cx, |inner, cx| inner.poll_write_vectored(cx, slices)))?;
        let all = written;
        for slice in slices {
            let part = slice.len().min(written);
            self.count(&slice[..part]);
            written -= part;
        }
        Poll::Ready(Ok(all))
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // An incomplete opening is written at the next read. The upgrade reads next.
        if self.opening.is_complete() {
            ready!(self.poll_open(cx))?;
        }
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_open(cx))?;
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// Accepts connections, each with its [`Transport`].
pub struct Listener {
    listener: TcpListener,
    /// Dropped with the listener.
    _open: oneshot::Sender<()>,
}

impl Listener {
    /// A listener, and a future that resolves when it accepts no more connections.
    pub fn of(listener: TcpListener) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (open, closed) = oneshot::channel();
        (Self { listener, _open: open }, closed.map(drop))
    }
}

impl AxumListener for Listener {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        let (inner, peer) = AxumListener::accept(&mut self.listener).await;
        if let Err(error) = prepare(&inner) {
            tracing::debug!(%error, "a connection keeps the system's settings");
        }
        (Stream::of(inner, Transport::new(peer)), peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Listener>> for Transport {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().transport.clone()
    }
}

/// Without TCP_NODELAY a small packet waits for the acknowledgement of the one before it. Without
/// TCP_USER_TIMEOUT (RFC 5482) a receiver that stops reading keeps its connection and its waiting packets for
/// minutes.
fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(stream).set_tcp_user_timeout(Some(UNREAD_FOR))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Both ends of a connection; ours first.
    async fn connection() -> (Stream, TcpStream) {
        let (mut door, _closed) = Listener::of(TcpListener::bind("127.0.0.1:0").await.unwrap());
        let address = Listener::local_addr(&door).unwrap();
        let (accepted, theirs) = tokio::join!(door.accept(), TcpStream::connect(address));
        (accepted.0, theirs.unwrap())
    }

    /// Writes until the other end, which does not read, takes no more.
    async fn fill(stream: &mut Stream) {
        let transport = stream.transport.clone();
        let writing = async { while stream.write_all(&[0; 64 * 1024]).await.is_ok() {} };
        let blocked = async {
            while !transport.is_blocked() {
                tokio::task::yield_now().await;
            }
        };
        futures::future::select(Box::pin(writing), Box::pin(blocked)).await;
    }

    #[tokio::test]
    async fn the_opening_of_a_websocket_is_one_write() {
        let (mut ours, mut theirs) = connection().await;
        ours.write_all(b"HTTP/1.1 101 Switching Protocols\r\n\r\n").await.unwrap();
        ours.flush().await.unwrap();
        let (mut reader, mut writer) = tokio::io::split(ours);
        let reading = tokio::spawn(async move { reader.read_u8().await });
        for word in ["open", "ping"] {
            tokio::task::yield_now().await;
            writer.write_all(word.as_bytes()).await.unwrap();
            writer.flush().await.unwrap();
        }
        let mut heard = vec![0; 1024];
        let length = theirs.read(&mut heard).await.unwrap();
        assert_eq!(&heard[..length], b"HTTP/1.1 101 Switching Protocols\r\n\r\nopenping");
        writer.write_all(b"later").await.unwrap();
        let length = theirs.read(&mut heard).await.unwrap();
        assert_eq!(&heard[..length], b"later", "nothing is held back any more");
        theirs.write_all(b"!").await.unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), b'!');
    }

    #[tokio::test]
    async fn a_long_or_interrupted_opening_is_written_completely() {
        let (mut ours, mut theirs) = connection().await;
        let long = [b'x'; 4096];
        ours.write_all(b"HTTP/1.1 101 Switching Protocols\r\n\r\n").await.unwrap();
        ours.write_all(&long).await.unwrap();
        ours.write_all(b"HTTP/1.1 101 ").await.unwrap();
        ours.shutdown().await.unwrap();
        let mut heard = Vec::new();
        theirs.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, [b"HTTP/1.1 101 Switching Protocols\r\n\r\n", &long[..], b"HTTP/1.1 101 "].concat());
    }

    #[tokio::test]
    async fn a_closed_connection_returns_its_permit_only_after_it_entered_a_namespace() {
        let (permits, here) = (HandshakePermits::default(), [203, 0, 113, 1].into());
        let is_taken = || permits.permit(here, 1).is_none();
        let (ours, _theirs) = connection().await;
        let transport = ours.transport.clone();
        transport.keeps_permit(permits.permit(here, 1).unwrap());
        transport.has_entered();
        assert!(!is_taken(), "it has entered");
        transport.has_left(permits.permit(here, 0).unwrap());
        assert!(is_taken(), "it has left");
        drop(ours);
        assert!(!is_taken(), "it is closed");
        transport.has_left(permits.permit(here, 0).unwrap());
        assert!(!is_taken(), "it closed before it left");

        let (ours, _theirs) = connection().await;
        let transport = ours.transport.clone();
        transport.keeps_permit(permits.permit(here, 1).unwrap());
        drop(ours);
        assert!(is_taken(), "its session is still waited for");
        drop(transport);
        assert!(!is_taken());
    }

    #[tokio::test]
    async fn a_resumed_connection_reads_again() {
        let (mut ours, mut theirs) = connection().await;
        let transport = ours.transport.clone();
        transport.pause();
        theirs.write_all(b"hello").await.unwrap();
        let mut heard = [0; 5];
        {
            let mut reading = Box::pin(ours.read_exact(&mut heard));
            // The bytes have arrived and stay unread.
            theirs.writable().await.unwrap();
            assert!(futures::poll!(&mut reading).is_pending());
            transport.resume();
            reading.await.unwrap();
        }
        assert_eq!(&heard, b"hello");
    }

    #[tokio::test]
    async fn hanging_up_ends_reading_and_writing_at_both_ends() {
        let (mut ours, mut theirs) = connection().await;
        fill(&mut ours).await;
        let transport = ours.transport.clone();
        let writing = tokio::spawn(async move { while ours.write_all(&[0; 64 * 1024]).await.is_ok() {} });
        transport.hang_up();
        writing.await.unwrap();
        let mut rest = Vec::new();
        let end = theirs.read_to_end(&mut rest).await;
        assert_eq!(end.unwrap_err().kind(), io::ErrorKind::ConnectionReset, "what was not taken is forgotten");

        let (mut ours, _theirs) = connection().await;
        let transport = ours.transport.clone();
        let reading = tokio::spawn(async move { ours.read_u8().await });
        transport.hang_up();
        assert_eq!(reading.await.unwrap().unwrap_err().kind(), io::ErrorKind::ConnectionAborted);
    }
}
