//! Sends notifications in the background, after the commit, to people who are at none of their devices.

use crate::{
    config::Config,
    jobs::{egress, push::vapid::Vapid},
    realtime::attention::Attention,
};
use common::{
    ServerEvent,
    messages::Message,
    notifications::{Level, Reason, Recipient, headline, path_of, summary},
    push::PushNotification,
    rooms::{RoomKind, name_in_sentence},
};
use http_acl_reqwest::HttpAcl;
use reqwest_middleware::ClientWithMiddleware;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{
    clock,
    db::Db,
    error::Error,
    push_subscriptions::{self, Receiver, Subscription},
};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};
use web_push_native::WebPushBuilder;

/// Capacity of the queue. Messages beyond it get no notification.
const WAITING: usize = 1_024;

/// Maximum number of concurrent requests.
const AT_ONCE: usize = 16;

/// Timeout of a request.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// Delay of the single retry after a temporary failure.
const TRIED_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// How long a push service keeps a notification for an offline device (TTL).
const KEPT: Duration = Duration::from_secs(12 * 60 * 60);

/// Queues messages for notifications; cheap to clone.
#[derive(Clone)]
pub struct Pushes {
    messages: mpsc::Sender<Message>,
    vapid: Arc<Vapid>,
    /// While there is no subscription, the job skips all messages.
    are_wanted: Arc<AtomicBool>,
}

impl Pushes {
    /// Opens the server's key. It also returns the task that sends until the last handle is dropped.
    ///
    /// # Errors
    /// When the server cannot read the key or the database.
    pub async fn open(
        db: Db,
        attention: Attention,
        config: &Config,
    ) -> anyhow::Result<(Self, impl Future<Output = ()> + Send + use<>)> {
        let contact = config.public_url.clone().filter(|url| url.starts_with("https://"));
        let vapid = Vapid::open(&config.data.path, contact.unwrap_or("mailto:nobody@localhost".into()))?;
        let are_any = push_subscriptions::are_any(&db).await.map_err(|error| anyhow::anyhow!(error.into_refusal()))?;
        let (messages, waiting) = mpsc::channel(WAITING);
        let pushes = Self { messages, vapid: Arc::new(vapid), are_wanted: Arc::new(AtomicBool::new(are_any)) };
        let (vapid, client) = (
            pushes.vapid.clone(),
            egress::client(allowed(config.pushes_to_loopback()), |client| client.timeout(ANSWERS_WITHIN))?,
        );
        let sender = Sender { db, attention, vapid, client, places: Arc::new(Semaphore::new(AT_ONCE)) };
        Ok((pushes, sender.run(waiting)))
    }

    pub fn public_key(&self) -> &str {
        self.vapid.public_key()
    }

    /// Notes that a subscription exists.
    pub fn are_wanted(&self) {
        self.are_wanted.store(true, Ordering::Relaxed);
    }

    /// Queues the message of a published event. It never waits.
    pub fn note(&self, event: &ServerEvent) {
        let ServerEvent::MessagePosted(message) = event else { return };
        if self.are_wanted.load(Ordering::Relaxed) && self.messages.try_send(message.clone()).is_err() {
            tracing::warn!(message = %message.id, "the queue of notifications is full: a message gets none");
        }
    }
}

/// Public addresses; for tests, all addresses.
fn allowed(loopback: bool) -> HttpAcl {
    HttpAcl::builder()
        .http(loopback)
        .non_global_ip_ranges(loopback)
        .host_acl_default(true)
        .port_acl_default(true)
        .ip_acl_default(true)
        .build()
}

#[derive(Clone)]
struct Sender {
    db: Db,
    attention: Attention,
    vapid: Arc<Vapid>,
    client: ClientWithMiddleware,
    places: Arc<Semaphore>,
}

impl Sender {
    async fn run(self, mut waiting: mpsc::Receiver<Message>) {
        let mut deliveries = JoinSet::new();
        loop {
            tokio::select! {
                message = waiting.recv() => {
                    let Some(message) = message else { return };
                    if let Err(error) = self.push(&message, &mut deliveries).await {
                        tracing::debug!(refusal = %error.into_refusal(), "the notifications of a message failed");
                    }
                }
                Some(delivered) = deliveries.join_next() => {
                    if let Err(error) = delivered {
                        tracing::error!(%error, "a delivery to a push service panicked");
                    }
                }
            }
        }
    }

