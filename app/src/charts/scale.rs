//! Scales in whole numbers: a round maximum, and lengths in the units of the picture.

/// The smallest of 1, 2, 4, 6 or 8 times a power of ten that is not below `value`; at least 4, so that a scale with
/// two steps has whole numbers.
pub(crate) fn round_up(value: u64) -> u64 {
    let mut unit = 1_u64;
    loop {
        for step in [1, 2, 4, 6, 8] {
            let candidate = unit.saturating_mul(step);
            if candidate >= value && candidate >= 4 {
                return candidate;
            }
        }
        match unit.checked_mul(10) {
            Some(next) => unit = next,
            None => return value,
        }
    }
}

/// `value` as a length on a scale of `length` units for `max`; a value above zero is at least two units, so that it
/// does not look like nothing.
pub(crate) fn length(value: u64, max: u64, length: u32) -> u32 {
    if value == 0 || max == 0 {
        return 0;
    }
    let scaled = u128::from(value) * u128::from(length) / u128::from(max);
    u32::try_from(scaled).unwrap_or(length).clamp(2, length.max(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_even_number() {
        assert_eq!(round_up(0), 4);
        assert_eq!(round_up(3), 4);
        assert_eq!(round_up(9), 10);
        assert_eq!(round_up(41), 60);
        assert_eq!(round_up(1204), 2000);
        assert!(round_up(u64::MAX) > 0);
    }

    #[test]
    fn lengths_stay_on_the_scale_and_little_is_not_nothing() {
        assert_eq!(length(0, 100, 200), 0);
        assert_eq!(length(1, 100_000, 200), 2);
        assert_eq!(length(50, 100, 200), 100);
        assert_eq!(length(500, 100, 200), 200);
        assert_eq!(length(5, 0, 200), 0);
    }
}
