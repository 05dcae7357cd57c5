//! Who learns together (FIGURES §4, question 4).

use crate::codes::code_enum;

code_enum! {
    /// What sort of partnership a member of the learning network is.
    NetworkKind("kind of member") {
        /// Municipalities that work together.
        Municipalities = "municipalities",
        /// OCMWs that work together.
        Ocmws = "ocmws",
        /// A welfare region: OCMWs with a body of their own.
        WelfareRegion = "welfare_region",
        /// Anything else.
        Other = "other",
    }
}

impl NetworkKind {
    /// A short Dutch name.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Municipalities => "Samenwerking van gemeenten",
            Self::Ocmws => "Samenwerking van OCMW's",
            Self::WelfareRegion => "Welzijnsregio van OCMW's",
            Self::Other => "Andere samenwerking",
        }
    }
}
