//! Which grey images a camera frame or a photo is turned into, and in which order.

use crate::luma::Luma;
use crate::read::{Effort, Threshold, read};

/// The longest side at which a photo is first looked at; see [`decode_photo`].
const PHOTO_SIDE: usize = 1_600;

/// How far apart the pixels are that sharpening compares. Tried on rendered passes of 90 to 220 pixels: with 2 a
/// pass at 16 % of the frame height still reads through a lens that blurs by 1.2 pixels, where unsharpened it
/// reads up to 0.8; 1 and 3 are each worse somewhere.
const SHARPEN_REACH: usize = 2;

/// A camera's stream of frames. It looks at every frame in one way only, and at the next one in another: full
/// resolution finds small codes, half resolution finds large and noisy ones in a quarter of the time, and the
/// enlarged middle finds those too far away for both. A code that is held up is in many frames, so alternating
/// costs a few hundredths of a second, where doing everything to every frame would halve the frame rate.
#[derive(Debug, Default)]
pub struct Frames {
    /// Frames seen so far, wrapping.
    seen: u8,
}

impl Frames {
    /// A new stream; its first frame is looked at in half resolution.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text of a QR code in this RGBA frame (`width * height * 4` bytes); `None` when nothing reads or the
    /// length does not match.
    pub fn decode_rgba(&mut self, rgba: &[u8], width: u32, height: u32) -> Option<String> {
        self.seen = self.seen.wrapping_add(1);
        match self.seen % 4 {
            1 | 3 => read(
                &Luma::half_from_rgba(rgba, width, height)?,
                Threshold::Local,
                Effort::Frame,
            ),
            2 => read(&Luma::from_rgba(rgba, width, height)?, Threshold::Local, Effort::Frame),
            _ => far_away(&Luma::from_rgba(rgba, width, height)?),
        }
    }
}

/// The middle quarter of the frame, enlarged: what is held up to be scanned is in the middle.
fn far_away(image: &Luma) -> Option<String> {
    read(
        &image.centre(2)?.sharpen(SHARPEN_REACH).double()?,
        Threshold::Local,
        Effort::Frame,
    )
}

/// The text of a QR code in one RGBA image (four bytes a pixel), looked at in every way that a camera's frames
/// are looked at in turn. `None` when nothing reads, when the length does not match, or when a side is 0.
pub fn decode_rgba(rgba: &[u8], width: u32, height: u32) -> Option<String> {
    once(&Luma::from_rgba(rgba, width, height)?)
}

/// As [`decode_rgba`], of grey pixels (one byte a pixel).
pub fn decode_luma(luma: &[u8], width: u32, height: u32) -> Option<String> {
    once(&Luma::new(luma.to_vec(), width, height)?)
}

fn once(image: &Luma) -> Option<String> {
    let half = || read(&image.half()?, Threshold::Local, Effort::Frame);
    read(image, Threshold::Local, Effort::Frame)
        .or_else(half)
        .or_else(|| far_away(image))
}

/// The text of a QR code in a photo (RGBA, four bytes a pixel), with patience: smaller sizes first because a
/// modern photo is larger than anything a QR code needs, both thresholds, then inverted. `None` as for
/// [`decode_rgba`], and for more than [`crate::luma::MAX_PIXELS`].
pub fn decode_photo(rgba: &[u8], width: u32, height: u32) -> Option<String> {
    let mut sizes = vec![Luma::from_rgba(rgba, width, height)?];
    while let Some(smaller) = sizes
        .last()
        .filter(|image| image.width().min(image.height()) >= 240)
        .and_then(Luma::half)
    {
        sizes.push(smaller);
    }
    let largest_first_look = |image: &&mut Luma| image.width().max(image.height()) <= PHOTO_SIDE;
    for inverted in [false, true] {
        if inverted {
            sizes.iter_mut().for_each(Luma::invert);
        }
        let (quick, slow): (Vec<_>, Vec<_>) = sizes.iter_mut().partition(largest_first_look);
        for image in quick.iter().chain(slow.iter().rev()) {
            let found = [Threshold::Local, Threshold::Global]
                .into_iter()
                .find_map(|t| read(image, t, Effort::Photo));
            if found.is_some() {
                return found;
            }
        }
        let enlarged = quick.first().and_then(|image| image.sharpen(SHARPEN_REACH).double());
        if let Some(text) = enlarged.and_then(|image| read(&image, Threshold::Local, Effort::Photo)) {
            return Some(text);
        }
    }
    None
}
