use jiff::Timestamp;
use proptest::prelude::*;

use super::attacker::{attack_grid, attack_line};
use super::*;
use crate::figures::{Coverage, Dimension, FigureCode, RawTable};

fn raw(by: &[Dimension], cells: Vec<RawCell>, total: RawCell) -> RawTable {
    RawTable {
        code: FigureCode::Participations,
        period: "2026-03".parse().unwrap(),
        by: by.to_vec(),
        cells,
        total,
        data_date: Timestamp::UNIX_EPOCH,
        coverage: Coverage::default(),
    }
}

/// Cells where every visit is another person, and their sum.
fn cells<const N: usize>(values: impl IntoIterator<Item = ([String; N], u64)>) -> (Vec<RawCell>, RawCell) {
    let cells: Vec<RawCell> = values
        .into_iter()
        .map(|(key, value)| RawCell {
            key: key.to_vec(),
            people: value,
            value,
        })
        .collect();
    let sum = cells.iter().map(|cell| cell.value).sum();
    (
        cells,
        RawCell {
            key: Vec::new(),
            people: sum,
            value: sum,
        },
    )
}

fn line(values: &[u64]) -> RawTable {
    let (cells, total) = cells(
        values
            .iter()
            .enumerate()
            .map(|(at, &value)| ([format!("r{at}")], value)),
    );
    raw(&[Dimension::Municipality], cells, total)
}

fn grid(values: &[Vec<u64>]) -> RawTable {
    let flat = values.iter().enumerate().flat_map(|(row, values)| {
        values
            .iter()
            .enumerate()
            .map(move |(column, &value)| ([format!("r{row}"), format!("c{column}")], value))
    });
    let (cells, total) = cells(flat);
    raw(&[Dimension::Municipality, Dimension::Month], cells, total)
}

/// The table of a grid's row totals (axis 0) or column totals (axis 1).
fn margin(grid: &RawTable, axis: usize) -> RawTable {
    let mut sums = std::collections::BTreeMap::<String, u64>::new();
    for cell in &grid.cells {
        *sums.entry(cell.key[axis].clone()).or_default() += cell.value;
    }
    let (cells, total) = cells(sums.into_iter().map(|(key, value)| ([key], value)));
    raw(&[grid.by[axis]], cells, total)
}

fn shown(table: &PublishedTable) -> Vec<Option<u64>> {
    table.rows.iter().map(|row| row.value).collect()
}

#[test]
fn a_table_without_small_cells_is_shown_whole() {
    let table = protect(line(&[5, 0, 12]), 5);
    assert_eq!(shown(&table), [Some(5), Some(0), Some(12)]);
    assert_eq!(table.total.value, Some(17));
    assert_eq!(table.suppression.hidden, 0);
    assert!(table.suppression.rule.contains("minder dan 5 mensen"));
}

#[test]
fn one_small_cell_takes_the_next_smallest_with_it() {
    let table = protect(line(&[3, 20, 7, 0]), 5);
    assert_eq!(shown(&table), [None, Some(20), None, Some(0)]);
    assert_eq!(table.total.value, Some(30));
    assert_eq!(table.suppression.hidden, 2);
}

#[test]
fn small_cells_that_together_are_few_people_take_another() {
    assert_eq!(shown(&protect(line(&[1, 2, 9, 30]), 5)), [None, None, None, Some(30)]);
    assert_eq!(
        shown(&protect(line(&[3, 2, 9, 30]), 5)),
        [None, None, Some(9), Some(30)]
    );
    // Five cells of one person each, and a total that says five: every one would have to be 1.
    assert_eq!(shown(&protect(line(&[1, 1, 1, 1, 1, 8]), 5)), [None; 6]);
}

#[test]
fn a_small_total_hides_itself_and_every_cell_but_zero() {
    let table = protect(line(&[1, 0, 2]), 5);
    assert_eq!(shown(&table), [None, Some(0), None]);
    assert_eq!((table.total.value, table.total.hidden), (None, true));
    let nothing = protect(line(&[0, 0]), 5);
    assert_eq!(nothing.total.value, Some(0));
}

