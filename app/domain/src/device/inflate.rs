//! Unpacks zlib (RFC 1950 and 1951). The library that packs could do it too, and faster, for ten times the code: a phone
//! unpacks a few kilobytes once an evening, and downloads this with every version.

/// The most bits of a code.
const LONGEST: usize = 15;

/// What each length code stands for, and how many more bits belong to it.
const LENGTHS: [(u16, u8); 29] = bases([(8, 0), (4, 1), (4, 2), (4, 3), (4, 4), (5, 5)], 3, 258);
/// The same for distances.
const DISTANCES: [(u16, u8); 30] = distances();

/// The order in which the lengths of the length codes are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Runs of (how many codes, how many bits), from `from`; the last code stands for `last` alone.
const fn bases(runs: [(usize, u8); 6], from: u16, last: u16) -> [(u16, u8); 29] {
    let mut table = [(last, 0); 29];
    let (mut run, mut code, mut base) = (0, 0, from);
    while run < runs.len() {
        let (many, bits) = runs[run];
        let mut nth = 0;
        while nth < many && code < 28 {
            table[code] = (base, bits);
            base += 1 << bits;
            code += 1;
            nth += 1;
        }
        run += 1;
    }
    table
}

const fn distances() -> [(u16, u8); 30] {
    let mut table = [(0, 0); 30];
    let (mut code, mut base) = (0, 1_u16);
    while code < table.len() {
        #[expect(clippy::cast_possible_truncation, reason = "at most 13")]
        let bits = if code < 2 { 0 } else { (code / 2 - 1) as u8 };
        table[code] = (base, bits);
        base = base.wrapping_add(1 << bits);
        code += 1;
    }
    table
}

/// The bytes that were packed; `None` when the text is broken, cut off, or holds more than `most` bytes.
pub(super) fn inflate(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let [method, flags, rest @ ..] = packed else {
        return None;
    };
    let whole = u16::from_be_bytes([*method, *flags]);
    // Deflate, a good check, no dictionary.
    if method & 15 != 8 || whole % 31 != 0 || flags & 32 != 0 {
        return None;
    }
    let mut from = Bits {
        bytes: rest,
        bits: 0,
        left: 0,
    };
    let mut out = Vec::new();
    loop {
        let last = from.take(1)? == 1;
        match from.take(2)? {
            0 => stored(&mut from, &mut out, most)?,
            1 => block(&mut from, &mut out, most, &Codes::fixed(), &Codes::of(&[5; 30]))?,
            2 => {
                let (symbols, distances) = tables(&mut from)?;
                block(&mut from, &mut out, most, &symbols, &distances)?;
            }
            _ => return None,
        }
        if last {
            break;
        }
    }
    let check: [u8; 4] = from.bytes.get(..4)?.try_into().ok()?;
    (adler(&out) == u32::from_be_bytes(check)).then_some(out)
}

/// Bits of a byte string, the lowest of a byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    bits: u32,
    left: u32,
}

impl Bits<'_> {
    /// The next `many` bits (13 at most) as a number.
    fn take(&mut self, many: u32) -> Option<u32> {
        while self.left < many {
            let (byte, rest) = self.bytes.split_first()?;
            self.bits |= u32::from(*byte) << self.left;
            self.left += 8;
            self.bytes = rest;
        }
        let taken = self.bits & ((1 << many) - 1);
        self.bits >>= many;
        self.left -= many;
        Some(taken)
    }
}

/// A canonical code: how many symbols have a code of each length, and the symbols by their codes.
struct Codes {
    counts: [u16; LONGEST + 1],
    symbols: Vec<u16>,
}

impl Codes {
    /// The code in which symbol `n` has `lengths[n]` bits.
    fn of(lengths: &[u8]) -> Self {
        let mut counts = [0; LONGEST + 1];
        let mut symbols = Vec::new();
        for (length, count) in (0..).zip(&mut counts).skip(1) {
            for (symbol, _) in (0..).zip(lengths).filter(|(_, known)| **known == length) {
                symbols.push(symbol);
                *count += 1;
            }
        }
        Self { counts, symbols }
    }

    fn fixed() -> Self {
        let mut lengths = [8; 288];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        Self::of(&lengths)
    }

