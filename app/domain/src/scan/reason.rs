//! Why a scan ended as it did: stable codes, each with a pictogram and a sentence that a volunteer can read aloud.

use super::sentence;
use crate::codes::code_enum;

code_enum! {
    /// A language of the sentences. Dutch is first and complete; the others are help under it.
    Lang("language") {
        /// Dutch.
        Nl = "nl",
        /// French.
        Fr = "fr",
        /// English.
        En = "en",
    }
}

code_enum! {
    /// The reason codes of `docs/protocol.md` §5.
    Reason("reason") {
        /// Counted.
        Ok = "ok",
        /// A code or number of ours that is damaged or mistyped.
        Malformed = "malformed",
        /// Somebody else's code.
        ForeignQr = "foreign_qr",
        /// The signature does not fit.
        BadSignature = "bad_signature",
        /// Signed with a key that is not here yet.
        UnknownKey = "unknown_key",
        /// Signed with a key that was withdrawn.
        KeyRevoked = "key_revoked",
        /// Before the first valid day.
        NotYetValid = "not_yet_valid",
        /// After the last valid day.
        Expired = "expired",
        /// Withdrawn for good: lost, replaced, ended.
        Revoked = "revoked",
        /// Blocked for the time being.
        Suspended = "suspended",
        /// No such pass.
        UnknownPass = "unknown_pass",
        /// No such activity, or one that the pass is not for.
        WrongActivity = "wrong_activity",
        /// No session of the activity is open for scanning.
        OutsideWindow = "outside_window",
        /// Already counted in this window.
        AlreadyCounted = "already_counted",
        /// The cheque was used before.
        ChequeSpent = "cheque_spent",
        /// Not enough left on the pass.
        InsufficientBalance = "insufficient_balance",
        /// This organiser or activity does not take this.
        SchemeNotAccepted = "scheme_not_accepted",
        /// More than may be taken without network.
        OverOfflineLimit = "over_offline_limit",
        /// The device has not been synchronised for too long.
        PackageStale = "package_stale",
        /// Only possible with network.
        NeedsOnline = "needs_online",
        /// Needs the code on the phone, not a copy.
        NeedsLiveCode = "needs_live_code",
        /// A live code that is too old: a screenshot.
        StaleLiveCode = "stale_live_code",
        /// A person has to confirm.
        NeedsConfirmation = "needs_confirmation",
        /// The device may no longer scan.
        DeviceRevoked = "device_revoked",
        /// The asker may not scan for this organiser.
        RoleDenied = "role_denied",
        /// The same scan id came before with other content.
        IdReuse = "id_reuse",
        /// The scan was undone.
        Annulled = "annulled",
        /// Too late to undo by oneself.
        AnnulTooLate = "annul_too_late",
        /// Something failed on our side.
        ServerError = "server_error",
    }
}

impl Reason {
    /// What happened and what to do now, in one or two plain sentences.
    #[must_use]
    pub const fn sentence(self, lang: Lang) -> &'static str {
        let [nl, fr, en] = sentence::of(self);
        match lang {
            Lang::Nl => nl,
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The name of the drawing that goes with the sentence: one of `tick`, `repeat`, `code`, `stranger`, `shield`,
    /// `sync`, `calendar`, `blocked`, `search`, `place`, `clock`, `cheque`, `coins`, `phone`, `person`, `undo`, `tool`.
    #[must_use]
    pub const fn pictogram(self) -> &'static str {
        match self {
            Self::Ok => "tick",
            Self::AlreadyCounted | Self::IdReuse => "repeat",
            Self::Malformed => "code",
            Self::ForeignQr => "stranger",
            Self::BadSignature | Self::KeyRevoked => "shield",
            Self::UnknownKey | Self::PackageStale | Self::NeedsOnline | Self::OverOfflineLimit => "sync",
            Self::NotYetValid | Self::Expired => "calendar",
            Self::Revoked | Self::Suspended | Self::DeviceRevoked => "blocked",
            Self::UnknownPass => "search",
            Self::WrongActivity | Self::SchemeNotAccepted => "place",
            Self::OutsideWindow | Self::AnnulTooLate => "clock",
            Self::ChequeSpent => "cheque",
            Self::InsufficientBalance => "coins",
            Self::NeedsLiveCode | Self::StaleLiveCode => "phone",
            Self::NeedsConfirmation | Self::RoleDenied => "person",
            Self::Annulled => "undo",
            Self::ServerError => "tool",
        }
    }

    /// The HTTP status where the reason is the answer to a whole request; a verdict in a list or a recorded check-in
    /// is always 200 or 201.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::Ok | Self::Annulled => 200,
            Self::DeviceRevoked => 401,
            Self::RoleDenied => 403,
            Self::UnknownPass => 404,
            Self::AlreadyCounted
            | Self::ChequeSpent
            | Self::InsufficientBalance
            | Self::IdReuse
            | Self::AnnulTooLate
            | Self::UnknownKey
            | Self::PackageStale
            | Self::NeedsOnline
            | Self::NeedsConfirmation => 409,
            Self::ServerError => 500,
            Self::Malformed
            | Self::ForeignQr
            | Self::BadSignature
            | Self::KeyRevoked
            | Self::NotYetValid
            | Self::Expired
            | Self::Revoked
            | Self::Suspended
            | Self::WrongActivity
            | Self::OutsideWindow
            | Self::SchemeNotAccepted
            | Self::OverOfflineLimit
            | Self::NeedsLiveCode
            | Self::StaleLiveCode => 422,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_protocol_is_there() {
        let codes: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(
            codes.join(" "),
            "ok malformed foreign_qr bad_signature unknown_key key_revoked not_yet_valid expired revoked suspended \
             unknown_pass wrong_activity outside_window already_counted cheque_spent insufficient_balance \
             scheme_not_accepted over_offline_limit package_stale needs_online needs_live_code stale_live_code \
             needs_confirmation device_revoked role_denied id_reuse annulled annul_too_late server_error"
        );
    }

    #[test]
    fn every_reason_says_what_happened_and_what_to_do_in_three_languages() {
        for reason in Reason::ALL {
            for lang in Lang::ALL {
                let sentence = reason.sentence(*lang);
                assert!(
                    sentence.len() <= 160 && sentence.ends_with(['.', '!']),
                    "{reason} {lang}: {sentence}"
                );
                let parts = sentence
                    .split(['.', '!', ',', ';', ':'])
                    .filter(|part| !part.trim().is_empty())
                    .count();
                assert!(
                    *reason == Reason::Ok || parts >= 2,
                    "{reason} {lang}: what happened, what to do"
                );
            }
            assert!(!reason.pictogram().is_empty() && (200..=599).contains(&reason.http_status()));
        }
    }
}
