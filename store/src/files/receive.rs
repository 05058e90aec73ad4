//! Receives an upload in chunks, writes it to disk, and stores it.

use super::{
    Files,
    images::{self, Remade, Written},
    kinds::{self, FileType, kind_of, named_as},
    verbs::{self, NewFile, Thumbnail},
};
use crate::{
    blobs::{ContentHash, Unfinished},
    error::Error,
};
use common::{
    Code, PersonId, Refusal,
    files::{Attachment, FileKind, cleaned_name, size_in_words},
};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};

/// An upload in progress. A drop before [`Receiving::keep`] deletes it.
pub struct Receiving {
    files: Files,
    unfinished: Unfinished,
    file: BufWriter<tokio::fs::File>,
    hasher: Sha256,
    /// The first bytes of the file.
    head: Vec<u8>,
}

impl Files {
    /// Starts an upload with `announced` expected bytes.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`], [`Code::FilesFull`], or an error of the disk.
    pub fn receive(&self, announced: u64) -> Result<Receiving, Error> {
        self.check_room(0, announced)?;
        let (unfinished, file) = self.0.storage.begin()?;
        let file = BufWriter::with_capacity(256 * 1024, tokio::fs::File::from_std(file));
        Ok(Receiving { files: self.clone(), unfinished, file, hasher: Sha256::new(), head: Vec::new() })
    }

    /// Checks the limits for a file of this size plus the expected bytes.
    fn check_room(&self, size: u64, to_come: u64) -> Result<(), Error> {
        let limit = self.0.limits.file;
        if size.saturating_add(to_come) > limit {
            let message =
                format!("This file is larger than {}, the most that this server takes.", size_in_words(limit));
            return Err(Error::Refused(Refusal::saying(Code::FileTooLarge, message)));
        }
        let fits = self.0.storage.used().saturating_add(to_come) <= self.0.limits.storage;
        if fits { Ok(()) } else { Err(Code::FilesFull.into()) }
    }
}

impl Receiving {
    /// Writes the next chunk.
    ///
    /// # Errors
    /// [`Code::FileTooLarge`], [`Code::FilesFull`], or an error of the disk.
    pub async fn take(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.unfinished.grown(piece.len() as u64);
        self.files.check_room(self.unfinished.size(), 0)?;
        self.head.extend(piece.iter().take(kinds::LOOKED_AT - self.head.len()));
        self.hasher.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// Stores the complete file under a display name.
    ///
    /// # Errors
    /// Returns an error if the disk or the database fails.
    pub async fn keep(mut self, person: PersonId, name: &str) -> Result<Attachment, Error> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        let Self { files, unfinished, hasher, head, .. } = self;
        let written = Written { unfinished, hash: ContentHash::of(hasher) };
        let (file, contents) = files.classified(written, &head, cleaned_name(name)).await?;
        // The file is stored even if the uploader disconnects now.
        let settled = tokio::spawn(async move { files.settle(person, file, contents).await }).await;
        settled.map_err(anyhow::Error::new)?
    }
}

impl Files {
    /// Returns the file's type, and all contents to store for it.
    async fn classified(&self, written: Written, head: &[u8], name: String) -> Result<(NewFile, Vec<Written>), Error> {
        match kind_of(head) {
            FileType::AsIs(kind, media_type) => Ok(as_it_is(written, name, kind, media_type)),
            FileType::Picture(format) => match self.remade(&written.unfinished, format).await? {
                Some(picture) => Ok(as_picture(picture, &name)),
                None => Ok(as_it_is(written, name, FileKind::Other, kinds::ANYTHING)),
            },
        }
    }

    /// Returns the re-encoded picture; `None` if the decoder cannot read it.
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
                    tracing::debug!(error = format!("{error:#}"), "the decoder cannot read this picture");
                    Ok(None)
                }
            },
            Err(error) => {
                tracing::warn!(%error, "cannot re-encode a picture");
                Ok(None)
            }
        }
    }

    /// Stores the contents under their names, then inserts the file's row.
    async fn settle(&self, person: PersonId, file: NewFile, contents: Vec<Written>) -> Result<Attachment, Error> {
        self.settled(contents, verbs::insert(&self.0.db, person, &file)).await
    }

    /// Stores contents under their names, then runs `row` to insert their row. Removes them if that fails.
    ///
    /// # Errors
    /// Returns an error if the disk fails, or the error of `row`.
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
