//! Files: uploading them, reading them, and looking for them on the server's disk.

use super::{Person, Received, Workspace, within};
use common::{FileId, RoomId, files::Attachment, messages::PostMessage};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::{
    RequestBuilder, StatusCode,
    header::{self, HeaderMap},
};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

/// The response, as bytes.
pub struct Fetched {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Fetched {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Person {
    /// Uploads a file, which the server accepts.
    pub async fn uploads(&self, name: &str, content: impl Into<Vec<u8>>) -> Attachment {
        let answer = self.tries_to_upload(name, content).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.json()
    }

    pub async fn tries_to_upload(&self, name: &str, content: impl Into<Vec<u8>>) -> Received {
        let query = serde_urlencoded::to_string([("name", name)]).unwrap();
        let upload = self.web().post(&format!("/files?{query}")).body(content.into());
        Received::of(self.signed(upload)).await
    }

    /// Reads a file, or another path.
    pub async fn fetches(&self, path: &str) -> Fetched {
        self.fetches_with(path, &[]).await
    }

    pub async fn fetches_with(&self, path: &str, headers: &[(header::HeaderName, &str)]) -> Fetched {
        let request = headers.iter().fold(self.web().get(path), |request, (name, value)| request.header(name, *value));
        fetched(self.signed(request)).await
    }
}

async fn fetched(request: RequestBuilder) -> Fetched {
    let response = within("a response", request.send()).await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = within("a whole response", response.bytes()).await.expect("the answer is whole").to_vec();
    Fetched { status, headers, bytes }
}

impl Workspace {
    /// The contents in the folder for files, finished or not.
    pub fn contents(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.files_folder()];
        while let Some(folder) = folders.pop() {
            // A file that is deleted meanwhile does not count.
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    _ => found.push(entry.path()),
                }
            }
        }
        found
    }

    pub fn files_folder(&self) -> PathBuf {
        self.database_file().parent().unwrap_or(Path::new("/")).join("files")
    }

    /// Waits until the folder has this number of files.
    pub async fn has_contents(&self, count: usize) {
        let so_many = async {
            while self.contents().len() != count {
                tokio::task::yield_now().await;
            }
        };
        within(&format!("{count} contents on disk"), so_many).await;
    }
}

/// A message with files.
pub fn post_with(room: RoomId, text: &str, files: impl IntoIterator<Item = FileId>) -> PostMessage {
    let attachments = files.into_iter().collect();
    PostMessage { attachments, ..PostMessage::new(room, text) }
}

/// A picture with a red left half and a blue right half.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_fn(width, height, colour).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG from a camera that was held upright; its metadata says so, and where: it needs a quarter turn right.
pub fn photo(width: u32, height: u32, secret: &str) -> Vec<u8> {
    let jpeg = picture(width, height, ImageFormat::Jpeg);
    // TIFF, little endian, one directory with Orientation (0x0112) = 6 and a description (0x010e).
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x0e\x01\x02\0");
    exif.extend((secret.len() as u32 + 1).to_le_bytes());
    exif.extend(38u32.to_le_bytes());
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    exif.extend(secret.as_bytes());
    exif.push(0);
    let mut photo = jpeg[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend((exif.len() as u16 + 2).to_be_bytes());
    photo.extend(exif);
    photo.extend(&jpeg[2..]);
    photo
}

/// A PNG of a few bytes that claims the size of a football field.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = picture(1, 1, ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&checksum.to_be_bytes());
    png
}

/// PNG (third edition), annex D.
fn crc32(bytes: &[u8]) -> u32 {
    let of_byte =
        |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)));
    !bytes.iter().fold(u32::MAX, of_byte)
}
