//! The core, shared by the handles that command it, the driver that acts for
//! it and the stream that tells what happened.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::channel::oneshot;
use futures::task::AtomicWaker;
use serde_json::Value;

use crate::core::Core;
use crate::incoming::Incoming;
use crate::outgoing::{NotConnected, Reply, RequestError};

/// Commands take effect at once, in the order in which they are given; the
/// lock is never held while anything is awaited.
pub(crate) struct Shared {
    inner: Mutex<Inner>,
    driver: AtomicWaker,
    now: fn() -> Duration,
}

pub(crate) type Resolved = Result<Reply, RequestError>;

struct Inner {
    core: Core,
    asking: HashMap<u64, oneshot::Sender<Resolved>>,
    listener: Listener,
}

/// The reader of the [`Incomings`](crate::Incomings).
enum Listener {
    Busy,
    Asleep(Waker),
    Gone,
}

impl Shared {
    pub(crate) fn new(core: Core, now: fn() -> Duration) -> Self {
        Self {
            inner: Mutex::new(Inner { core, asking: HashMap::new(), listener: Listener::Busy }),
            driver: AtomicWaker::new(),
            now,
        }
    }

    /// For users: the driver is woken to act on it.
    pub(crate) fn command<T>(&self, command: impl FnOnce(&mut Core, Duration) -> T) -> T {
        let result = self.with(command);
        self.driver.wake();
        result
    }

    /// For the driver itself.
    pub(crate) fn with<T>(&self, step: impl FnOnce(&mut Core, Duration) -> T) -> T {
        let mut inner = self.lock();
        let result = step(&mut inner.core, (self.now)());
        inner.settle();
        result
    }

    /// Queues a request; what is returned resolves when it is over.
    pub(crate) fn request(
        &self,
        name: &str,
        args: Vec<Value>,
        attachments: Vec<Vec<u8>>,
        timeout: Duration,
    ) -> Result<oneshot::Receiver<Resolved>, NotConnected> {
        let mut inner = self.lock();
        let now = (self.now)();
        let begun = inner.core.request(name, args, attachments, timeout, now);
        let answer = begun.map(|id| inner.ask(id));
        inner.settle();
        drop(inner);
        self.driver.wake();
        answer
    }

    pub(crate) fn poll_incoming(&self, cx: &mut Context<'_>) -> Poll<Option<Incoming>> {
        let mut inner = self.lock();
        let was_full = !inner.core.wants_frames();
        match inner.core.poll_incoming() {
            Some(incoming) => {
                drop(inner);
                if was_full {
                    self.driver.wake();
                }
                Poll::Ready(Some(incoming))
            }
            None if inner.core.is_finished() => Poll::Ready(None),
            None => {
                inner.listener = Listener::Asleep(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// From now on no one wants to know what happens.
    pub(crate) fn stop_listening(&self) {
        self.lock().listener = Listener::Gone;
        self.command(|_, _| ());
    }

    pub(crate) fn register_driver(&self, cx: &Context<'_>) {
        self.driver.register(cx.waker());
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn ask(&mut self, id: u64) -> oneshot::Receiver<Resolved> {
        let (sender, receiver) = oneshot::channel();
        self.asking.insert(id, sender);
        receiver
    }

    /// Hands out what the core has to tell.
    fn settle(&mut self) {
        while let Some((id, resolved)) = self.core.poll_resolved() {
            if let Some(sender) = self.asking.remove(&id) {
                // Its caller has stopped waiting for it.
                drop(sender.send(resolved));
            }
        }
        match std::mem::replace(&mut self.listener, Listener::Busy) {
            Listener::Gone => {
                while self.core.poll_incoming().is_some() {}
                self.listener = Listener::Gone;
            }
            Listener::Asleep(waker) if self.core.has_news() => waker.wake(),
            listener => self.listener = listener,
        }
    }
}
