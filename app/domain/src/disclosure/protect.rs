//! From a raw system to a published one: the only way out of raw counts.

use super::system::{Published, RawSystem};
use super::{Count, Rule, line};

/// Turns counts into what may be shown.
#[must_use]
pub fn protect_system(raw: &RawSystem, k: u64) -> Published {
    let rule = Rule {
        k,
        value_is_people: raw.measure().counts_people(),
    };
    let mut values = Vec::new();
    for period in 0..raw.periods().len() {
        let table: Vec<Count> = raw
            .table(period)
            .iter()
            .map(|count| Count {
                people: count.people,
                value: count.value,
            })
            .collect();
        let small = table.iter().any(|&count| rule.is_small(count));
        match (raw.axes().len(), table.split_last()) {
            (1, Some((total, cells))) if k > 1 => {
                let hidden = line::suppress(rule, cells, *total);
                let cells = cells.iter().zip(hidden.cells);
                values.extend(cells.map(|(count, hidden)| (!hidden).then_some(count.value)));
                values.push((!hidden.total).then_some(total.value));
            }
            _ => values.extend(
                table
                    .iter()
                    .map(|count| (k <= 1 || !small || count.is_zero()).then_some(count.value)),
            ),
        }
    }
    raw.publish(k, values)
}
