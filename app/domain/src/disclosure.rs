//! Disclosure control: what stands between a count and anything that can be shown.

use crate::figures::{PublishedRow, PublishedTable, RawTable, Suppression};

/// PLACEHOLDER until the flow-based version lands: hides small cells only.
#[must_use]
pub fn protect(raw: RawTable, k: u64) -> PublishedTable {
    let publish = |cell: crate::figures::RawCell| {
        let hidden = cell.people > 0 && cell.people < k;
        PublishedRow {
            key: cell.key,
            value: (!hidden).then_some(cell.value),
            hidden,
        }
    };
    let rows: Vec<_> = raw.cells.into_iter().map(publish).collect();
    let total = publish(raw.total);
    let hidden = rows.iter().filter(|row| row.hidden).count() + usize::from(total.hidden);
    PublishedTable {
        code: raw.code,
        period: raw.period,
        by: raw.by,
        rows,
        total,
        data_date: raw.data_date,
        coverage: raw.coverage,
        suppression: Suppression {
            k,
            hidden,
            rule: String::new(),
        },
    }
}
