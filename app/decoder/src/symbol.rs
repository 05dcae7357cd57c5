//! From the modules of one QR symbol to its text.
//!
//! rxing's own last step turns bytes into text in every character set that a QR code may name, and its tables
//! (Shift-JIS, GB 18030, Big5…) are two thirds of the wasm module. Our codes are alphanumeric; of anybody else's we
//! only have to know that they are not ours. So error correction is rxing's, and reading the segments is here.

use rxing::common::reedsolomon::{PredefinedGenericGF, ReedSolomonDecoder};
use rxing::common::{BitMatrix, BitSource};
use rxing::qrcode::common::{Mode, VersionRef};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock};

/// ISO 18004, table 5.
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The text of the symbol: `None` when its errors cannot be corrected, its segments make no sense, or it is empty.
/// Bytes are UTF-8, else Latin-1, whatever character set is named; a Chinese or Japanese character of the symbol's
/// own modes becomes `U+FFFD`.
pub(crate) fn text(modules: &BitMatrix) -> Option<String> {
    let mut parser = BitMatrixParser::new(modules.clone()).ok()?;
    straight(&mut parser).or_else(|| mirrored(&mut parser))
}

fn straight(parser: &mut BitMatrixParser) -> Option<String> {
    let version = parser.readVersion().ok()?;
    let data = data(parser, version)?;
    segments(&data, version).filter(|text| !text.is_empty())
}

/// Some webcams mirror what they see.
fn mirrored(parser: &mut BitMatrixParser) -> Option<String> {
    parser.remask().ok()?;
    parser.setMirror(true);
    parser.readVersion().ok()?;
    parser.readFormatInformation().ok()?;
    parser.mirror();
    straight(parser)
}

/// The data codewords, corrected.
fn data(parser: &mut BitMatrixParser, version: VersionRef) -> Option<Vec<u8>> {
    let level = parser.readFormatInformation().ok()?.getErrorCorrectionLevel();
    let codewords = parser.readCodewords().ok()?;
    let corrector = ReedSolomonDecoder::new(PredefinedGenericGF::QrCodeField256.into());
    let mut all = Vec::with_capacity(codewords.len());
    for block in DataBlock::getDataBlocks(&codewords, version, level).ok()? {
        let mut words = block.getCodewords().to_vec();
        let count = usize::try_from(block.getNumDataCodewords()).ok()?;
        let spare = words.len().checked_sub(count)?;
        corrector.decode(&mut words, i32::try_from(spare).ok()?).ok()?;
        all.extend_from_slice(words.get(..count)?);
    }
    Some(all)
}

