//! Looks for what messages link to, in the background, after the commit.

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
    previews::{self, Found, StoredPicture, facts::Facts},
};
use tokio::sync::mpsc;
use url::Url;

/// Messages that may wait until it is looked at their links; those that come on top have no previews.
const WAITING: usize = 256;

/// Links are looked for in so many lanes, the same one always in the same: nothing is asked for twice
/// at a time, and the second who links to it finds it known.
const LANES: usize = 8;

/// Links that may wait in a lane.
const WAITING_IN_LANE: usize = 64;

/// What waited when the server stopped is looked for after the next start, if it was posted within so long.
const CATCHES_UP: Millis = 60 * 60 * 1000;

/// Messages of which that is so, at most.
const CAUGHT_UP: i64 = 200;

/// Takes note of messages with links; cheap to clone.
#[derive(Clone)]
pub struct Previews {
    /// None where there are no previews.
    messages: Option<mpsc::Sender<Linking>>,
}

/// A message, and its HTML.
struct Linking {
    message: MessageId,
    html: String,
}

struct Wanted {
    message: MessageId,
    url: String,
}

impl Previews {
    /// The handle, and the tasks that look for previews until the last handle is dropped; none where
    /// previews are switched off.
    ///
    /// # Errors
    /// When no requests can be made.
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

    /// Takes note of a published event. It never waits.
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
            tracing::warn!(%message, "too many links wait to be looked at: a message has no previews");
        }
    }
}

/// Takes note of messages whose links may have waited when the server stopped. Of those that have their previews
/// nothing is looked for.
async fn catch_up(db: Db, messages: mpsc::Sender<Linking>) {
    let linking = match previews::linking_lately(&db, CATCHES_UP, CAUGHT_UP).await {
        Ok(linking) => linking,
        Err(error) => return tracing::warn!(refusal = %error.into_refusal(), "links of before are not looked at"),
    };
    for (message, html) in linking {
        if messages.send(Linking { message, html }).await.is_err() {
            return;
        }
    }
}

/// Puts each link into its lane. Those that lead to this very server need no preview.
async fn spread(mut waiting: mpsc::Receiver<Linking>, lanes: Vec<mpsc::Sender<Wanted>>, own: Option<String>) {
    let is_own = |url: &str| own.as_deref().is_some_and(|own| url.starts_with(own));
    while let Some(Linking { message, html }) = waiting.recv().await {
        for url in previews::links(Some(&html)).into_iter().filter(|url| !is_own(url)) {
            let mut hasher = DefaultHasher::new();
            url.hash(&mut hasher);
            let lane = usize::try_from(hasher.finish() % LANES as u64).unwrap_or_default();
            if lanes[lane].try_send(Wanted { message, url }).is_err() {
                tracing::warn!(%message, "too many links wait: one has no preview");
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
                tracing::debug!(refusal = %error.into_refusal(), "a link has no preview");
            }
        }
    }

    async fn preview(&self, message: MessageId, url: &str) -> Result<(), Error> {
        if previews::is_settled(&self.db, message, url).await? {
            return Ok(());
        }
        let found = match previews::found(&self.db, url).await? {
            Some(found) => found,
            None => self.look(url).await?,
        };
        match &found.facts {
            Some(facts) => previews::add(&self.db, message, url, facts, found.picture.as_ref()).await,
            None => Ok(()),
        }
    }

    /// Looks at the page, and keeps what was found.
    async fn look(&self, url: &str) -> Result<Found, Error> {
        let (facts, picture) = match self.read(url).await {
            Ok(Some((facts, picture))) => (Some(facts), picture),
            Ok(None) => (None, None),
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), url, "a page is not to be had");
                (None, None)
            }
        };
        let small = match picture {
            Some(picture) => self.small_copy(picture).await,
            None => None,
        };
        let mut found = Found { facts, picture: None };
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

    /// A preview does without a picture that is not to be had.
    async fn small_copy(&self, url: Url) -> Option<Small> {
        let bytes = match self.web.picture(url).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::debug!(error = format!("{error:#}"), "a picture is not to be had");
                return None;
            }
        };
        match self.files.small_copy(bytes, limits::PREVIEW_PIXELS).await {
            Ok(small) => small,
            Err(error) => {
                tracing::warn!(refusal = %error.into_refusal(), "a small picture could not be made");
                None
            }
        }
    }
}
