//! Activity and organiser, from when to when scans are taken, and to which session they belong.

use domain::{PassStatus, Reason};

use super::super::decide::{Case, base};

/// Status, activity and organiser.
pub(super) fn activities() -> Vec<Case> {
    let at = "2026-03-10T18:30:00Z";
    let day = "2026-03-10";
    let night = "2026-03-10T03:00:00Z";
    vec![
        base("a withdrawn pass", at)
            .status(PassStatus::Revoked)
            .refused(Reason::Revoked, day),
        base("a blocked pass", at)
            .status(PassStatus::Suspended)
            .refused(Reason::Suspended, day),
        base("the status comes before the activity", at)
            .status(PassStatus::Revoked)
            .no_activity()
            .refused(Reason::Revoked, day),
        base("the status comes before already counted", at)
            .status(PassStatus::Suspended)
            .again()
            .refused(Reason::Suspended, day),
        base("an unknown activity", at)
            .no_activity()
            .refused(Reason::WrongActivity, day),
        base("an activity of another organiser", at)
            .stranger()
            .refused(Reason::RoleDenied, day),
        base("the organiser comes before the window", night)
            .stranger()
            .refused(Reason::RoleDenied, day),
        base("the organiser comes before already counted", at)
            .stranger()
            .again()
            .refused(Reason::RoleDenied, day),
        base("an activity without sessions", at)
            .sessions(&[])
            .refused(Reason::OutsideWindow, day),
    ]
}

