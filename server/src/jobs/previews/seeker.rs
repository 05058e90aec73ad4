//! Looks up link previews in the background, after the commit.

use crate::{
    config::{Config, LinkPreviews},
    jobs::previews::{page, web::Web},
};
use common::{
    MessageId, Millis, ServerEvent, limits,
    messages::{Message, MessageEdited},
};
use futures::future::BoxFuture;
use std::hash::{DefaultHasher, Hash, Hasher};
use store::{
    db::Db,
    error::Error,
    files::{Files, Small},
    previews::{self, CachedPage, StoredPicture, facts::Facts},
};
use tokio::sync::mpsc;
use url::Url;

/// Capacity of the queue of messages. Messages beyond it get no previews.
const WAITING: usize = 256;

/// Number of lanes. A link always uses the same lane, so the server never requests it twice at a time. A second
/// message with the link finds the stored preview.
const LANES: usize = 8;

/// Capacity of a lane.
const WAITING_IN_LANE: usize = 64;

/// After a restart the server looks up links of messages that are at most this old.
const CATCHES_UP: Millis = 60 * 60 * 1000;

/// Maximum number of such messages.
const CAUGHT_UP: i64 = 200;

/// Accepts messages with links; cheap to clone.
#[derive(Clone)]
pub struct Previews {
    /// `None` when previews are switched off.
    messages: Option<mpsc::Sender<Linking>>,
}

/// A message and its HTML.
struct Linking {
    message: MessageId,
    html: String,
}

struct Wanted {
    message: MessageId,
    url: String,
}

impl Previews {
    /// The handle, and the tasks that look up previews until the last handle is dropped. It has no tasks when
    /// previews are switched off.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub fn open(db: Db, files: Files, config: &Config) -> anyhow::Result<(Self, Vec<BoxFuture<'static, ()>>)> {
        if config.link_previews == LinkPreviews::Off {
            return Ok((Self { messages: None }, Vec::new()));
        }
        let seeker = Seeker { db: db.clone(), files, web: Web::new(config.previews_loopback())? };
        let (messages, waiting) = mpsc::channel(WAITING);
        let mut tasks: Vec<BoxFuture<'static, ()>> = Vec::new();
        let mut lanes = Vec::new();
        for _ in 0..LANES {
            let (lane, wanted) = mpsc::channel(WAITING_IN_LANE);
            tasks.push(Box::pin(seeker.clone().run(wanted)));
            lanes.push(lane);
        }
        let (own, before) = (config.public_url.clone(), messages.clone());
        tasks.push(Box::pin(async move {
            tokio::join!(spread(waiting, lanes, own), catch_up(db, before));
        }));
        Ok((Self { messages: Some(messages) }, tasks))
    }

    /// Queues the message of a published event. It never waits.
    pub fn note(&self, event: &ServerEvent) {
        let (ServerEvent::MessagePosted(Message { id: message, html, .. })
        | ServerEvent::MessageEdited(MessageEdited { message, html, .. })) = event
        else {
            return;
        };
        let (Some(messages), Some(html)) = (&self.messages, html.as_ref().filter(|html| html.contains("href=\"")))
        else {
            return;
        };
        if messages.try_send(Linking { message: *message, html: html.clone() }).is_err() {
            tracing::warn!(%message, "the queue of links is full: a message gets no previews");
        }
    }
}

/// Queues messages whose links may have waited when the server stopped. It skips messages that have previews.
async fn catch_up(db: Db, messages: mpsc::Sender<Linking>) {
    let linking = match previews::linking_lately(&db, CATCHES_UP, CAUGHT_UP).await {
        Ok(linking) => linking,
        Err(error) => {
            return tracing::warn!(refusal = %error.into_refusal(), "the server skips links from before its start");
        }
    };
    for (message, html) in linking {
        if messages.send(Linking { message, html }).await.is_err() {
            return;
        }
    }
}

/// Puts each link into its lane. Links to this server need no preview.
async fn spread(mut waiting: mpsc::Receiver<Linking>, lanes: Vec<mpsc::Sender<Wanted>>, own: Option<String>) {
    let is_own = |url: &str| own.as_deref().is_some_and(|own| url.starts_with(own));
    while let Some(Linking { message, html }) = waiting.recv().await {
        for url in previews::links(Some(&html)).into_iter().filter(|url| !is_own(url)) {
            let mut hasher = DefaultHasher::new();
            url.hash(&mut hasher);
            let lane = usize::try_from(hasher.finish() % LANES as u64).unwrap_or_default();
            if lanes[lane].try_send(Wanted { message, url }).is_err() {
                tracing::warn!(%message, "a lane of links is full: a link gets no preview");
            }
        }
    }
}

#[derive(Clone)]
struct Seeker {
    db: Db,
    files: Files,
    web: Web,
}

impl Seeker {
    async fn run(self, mut wanted: mpsc::Receiver<Wanted>) {
        while let Some(Wanted { message, url }) = wanted.recv().await {
            if let Err(error) = self.preview(message, &url).await {
                tracing::debug!(refusal = %error.into_refusal(), "a link gets no preview");
            }
        }
    }

    async fn preview(&self, message: MessageId, url: &str) -> Result<(), Error> {
        if previews::is_settled(&self.db, message, url).await? {
            return Ok(());
        }
        let found = match previews::cached(&self.db, url).await? {
            Some(found) => found,
            None => self.look(url).await?,
        };
        match &found.facts {
            Some(facts) => previews::add(&self.db, message, url, facts, found.picture.as_ref()).await,
            None => Ok(()),
        }
    }

    /// Requests the page and stores its preview.
    async fn look(&self, url: &str) -> Result<CachedPage, Error> {
        let (facts, picture) = match self.read(url).await {
            Ok(Some((facts, picture))) => (Some(facts), picture),
            Ok(None) => (None, None),
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), url, "the request for a page failed");
                (None, None)
            }
        };
        let small = match picture {
            Some(picture) => self.small_copy(picture).await,
            None => None,
        };
        let mut found = CachedPage { facts, picture: None };
        let mut contents = Vec::new();
        if let (Some(facts), Some(small)) = (&mut found.facts, small) {
            facts.picture = Some((small.width, small.height));
            let (content, size) = (small.written.hash, small.written.unfinished.size());
            found.picture = Some(StoredPicture { content, media_type: small.media_type.to_owned(), size });
            contents.push(small.written);
        }
        if let Some(before) = self.files.settled(contents, previews::keep(&self.db, url, &found)).await? {
            self.files.let_go(before).await?;
        }
        Ok(found)
    }

    async fn read(&self, url: &str) -> anyhow::Result<Option<(Facts, Option<Url>)>> {
        let html = self.web.page(Url::parse(url)?).await?;
        Ok(page::read(&html.bytes, html.charset.as_deref(), &html.from))
    }

    /// A preview does without a picture that the server cannot get.
    async fn small_copy(&self, url: Url) -> Option<Small> {
        let bytes = match self.web.picture(url).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), "the request for a picture failed");
                return None;
            }
        };
        match self.files.small_copy(bytes, limits::PREVIEW_PIXELS).await {
            Ok(small) => small,
            Err(error) => {
                tracing::warn!(refusal = %error.into_refusal(), "a picture could not be re-encoded");
                None
            }
        }
    }
}
