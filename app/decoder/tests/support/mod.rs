//! A camera that never leaves the desk: renders QR codes as a lens would see them.
//!
//! A code lies on a plane that is turned and tilted in front of a pinhole camera; every pixel averages 3×3 rays,
//! then blur, uneven light and sensor noise are added. Used by the tests and by `examples/frame_time.rs`.
#![expect(
    clippy::cast_possible_truncation,
    reason = "small test images, values clamped before they are narrowed"
)]
#![expect(clippy::cast_sign_loss, reason = "values clamped at zero before they are narrowed")]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use qrcode::{Color, EcLevel, QrCode, Version};

/// The alphabet of base45, which is that of QR's alphanumeric mode.
const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Quiet zone on each side, in modules (PROTOCOL §1).
const QUIET: f64 = 4.0;

/// A text as long as a pass and of its alphabet: `RND1:` and 120 symbols; another text for every `seed`.
pub(crate) fn pass_text(seed: u64) -> String {
    let mut noise = Noise::new(seed);
    let symbols = (0..120).map(|_| char::from(BASE45[(noise.next() % 45) as usize]));
    "RND1:".chars().chain(symbols).collect()
}

/// How a code is held in front of the camera, and what the camera makes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// Frame size in pixels.
    pub(crate) frame: (u32, u32),
    /// Centre of the code in pixels.
    pub(crate) centre: (f64, f64),
    /// Side of the code with its quiet zone, in pixels, before it is tilted.
    pub(crate) side: f64,
    /// Turned in the plane of the picture, degrees.
    pub(crate) turn: f64,
    /// Tilted out of it around the vertical and the horizontal axis, degrees.
    pub(crate) tilt: (f64, f64),
    /// Grey of a dark and of a light module, and of what surrounds the code.
    pub(crate) greys: (f64, f64, f64),
    /// Standard deviation of the blur, in pixels.
    pub(crate) blur: f64,
    /// Standard deviation of the noise, in grey values.
    pub(crate) noise: f64,
    /// How much darker the right edge is than the left, 0–1.
    pub(crate) shade: f64,
    /// Error correction of the code (screen: M, paper: Q).
    pub(crate) level: EcLevel,
}

impl Scene {
    /// A phone's screen: bright white, dark surroundings, a little noise; half the frame height.
    pub(crate) fn screen() -> Self {
        Self {
            frame: (1280, 720),
            centre: (640.0, 360.0),
            side: 360.0,
            turn: 0.0,
            tilt: (0.0, 0.0),
            greys: (12.0, 245.0, 40.0),
            blur: 0.6,
            noise: 3.0,
            shade: 0.0,
            level: EcLevel::M,
        }
    }

    /// Paper in a dim hall: grey on off-white, blurred, noisy, lit from one side.
    pub(crate) fn paper() -> Self {
        let greys = (70.0, 190.0, 120.0);
        Self {
            greys,
            blur: 1.2,
            noise: 8.0,
            shade: 0.35,
            level: EcLevel::Q,
            ..Self::screen()
        }
    }

    /// The frame as a camera gives it: RGBA, four bytes a pixel.
    pub(crate) fn render(&self, text: &str, seed: u64) -> Vec<u8> {
        let version = if self.level == EcLevel::Q { 8 } else { 6 };
        let code = QrCode::with_version(text, Version::Normal(version), self.level)
            .or_else(|_| QrCode::with_error_correction_level(text, self.level))
            .unwrap();
        let mut grey = self.rays(&code);
        blur(&mut grey, self.frame.0 as usize, self.blur);
        let mut noise = Noise::new(seed);
        let width = f64::from(self.frame.0);
        let pixel = |(i, value): (usize, f64)| {
            let x = (i % self.frame.0 as usize) as f64 / width;
            let lit = value * (1.0 - self.shade * x) + noise.gauss() * self.noise;
            let byte = lit.round().clamp(0.0, 255.0) as u8;
            [byte, byte, byte, 255]
        };
        grey.into_iter().enumerate().flat_map(pixel).collect()
    }

