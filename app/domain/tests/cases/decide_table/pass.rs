//! Key, signature, look-up and kind: what is known of the pass before its dates.

use domain::{KeyVerdict, PassKind, Reason};

use super::super::decide::{Case, base};

/// Key, signature, pass and kind.
pub(super) fn before_the_dates() -> Vec<Case> {
    let at = "2026-03-10T18:30:00Z";
    let day = "2026-03-10";
    let bad = Some(KeyVerdict::BadSignature);
    vec![
        base("a valid pass at an activity that is on", at).counted(1, day),
        base("a typed number has no signature to check", at)
            .key(None)
            .counted(1, day),
        base("a group pass", at).kind(PassKind::Group).counted(1, day),
        base("a forged signature", at)
            .key(bad)
            .refused(Reason::BadSignature, day),
        base("a key that is not here yet", at)
            .key(Some(KeyVerdict::UnknownKey))
            .refused(Reason::UnknownKey, day),
        base("a withdrawn key", at)
            .key(Some(KeyVerdict::KeyRevoked))
            .refused(Reason::KeyRevoked, day),
        base("an unknown number", at)
            .key(None)
            .no_pass()
            .refused(Reason::UnknownPass, day),
        base("a good signature of a pass that is not here", at)
            .no_pass()
            .refused(Reason::UnknownPass, day),
        base("the signature comes before the look-up", at)
            .key(bad)
            .no_pass()
            .refused(Reason::BadSignature, day),
        base("a paper cheque is no pass", at)
            .kind(PassKind::PaperCheque)
            .refused(Reason::SchemeNotAccepted, day),
        base("the signature comes before the kind", at)
            .key(bad)
            .kind(PassKind::PaperCheque)
            .refused(Reason::BadSignature, day),
        base("the kind comes before the dates", at)
            .kind(PassKind::PaperCheque)
            .valid("2025-01-01", "2025-01-31")
            .refused(Reason::SchemeNotAccepted, day),
        base("nothing is known at all", at)
            .no_pass()
            .no_activity()
            .refused(Reason::UnknownPass, day),
    ]
}
