//! Grey images: made from RGBA, halved, doubled, cropped.
//!
//! An image here is never larger than [`MAX_PIXELS`] and its length always matches its size; that is checked
//! once, where pixels come in.

/// More pixels than this are not looked at: 50 megapixels is above the cameras of the phones we know, and what
/// is larger is more likely meant to exhaust the memory than to be read.
pub const MAX_PIXELS: usize = 50_000_000;

/// A grey image, row by row, 0 = black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luma {
    /// Pixels a row.
    width: usize,
    /// Rows.
    height: usize,
    /// `width * height` values.
    pixels: Vec<u8>,
}

/// `width * height` when both are positive and the product is within [`MAX_PIXELS`].
fn area(width: u32, height: u32) -> Option<(usize, usize, usize)> {
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let area = width.checked_mul(height)?;
    (area > 0 && area <= MAX_PIXELS).then_some((width, height, area))
}

/// Brightness of one pixel (ITU-R BT.601 weights in 1/256), on white where the pixel is transparent:
/// a PNG of a QR code often has black modules on nothing at all.
fn grey(pixel: &[u8]) -> u8 {
    let &[red, green, blue, alpha] = pixel else {
        return u8::MAX;
    };
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    let opaque = sum >> 8;
    let over_white = match alpha {
        u8::MAX => opaque,
        _ => (opaque * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255,
    };
    u8::try_from(over_white).unwrap_or(u8::MAX)
}

impl Luma {
    /// Takes over grey pixels; `None` when their number is not `width * height`, or the size is 0 or too large.
    pub fn new(pixels: Vec<u8>, width: u32, height: u32) -> Option<Self> {
        let (width, height, area) = area(width, height)?;
        (pixels.len() == area).then_some(Self { width, height, pixels })
    }

    /// From RGBA, four bytes a pixel; `None` as for [`Luma::new`].
    pub fn from_rgba(rgba: &[u8], width: u32, height: u32) -> Option<Self> {
        let (width, height, area) = area(width, height)?;
        if rgba.len() != area.checked_mul(4)? {
            return None;
        }
        let pixels = rgba.chunks_exact(4).map(grey).collect();
        Some(Self { width, height, pixels })
    }

    /// Straight from RGBA to half the width and height, without the grey image in between; `None` as for
    /// [`Luma::new`], and for an image of less than two pixels a side.
    pub fn half_from_rgba(rgba: &[u8], width: u32, height: u32) -> Option<Self> {
        let (width, height, area) = area(width, height)?;
        if rgba.len() != area.checked_mul(4)? || width < 2 || height < 2 {
            return None;
        }
        let mut pixels = Vec::with_capacity(area / 4);
        for rows in rgba.chunks_exact(width * 8) {
            let (upper, lower) = rows.split_at(width * 4);
            for (above, below) in upper.chunks_exact(8).zip(lower.chunks_exact(8)) {
                let sum = [&above[..4], &above[4..], &below[..4], &below[4..]].map(|p| u32::from(grey(p)));
                pixels.push(mean(sum.iter().sum()));
            }
        }
        Some(Self {
            width: width / 2,
            height: height / 2,
            pixels,
        })
    }

    /// Pixels a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Half the width and height, each pixel the mean of four; `None` under two pixels a side. Four pixels
    /// averaged have half the noise: a code that fills the frame reads better from here than from the original.
    pub fn half(&self) -> Option<Self> {
        if self.width < 2 || self.height < 2 {
            return None;
        }
        let mut pixels = Vec::with_capacity(self.pixels.len() / 4);
        for rows in self.pixels.chunks_exact(self.width * 2) {
            let (upper, lower) = rows.split_at(self.width);
            for (above, below) in upper.chunks_exact(2).zip(lower.chunks_exact(2)) {
                pixels.push(mean(above.iter().chain(below).map(|&p| u32::from(p)).sum()));
            }
        }
        Some(Self {
            width: self.width / 2,
            height: self.height / 2,
            pixels,
        })
    }

    /// The middle of the image, `1/part` of each side; `None` when nothing would be left.
    pub fn centre(&self, part: usize) -> Option<Self> {
        let (width, height) = (self.width.checked_div(part)?, self.height.checked_div(part)?);
        let (left, top) = ((self.width - width) / 2, (self.height - height) / 2);
        let rows = self.pixels.chunks_exact(self.width).skip(top).take(height);
        let pixels: Vec<u8> = rows
            .filter_map(|row| row.get(left..left + width))
            .flatten()
            .copied()
            .collect();
        (!pixels.is_empty()).then_some(Self { width, height, pixels })
    }

    /// Twice the width and height, interpolated: a code of two pixels a module becomes one of four, which the
    /// detector follows much better. `None` when the result would be too large.
    pub fn double(&self) -> Option<Self> {
        if self.pixels.len().checked_mul(4)? > MAX_PIXELS {
            return None;
        }
        let mut pixels = Vec::with_capacity(self.pixels.len() * 4);
        let rows: Vec<&[u8]> = self.pixels.chunks_exact(self.width).collect();
        for (y, &row) in rows.iter().enumerate() {
            let above = if y == 0 { row } else { rows[y - 1] };
            let below = rows.get(y + 1).copied().unwrap_or(row);
            for neighbour in [above, below] {
                double_row(row, neighbour, &mut pixels);
            }
        }
        Some(Self {
            width: self.width * 2,
            height: self.height * 2,
            pixels,
        })
    }

    /// Sharper: each pixel moves away from the mean of its four neighbours `reach` pixels off. Undoes part of the
    /// blur that runs neighbouring modules together in a code that is far away.
    #[must_use]
    pub fn sharpen(&self, reach: usize) -> Self {
        let (last_column, last_row) = (self.width - 1, self.height - 1);
        let rows: Vec<&[u8]> = self.pixels.chunks_exact(self.width).collect();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for (y, &row) in rows.iter().enumerate() {
            let above = rows[y.saturating_sub(reach)];
            let below = rows[(y + reach).min(last_row)];
            for x in 0..=last_column {
                let sides = i32::from(row[x.saturating_sub(reach)]) + i32::from(row[(x + reach).min(last_column)]);
                let around = sides + i32::from(above[x]) + i32::from(below[x]);
                let value = i32::from(row[x]) * 2 - around / 4;
                pixels.push(u8::try_from(value.clamp(0, 255)).unwrap_or_default());
            }
        }
        Self {
            width: self.width,
            height: self.height,
            pixels,
        }
    }

    /// Black becomes white and the reverse, for the inverted codes that some screens show in dark mode.
    pub fn invert(&mut self) {
        for pixel in &mut self.pixels {
            *pixel = 255 - *pixel;
        }
    }
}

/// The mean of four grey values, rounded.
fn mean(sum_of_four: u32) -> u8 {
    u8::try_from((sum_of_four + 2) / 4).unwrap_or(u8::MAX)
}

/// One row of the doubled image: each new pixel is ¾ of the nearest old one and ¼ of the next, in both directions.
fn double_row(row: &[u8], neighbour: &[u8], out: &mut Vec<u8>) {
    let blend = |x: usize| 3 * u32::from(row[x]) + u32::from(neighbour[x]);
    let last = row.len() - 1;
    for x in 0..row.len() {
        let here = blend(x);
        for other in [blend(x.saturating_sub(1)), blend((x + 1).min(last))] {
            out.push(u8::try_from((3 * here + other + 8) / 16).unwrap_or(u8::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Luma;

    #[test]
    fn sizes_that_do_not_match_are_refused() {
        assert_eq!(Luma::from_rgba(&[], 0, 0), None);
        assert_eq!(Luma::from_rgba(&[1; 4], 1, 2), None);
        assert_eq!(Luma::from_rgba(&[1; 4], u32::MAX, u32::MAX), None);
        assert_eq!(Luma::new(vec![1; 3], 2, 2), None);
        assert_eq!(Luma::half_from_rgba(&[1; 4], 1, 1), None);
    }

    #[test]
    fn odd_sides_lose_their_last_pixel_when_halved() {
        let image = Luma::new(vec![10; 15], 5, 3).unwrap();
        let half = image.half().unwrap();
        assert_eq!((half.width(), half.height(), half.pixels()), (2, 1, &[10, 10][..]));
    }

    #[test]
    fn both_ways_to_half_agree() {
        let rgba: Vec<u8> = (0..7 * 5).flat_map(|i: u8| [i, i, i, 255]).collect();
        assert_eq!(
            Luma::half_from_rgba(&rgba, 7, 5),
            Luma::from_rgba(&rgba, 7, 5).unwrap().half()
        );
    }

    #[test]
    fn transparent_is_white() {
        let image = Luma::from_rgba(&[0, 0, 0, 0, 0, 0, 0, 255], 2, 1).unwrap();
        assert_eq!(image.pixels(), &[255, 0]);
    }

    #[test]
    fn doubling_keeps_a_flat_image_flat_and_the_centre_is_the_centre() {
        let flat = Luma::new(vec![200; 6], 3, 2).unwrap().double().unwrap();
        assert_eq!((flat.width(), flat.height()), (6, 4));
        assert!(flat.pixels().iter().all(|&p| p == 200));
        let image = Luma::new((0..16).collect(), 4, 4).unwrap();
        assert_eq!(image.centre(2).unwrap().pixels(), &[5, 6, 9, 10]);
        assert_eq!(image.centre(0), None);
        assert_eq!(image.centre(5), None);
    }
}