    /// 3×3 rays a pixel through the pinhole onto the plane of the code.
    fn rays(&self, code: &QrCode) -> Vec<f64> {
        let modules = code.width();
        let colours = code.to_colors();
        let all = modules as f64 + 2.0 * QUIET;
        let (dark, light, around) = self.greys;
        let plane = Plane::new(self);
        let look = |x: f64, y: f64| {
            let (u, v) = plane.hit(x - self.centre.0, y - self.centre.1);
            let (column, row) = ((u / self.side + 0.5) * all, (v / self.side + 0.5) * all);
            if !(0.0..all).contains(&column) || !(0.0..all).contains(&row) {
                return around;
            }
            let inside = |m: f64| (QUIET..QUIET + modules as f64).contains(&m);
            if !inside(column) || !inside(row) {
                return light;
            }
            match colours[(row - QUIET) as usize * modules + (column - QUIET) as usize] {
                Color::Dark => dark,
                Color::Light => light,
            }
        };
        let offsets = [1.0 / 6.0, 0.5, 5.0 / 6.0];
        let mut grey = Vec::with_capacity((self.frame.0 * self.frame.1) as usize);
        // Nothing of the code lies further than this from its centre, however it is turned.
        let near = |at: u32, centre: f64| (f64::from(at) - centre).abs() < self.side;
        for y in 0..self.frame.1 {
            for x in 0..self.frame.0 {
                if !near(x, self.centre.0) || !near(y, self.centre.1) {
                    grey.push(around);
                    continue;
                }
                let rays = offsets.iter().flat_map(|dy| offsets.iter().map(move |dx| (dx, dy)));
                let sum: f64 = rays.map(|(dx, dy)| look(f64::from(x) + dx, f64::from(y) + dy)).sum();
                grey.push(sum / 9.0);
            }
        }
        grey
    }
}

/// A plane through the point at distance `far` straight ahead, spanned by two unit vectors.
struct Plane {
    right: [f64; 3],
    down: [f64; 3],
    normal: [f64; 3],
    far: f64,
}

impl Plane {
    fn new(scene: &Scene) -> Self {
        let turn = scene.turn.to_radians();
        let (yaw, pitch) = (scene.tilt.0.to_radians(), scene.tilt.1.to_radians());
        let place = |[x, y]: [f64; 2]| {
            let (x, z) = (x * yaw.cos(), -x * yaw.sin());
            [x, y * pitch.cos() - z * pitch.sin(), y * pitch.sin() + z * pitch.cos()]
        };
        let right = place([turn.cos(), turn.sin()]);
        let down = place([-turn.sin(), turn.cos()]);
        let normal = [
            right[1] * down[2] - right[2] * down[1],
            right[2] * down[0] - right[0] * down[2],
            right[0] * down[1] - right[1] * down[0],
        ];
        // A phone's lens sees about 65° across the width of the frame.
        Self {
            right,
            down,
            normal,
            far: f64::from(scene.frame.0) * 0.78,
        }
    }

    /// Where on the plane the ray through pixel (`x`, `y`) from the middle lands; far outside when it misses.
    fn hit(&self, x: f64, y: f64) -> (f64, f64) {
        let facing = self.normal[0] * x + self.normal[1] * y + self.normal[2] * self.far;
        if facing.abs() < 1e-6 {
            return (f64::MAX, f64::MAX);
        }
        let scale = self.normal[2] * self.far / facing;
        let point = [x * scale, y * scale, self.far * (scale - 1.0)];
        let along = |axis: &[f64; 3]| point.iter().zip(axis).map(|(a, b)| a * b).sum::<f64>();
        (along(&self.right), along(&self.down))
    }
}

/// A Gaussian blur, in both directions.
fn blur(grey: &mut [f64], width: usize, sigma: f64) {
    if sigma <= 0.0 {
        return;
    }
    let reach = (3.0 * sigma).ceil() as i64;
    let weights: Vec<f64> = (-reach..=reach)
        .map(|d| (-(d * d) as f64 / (2.0 * sigma * sigma)).exp())
        .collect();
    let total: f64 = weights.iter().sum();
    let height = grey.len() / width;
    for (step, count, lines, line_step) in [(1, width, height, width), (width, height, width, 1)] {
        let old = grey.to_vec();
        for line in 0..lines {
            for place in 0..count {
                let at = |d: i64| old[line * line_step + (place as i64 + d).clamp(0, count as i64 - 1) as usize * step];
                let sum: f64 = (-reach..=reach).zip(&weights).map(|(d, w)| w * at(d)).sum();
                grey[line * line_step + place * step] = sum / total;
            }
        }
    }
}

/// Repeatable noise (xorshift64*).
#[derive(Debug)]
pub(crate) struct Noise(u64);

impl Noise {
    /// The same seed gives the same noise.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// 64 more bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// Roughly normal, mean 0, deviation 1: six uniform numbers of eight bits added, times √2.
    fn gauss(&mut self) -> f64 {
        let bytes = self.next().to_le_bytes();
        let sum: f64 = bytes.iter().take(6).map(|&byte| f64::from(byte) / 255.0 - 0.5).sum();
        sum * std::f64::consts::SQRT_2
    }
}
