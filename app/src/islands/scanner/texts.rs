//! What the scanner says. The words are only in the server's build: the browser finds them in the markup, by their
//! place in this list, so another language costs the bundle nothing.

macro_rules! texts {
    ($($name:ident = $dutch:expr; $doc:literal)*) => {
        /// Everything the scanner can say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Text {
            $(#[doc = $doc] $name,)*
        }

        #[cfg(feature = "ssr")]
        impl Text {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// In Dutch.
            pub fn dutch(self) -> &'static str {
                match self {
                    $(Self::$name => $dutch,)*
                }
            }
        }
    };
}

texts! {
    Start = "Start de camera"; "The button that starts everything."
    Starting = "De camera start…"; "While the browser asks and the camera warms up."
    Label = "Scanner"; "Name of the scanner's region."
    Hint = "Houd de pas voor de camera"; "Under the ring."
    Stop = "Stop de camera"; "Closes the scanner."
    Torch = "Lamp"; "The phone's light."
    Zoom = "Zoom"; "Nearer."
    Typing = "Typ het nummer"; "Opens the number field, and its title."
    Photo = "Kies een foto"; "Opens the photo field, and its title."
    Number = "Elf letters en cijfers"; "Label of the number field."
    NumberSend = "Tel mee"; "Sends the number."
    Close = "Sluit"; "Closes a sheet."
    Busy = "Even kijken…"; "While the server is asked."
    Reading = "De foto wordt gelezen…"; "While the photo is decoded."
    Today = "vandaag"; "Before the number of scans counted today."
    Waiting = "wachten"; "Before the number of scans not yet sent."
    Sent = "verzonden"; "Before the time of the last scan sent."
    Last = "Laatste scan"; "Before the last verdict."
    Undo = "Ongedaan maken"; "Takes the last scan back."
    Next = "Volgende pas"; "Closes the verdict."
    Counted = "Geteld"; "Verdict."
    Duplicate = "Al geteld"; "Verdict."
    Refused = "Niet geteld"; "Verdict."
    Flagged = "Kijk even"; "Verdict."
    Annulled = "Ongedaan"; "Verdict."
    FirstVisit = "Dit is de eerste keer."; "Added when it is the holder's first visit."
    ForeignQr = domain::Reason::ForeignQr.sentence(domain::Lang::Nl); "A code that is not ours."
    Malformed = domain::Reason::Malformed.sentence(domain::Lang::Nl); "A damaged code or a mistyped number."
    NoNetwork = "Geen netwerk. Deze scan is nog niet geteld. Probeer opnieuw."; "The server could not be reached."
    UndoFailed = "Geen netwerk. De scan blijft geteld. Probeer opnieuw."; "Undo did not reach the server."
    Retry = "Probeer opnieuw"; "Sends the waiting scan again."
    Drop = "Laat deze scan weg"; "Throws the waiting scan away."
    NotSent = "Niet verzonden"; "The word over a scan that waits."
    NoActivity = "Kies eerst een activiteit."; "A scan before an activity was chosen."
    ServerTrouble = "Er ging iets mis op de server. Deze scan is nog niet geteld. Probeer opnieuw."; "A server error."
    LoggedOut = "Je bent afgemeld. Deze scan is niet geteld. Meld je opnieuw aan."; "The session has ended."
    PhotoNoCode = "Op deze foto zien we geen code. Er is niets geteld. Maak een foto van dichtbij, of typ het nummer.";
        "No code in the photo."
    PhotoUnreadable = "Deze foto kunnen we niet openen. Er is niets geteld. Kies een andere foto, of typ het nummer.";
        "Not an image."
    PhotoMissing = "Kies eerst een foto. Er is niets geteld."; "Sent without a photo."
    NumberMissing = "Typ het nummer dat op de pas staat."; "Sent without a number."
    CameraMissing = "We vinden geen camera. Typ het nummer, of kies een foto."; "No camera, or no secure connection."
    CameraDenied = "De camera mag niet van je telefoon. Sta de camera toe bij de instellingen van deze site, of typ het nummer.";
        "Permission refused."
    CameraBusy = "De camera is al in gebruik. Sluit de andere app en probeer opnieuw, of typ het nummer.";
        "Another program has the camera."
    CameraLost = "De camera is gestopt. Start hem opnieuw."; "The stream ended by itself."
    ReaderTrouble = "Het lezen van codes hapert. Blijft dat zo? Herlaad dan de pagina."; "The worker died."
    Reload = "Herladen"; "Reloads the page."
}
