//! Question 4: which other partnerships joined the learning network.

use jiff::civil::Date;

use crate::dutch::{date, number};
use crate::phrase::{When, agree, count, join};

/// Who belonged to it on the last day, and who joined and left in the period.
pub(crate) fn overview(when: When, on: Date, members: usize, joined: &[String], left: &[String]) -> String {
    let members = u64::try_from(members).unwrap_or(u64::MAX);
    let day = date(on);
    let now = match members {
        0 => format!("Op {day} waren er geen andere samenwerkingsverbanden in het lerend netwerk."),
        n => format!(
            "Op {day} {} er {} in het lerend netwerk.",
            agree(n, "was", "waren"),
            count(n, "ander samenwerkingsverband", "andere samenwerkingsverbanden")
        ),
    };
    [
        Some(now),
        moved(when, joined, ["kwam", "kwamen"], "bij"),
        moved(when, left, ["ging", "gingen"], "weg"),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

fn moved(when: When, names: &[String], [one, many]: [&str; 2], way: &str) -> Option<String> {
    let n = u64::try_from(names.len()).unwrap_or(u64::MAX);
    match (n, way) {
        (0, "bij") => Some(format!("{} kwam er{} geen bij.", when.at_start(), when.so_far())),
        (0, _) => None,
        (n, way) => Some(format!(
            "{} {} er{} {} {way}: {}.",
            when.at_start(),
            agree(n, one, many),
            when.so_far(),
            number(n),
            join(names)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;

    #[test]
    fn members_are_counted_on_the_last_day_and_named_when_they_come_and_go() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let day = "2026-11-30".parse().unwrap();
        for (members, joined, left, text) in [
            (
                0,
                &[][..],
                &[][..],
                "Op 30 november 2026 waren er geen andere samenwerkingsverbanden in het lerend netwerk. In 2026 kwam \
                 er geen bij.",
            ),
            (
                1,
                &["Welzijnsregio Noord-Limburg"][..],
                &[][..],
                "Op 30 november 2026 was er 1 ander samenwerkingsverband in het lerend netwerk. In 2026 kwam er 1 \
                 bij: Welzijnsregio Noord-Limburg.",
            ),
            (
                7,
                &["A", "B"][..],
                &["C"][..],
                "Op 30 november 2026 waren er 7 andere samenwerkingsverbanden in het lerend netwerk. In 2026 kwamen \
                 er 2 bij: A en B. In 2026 ging er 1 weg: C.",
            ),
        ] {
            assert_eq!(
                overview(when("2026", false), day, members, &names(joined), &names(left)),
                text
            );
        }
        assert!(overview(when("2026", true), day, 0, &[], &[]).ends_with("In 2026 kwam er tot nu toe geen bij."));
    }
}
