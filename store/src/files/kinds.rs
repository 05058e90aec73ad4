//! What a file is, by how its content begins. What its name or its uploader says does not count.

use common::files::FileKind;
use image::ImageFormat;

/// So many bytes at the beginning of a file are looked at.
pub const LOOKED_AT: usize = 8192;

/// The type of everything that is only downloaded.
pub const ANYTHING: &str = "application/octet-stream";

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// A picture, if it can be read as one.
    Picture(ImageFormat),
    AsIs(FileKind, &'static str),
}

/// What a file that begins with these bytes seems to be.
pub fn kind_of(head: &[u8]) -> FileType {
    let Some(kind) = infer::get(head) else { return FileType::AsIs(FileKind::Other, ANYTHING) };
    match kind.mime_type() {
        "image/png" => FileType::Picture(ImageFormat::Png),
        "image/jpeg" => FileType::Picture(ImageFormat::Jpeg),
        "image/gif" => FileType::Picture(ImageFormat::Gif),
        "image/webp" => FileType::Picture(ImageFormat::WebP),
        "audio/mpeg" => FileType::AsIs(FileKind::Audio, "audio/mpeg"),
        "audio/m4a" => FileType::AsIs(FileKind::Audio, "audio/mp4"),
        "audio/ogg" | "audio/opus" => FileType::AsIs(FileKind::Audio, "audio/ogg"),
        "audio/x-flac" => FileType::AsIs(FileKind::Audio, "audio/flac"),
        "audio/x-wav" => FileType::AsIs(FileKind::Audio, "audio/wav"),
        "audio/aac" => FileType::AsIs(FileKind::Audio, "audio/aac"),
        "video/mp4" | "video/x-m4v" => FileType::AsIs(FileKind::Video, "video/mp4"),
        "video/webm" => FileType::AsIs(FileKind::Video, "video/webm"),
        "video/quicktime" => FileType::AsIs(FileKind::Video, "video/quicktime"),
        _ => FileType::AsIs(FileKind::Other, ANYTHING),
    }
}

/// A picture's name, with an ending that fits what it has become.
pub fn named_as(name: &str, format: ImageFormat) -> String {
    const OF_PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "jpe", "gif", "webp", "jfif", "apng"];
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let lower = ending.to_ascii_lowercase();
    if format.extensions_str().contains(&lower.as_str()) {
        return name.into();
    }
    let kept = if OF_PICTURES.contains(&lower.as_str()) { stem } else { name };
    format!("{kept}.{}", format.extensions_str().first().unwrap_or(&"img"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_or_a_program_is_never_more_than_a_download() {
        let files: [&[u8]; 6] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"%PDF-1.7",
            b"\x7fELF\x02\x01\x01",
            b"just text",
            b"",
        ];
        for file in files {
            assert_eq!(kind_of(file), FileType::AsIs(FileKind::Other, ANYTHING), "{file:?}");
        }
    }

    #[test]
    fn a_picture_is_named_after_what_it_is() {
        assert_eq!(named_as("engine.JPG", ImageFormat::Jpeg), "engine.JPG");
        assert_eq!(named_as("engine.webp", ImageFormat::Jpeg), "engine.jpg");
        assert_eq!(named_as("engine", ImageFormat::Png), "engine.png");
        assert_eq!(named_as("engine.v2", ImageFormat::Gif), "engine.v2.gif");
    }
}