#[test]
fn k_counts_people_not_visits() {
    let cell = |key: &str, people, value| RawCell {
        key: vec![key.into()],
        people,
        value,
    };
    let total = RawCell {
        key: Vec::new(),
        people: 40,
        value: 240,
    };
    let table = raw(
        &[Dimension::Municipality],
        vec![cell("a", 2, 50), cell("b", 20, 90), cell("c", 18, 100)],
        total,
    );
    assert_eq!(shown(&protect(table, 5)), [None, None, Some(100)]);
}

#[test]
fn a_small_number_of_people_is_hidden_even_where_more_people_stand_behind_it() {
    let cells = vec![RawCell {
        key: Vec::new(),
        people: 30,
        value: 2,
    }];
    let total = cells[0].clone();
    let mut table = raw(&[], cells, total);
    table.code = FigureCode::NewToLeisure;
    let table = protect(table, 5);
    assert_eq!((shown(&table), table.total.value), (vec![None], None));
}

#[test]
fn a_grid_hides_a_rectangle_so_that_no_total_gives_a_cell_away() {
    let table = protect(grid(&[vec![3, 20, 30], vec![25, 9, 40], vec![50, 60, 8]]), 5);
    let hidden: Vec<_> = table
        .rows
        .iter()
        .filter(|row| row.hidden)
        .map(|row| row.key.concat())
        .collect();
    assert_eq!(hidden, ["r0c0", "r0c1", "r1c0", "r1c1"]);
}

#[test]
fn a_zero_is_hidden_only_where_nothing_else_can_stand_in() {
    // 3 is the total of its row less 5, and 5 is the total of its column.
    let table = protect(grid(&[vec![3, 5, 0], vec![9, 0, 6]]), 5);
    assert!(table.rows[0].hidden);
    assert!(attack(&grid(&[vec![3, 5, 0], vec![9, 0, 6]]), 5).is_empty());
    // Here a larger neighbour can, and zero stays zero.
    let table = protect(grid(&[vec![3, 20, 0], vec![25, 9, 40]]), 5);
    assert_eq!(table.rows[2].value, Some(0));
}

#[test]
fn a_table_by_three_dimensions_is_shown_whole_or_not_at_all() {
    let by = [Dimension::Municipality, Dimension::Month, Dimension::OrganiserKind];
    let key = |a: &str| [a.to_owned(), "2026-03".to_owned(), "library".to_owned()];
    let (some, total) = cells([(key("a"), 3), (key("b"), 30), (key("c"), 0)]);
    assert_eq!(shown(&protect(raw(&by, some, total), 5)), [None, None, Some(0)]);
    let (some, total) = cells([(key("a"), 13), (key("b"), 30)]);
    assert_eq!(shown(&protect(raw(&by, some, total), 5)), [Some(13), Some(30)]);
}

#[test]
fn tables_of_hardly_anybody_give_nobody_away() {
    for values in [
        vec![vec![0, 1], vec![1, 1]],
        vec![vec![1, 1, 1], vec![0, 0, 0], vec![1, 1, 0]],
    ] {
        assert!(attack(&grid(&values), 3).is_empty(), "{values:?}");
    }
}

#[test]
fn a_busy_table_with_few_small_cells_stays_readable() {
    let value = |row: u64, column: u64| (row * 31 + column * 17 + row * row * column) % 40;
    let busy = |row: u64, column: u64| {
        value(row, column)
            + if (row * 13 + column * 29).is_multiple_of(53) {
                0
            } else {
                5
            }
    };
    let values: Vec<Vec<u64>> = (0..40)
        .map(|row| (0..24).map(|column| busy(row, column)).collect())
        .collect();
    let small = values.iter().flatten().filter(|&&value| value > 0 && value < 5).count();
    let table = protect(grid(&values), 5);
    assert!(
        small > 0 && table.suppression.hidden <= 10 * small,
        "{small} small, {}",
        table.suppression.hidden
    );
    assert_eq!(table.rows.len(), 40 * 24, "no zero had to be hidden");
}

