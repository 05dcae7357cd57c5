//! What the scanner says.

use crate::islands::texts::texts;

texts! {
    /// Everything the scanner can say.
    Text {
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
        Noted = "Genoteerd"; "The word over a typed number that a phone without network cannot look up."
        NotedWhy = "Dit nummer is genoteerd. We kijken het na zodra er internet is."; "Its sentence."
        NotKept = "Niet bewaard"; "The word over a scan that the phone could not write down."
        NotKeptWhy = "De telefoon kon deze scan niet bewaren. Schrijf het nummer op, bewaar de wachtrij als bestand en maak plaats vrij.";
            "Its sentence."
        UndoNotKept = "De telefoon kon dit niet bewaren. De scan blijft geteld. Maak plaats vrij en probeer opnieuw.";
            "An undo that the phone could not write down."
        NoPackage = "Dit toestel heeft nog geen gegevens. Maak een keer verbinding met internet. Daarna scan je ook zonder.";
            "A paired phone before its first package."
        DeviceRevoked = "Dit toestel mag niet meer scannen. Wat al gescand is, is bewaard en gaat naar je club. Vraag je club om het opnieuw te koppelen.";
            "The organiser has taken the device's rights away."
        DeviceUnknown = "De server kent dit toestel niet. Je scans blijven bewaard. Bewaar ze als bestand en vraag je club om het toestel opnieuw te koppelen.";
            "The server refuses the device's key."
        Old = "De gegevens op dit toestel zijn meer dan een dag oud. Maak verbinding met internet voor je verder scant.";
            "A package of more than a day."
        Stale = "De gegevens op dit toestel zijn meer dan een week oud. Bezoeken tellen nog, cheques niet. Maak verbinding met internet.";
            "A package of more than a week."
        Lost = "De browser heeft de opslag gewist. Scans die nog niet verzonden waren, zijn misschien weg: zeg dat aan je club. Koppel dit toestel opnieuw.";
            "A phone that was paired and has forgotten it."
        Shut = "De browser geeft geen toegang tot de opslag, dus scannen zonder internet kan niet. Sluit andere tabbladen en herlaad de pagina.";
            "A phone that was paired and cannot look."
        PairAgain = "Koppel opnieuw"; "Link to pairing."
        LastSent = "laatst verzonden"; "Before the time of the last answer."
        ToSee = "te bekijken"; "After the number of scans that a person has to see."
        Queue = "Wachtrij"; "Opens the queue, and its title."
        QueueNone = "Er wacht niets. Alles is verzonden."; "An empty queue."
        QueueSome = "Deze scans zijn bewaard op dit toestel en nog niet verzonden."; "Over the list."
        QueueMore = "en nog meer"; "After the first fifty."
        Letters = "Geteld op dit toestel, maar niet aanvaard"; "Title of the scans that a person has to see."
        Seen = "Gezien"; "Takes one of them off the list."
        SendNow = "Verzend nu"; "Hands the queue over."
        Export = "Bewaar als bestand"; "Saves the queue."
        ExportWhy = "Geen internet meer? Geef het bestand aan je club."; "Beside it."
        ExportFailed = "Het bestand kon niet gemaakt worden. De scans blijven op dit toestel."; "Saving failed."
        Device = "Dit toestel"; "Title over name, organiser and role."
        DeviceName = "Naam"; "Before the device's name."
        DeviceOrganiser = "Club"; "Before the organiser's name."
        DeviceRole = "Mag"; "Before the role."
        RoleCounter = "bezoeken tellen"; "A role."
        RoleRedeemer = "bezoeken tellen en cheques aannemen"; "A role."
        RoleSupervisor = "bezoeken tellen en scans van anderen ongedaan maken"; "A role."
        Unpair = "Dit toestel loskoppelen"; "Begins to forget the pairing."
        UnpairAsk = "Daarna kan dit toestel niet meer scannen voor je club. Alles van de club gaat van dit toestel weg.";
            "Before it is done."
        UnpairWaiting = "Let op: er wachten nog scans. Die gaan verloren. Verzend ze eerst, of bewaar ze als bestand.";
            "While scans wait."
        UnpairYes = "Ja, koppel los"; "Does it."
        UnpairNo = "Nee, hou het"; "Does not."
        OpenNow = "Nu open"; "Over the activities that take scans."
        Later = "Later"; "Over those to come."
        Past = "Voorbij"; "Over those that are over, when the phone knows of no others."
        Code = "code"; "For a scan without a number."
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
}
