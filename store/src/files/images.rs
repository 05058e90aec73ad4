//! Re-encodes uploaded pictures: reads the pixels, rotates them upright, and writes them without metadata
//! such as the place. Also makes a thumbnail for the conversation.
//!
//! An upload can lie: a few bytes may claim a picture that fills the memory. So the size check runs before
//! the decoder, and an unreadable picture becomes a plain download.

use crate::{
    blobs::{ContentHash, Storage, Unfinished},
    files::small::Small,
};
use anyhow::{bail, ensure};
use common::files::{fitted, fitted_into};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
    imageops,
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Cursor, Seek, Write},
    num::NonZeroU64,
    path::Path,
};

/// The most pixels of a picture to re-encode. A larger one is a plain download.
const PIXELS: u64 = 40_000_000;

/// The most pixels of all frames of an animation.
const PIXELS_OF_FRAMES: u64 = 400_000_000;

/// The most bytes of memory for the decoder.
const MEMORY: u64 = 320 * 1024 * 1024;

/// The most bytes of a colour profile to keep: without it, pictures of many phones look pale.
const PROFILE: usize = 64 * 1024;

/// The most bytes of a possible picture. The decoder reads the whole file.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// The least pixels of a copy, in either direction.
const SMALLEST: u32 = 16;

const QUALITY: u8 = 88;

const QUALITY_OF_THUMBNAILS: u8 = 80;

/// A re-encoded picture.
pub struct Remade {
    pub content: Written,
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
    /// `None` for a picture that is already small.
    pub thumbnail: Option<(Written, ImageFormat)>,
}

/// Complete content on disk, without its final name.
pub struct Written {
    pub unfinished: Unfinished,
    pub hash: ContentHash,
}

/// Re-encodes a picture. Blocks the thread, and takes memory.
///
/// # Errors
/// Returns an error for an invalid or too large picture, or if the disk write fails.
pub fn remade(storage: &Storage, path: &Path, format: ImageFormat) -> anyhow::Result<Remade> {
    let Picture { pixels, profile } = read(BufReader::new(File::open(path)?), format)?;
    let (width, height) = (pixels.width(), pixels.height());
    let thumbnail = thumbnail(storage, &pixels, &profile)?;
    let (content, format) = match format {
        ImageFormat::Gif => (frames_copied(storage, path)?, ImageFormat::Gif),
        ImageFormat::Jpeg => (jpeg(storage, &pixels, profile, QUALITY)?, ImageFormat::Jpeg),
        ImageFormat::WebP if !pixels.color().has_alpha() => {
            (jpeg(storage, &pixels, profile, QUALITY)?, ImageFormat::Jpeg)
        }
        _ => (png(storage, &pixels, profile)?, ImageFormat::Png),
    };
    Ok(Remade { content, format, width, height, thumbnail })
}

/// Makes a copy of a picture within `most` pixels in either direction. Blocks the thread, and takes memory.
///
/// # Errors
/// Returns an error for an invalid, too large or too small picture, or if the disk write fails.
pub fn small_copy(storage: &Storage, bytes: &[u8], format: ImageFormat, most: u32) -> anyhow::Result<Small> {
    let Picture { pixels, profile } = read(Cursor::new(bytes), format)?;
    let (width, height) = fitted_into(pixels.width(), pixels.height(), most);
    ensure!(width >= SMALLEST && height >= SMALLEST, "{width} × {height} pixels show nothing");
    let (written, format) = encoded_small(storage, shrunk(&pixels, width, height), &profile)?;
    Ok(Small { written, media_type: format.to_mime_type(), width, height })
}

struct Picture {
    pixels: DynamicImage,
    profile: Option<Vec<u8>>,
}

fn read(source: impl BufRead + Seek, format: ImageFormat) -> anyhow::Result<Picture> {
    let mut reader = ImageReader::with_format(source, format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let orientation = decoder.orientation()?;
    let profile = decoder.icc_profile()?;
    let mut pixels = eight_bits(DynamicImage::from_decoder(decoder)?);
    pixels.apply_orientation(orientation);
    let profile = profile.filter(|profile| fits(profile, &pixels));
    Ok(Picture { pixels, profile })
}

fn check_size(width: u32, height: u32) -> anyhow::Result<()> {
    let pixels = u64::from(width) * u64::from(height);
    ensure!((1..=PIXELS).contains(&pixels), "{width} × {height} pixels are not taken as a picture");
    Ok(())
}

fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    match pixels.color().into() {
        ExtendedColorType::L8 | ExtendedColorType::La8 | ExtendedColorType::Rgb8 | ExtendedColorType::Rgba8 => pixels,
        _ if pixels.color().has_alpha() => DynamicImage::ImageRgba8(pixels.into_rgba8()),
        _ => DynamicImage::ImageRgb8(pixels.into_rgb8()),
    }
}