    /// The next symbol: bit by bit, until the number read is one of the codes of its length.
    fn next(&self, from: &mut Bits<'_>) -> Option<u16> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            let count = u32::from(*count);
            code |= from.take(1)?;
            if code < first + count {
                return self.symbols.get((index + code - first) as usize).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// The two codes that a block brings with it.
fn tables(from: &mut Bits<'_>) -> Option<(Codes, Codes)> {
    let symbols = from.take(5)? as usize + 257;
    let distances = from.take(5)? as usize + 1;
    let many = from.take(4)? as usize + 4;
    let mut lengths = [0; 19];
    for place in ORDER.iter().take(many) {
        lengths[*place] = u8::try_from(from.take(3)?).ok()?;
    }
    let code = Codes::of(&lengths);
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < symbols + distances {
        let (length, times) = match code.next(from)? {
            16 => (*lengths.last()?, 3 + from.take(2)?),
            17 => (0, 3 + from.take(3)?),
            18 => (0, 11 + from.take(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        lengths.extend((0..times).map(|_| length));
    }
    let (symbols, distances) = lengths.split_at_checked(symbols)?;
    Some((Codes::of(symbols), Codes::of(distances)))
}

fn stored(from: &mut Bits<'_>, out: &mut Vec<u8>, most: usize) -> Option<()> {
    // What is left of the byte is nothing.
    (from.bits, from.left) = (0, 0);
    let [a, b, c, d, rest @ ..] = from.bytes else {
        return None;
    };
    let length = u16::from_le_bytes([*a, *b]);
    if length != !u16::from_le_bytes([*c, *d]) || out.len() + usize::from(length) > most {
        return None;
    }
    let (bytes, rest) = rest.split_at_checked(length.into())?;
    out.extend_from_slice(bytes);
    from.bytes = rest;
    Some(())
}

fn block(from: &mut Bits<'_>, out: &mut Vec<u8>, most: usize, symbols: &Codes, distances: &Codes) -> Option<()> {
    loop {
        let symbol = symbols.next(from)?;
        if let Ok(byte) = u8::try_from(symbol) {
            if out.len() == most {
                return None;
            }
            out.push(byte);
            continue;
        }
        if symbol == 256 {
            return Some(());
        }
        let (base, bits) = *LENGTHS.get(usize::from(symbol) - 257)?;
        let length = usize::from(base) + from.take(bits.into())? as usize;
        let (base, bits) = *DISTANCES.get(usize::from(distances.next(from)?))?;
        let distance = usize::from(base) + from.take(bits.into())? as usize;
        let start = out.len().checked_sub(distance)?;
        if out.len() + length > most {
            return None;
        }
        // What is copied may reach into what it makes.
        for at in start..start + length {
            out.push(*out.get(at)?);
        }
    }
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    (b << 16) | a
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;
    use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

    use super::*;

    /// Bytes with as many repeats as `spread` is small.
    fn bytes(length: u32, spread: u32) -> Vec<u8> {
        let mut state = 1_u32;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from((state >> 16) % spread).unwrap()
            })
            .collect()
    }

    #[test]
    fn whatever_is_packed_is_unpacked_at_every_level() {
        for (length, spread) in [
            (0, 1),
            (1, 256),
            (300, 1),
            (5_000, 3),
            (70_000, 2),
            (40_000, 256),
            (9_000, 40),
        ] {
            let plain = bytes(length, spread);
            for level in 0..=10 {
                let packed = compress_to_vec_zlib(&plain, level);
                assert_eq!(
                    inflate(&packed, plain.len()).as_deref(),
                    Some(&*plain),
                    "{length} {spread} {level}"
                );
                assert!(
                    plain.is_empty() || inflate(&packed, plain.len() - 1).is_none(),
                    "too long"
                );
            }
        }
    }

    #[test]
    fn the_tables_are_those_of_the_standard() {
        assert_eq!(
            (LENGTHS[0], LENGTHS[8], LENGTHS[27], LENGTHS[28]),
            ((3, 0), (11, 1), (227, 5), (258, 0))
        );
        assert_eq!(
            (DISTANCES[0], DISTANCES[4], DISTANCES[29]),
            ((1, 0), (5, 1), (24_577, 13))
        );
    }

    #[test]
    fn broken_texts_are_refused_and_never_more() {
        let plain = bytes(600, 7);
        let packed = compress_to_vec_zlib(&plain, 6);
        for cut in 0..packed.len() {
            assert!(inflate(&packed[..cut], 1_000).is_none(), "cut at {cut}");
        }
        for at in 0..packed.len() {
            for flip in 0..8 {
                let mut broken = packed.clone();
                broken[at] ^= 1 << flip;
                // The check is weak: some changes have the same. Then another reader reads the same.
                if let Some(read) = inflate(&broken, 1_000) {
                    assert_eq!(decompress_to_vec_zlib_with_limit(&broken, 1_000).ok(), Some(read));
                }
            }
        }
    }
}
