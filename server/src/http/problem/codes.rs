//! The table of problems: stable code, HTTP status, title, and a sentence in three languages.

use axum::http::StatusCode;

/// What went wrong, as a stable code. Reason codes of the scan protocol keep their spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemCode {
    /// The body is not what its content type says: not UTF-8, cut off, not JSON.
    Malformed,
    /// The body is readable but fields are missing or wrong; `errors` names every one.
    Validation,
    /// Nobody is known: no token, no session, or one that does not exist (any more).
    Unauthenticated,
    /// The asker is known and may not do this.
    RoleDenied,
    /// A page of another site tried to use somebody's session.
    CrossOrigin,
    /// Nothing here, or nothing that the asker may see.
    NotFound,
    /// The number is well-formed, but no pass of this partnership has it.
    UnknownPass,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The request took too long to arrive or to answer.
    Timeout,
    /// The same `scan_id` came before with other content.
    IdReuse,
    /// A scan can be annulled for 15 minutes by who made it.
    AnnulTooLate,
    /// No organiser made this pairing code.
    PairingCodeUnknown,
    /// The pairing code is more than ten minutes old.
    PairingCodeExpired,
    /// Another phone used the pairing code.
    PairingCodeUsed,
    /// No device of this id was paired here.
    DeviceUnknown,
    /// The device's signature is not by a key that we have of it.
    DeviceKeyUnknown,
    /// The device's token is over, or from the future: `Date` tells it what time it is.
    DeviceTokenExpired,
    /// The organiser took the device out of use.
    DeviceRevoked,
    /// The body is larger than the limit named in `detail`.
    TooLarge,
    /// The content type is not the one that this path reads.
    UnsupportedMediaType,
    /// Too many tries; `Retry-After` says when again.
    RateLimited,
    /// Our fault; the log has the details.
    ServerError,
}

/// One row of the table behind [`ProblemCode`].
pub(crate) struct Row {
    /// Stable spelling in `code`.
    pub(crate) code: &'static str,
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// Short English title for developers.
    pub(crate) title: &'static str,
    /// Sentences for people: Dutch, French, English.
    pub(crate) message: [&'static str; 3],
}

impl ProblemCode {
    /// Every code, in the order of the readable page.
    pub(crate) const ALL: [Self; 22] = [
        Self::Malformed,
        Self::Validation,
        Self::Unauthenticated,
        Self::RoleDenied,
        Self::CrossOrigin,
        Self::NotFound,
        Self::UnknownPass,
        Self::MethodNotAllowed,
        Self::Timeout,
        Self::IdReuse,
        Self::AnnulTooLate,
        Self::PairingCodeUnknown,
        Self::PairingCodeExpired,
        Self::PairingCodeUsed,
        Self::DeviceUnknown,
        Self::DeviceKeyUnknown,
        Self::DeviceTokenExpired,
        Self::DeviceRevoked,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::ServerError,
    ];

