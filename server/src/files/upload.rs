//! `POST /files?name=…`: takes a file as it comes, in pieces, on to the disk.

use super::{
    Files, images,
    images::{Remade, Written},
    kinds::{self, Seems, kind_of, named_as},
    storage::{ContentHash, Unfinished},
    store::{self, NewFile, Thumbnail},
};
use crate::{
    accounts::{forms::status, sessions},
    error::Error,
};
use axum::{
    Json,
    body::{BodyDataStream, Bytes},
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use common::{
    Code, PersonId, Refusal,
    files::{Attachment, FileKind, cleaned_name, size_in_words},
};
use futures::StreamExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Who sends nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(60);
/// So long a refused upload is let go on: a browser that is cut off does not read the answer.
const FAREWELL: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// `POST /files?name=…`
pub async fn upload(
    State(files): State<Files>,
    named: Result<Query<Named>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    let taken = match named {
        Ok(Query(Named { name })) => files.take_in(&parts, &name, &mut body).await,
        Err(_) => Err(Code::Malformed.into()),
    };
    match taken {
        Ok(attachment) => (StatusCode::CREATED, Json(attachment)).into_response(),
        Err(error) => {
            let refusal = error.into_refusal();
            tokio::spawn(tokio::time::timeout(FAREWELL, async move { while body.next().await.is_some() {} }));
            (status(refusal.code), Json(refusal)).into_response()
        }
    }
}

/// A file that has come as a whole.
struct Received {
    written: Written,
    /// How it begins.
    head: Vec<u8>,
}

impl Files {
    async fn take_in(&self, parts: &Parts, name: &str, body: &mut BodyDataStream) -> Result<Attachment, Error> {
        let session = sessions::of_request(&self.0.db, &parts.headers, &self.0.config).await?;
        let person = session.ok_or(Code::NotSignedIn)?.person;
        self.0.rates.check("upload", person.0).map_err(Error::Refused)?;
        let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        self.check_room(0, announced.unwrap_or(0))?;
        let received = self.receive(body).await?;
        let (file, contents) = self.understood(received, cleaned_name(name)).await?;
        // Whoever has sent all of it may go now; it is put in its place all the same.
        let files = self.clone();
        let settled = tokio::spawn(async move { files.settle(person, file, contents).await }).await;
        settled.map_err(anyhow::Error::new)?
    }

    /// Whether there is room for a file of this size, and for so many bytes that have not come yet.
    fn check_room(&self, size: u64, to_come: u64) -> Result<(), Error> {
        let limit = self.0.config.file_limit;
        if size.saturating_add(to_come) > limit {
            let message =
                format!("This file is larger than {}, the most that this server takes.", size_in_words(limit));
            return Err(Error::Refused(Refusal::saying(Code::FileTooLarge, message)));
        }
        let fits = self.0.storage.used().saturating_add(to_come) <= self.0.config.storage_limit;
        if fits { Ok(()) } else { Err(Code::FilesFull.into()) }
    }

    async fn receive(&self, body: &mut BodyDataStream) -> Result<Received, Error> {
        let (mut unfinished, file) = self.0.storage.begin()?;
        let mut file = BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(file));
        let (mut hasher, mut head) = (Sha256::new(), Vec::new());
        while let Some(piece) = next_piece(body).await? {
            unfinished.grown(piece.len() as u64);
            self.check_room(unfinished.size(), 0)?;
            head.extend(piece.iter().take(kinds::LOOKED_AT - head.len()));
            hasher.update(&piece);
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        file.get_ref().sync_all().await?;
        Ok(Received { written: Written { unfinished, hash: ContentHash::of(hasher) }, head })
    }

    /// What the file is, and all that there is to keep of it.
    async fn understood(&self, received: Received, name: String) -> Result<(NewFile, Vec<Written>), Error> {
        let Received { written, head } = received;
        match kind_of(&head) {
            Seems::Is(kind, media_type) => Ok(as_it_is(written, name, kind, media_type)),
            Seems::Picture(format) => match self.remade(&written.unfinished, format).await? {
                Some(picture) => Ok(as_picture(picture, &name)),
                None => Ok(as_it_is(written, name, FileKind::Other, kinds::ANYTHING)),
            },
        }
    }

    /// The picture, made anew; `None` when it cannot be read as one.
    async fn remade(&self, unfinished: &Unfinished, format: image::ImageFormat) -> Result<Option<Remade>, Error> {
        if unfinished.size() > images::LARGEST {
            return Ok(None);
        }
        let _turn = self.0.images.acquire().await.map_err(anyhow::Error::new)?;
        let (storage, path) = (self.0.storage.clone(), unfinished.path().to_owned());
        match tokio::task::spawn_blocking(move || images::remade(&storage, &path, format)).await {
            Ok(Ok(remade)) => Ok(Some(remade)),
            Ok(Err(error)) => match error.downcast_ref::<std::io::Error>() {
                Some(disk) if Error::is_full_disk(disk) => Err(Code::StorageFull.into()),
                _ => {
                    tracing::debug!(error = format!("{error:#}"), "what looked like a picture is none");
                    Ok(None)
                }
            },
            Err(error) => {
                tracing::warn!(%error, "a picture could not be made anew");
                Ok(None)
            }
        }
    }

    /// Gives all contents their names, then the file its row.
    async fn settle(&self, person: PersonId, file: NewFile, contents: Vec<Written>) -> Result<Attachment, Error> {
        self.settled(contents, store::insert(&self.0.db, person, &file)).await
    }

    /// Gives contents their names, then has the row written that has them; without it they go.
    ///
    /// # Errors
    /// When the disk does not take them, or those of the row.
    pub async fn settled<T>(
        &self,
        contents: Vec<Written>,
        row: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let _settling = self.0.settling.lock().await;
        let hashes: Vec<ContentHash> = contents.iter().map(|content| content.hash).collect();
        let stored = async {
            for Written { unfinished, hash } in contents {
                self.0.storage.keep(unfinished, hash).await?;
            }
            row.await
        };
        let stored = stored.await;
        if stored.is_err() {
            for hash in hashes {
                self.remove_unused(hash).await?;
            }
        }
        stored
    }
}

fn as_it_is(written: Written, name: String, kind: FileKind, media_type: &'static str) -> (NewFile, Vec<Written>) {
    let (content, size) = (written.hash, written.unfinished.size());
    (NewFile { name, kind, media_type, content, size, pixels: None, thumbnail: None }, vec![written])
}

fn as_picture(picture: Remade, name: &str) -> (NewFile, Vec<Written>) {
    let Remade { content, format, width, height, thumbnail } = picture;
    let described = thumbnail.as_ref().map(|(written, format)| Thumbnail {
        content: written.hash,
        media_type: format.to_mime_type(),
        size: written.unfinished.size(),
    });
    let file = NewFile {
        name: named_as(name, format),
        kind: FileKind::Image,
        media_type: format.to_mime_type(),
        content: content.hash,
        size: content.unfinished.size(),
        pixels: Some((width, height)),
        thumbnail: described,
    };
    (file, std::iter::once(content).chain(thumbnail.map(|(written, _)| written)).collect())
}

/// The next piece of the file; `None` at its end.
async fn next_piece(body: &mut BodyDataStream) -> Result<Option<Bytes>, Error> {
    match tokio::time::timeout(SILENCE, body.next()).await {
        Ok(None) => Ok(None),
        Ok(Some(Ok(piece))) => Ok(Some(piece)),
        // Cut off midway, or silent: nobody reads the answer.
        Ok(Some(Err(_))) | Err(_) => Err(Code::Malformed.into()),
    }
}
