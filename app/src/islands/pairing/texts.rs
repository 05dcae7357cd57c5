//! What pairing says: what happened, what was kept, what to do now.

use crate::islands::texts::texts;

texts! {
    /// Everything that pairing can say.
    Text {
        Code = "Code van je club"; "Label of the code's field."
        CodeHint = "Acht letters en cijfers. Scan je de QR-code van je club, dan staat de code er al."; "Under it."
        Name = "Naam van dit toestel"; "Label of the name's field."
        NameHint = "Zo herkent je club het toestel, bijvoorbeeld: Telefoon van de kassa."; "Under it."
        Phone = "Telefoon"; "The name of a phone until somebody types a better one."
        Tablet = "Tablet"; "The same of a tablet."
        Computer = "Computer"; "The same of a computer."
        Submit = "Koppel dit toestel"; "Pairs."
        Busy = "Even koppelen…"; "While the server is asked."
        CodeMissing = "Deze code is niet volledig. Er is niets gekoppeld. Typ de acht letters en cijfers van je club.";
            "No code, or none of eight symbols."
        NameMissing = "Geef dit toestel een naam. Er is niets gekoppeld."; "No name."
        Unknown = "Deze code kennen we niet. Er is niets gekoppeld. Kijk de code na, of vraag je club om een nieuwe.";
            "`pairing_code_unknown`"
        Expired = "Deze code is te oud: ze geldt tien minuten. Er is niets gekoppeld. Vraag je club om een nieuwe.";
            "`pairing_code_expired`"
        Used = "Met deze code is al een toestel gekoppeld. Vraag je club om een nieuwe code."; "`pairing_code_used`"
        TooMany = "Er is te vaak geprobeerd. Er is niets gekoppeld. Wacht een paar minuten en probeer opnieuw.";
            "Rate limit."
        NoNetwork = "Geen netwerk. Er is niets gekoppeld. Koppelen kan alleen met internet; daarna scan je ook zonder.";
            "The server could not be reached."
        ServerTrouble = "Er ging iets mis op de server. Er is niets gekoppeld. Probeer het straks opnieuw.";
            "A server error."
        NoStorage = "Deze browser bewaart niets, misschien is dit een privévenster. Er is niets gekoppeld. Open de link in een gewoon venster.";
            "No IndexedDB."
        NoKeys = "Deze browser kan geen sleutel maken. Er is niets gekoppeld. Open het adres met https, of gebruik een nieuwere browser.";
            "No WebCrypto."
        Done = "Dit toestel is gekoppeld."; "It worked before."
        DoneWith = "Je scant hier voor"; "Before the organiser's name."
        ToScan = "Naar het scannen"; "Link."
        DoneHow = "Voor een andere club? Koppel dit toestel eerst los: op de pagina Scannen, bij Wachtrij.";
            "How to pair with another."
    }
}