    /// Notifies people who want notifications of the message and are absent.
    async fn push(&self, message: &Message, deliveries: &mut JoinSet<()>) -> Result<(), Error> {
        let receivers = push_subscriptions::receivers(&self.db, message).await?;
        if receivers.is_empty() {
            return Ok(());
        }
        let about = About::of(&self.db, message).await?;
        for receiver in receivers {
            let Some(reason) = self.reason(&receiver, message, about.kind) else { continue };
            let notice = about.notice(message, reason);
            // The semaphore stays open.
            let Ok(place) = self.places.clone().acquire_owned().await else { return Ok(()) };
            let (sender, subscription) = (self.clone(), receiver.subscription);
            deliveries.spawn(async move {
                sender.deliver(&subscription, &notice, reason).await;
                drop(place);
            });
        }
        Ok(())
    }

    fn reason(&self, receiver: &Receiver, message: &Message, kind: RoomKind) -> Option<Reason> {
        let now = clock::now();
        let is_quiet = receiver.quiet.is_on(now, |zone| store::time_zones::minute_in(zone, now));
        let level = receiver.level.unwrap_or(Level::usual(kind));
        let Receiver { person, follows, .. } = *receiver;
        let reason = Recipient { person, kind, level, follows }.reason(message)?;
        (!is_quiet && !self.attention.has(receiver.person)).then_some(reason)
    }

    async fn deliver(&self, subscription: &Subscription, notice: &PushNotification, reason: Reason) {
        for is_last in [false, true] {
            match self.send(subscription, notice, reason).await {
                Ok(status) if status.is_success() => return,
                // RFC 8030 section 7.3.
                Ok(status) if matches!(status.as_u16(), 404 | 410) => {
                    if let Err(error) = push_subscriptions::forget_dead(&self.db, &subscription.endpoint).await {
                        tracing::debug!(refusal = %error.into_refusal(), "an expired subscription could not be removed");
                    }
                    return;
                }
                Ok(status) if !(status.is_server_error() || status.as_u16() == 429) => {
                    return tracing::warn!(%status, host = subscription.endpoint.host_str(), "a push was refused");
                }
                Ok(status) if is_last => {
                    tracing::warn!(%status, host = subscription.endpoint.host_str(), "a push was not accepted");
                }
                Err(error) if is_last => {
                    let error = format!("{error:#}");
                    tracing::warn!(%error, host = subscription.endpoint.host_str(), "a push service cannot be reached");
                }
                Ok(_) | Err(_) => tokio::time::sleep(TRIED_AGAIN_AFTER).await,
            }
        }
    }

    async fn send(
        &self,
        subscription: &Subscription,
        notice: &PushNotification,
        reason: Reason,
    ) -> anyhow::Result<reqwest::StatusCode> {
        let Subscription { endpoint, public_key, auth } = subscription;
        let builder = WebPushBuilder::new(endpoint.as_str().parse()?, *public_key, *auth).with_valid_duration(KEPT);
        let (parts, body) = builder.build(serde_json::to_vec(notice)?)?.into_parts();
        let urgency = if reason == Reason::All { "normal" } else { "high" };
        let request = self
            .client
            .post(endpoint.clone())
            .headers(parts.headers)
            .header("authorization", self.vapid.authorization(endpoint, clock::now()))
            .header("urgency", urgency)
            .body(body);
        Ok(request.send().await?.status())
    }
}

/// The texts of a notification besides the message.
struct About {
    kind: RoomKind,
    room: String,
    author: String,
}

impl About {
    async fn of(db: &Db, message: &Message) -> Result<Self, Error> {
        let (kind, name, author) = push_subscriptions::about(db, message).await?;
        Ok(Self { kind, room: name_in_sentence(kind, &name), author })
    }

    fn notice(&self, message: &Message, reason: Reason) -> PushNotification {
        PushNotification {
            title: headline(reason, &self.author, &self.room),
            body: summary(message),
            tag: message.id.to_string(),
            path: path_of(message),
        }
    }
}