#[test]
fn a_sparse_table_hides_little_more_than_its_small_cells() {
    let value = |row: u64, column: u64| (row * 31 + column * 17 + row * column) % 13;
    let values: Vec<Vec<u64>> = (0..19)
        .map(|row| (0..24).map(|column| value(row, column)).collect())
        .collect();
    let small = values.iter().flatten().filter(|&&value| value > 0 && value < 5).count();
    let table = protect(grid(&values), 5);
    assert!(
        table.suppression.hidden <= small + small / 10,
        "{small} small, {}",
        table.suppression.hidden
    );
}

fn attack(raw: &RawTable, k: u64) -> Vec<Vec<String>> {
    let (rows, columns) = (protect(margin(raw, 0), k), protect(margin(raw, 1), k));
    let table = protect(raw.clone(), k);
    // The attacker knows that a hidden cell is at least 1, except in rows and columns where a zero is hidden too.
    let hidden_zero = |axis: usize, key: &[String]| {
        raw.cells
            .iter()
            .zip(&table.rows)
            .any(|(cell, row)| row.hidden && cell.value == 0 && cell.key[axis] == key[axis])
    };
    let least = |key: &[String]| {
        let dark = table.total.hidden && table.rows.iter().all(|row| row.hidden || row.value == Some(0));
        i64::from(!dark && !hidden_zero(0, key) && !hidden_zero(1, key))
    };
    attack_grid(&table, &rows, &columns, least)
}

/// Hides small cells only, as somebody might who has not read the rule.
fn naively(raw: RawTable, k: u64) -> PublishedTable {
    let small = raw
        .cells
        .iter()
        .map(|cell| cell.people > 0 && cell.people < k)
        .collect();
    publish(
        raw,
        k,
        Hidden {
            cells: small,
            total: false,
            zeros: Vec::new(),
        },
    )
}

#[test]
fn the_attacker_finds_what_can_be_found() {
    assert_eq!(attack_line(&naively(line(&[3, 20, 7]), 5)), [["r0"]]);
    assert_eq!(attack_line(&naively(line(&[1, 1, 1, 20]), 5)).len(), 3);
    assert!(attack_line(&naively(line(&[3, 2, 20]), 5)).is_empty());
    // A staircase: every row and column hides two cells or none, but for its two ends.
    let raw = grid(&[vec![3, 2, 9], vec![9, 4, 1], vec![9, 9, 2]]);
    let (rows, columns) = (naively(margin(&raw, 0), 5), naively(margin(&raw, 1), 5));
    assert_eq!(attack_grid(&naively(raw, 5), &rows, &columns, |_| 1).len(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_attacker_computes_a_hidden_cell_of_a_line(values in prop::collection::vec(0u64..12, 1..7), k in 2u64..6) {
        let table = protect(line(&values), k);
        prop_assert_eq!(attack_line(&table), Vec::<Vec<String>>::new(), "{:?}", table.rows);
        for (value, row) in values.iter().zip(&table.rows) {
            prop_assert!(*value != 0 || row.value == Some(0), "zero stays zero");
            prop_assert!(row.value.is_none_or(|shown| shown == *value && (shown == 0 || shown >= k)));
        }
    }

    #[test]
    fn no_attacker_computes_a_hidden_cell_of_a_grid(
        values in (1usize..4, 1usize..4).prop_flat_map(|(rows, columns)| {
            prop::collection::vec(prop::collection::vec(prop_oneof![Just(0u64), 1u64..5, 5u64..15], columns), rows)
        }),
        k in 3u64..6,
    ) {
        let raw = grid(&values);
        let table = protect(raw.clone(), k);
        prop_assert_eq!(attack(&raw, k), Vec::<Vec<String>>::new(), "{:?} {:?}", values, table.rows);
        for (cell, row) in raw.cells.iter().zip(&table.rows) {
            prop_assert_eq!(&cell.key, &row.key);
            prop_assert!(row.value.is_none_or(|shown| shown == cell.value && (shown == 0 || shown >= k)));
        }
    }
}