/// From five hours before to five hours after, and which session.
pub(super) fn windows() -> Vec<Case> {
    let day = "2026-03-10";
    let next = "2026-03-11";
    let closed = Reason::OutsideWindow;
    let afternoon = (1, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z");
    let evening = (2, "2026-03-10T16:00:00Z", "2026-03-10T17:00:00Z");
    let after_evening = (3, "2026-03-10T17:00:00Z", "2026-03-10T18:00:00Z");
    let two = |name, at| base(name, at).sessions(&[evening, afternoon]);
    vec![
        base("the very start", "2026-03-10T18:00:00Z").counted(1, day),
        base("the very end", "2026-03-10T20:00:00Z").counted(1, day),
        base("five hours before the start", "2026-03-10T13:00:00Z").counted(1, day),
        base("a second before the window", "2026-03-10T12:59:59Z").refused(closed, day),
        base(
            "five hours after the end, on the next local day",
            "2026-03-11T01:00:00Z",
        )
        .counted(1, next),
        base("a second after the window", "2026-03-11T01:00:01Z").refused(closed, next),
        base("a millisecond after the window", "2026-03-11T01:00:00.001Z").refused(closed, next),
        base("a week late", "2026-03-17T18:30:00Z").refused(closed, "2026-03-17"),
        base("a window of its own, open", "2026-03-10T17:45:00Z")
            .window(15, 0)
            .counted(1, day),
        base("a window of its own, not open yet", "2026-03-10T17:44:59Z")
            .window(15, 0)
            .refused(closed, day),
        base("a window of its own, closed", "2026-03-10T20:00:01Z")
            .window(15, 0)
            .refused(closed, day),
        base("no window around it, at the start", "2026-03-10T18:00:00Z")
            .window(0, 0)
            .counted(1, day),
        two("during the first of two", "2026-03-10T13:30:00Z").counted(1, day),
        two("during the second of two", "2026-03-10T16:30:00Z").counted(2, day),
        two("between, nearer to the first", "2026-03-10T14:59:59Z").counted(1, day),
        two("between, nearer to the second", "2026-03-10T15:00:01Z").counted(2, day),
        two("exactly between: the nearer start", "2026-03-10T15:00:00Z").counted(2, day),
        two("after both", "2026-03-10T21:00:00Z").counted(2, day),
        two("only the second is still open", "2026-03-10T19:00:01Z").counted(2, day),
        base("one ends as the next starts", "2026-03-10T17:00:00Z")
            .sessions(&[evening, after_evening])
            .counted(3, day),
        base(
            "the one that is on, not the one that starts sooner",
            "2026-03-10T16:50:00Z",
        )
        .sessions(&[after_evening, evening])
        .counted(2, day),
        base("two that overlap: the nearer start", "2026-03-10T18:30:00Z")
            .sessions(&[
                (4, "2026-03-10T12:00:00Z", "2026-03-10T20:00:00Z"),
                (5, "2026-03-10T18:00:00Z", "2026-03-10T19:00:00Z"),
            ])
            .counted(5, day),
        base("two at the same time: the smaller id", "2026-03-10T18:30:00Z")
            .sessions(&[
                (7, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z"),
                (6, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z"),
            ])
            .counted(6, day),
        base(
            "five hours are five hours in the night that loses one",
            "2026-03-28T22:00:00Z",
        )
        .sessions(&[(1, "2026-03-29T03:00:00Z", "2026-03-29T04:00:00Z")])
        .counted(1, "2026-03-28"),
        base(
            "five hours are five hours in the night that gains one",
            "2026-10-24T20:59:59Z",
        )
        .sessions(&[(1, "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z")])
        .refused(closed, "2026-10-24"),
    ]
}

/// The borders of usual windows, of an activity's own ones, and of none, to the millisecond.
pub(super) fn to_the_millisecond() -> Vec<Case> {
    let day = "2026-03-10";
    let next = "2026-03-11";
    let closed = Reason::OutsideWindow;
    let moment = [(1, "2026-03-10T18:00:00Z", "2026-03-10T18:00:00Z")];
    vec![
        base("a millisecond before the window", "2026-03-10T12:59:59.999Z").refused(closed, day),
        base("a millisecond before the window closes", "2026-03-11T00:59:59.999Z").counted(1, next),
        base("its own window, to the second", "2026-03-10T20:00:00Z")
            .window(15, 0)
            .counted(1, day),
        base("its own window, a millisecond too early", "2026-03-10T17:44:59.999Z")
            .window(15, 0)
            .refused(closed, day),
        base("its own window, a millisecond too late", "2026-03-10T20:00:00.001Z")
            .window(15, 0)
            .refused(closed, day),
        base("no window before it, a millisecond early", "2026-03-10T17:59:59.999Z")
            .window(0, 300)
            .refused(closed, day),
        base("no window before it, five hours after it", "2026-03-11T01:00:00Z")
            .window(0, 300)
            .counted(1, next),
        base("no window after it, five hours before it", "2026-03-10T13:00:00Z")
            .window(300, 0)
            .counted(1, day),
        base("no window after it, a second late", "2026-03-10T20:00:01Z")
            .window(300, 0)
            .refused(closed, day),
        base("no window around it, at the end", "2026-03-10T20:00:00Z")
            .window(0, 0)
            .counted(1, day),
        base("no window around it, a millisecond late", "2026-03-10T20:00:00.001Z")
            .window(0, 0)
            .refused(closed, day),
        base("a minute around it, at its first instant", "2026-03-10T17:59:00Z")
            .window(1, 1)
            .counted(1, day),
        base(
            "a minute around it, before its first instant",
            "2026-03-10T17:58:59.999Z",
        )
        .window(1, 1)
        .refused(closed, day),
        base("a minute around it, at its last instant", "2026-03-10T20:01:00Z")
            .window(1, 1)
            .counted(1, day),
        base("a minute around it, after its last instant", "2026-03-10T20:01:00.001Z")
            .window(1, 1)
            .refused(closed, day),
        base("a day around it, at its first instant", "2026-03-09T18:00:00Z")
            .window(1_440, 1_440)
            .counted(1, "2026-03-09"),
        base("a day around it, before its first instant", "2026-03-09T17:59:59.999Z")
            .window(1_440, 1_440)
            .refused(closed, "2026-03-09"),
        base("a day around it, at its last instant", "2026-03-11T20:00:00Z")
            .window(1_440, 1_440)
            .counted(1, next),
        base("a day around it, after its last instant", "2026-03-11T20:00:00.001Z")
            .window(1_440, 1_440)
            .refused(closed, next),
        base("a session without length, at its instant", "2026-03-10T18:00:00Z")
            .sessions(&moment)
            .window(0, 0)
            .counted(1, day),
        base(
            "a session without length, a millisecond later",
            "2026-03-10T18:00:00.001Z",
        )
        .sessions(&moment)
        .window(0, 0)
        .refused(closed, day),
    ]
}

/// Which of several sessions a scan belongs to, where two are equally near.
pub(super) fn which_session() -> Vec<Case> {
    let day = "2026-03-10";
    let three = [
        (1, "2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z"),
        (2, "2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z"),
        (3, "2026-03-10T17:00:00Z", "2026-03-10T18:00:00Z"),
    ];
    let moments = [
        (8, "2026-03-10T20:00:00Z", "2026-03-10T20:00:00Z"),
        (9, "2026-03-10T18:00:00Z", "2026-03-10T18:00:00Z"),
    ];
    vec![
        base("the one in the middle", "2026-03-10T14:30:00Z")
            .sessions(&three)
            .counted(2, day),
        base("exactly between the last two: the nearer start", "2026-03-10T15:30:00Z")
            .sessions(&three)
            .counted(3, day),
        base("a millisecond before exactly between", "2026-03-10T15:29:59.999Z")
            .sessions(&three)
            .counted(2, day),
        base("equally near in every way: the earlier", "2026-03-10T19:00:00Z")
            .sessions(&moments)
            .counted(9, day),
        base("between two whose windows do not meet", "2026-03-10T15:30:00Z")
            .sessions(&three)
            .window(60, 60)
            .refused(Reason::OutsideWindow, day),
        base("the nearer one is closed, the other not", "2026-03-10T10:30:00Z")
            .sessions(&three)
            .window(180, 15)
            .counted(2, day),
    ]
}
