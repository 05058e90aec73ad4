//! Content sniffing: the first bytes decide a file's type, not its name or its uploader.

use common::files::FileKind;
use image::ImageFormat;

/// The number of leading bytes to check.
pub const LOOKED_AT: usize = 8192;

/// The media type of every plain download.
pub const ANYTHING: &str = "application/octet-stream";

/// The type that the first bytes suggest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// A picture, if the decoder can read it.
    Picture(ImageFormat),
    AsIs(FileKind, &'static str),
}

/// Returns the type that the first bytes suggest.
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

/// Returns a picture's name with the extension of its new format.
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
    fn pages_and_programs_are_plain_downloads() {
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
    fn a_picture_gets_the_extension_of_its_format() {
        assert_eq!(named_as("engine.JPG", ImageFormat::Jpeg), "engine.JPG");
        assert_eq!(named_as("engine.webp", ImageFormat::Jpeg), "engine.jpg");
        assert_eq!(named_as("engine", ImageFormat::Png), "engine.png");
        assert_eq!(named_as("engine.v2", ImageFormat::Gif), "engine.v2.gif");
    }
}
