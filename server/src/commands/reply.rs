//! Return value of a handler: the reply, and the events to publish after it.

use crate::realtime::{broadcasts::Broadcasts, queue::Publish};

pub struct Reply<T> {
    value: T,
    publish: Option<Publish>,
}

impl<T> Reply<T> {
    pub fn of(value: T) -> Self {
        Self { value, publish: None }
    }

    /// Publishes events after the server has sent the acknowledgement.
    #[must_use]
    pub fn then<Fut>(mut self, publish: impl FnOnce(Broadcasts) -> Fut + Send + 'static) -> Self
    where
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.publish = Some(Box::new(move |broadcasts| Box::pin(publish(broadcasts))));
        self
    }

    pub(super) fn into_parts(self) -> (T, Option<Publish>) {
        (self.value, self.publish)
    }
}
