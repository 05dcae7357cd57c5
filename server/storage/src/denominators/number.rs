//! Counts as people write them: "1 204", "1.204.000", "12,0". What can be read in two ways is not read.

/// Why a text is no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotACount {
    /// Nothing is written.
    Empty,
    /// "1.204" is 1204 for a Belgian and 1.204 for a program.
    Ambiguous,
    /// "12,5".
    Fraction,
    /// Below zero.
    Negative,
    /// More than anybody can mean.
    TooLarge,
    /// No number at all.
    Other,
}

/// More newcomers or visits than any municipality has: a slip, or a sum.
const MOST: u64 = 10_000_000;

/// Reads a whole number of people or visits.
pub(super) fn count(text: &str) -> Result<u64, NotACount> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotACount::Empty);
    }
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        return Err(match count(rest) {
            Ok(_) | Err(NotACount::TooLarge | NotACount::Ambiguous | NotACount::Fraction) => NotACount::Negative,
            Err(_) => NotACount::Other,
        });
    }
    let spaced = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'');
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || spaced(c) || matches!(c, '.' | ','))
    {
        return Err(NotACount::Other);
    }
    // The last mark may stand before decimals; a mark that comes twice, or before another, stands between thousands.
    let (whole, decimals) = match text.rfind(['.', ',']) {
        None => (text, ""),
        Some(place) => {
            let (whole, rest) = text.split_at(place);
            let mark = rest.chars().next().unwrap_or('.');
            let rest = rest.get(1..).unwrap_or_default();
            match (whole.contains(mark), whole.contains(['.', ',']), rest.len()) {
                (true, ..) => (text, ""),
                (false, false, 3) => return Err(NotACount::Ambiguous),
                (false, ..) => (whole, rest),
            }
        }
    };
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotACount::Other);
    }
    let digits = without_thousands(whole).ok_or(NotACount::Other)?;
    if decimals.bytes().any(|byte| byte != b'0') {
        return Err(NotACount::Fraction);
    }
    match digits.parse::<u64>() {
        Ok(value) if value <= MOST => Ok(value),
        _ => Err(NotACount::TooLarge),
    }
}

/// The digits of a whole number whose groups of three may be kept apart by one kind of mark.
fn without_thousands(text: &str) -> Option<String> {
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else {
        return (!text.is_empty()).then(|| text.to_owned());
    };
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, others) = groups.split_first()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let right =
        (1..=3).contains(&first.len()) && digits(first) && others.iter().all(|group| group.len() == 3 && digits(group));
    right.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_meant_in_one_way_only_is_read() {
        for (text, value) in [
            ("0", 0),
            ("1204", 1204),
            (" 1 204 ", 1204),
            ("1\u{a0}204", 1204),
            ("1\u{202f}204", 1204),
            ("1'204", 1204),
            ("1.204.000", 1_204_000),
            ("1,204,000", 1_204_000),
            ("12,0", 12),
            ("12.00", 12),
            ("1.204,00", 1204),
            ("1,204.0", 1204),
            ("007", 7),
        ] {
            assert_eq!(count(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_can_be_meant_in_two_ways_is_not_guessed() {
        for text in ["1.204", "1,204", "12,000", "0.123"] {
            assert_eq!(count(text), Err(NotACount::Ambiguous), "{text}");
        }
    }

    #[test]
    fn other_texts_say_what_is_wrong() {
        assert_eq!(count(" "), Err(NotACount::Empty));
        assert_eq!(count("12,5"), Err(NotACount::Fraction));
        assert_eq!(count("1.204,5"), Err(NotACount::Fraction));
        assert_eq!(count("-3"), Err(NotACount::Negative));
        assert_eq!(count("\u{2212}1.204"), Err(NotACount::Negative));
        assert_eq!(count("99999999999999999999"), Err(NotACount::TooLarge));
        assert_eq!(count("10 000 001"), Err(NotACount::TooLarge));
        for text in [
            "veel", "1e3", "<5", "12..0", "1 20", "1 2 3", ",5", "1.20.300", "--1", "3+4", "٣",
        ] {
            assert_eq!(count(text), Err(NotACount::Other), "{text}");
        }
    }
}