/// Returns whether a colour profile is small and fits the colour type of the pixels. Bytes 16 to 19 of its
/// header name the colour space (ICC.1:2022, section 7.2.8).
fn fits(profile: &[u8], pixels: &DynamicImage) -> bool {
    let wanted: &[u8] = if pixels.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.len() <= PROFILE && profile.get(16..20) == Some(wanted)
}

fn thumbnail(
    storage: &Storage,
    pixels: &DynamicImage,
    profile: &Option<Vec<u8>>,
) -> anyhow::Result<Option<(Written, ImageFormat)>> {
    let (width, height) = fitted(pixels.width(), pixels.height());
    if (width, height) == (pixels.width(), pixels.height()) {
        return Ok(None);
    }
    encoded_small(storage, shrunk(pixels, width, height), profile).map(Some)
}

fn encoded_small(
    storage: &Storage,
    small: DynamicImage,
    profile: &Option<Vec<u8>>,
) -> anyhow::Result<(Written, ImageFormat)> {
    if shines_through(&small) {
        return Ok((png(storage, &small, profile.clone())?, ImageFormat::Png));
    }
    let opaque = if small.color().has_color() { small.into_rgb8().into() } else { small.into_luma8().into() };
    Ok((jpeg(storage, &opaque, profile.clone(), QUALITY_OF_THUMBNAILS)?, ImageFormat::Jpeg))
}

/// Shrinks a picture. A much larger one first gets a quick, rough reduction.
fn shrunk(pixels: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    let rough = (pixels.width() > width * 3).then(|| pixels.thumbnail_exact(width * 2, height * 2));
    rough.as_ref().unwrap_or(pixels).resize_exact(width, height, imageops::FilterType::CatmullRom)
}

fn shines_through(pixels: &DynamicImage) -> bool {
    pixels.color().has_alpha() && pixels.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

fn jpeg(storage: &Storage, pixels: &DynamicImage, profile: Option<Vec<u8>>, quality: u8) -> anyhow::Result<Written> {
    let mut output = Output::begin(storage)?;
    encode(pixels, profile, JpegEncoder::new_with_quality(&mut output, quality))?;
    output.finish()
}

fn png(storage: &Storage, pixels: &DynamicImage, profile: Option<Vec<u8>>) -> anyhow::Result<Written> {
    let mut output = Output::begin(storage)?;
    encode(pixels, profile, PngEncoder::new_with_quality(&mut output, CompressionType::Default, FilterType::Adaptive))?;
    output.finish()
}

fn encode(pixels: &DynamicImage, profile: Option<Vec<u8>>, mut encoder: impl ImageEncoder) -> anyhow::Result<()> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile)?;
    }
    Ok(pixels.write_with_encoder(encoder)?)
}

/// Copies a GIF frame by frame, without comments and extensions. Only one frame is in memory.
fn frames_copied(storage: &Storage, path: &Path) -> anyhow::Result<Written> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    options.set_memory_limit(gif::MemoryLimit::Bytes(NonZeroU64::new(PIXELS).unwrap_or(NonZeroU64::MIN)));
    let mut decoder = options.read_info(BufReader::new(File::open(path)?))?;
    check_size(decoder.width().into(), decoder.height().into())?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let mut output = Output::begin(storage)?;
    let mut encoder = gif::Encoder::new(&mut output, decoder.width(), decoder.height(), &palette)?;
    let (mut pixels, mut is_first) = (0, true);
    while let Some(frame) = decoder.read_next_frame()? {
        pixels += u64::from(frame.width) * u64::from(frame.height) + 1_000;
        if pixels > PIXELS_OF_FRAMES {
            bail!("the frames have too many pixels");
        }
        // The decoder has already ordered the rows.
        let frame = gif::Frame { interlaced: false, ..frame.clone() };
        // The decoder knows the repeat count only after the first frame.
        if std::mem::take(&mut is_first) {
            encoder.set_repeat(decoder.repeat())?;
        }
        encoder.write_frame(&frame)?;
    }
    ensure!(!is_first, "there is no frame in it");
    drop(encoder);
    output.finish()
}

/// The file that receives a re-encoded picture.
struct Output {
    file: BufWriter<File>,
    unfinished: Unfinished,
    hasher: Sha256,
}

impl Output {
    fn begin(storage: &Storage) -> io::Result<Self> {
        let (unfinished, file) = storage.begin()?;
        Ok(Self { file: BufWriter::with_capacity(128 * 1024, file), unfinished, hasher: Sha256::new() })
    }

    fn finish(mut self) -> anyhow::Result<Written> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(Written { unfinished: self.unfinished, hash: ContentHash::of(self.hasher) })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.unfinished.grown(written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
