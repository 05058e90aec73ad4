//! Files: uploaded over HTTP, then attached to a message.
//!
//! `POST /files?name=…` takes a file as it is and answers with an [`Attachment`], whose id a message
//! names ([`crate::messages::PostMessage::attachments`]). Until then only its uploader can see it.

use crate::{FileId, limits};
use serde::{Deserialize, Serialize};

/// A file that a message has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: FileId,
    /// As its uploader called it, without folders and control characters.
    pub name: String,
    pub kind: FileKind,
    /// By its content, such as `image/jpeg`; `application/octet-stream` for what is only downloaded.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Pixels, of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// What can be done with a file in the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Shown. The server has re-encoded it, without anything else that was in the file.
    Image,
    /// Played.
    Audio,
    Video,
    /// Downloaded, and never shown as a page of this server.
    Other,
}

impl Attachment {
    /// Where it is shown or played from.
    pub fn path(&self) -> String {
        format!("/files/{}", self.id)
    }

    /// A picture, no larger than [`limits::THUMBNAIL_PIXELS`] in either direction.
    pub fn thumbnail_path(&self) -> String {
        format!("/files/{}/thumbnail", self.id)
    }

    /// The same file, for a browser to keep under its name.
    pub fn download_path(&self) -> String {
        format!("/files/{}?download", self.id)
    }

    /// Width and height of its thumbnail, for a picture.
    pub fn thumbnail_size(&self) -> Option<(u32, u32)> {
        Some(fitted(self.width?, self.height?))
    }
}

/// A picture's size, made smaller until it fits into a thumbnail.
pub fn fitted(width: u32, height: u32) -> (u32, u32) {
    fitted_into(width, height, limits::THUMBNAIL_PIXELS)
}

/// A picture's size, made smaller until neither side is longer than this.
pub fn fitted_into(width: u32, height: u32, most: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= most {
        return (width, height);
    }
    let scaled = |side: u32| ((u64::from(side) * u64::from(most) / u64::from(longest)) as u32).max(1);
    (scaled(width), scaled(height))
}

/// A file's name as it is kept: the last part of a path, without control characters and marks that
/// turn the direction of text around, and not too long. The ending stays.
pub fn cleaned_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns_around =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns_around(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    let ending = clean.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.chars().count() <= 10);
    let count = clean.chars().count();
    match ending {
        _ if clean.is_empty() => "file".into(),
        _ if count <= limits::FILE_NAME_CHARS => clean.into(),
        Some(ending) => {
            let room = limits::FILE_NAME_CHARS - ending.chars().count() - 2;
            format!("{}….{ending}", clean.chars().take(room).collect::<String>())
        }
        None => format!("{}…", clean.chars().take(limits::FILE_NAME_CHARS - 1).collect::<String>()),
    }
}

/// A number of bytes for people, such as "1.4 MB".
pub fn size_in_words(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    // In whole numbers: floating point would be code in the client.
    let (mut unit, mut size) = (0, 1000);
    while unit + 1 < UNITS.len() && bytes >= size * 1000 - size / 2 {
        size *= 1000;
        unit += 1;
    }
    let tenths = (bytes.saturating_mul(10).saturating_add(size / 2)) / size;
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
    } else {
        format!("{} {}", bytes.saturating_add(size / 2) / size, UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folders_and_nothing_that_deceives() {
        assert_eq!(cleaned_name("notes.txt"), "notes.txt");
        assert_eq!(cleaned_name("/etc/passwd"), "passwd");
        assert_eq!(cleaned_name("C:\\Users\\Ada\\engine.pdf"), "engine.pdf");
        assert_eq!(cleaned_name("../../.bashrc"), "bashrc");
        assert_eq!(cleaned_name("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(cleaned_name("two\r\nlines\0.txt"), "twolines.txt");
        for nothing in ["", " ", "..", "folder/", "\u{7f}"] {
            assert_eq!(cleaned_name(nothing), "file", "{nothing:?}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_keeps_its_ending() {
        let cleaned = cleaned_name(&format!("{}.tar.gz", "long".repeat(100)));
        assert_eq!(cleaned.chars().count(), limits::FILE_NAME_CHARS);
        assert!(cleaned.ends_with("….gz"), "{cleaned}");
        assert_eq!(cleaned_name(&"ü".repeat(300)).chars().count(), limits::FILE_NAME_CHARS);
    }

    #[test]
    fn sizes_are_said_in_few_digits() {
        let words = [0, 999, 1_000, 1_449, 9_950, 10_500, 999_499, 1_400_000, 250_000_000, 1_000_000_000];
        assert_eq!(
            words.map(size_in_words),
            ["0 B", "999 B", "1 kB", "1.4 kB", "10 kB", "11 kB", "999 kB", "1.4 MB", "250 MB", "1 GB"]
        );
    }

    #[test]
    fn a_picture_is_made_smaller_in_its_proportions_and_never_larger() {
        assert_eq!(fitted(1440, 720), (720, 360));
        assert_eq!(fitted(300, 200), (300, 200));
        assert_eq!(fitted(10_000, 1), (720, 1));
    }
}
