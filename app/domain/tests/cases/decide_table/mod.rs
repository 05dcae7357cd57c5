//! The scans of `decide.json`, one file a theme. Every expectation was written by hand from `docs/protocol.md`.

mod counting;
mod dates;
mod nights;
mod pass;
mod precedence;
mod typed;
mod windows;

use super::decide::Case;

pub(super) fn cases() -> Vec<Case> {
    [
        pass::before_the_dates(),
        dates::dates(),
        dates::to_the_millisecond(),
        windows::activities(),
        windows::windows(),
        windows::to_the_millisecond(),
        windows::which_session(),
        nights::days(),
        nights::windows(),
        counting::counting(),
        counting::across_midnight(),
        precedence::of_neighbours(),
        precedence::one_by_one(),
        typed::looked_up(),
        typed::only_a_number(),
    ]
    .concat()
}
