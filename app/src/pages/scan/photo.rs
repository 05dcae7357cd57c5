//! `POST /scan/foto`: a photo of a pass, read on the server. The photo is never stored.

use std::io::Cursor;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::Response;
use domain::parse_scan;
use image::{ImageReader, Limits};
use storage::Permission;
use tokio::sync::Semaphore;

use super::form::{ACTIVITY, PHOTO, SCAN_ID};
use super::submit::{again, record, slip};
use crate::forms::Typed;
use crate::locales::nl::scan as text;
use crate::respond::{PageError, Visit};

/// Largest body: a photo of 10 MB and the few bytes around it.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024 + 64 * 1024;
/// Largest side: twice a modern phone's.
const MAX_SIDE: u32 = 12_000;
/// Memory for one decoded photo: 50 megapixels in three colours.
const MAX_BYTES: u64 = 160 * 1024 * 1024;
/// A photo is looked at in this size at most: more pixels make it slower, not better.
const LOOK_SIDE: u32 = 3_200;
/// Photos decoded at the same time, because of the memory that each takes.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What was read from a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    /// The text of a code, ours or not.
    Code(String),
    /// No code.
    Nothing,
    /// Not an image that we can open.
    Unreadable,
}

/// `POST /scan/foto`
pub(crate) async fn post(visit: Visit, mut form: Multipart) -> Result<Response, PageError> {
    visit.require(Permission::Scan)?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let mut photo = Vec::new();
    while let Some(field) = form.next_field().await.map_err(rejected)? {
        match field.name().unwrap_or_default() {
            PHOTO => photo = field.bytes().await.map_err(rejected)?.to_vec(),
            ACTIVITY => pairs.push((ACTIVITY, field.text().await.map_err(rejected)?)),
            SCAN_ID => pairs.push((SCAN_ID, field.text().await.map_err(rejected)?)),
            _ => {}
        }
    }
    let typed: Typed = pairs.into_iter().collect();
    let Some(slip) = slip(&typed) else {
        return again(&visit, typed, PHOTO, text::FORM_STALE).await;
    };
    if photo.is_empty() {
        return again(&visit, typed, PHOTO, text::PHOTO_MISSING).await;
    }
    match look(photo).await? {
        Seen::Code(code) => record(&visit, slip, parse_scan(&code), false, typed, PHOTO).await,
        Seen::Nothing => again(&visit, typed, PHOTO, text::PHOTO_NO_CODE).await,
        Seen::Unreadable => again(&visit, typed, PHOTO, text::PHOTO_FORMAT).await,
    }
}

/// Too large, or not a form at all.
#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn rejected(error: MultipartError) -> PageError {
    PageError::form(error.status())
}

/// Off the async threads: a photo takes a tenth of a second and more.
async fn look(photo: Vec<u8>) -> Result<Seen, PageError> {
    let _permit = AT_ONCE.acquire().await.map_err(PageError::broken)?;
    tokio::task::spawn_blocking(move || read(&photo))
        .await
        .map_err(PageError::broken)
}

fn read(photo: &[u8]) -> Seen {
    let Ok(mut reader) = ImageReader::new(Cursor::new(photo)).with_guessed_format() else {
        return Seen::Unreadable;
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let Ok(image) = reader.decode() else {
        return Seen::Unreadable;
    };
    let image = if image.width().max(image.height()) > LOOK_SIDE {
        image.thumbnail(LOOK_SIDE, LOOK_SIDE)
    } else {
        image
    };
    let pixels = image.into_rgba8();
    let (width, height) = pixels.dimensions();
    decoder::decode_photo(pixels.as_raw(), width, height).map_or(Seen::Nothing, Seen::Code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, RgbImage};
    use qrcode::{Color, QrCode};

    fn png(image: &RgbImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_photo_with_a_code_is_read() {
        let code = QrCode::new("RND1:HALLO").unwrap();
        let (width, colors) = (u32::try_from(code.width()).unwrap(), code.to_colors());
        let image = RgbImage::from_fn((width + 8) * 10, (width + 8) * 10, |x, y| {
            let (x, y) = ((x / 10).wrapping_sub(4), (y / 10).wrapping_sub(4));
            let dark = x < width && y < width && colors[(y * width + x) as usize] == Color::Dark;
            Rgb(if dark { [20; 3] } else { [235; 3] })
        });
        assert_eq!(read(&png(&image)), Seen::Code("RND1:HALLO".to_owned()));
    }

    #[test]
    fn other_files_are_told_apart_from_photos_without_a_code() {
        assert_eq!(read(b"%PDF-1.7 nothing"), Seen::Unreadable);
        assert_eq!(read(&[]), Seen::Unreadable);
        assert_eq!(read(&png(&RgbImage::from_pixel(60, 60, Rgb([200; 3])))), Seen::Nothing);
    }

    #[test]
    fn a_small_file_that_unfolds_to_a_huge_image_is_not_opened() {
        let mut header = png(&RgbImage::from_pixel(1, 1, Rgb([0; 3])));
        header[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]); // 100,000 × 100,000
        assert_eq!(read(&header), Seen::Unreadable);
    }
}
