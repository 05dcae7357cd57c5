//! How long a device waits before it tries again: for ever, ever slower, never all at once.

/// The first wait, in milliseconds.
const FIRST_MS: u32 = 1_000;

/// The longest; the queue is also sent at every other occasion.
const LONGEST_MS: u32 = 60_000;

/// The wait after `failures` attempts in a row that got no answer (from 1). Between half and the whole of a time that
/// doubles: `random` (any number) spreads the phones of a hall when the network returns.
#[must_use]
pub fn wait_ms(failures: u32, random: u32) -> u32 {
    let doubled = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let whole = doubled.min(LONGEST_MS);
    whole / 2 + random % (whole / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_are_spread_and_never_end() {
        for (failures, least, most) in [
            (1, 500, 1_000),
            (2, 1_000, 2_000),
            (4, 4_000, 8_000),
            (99, 30_000, 60_000),
        ] {
            let waits: Vec<u32> = (0..5_000).map(|random| wait_ms(failures, random * 7_919)).collect();
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{failures}");
            assert!(waits.iter().max() > waits.iter().min());
        }
    }
}