/// Reads so many characters of one kind.
type Characters = fn(&mut BitSource<'_>, usize, &mut String) -> Option<()>;

fn segments(data: &[u8], version: VersionRef) -> Option<String> {
    let mut bits = BitSource::new(data);
    let mut text = String::new();
    // A symbol that is filled to the last bit has no terminator.
    while bits.available() >= 4 {
        let mode = Mode::forBits(u8::try_from(bits.readBits(4).ok()?).ok()?).ok()?;
        let characters: Characters = match mode {
            Mode::TERMINATOR => break,
            Mode::FNC1_FIRST_POSITION | Mode::FNC1_SECOND_POSITION => continue,
            Mode::STRUCTURED_APPEND => {
                bits.readBits(16).ok()?;
                continue;
            }
            Mode::ECI => {
                skip_eci(&mut bits)?;
                continue;
            }
            Mode::HANZI => {
                // Which Chinese character set; there is one.
                bits.readBits(4).ok()?;
                unknown
            }
            Mode::KANJI => unknown,
            Mode::NUMERIC => numeric,
            Mode::ALPHANUMERIC => alphanumeric,
            Mode::BYTE => bytes,
        };
        let length = usize::from(mode.getCharacterCountBits(version));
        let count = usize::try_from(bits.readBits(length).ok()?).ok()?;
        characters(&mut bits, count, &mut text)?;
    }
    Some(text)
}

/// One to three bytes, as the leading ones of the first tell.
fn skip_eci(bits: &mut BitSource<'_>) -> Option<()> {
    let first = bits.readBits(8).ok()?;
    let more = match first {
        0..0x80 => return Some(()),
        0x80..0xC0 => 8,
        _ => 16,
    };
    bits.readBits(more).ok().map(|_| ())
}

/// Three digits in ten bits, two in seven, one in four.
fn numeric(bits: &mut BitSource<'_>, mut count: usize, text: &mut String) -> Option<()> {
    while count > 0 {
        let (digits, length) = [(1, 4), (2, 7), (3, 10)][count.min(3) - 1];
        let value = bits.readBits(length).ok()?;
        for place in (0..digits).rev() {
            text.push(char::from_digit(value / 10_u32.pow(place) % 10, 10)?);
        }
        if value >= 10_u32.pow(digits) {
            return None;
        }
        count -= count.min(3);
    }
    Some(())
}

/// Two symbols in eleven bits, a last one in six.
fn alphanumeric(bits: &mut BitSource<'_>, count: usize, text: &mut String) -> Option<()> {
    let symbol = |value: u32| Some(char::from(*ALPHANUMERIC.get(usize::try_from(value).ok()?)?));
    for _ in 0..count / 2 {
        let pair = bits.readBits(11).ok()?;
        text.push(symbol(pair / 45)?);
        text.push(symbol(pair % 45)?);
    }
    if count % 2 == 1 {
        text.push(symbol(bits.readBits(6).ok()?)?);
    }
    Some(())
}

fn bytes(bits: &mut BitSource<'_>, count: usize, text: &mut String) -> Option<()> {
    if bits.available() < count.checked_mul(8)? {
        return None;
    }
    let read = (0..count).map(|_| u8::try_from(bits.readBits(8).ok()?).ok());
    let bytes = read.collect::<Option<Vec<u8>>>()?;
    match std::str::from_utf8(&bytes) {
        Ok(utf8) => text.push_str(utf8),
        Err(_) => text.extend(bytes.into_iter().map(char::from)),
    }
    Some(())
}

/// Thirteen bits a character that we have no table for.
fn unknown(bits: &mut BitSource<'_>, count: usize, text: &mut String) -> Option<()> {
    for _ in 0..count {
        bits.readBits(13).ok()?;
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use qrcode::bits::Bits;
    use qrcode::{Color, EcLevel, QrCode, Version};
    use rxing::common::BitMatrix;

    fn modules(code: &QrCode) -> BitMatrix {
        let width = u32::try_from(code.width()).unwrap();
        let mut matrix = BitMatrix::new(width, width).unwrap();
        for (place, colour) in (0..).zip(code.to_colors()) {
            if colour == Color::Dark {
                matrix.set(place % width, place / width);
            }
        }
        matrix
    }

    fn read(text: impl AsRef<[u8]>) -> Option<String> {
        super::text(&modules(&QrCode::new(text).unwrap()))
    }

    #[test]
    fn every_kind_of_segment_reads() {
        for text in [
            "0",
            "12",
            "123",
            "0000700",
            "A",
            "RND1: $%*+-./:",
            "klein en GROOT 123456",
            "één €",
            &"7".repeat(2_000),
        ] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_latin1() {
        assert_eq!(read(b"caf\xe9").as_deref(), Some("café"));
    }

    #[test]
    fn characters_without_a_table_are_still_a_code() {
        let mut bits = Bits::new(Version::Normal(2));
        bits.push_eci_designator(20).unwrap();
        bits.push_kanji_data(b"\x93\x5f\xe4\xaa").unwrap();
        bits.push_alphanumeric_data(b"AB").unwrap();
        bits.push_terminator(EcLevel::L).unwrap();
        let code = QrCode::with_bits(bits, EcLevel::L).unwrap();
        assert_eq!(super::text(&modules(&code)).as_deref(), Some("\u{fffd}\u{fffd}AB"));
    }

    #[test]
    fn a_mirrored_symbol_reads_and_an_empty_one_does_not() {
        let mut matrix = modules(&QrCode::new("SPIEGEL").unwrap());
        for y in 0..matrix.height() {
            for x in 0..y {
                let (here, there) = (matrix.get(x, y), matrix.get(y, x));
                matrix.set_bool(x, y, there);
                matrix.set_bool(y, x, here);
            }
        }
        assert_eq!(super::text(&matrix).as_deref(), Some("SPIEGEL"));
        assert_eq!(super::text(&BitMatrix::new(41, 41).unwrap()), None);
        assert_eq!(super::text(&BitMatrix::new(40, 40).unwrap()), None);
        assert_eq!(read(""), None);
    }
}
