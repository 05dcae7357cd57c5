//! What can happen to a Randuitcheque.

/// What happened to a cheque.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChequeKind {
    /// Handed out.
    Issued,
    /// Made usable.
    Activated,
    /// Used.
    Redeemed,
    /// Not used in time.
    Expired,
    /// Used, and taken back.
    Reversed,
    /// Used twice without network.
    OfflineLoss,
}

impl ChequeKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Issued,
        Self::Activated,
        Self::Redeemed,
        Self::Expired,
        Self::Reversed,
        Self::OfflineLoss,
    ];

    /// The stable spelling in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Activated => "activated",
            Self::Redeemed => "redeemed",
            Self::Expired => "expired",
            Self::Reversed => "reversed",
            Self::OfflineLoss => "offline_loss",
        }
    }

    /// Reads the spelling.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