    /// Code, status, title and sentences of this problem.
    pub(crate) const fn row(self) -> Row {
        let (code, status, title, message) = match self {
            Self::Malformed => (
                "malformed",
                StatusCode::BAD_REQUEST,
                "The request cannot be read",
                [
                    "Het bericht is niet goed aangekomen. Probeer het opnieuw.",
                    "Le message n’est pas bien arrivé. Réessayez.",
                    "The message did not arrive well. Please try again.",
                ],
            ),
            Self::Validation => (
                "validation",
                StatusCode::UNPROCESSABLE_ENTITY,
                "Some fields are missing or wrong",
                [
                    "Niet alles is goed ingevuld. Kijk de velden na.",
                    "Tout n’est pas bien rempli. Vérifiez les champs.",
                    "Not everything is filled in well. Please check the fields.",
                ],
            ),
            Self::Unauthenticated => (
                "unauthenticated",
                StatusCode::UNAUTHORIZED,
                "Log in or send a valid token",
                [
                    "Je bent niet aangemeld. Meld je aan en probeer opnieuw.",
                    "Vous n’êtes pas connecté. Connectez-vous et réessayez.",
                    "You are not logged in. Log in and try again.",
                ],
            ),
            Self::RoleDenied => (
                "role_denied",
                StatusCode::FORBIDDEN,
                "Your role does not allow this",
                [
                    "Dit mag je niet doen met jouw rol. Vraag hulp aan de coördinator.",
                    "Votre rôle ne permet pas cela. Demandez de l’aide au coordinateur.",
                    "Your role does not allow this. Ask the coordinator for help.",
                ],
            ),
            Self::CrossOrigin => (
                "cross_origin",
                StatusCode::FORBIDDEN,
                "The request came from another site",
                [
                    "Dit verzoek kwam van een andere website. Open Randpas zelf en probeer opnieuw.",
                    "Cette demande vient d’un autre site. Ouvrez Randpas et réessayez.",
                    "This request came from another website. Open Randpas itself and try again.",
                ],
            ),
            Self::NotFound => (
                "not_found",
                StatusCode::NOT_FOUND,
                "Not found",
                [
                    "Dit bestaat niet (meer), of je mag het niet zien.",
                    "Ceci n’existe pas (ou plus), ou vous ne pouvez pas le voir.",
                    "This does not exist (any more), or you may not see it.",
                ],
            ),
            Self::UnknownPass => (
                "unknown_pass",
                StatusCode::NOT_FOUND,
                "No pass has this number",
                [
                    "We kennen geen pas met dit nummer. Kijk het nummer na.",
                    "Aucun pass ne porte ce numéro. Vérifiez le numéro.",
                    "We know no pass with this number. Please check the number.",
                ],
            ),
            Self::MethodNotAllowed => (
                "method_not_allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "This path does not know this method",
                [
                    "Dit kan hier niet.",
                    "Ce n’est pas possible ici.",
                    "This is not possible here.",
                ],
            ),
            Self::Timeout => (
                "timeout",
                StatusCode::REQUEST_TIMEOUT,
                "The request took too long",
                [
                    "Het duurde te lang. Probeer het opnieuw.",
                    "Cela a duré trop longtemps. Réessayez.",
                    "It took too long. Please try again.",
                ],
            ),
            Self::IdReuse => (
                "id_reuse",
                StatusCode::CONFLICT,
                "This scan_id came before with other content",
                [
                    "Deze scan was er al, maar met andere gegevens. Scan de pas opnieuw.",
                    "Ce scan existe déjà avec d’autres données. Scannez le pass à nouveau.",
                    "This scan was here before with other data. Scan the pass again.",
                ],
            ),
            Self::AnnulTooLate => (
                "annul_too_late",
                StatusCode::CONFLICT,
                "A scan can be annulled for 15 minutes",
                [
                    "Deze scan is te oud om te schrappen. Vraag het aan de organisator.",
                    "Ce scan est trop ancien pour être annulé. Demandez à l’organisateur.",
                    "This scan is too old to undo. Ask the organiser.",
                ],
            ),
            Self::PairingCodeUnknown => (
                "pairing_code_unknown",
                StatusCode::NOT_FOUND,
                "No organiser made this pairing code",
                [
                    "We kennen deze code niet. Kijk ze na, of vraag een nieuwe code aan je organisatie.",
                    "Nous ne connaissons pas ce code. Vérifiez-le ou demandez un nouveau code à votre organisation.",
                    "We do not know this code. Check it, or ask your organisation for a new one.",
                ],
            ),
            Self::PairingCodeExpired => (
                "pairing_code_expired",
                StatusCode::GONE,
                "This pairing code is more than ten minutes old",
                [
                    "Deze code is ouder dan tien minuten. Vraag een nieuwe code aan je organisatie.",
                    "Ce code a plus de dix minutes. Demandez un nouveau code à votre organisation.",
                    "This code is more than ten minutes old. Ask your organisation for a new one.",
                ],
            ),
            Self::PairingCodeUsed => (
                "pairing_code_used",
                StatusCode::CONFLICT,
                "Another device used this pairing code",
                [
                    "Deze code is al gebruikt voor een ander toestel. Vraag een nieuwe code aan je organisatie.",
                    "Ce code a déjà servi pour un autre appareil. Demandez un nouveau code à votre organisation.",
                    "Another device used this code already. Ask your organisation for a new one.",
                ],
            ),
            Self::DeviceUnknown => (
                "device_unknown",
                StatusCode::UNAUTHORIZED,
                "No device of this id was paired here",
                [
                    "We kennen dit toestel niet. Je scans blijven op het toestel staan. Koppel het opnieuw.",
                    "Nous ne connaissons pas cet appareil. Vos scans restent sur l’appareil. Associez-le à nouveau.",
                    "We do not know this device. Your scans stay on it. Pair it again.",
                ],
            ),
            Self::DeviceKeyUnknown => (
                "device_key_unknown",
                StatusCode::UNAUTHORIZED,
                "The signature is not by a key of this device",
                [
                    "De sleutel van dit toestel klopt niet. Je scans blijven op het toestel staan. Koppel het opnieuw.",
                    "La clé de cet appareil n’est pas la bonne. Vos scans restent sur l’appareil. Associez-le à nouveau.",
                    "The key of this device is not right. Your scans stay on it. Pair it again.",
                ],
            ),
            Self::DeviceTokenExpired => (
                "device_token_expired",
                StatusCode::UNAUTHORIZED,
                "The device's token is over or from the future",
                [
                    "De klok van dit toestel loopt verkeerd. Je scans blijven bewaard. Zet de klok juist en probeer opnieuw.",
                    "L’horloge de cet appareil n’est pas à l’heure. Vos scans sont gardés. Réglez l’heure et réessayez.",
                    "The clock of this device is wrong. Your scans are kept. Set the clock right and try again.",
                ],
            ),
            Self::DeviceRevoked => (
                "device_revoked",
                StatusCode::FORBIDDEN,
                "The organiser took this device out of use",
                [
                    "Je organisatie zette dit toestel uit. Scans die al gemaakt zijn, kijkt de organisatie na.",
                    "Votre organisation a désactivé cet appareil. Elle vérifie les scans déjà faits.",
                    "Your organisation took this device out of use. It will look at the scans made before.",
                ],
            ),
            Self::TooLarge => (
                "too_large",
                StatusCode::PAYLOAD_TOO_LARGE,
                "The body is too large",
                [
                    "Dit is te groot. Stuur minder tegelijk of een kleinere foto.",
                    "C’est trop grand. Envoyez moins à la fois ou une photo plus petite.",
                    "This is too large. Send less at once, or a smaller photo.",
                ],
            ),
            Self::UnsupportedMediaType => (
                "unsupported_media_type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This content type is not read here",
                [
                    "Dit soort bericht kunnen we niet lezen.",
                    "Nous ne pouvons pas lire ce type de message.",
                    "We cannot read this kind of message.",
                ],
            ),
            Self::RateLimited => (
                "rate_limited",
                StatusCode::TOO_MANY_REQUESTS,
                "Too many tries",
                [
                    "Je probeerde te vaak. Wacht even en probeer het dan opnieuw.",
                    "Trop d’essais. Attendez un peu et réessayez.",
                    "Too many tries. Wait a moment and try again.",
                ],
            ),
            Self::ServerError => (
                "server_error",
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something failed on our side",
                [
                    "Er ging iets mis bij ons. Probeer het straks opnieuw.",
                    "Une erreur s’est produite chez nous. Réessayez plus tard.",
                    "Something went wrong on our side. Please try again later.",
                ],
            ),
        };
        Row {
            code,
            status,
            title,
            message,
        }
    }

    /// The problem that fits a bare HTTP status which a library answered with.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::RoleDenied,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Validation,
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::ServerError,
        }
    }
}
