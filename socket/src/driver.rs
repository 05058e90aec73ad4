//! Carries out what the core decides, over any platform's transport: a future
//! for that platform's executor.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::{FutureExt, Sink, SinkExt, Stream, StreamExt};

use crate::core::{Action, Core, Frame};
use crate::shared::Shared;
use crate::{Incomings, Options, Socket};

/// What a transport has to bring along.
pub(crate) trait Platform: Sized + 'static {
    type Message;
    type Error;
    type Connection: Sink<Self::Message, Error = Self::Error>
        + Stream<Item = Result<Self::Message, Self::Error>>
        + Unpin;
    /// Fails with words that say why.
    type Opening: Future<Output = Result<Self::Connection, String>> + Unpin;
    type Sleep: Future<Output = ()> + Unpin;

    fn open(endpoint: &Endpoint) -> Self::Opening;
    fn sleep(duration: Duration) -> Self::Sleep;
    /// Since any fixed moment; never goes back.
    fn now() -> Duration;
    /// From 0 (inclusive) to 1 (exclusive).
    fn random() -> f64;
    fn message(frame: Frame) -> Self::Message;
    /// `None` for what WebSocket keeps to itself.
    fn frame(message: Self::Message) -> Option<Frame>;
    /// What went wrong, in words; `None` if the connection was simply closed.
    fn describe(error: Self::Error) -> Option<String>;
}

/// What is needed to open the WebSocket.
pub(crate) struct Endpoint {
    pub(crate) url: String,
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a browser sends its own headers"))]
    pub(crate) headers: Vec<(String, String)>,
}

pub(crate) struct Driver<P: Platform> {
    shared: Arc<Shared>,
    endpoint: Endpoint,
    link: Link<P>,
    alarm: Option<(Duration, P::Sleep)>,
}

enum Link<P: Platform> {
    Down,
    Opening(P::Opening),
    Up(P::Connection),
    /// Saying goodbye, for as long as the sleep lasts at most.
    Closing(P::Connection, P::Sleep),
}

/// How long the other side may take to let a closing transport go.
const GOODBYE: Duration = Duration::from_secs(1);

/// A client and the driver that has to be spawned for it.
pub(crate) fn prepare<P: Platform>(options: Options) -> (Socket, Incomings, Driver<P>) {
    let core = Core::new(&options, P::random);
    let shared = Arc::new(Shared::new(core, P::now));
    let driver = Driver {
        shared: Arc::clone(&shared),
        endpoint: Endpoint { url: options.endpoint(), headers: options.headers },
        link: Link::Down,
        alarm: None,
    };
    let incomings = Incomings::new(Arc::clone(&shared));
    (Socket::new(shared, options.request_timeout), incomings, driver)
}

/// Works until nothing is left to do for now. Frames are read before the clock
/// is looked at: a ping that already came counts, however late we are.
impl<P: Platform> Future for Driver<P> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let driver = self.get_mut();
        driver.shared.register_driver(cx);
        while driver.act(cx) || driver.advance_link(cx) || driver.watch_clock(cx) {}
        driver.flush(cx);
        match &driver.link {
            Link::Down if driver.shared.with(|core, _| core.is_finished()) => Poll::Ready(()),
            _ => Poll::Pending,
        }
    }
}

impl<P: Platform> Driver<P> {
    /// Does the next thing that the core wants done; false if there is none,
    /// or the transport is not ready for it.
    fn act(&mut self, cx: &mut Context<'_>) -> bool {
        let can_send = match &mut self.link {
            Link::Up(connection) => match connection.poll_ready_unpin(cx) {
                Poll::Ready(Ok(())) => true,
                Poll::Ready(Err(error)) => return self.failed(P::describe(error)),
                Poll::Pending => false,
            },
            _ => false,
        };
        match self.shared.with(|core, _| core.poll_action(can_send)) {
            None => return false,
            Some(Action::Open) => self.link = Link::Opening(P::open(&self.endpoint)),
            Some(Action::Close) => self.close(),
            Some(Action::Send(frame)) => self.send(frame),
        }
        true
    }

    fn send(&mut self, frame: Frame) {
        if let Link::Up(connection) = &mut self.link
            && let Err(error) = connection.start_send_unpin(P::message(frame))
        {
            self.failed(P::describe(error));
        }
    }

    fn close(&mut self) {
        self.link = match std::mem::replace(&mut self.link, Link::Down) {
            Link::Up(connection) => Link::Closing(connection, P::sleep(GOODBYE)),
            Link::Closing(connection, sleep) => Link::Closing(connection, sleep),
            Link::Down | Link::Opening(_) => Link::Down,
        };
    }

    /// Looks whether the transport has something for us.
    fn advance_link(&mut self, cx: &mut Context<'_>) -> bool {
        match &mut self.link {
            Link::Down => false,
            Link::Opening(opening) => match opening.poll_unpin(cx) {
                Poll::Ready(Ok(connection)) => self.opened(connection),
                Poll::Ready(Err(error)) => self.failed(Some(error)),
                Poll::Pending => false,
            },
            Link::Up(connection) if self.shared.with(|core, _| core.wants_frames()) => {
                match connection.poll_next_unpin(cx) {
                    Poll::Ready(Some(Ok(message))) => self.received(message),
                    Poll::Ready(Some(Err(error))) => self.failed(P::describe(error)),
                    Poll::Ready(None) => self.failed(None),
                    Poll::Pending => false,
                }
            }
            Link::Up(_) => false,
            Link::Closing(connection, sleep) => {
                let closed = connection.poll_close_unpin(cx).is_ready();
                if closed || sleep.poll_unpin(cx).is_ready() {
                    self.link = Link::Down;
                }
                false
            }
        }
    }

    fn opened(&mut self, connection: P::Connection) -> bool {
        self.link = Link::Up(connection);
        self.shared.with(|core, _| core.transport_opened());
        true
    }

    fn received(&mut self, message: P::Message) -> bool {
        if let Some(frame) = P::frame(message) {
            self.shared.with(|core, now| core.frame_received(frame, now));
        }
        true
    }

    fn failed(&mut self, error: Option<String>) -> bool {
        self.link = Link::Down;
        self.shared.with(|core, now| core.transport_closed(error, now));
        true
    }

    /// Tells the core the time when it asked to be told.
    fn watch_clock(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(deadline) = self.shared.with(|core, _| core.next_deadline()) else {
            self.alarm = None;
            return false;
        };
        let now = P::now();
        if deadline <= now {
            self.shared.with(|core, now| core.time_passed(now));
            return true;
        }
        if self.alarm.as_ref().is_none_or(|(set_for, _)| *set_for != deadline) {
            self.alarm = Some((deadline, P::sleep(deadline - now)));
        }
        let rang = match &mut self.alarm {
            Some((_, sleep)) => sleep.poll_unpin(cx).is_ready(),
            None => false,
        };
        if rang {
            self.alarm = None;
        }
        rang
    }

    /// Pushes out together what was sent. A failure is seen when reading.
    fn flush(&mut self, cx: &mut Context<'_>) {
        if let Link::Up(connection) = &mut self.link {
            let _: Poll<Result<(), P::Error>> = connection.poll_flush_unpin(cx);
        }
    }
}

/// The executor may drop the driver before its time: then nothing will ever
/// happen again, and the callers that wait must know.
impl<P: Platform> Drop for Driver<P> {
    fn drop(&mut self) {
        self.shared.with(|core, now| {
            core.disconnect(now);
            core.transport_closed(None, now);
            core.time_passed(Duration::MAX);
            while core.poll_action(true).is_some() {}
        });
    }
}
