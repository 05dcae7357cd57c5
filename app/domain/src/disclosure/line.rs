//! Tables by one dimension: cells that add up to a total.

use super::{Count, Hidden, Rule, each_small};

/// Hides small cells, then the next smallest ones until nothing hidden follows from the total.
///
/// With one hidden cell the total gives it away. With several, it does when together they stand for fewer than *k*
/// people, or when every one of them must be 1.
pub(super) fn suppress(rule: Rule, counts: &[Count], total: Count) -> Hidden {
    let mut cells = each_small(rule, counts);
    let mut total_hidden = rule.is_small(total);
    while !total_hidden && !is_safe(rule, counts, &cells) {
        match next_smallest(counts, &cells) {
            Some(next) => cells[next] = true,
            // Nothing is left to hide it behind.
            None => total_hidden = true,
        }
    }
    Hidden {
        cells,
        total: total_hidden,
        zeros: Vec::new(),
    }
}

/// Whether a line whose total is known gives away none of its hidden cells.
fn is_safe(rule: Rule, counts: &[Count], hidden: &[bool]) -> bool {
    let behind: Vec<Count> = counts
        .iter()
        .zip(hidden)
        .filter(|(_, hidden)| **hidden)
        .map(|(count, _)| *count)
        .collect();
    match behind.len() {
        0 => true,
        1 => false,
        _ => {
            let people: u64 = behind.iter().map(|count| count.people).sum();
            // One cell above 1 can give to any other, and then each could be one more or one less than it is.
            people >= rule.k && behind.iter().any(|count| count.value > 1)
        }
    }
}

fn next_smallest(counts: &[Count], hidden: &[bool]) -> Option<usize> {
    (0..counts.len())
        .filter(|&at| !hidden[at] && !counts[at].is_zero())
        .min_by_key(|&at| (counts[at].value, counts[at].people, at))
}
