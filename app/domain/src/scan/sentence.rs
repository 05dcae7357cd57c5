//! The sentences, in one table, so that a translator reads them side by side.
//!
//! Each says what happened and what to do. Dutch is plain (A2/B1); French and English say the same, never more.

use super::Reason;

/// Dutch, French and English.
pub(super) const fn of(reason: Reason) -> [&'static str; 3] {
    match reason {
        Reason::Ok => [
            "Welkom! Het bezoek is geteld.",
            "Bienvenue ! La visite est comptée.",
            "Welcome! The visit is counted.",
        ],
        Reason::Malformed => [
            "We kunnen deze code niet lezen. Scan opnieuw, of typ het nummer dat op de pas staat.",
            "Nous ne pouvons pas lire ce code. Scannez à nouveau, ou tapez le numéro du pass.",
            "We cannot read this code. Scan again, or type the number on the pass.",
        ],
        Reason::ForeignQr => [
            "Dit is geen Randpas, maar een andere code. Vraag de bezoeker om de pas te tonen en scan die.",
            "Ce n'est pas un Randpas, mais un autre code. Demandez au visiteur de montrer son pass et scannez-le.",
            "This is not a Randpas but another code. Ask the visitor to show the pass, and scan that.",
        ],
        Reason::BadSignature => [
            "Deze pas is niet echt, of de code is beschadigd. Typ het nummer van de pas, of bel de balie.",
            "Ce pass n'est pas authentique, ou le code est abîmé. Tapez le numéro du pass, ou appelez le guichet.",
            "This pass is not genuine, or the code is damaged. Type the number of the pass, or call the counter.",
        ],
        Reason::UnknownKey => [
            "Dit toestel kent deze pas nog niet. Maak verbinding met internet en scan daarna opnieuw.",
            "Cet appareil ne connaît pas encore ce pass. Connectez-vous à internet, puis scannez à nouveau.",
            "This device does not know this pass yet. Connect to the internet, then scan again.",
        ],
        Reason::KeyRevoked => [
            "Deze pas is vervangen door een nieuwe. Vraag de bezoeker om een nieuwe pas te halen bij de balie.",
            "Ce pass a été remplacé. Demandez au visiteur de chercher un nouveau pass au guichet.",
            "This pass was replaced. Ask the visitor to get a new pass at the counter.",
        ],
        Reason::NotYetValid => [
            "Deze pas is nog niet geldig. Kijk op de pas vanaf welke dag hij geldt.",
            "Ce pass n'est pas encore valable. Regardez sur le pass à partir de quel jour il est valable.",
            "This pass is not valid yet. Look on the pass for its first valid day.",
        ],
        Reason::Expired => [
            "Deze pas is niet meer geldig. De bezoeker kan een nieuwe vragen bij de balie.",
            "Ce pass n'est plus valable. Le visiteur peut en demander un nouveau au guichet.",
            "This pass is no longer valid. The visitor can ask for a new one at the counter.",
        ],
        Reason::Revoked => [
            "Deze pas is stopgezet. De bezoeker kan bij de balie vragen waarom.",
            "Ce pass a été annulé. Le visiteur peut demander pourquoi au guichet.",
            "This pass was withdrawn. The visitor can ask why at the counter.",
        ],
        Reason::Suspended => [
            "Deze pas is tijdelijk geblokkeerd. De bezoeker kan hem bij de balie weer laten werken.",
            "Ce pass est bloqué pour le moment. Le visiteur peut le faire débloquer au guichet.",
            "This pass is blocked for now. The visitor can have it unblocked at the counter.",
        ],
        Reason::UnknownPass => [
            "We vinden geen pas met dit nummer. Kijk het nummer na en typ het opnieuw, of scan de code.",
            "Nous ne trouvons pas de pass avec ce numéro. Vérifiez-le et tapez-le à nouveau, ou scannez le code.",
            "We find no pass with this number. Check it and type it again, or scan the code.",
        ],
        Reason::WrongActivity => [
            "De pas geldt niet voor deze activiteit. Kies een andere activiteit en scan opnieuw.",
            "Le pass n'est pas valable pour cette activité. Choisissez une autre activité et scannez à nouveau.",
            "The pass is not for this activity. Choose another activity and scan again.",
        ],
        Reason::OutsideWindow => [
            "Deze activiteit is nu niet bezig. Kies de activiteit van vandaag en scan opnieuw.",
            "Cette activité n'a pas lieu maintenant. Choisissez l'activité d'aujourd'hui et scannez à nouveau.",
            "This activity is not on now. Choose today's activity and scan again.",
        ],
        Reason::AlreadyCounted => [
            "Deze pas is hier al geteld. Alles is in orde, je hoeft niets te doen.",
            "Ce pass est déjà compté ici. Tout est en ordre, vous ne devez rien faire.",
            "This pass is already counted here. All is well, there is nothing to do.",
        ],
        Reason::ChequeSpent => [
            "Deze Randuitcheque is al gebruikt. Vraag een andere cheque of een gewone betaling.",
            "Ce Randuitcheque a déjà été utilisé. Demandez un autre chèque ou un paiement normal.",
            "This Randuitcheque was used before. Ask for another cheque or an ordinary payment.",
        ],
        Reason::InsufficientBalance => [
            "Er zijn niet genoeg cheques op deze pas. Vraag een gewone betaling voor de rest.",
            "Il n'y a pas assez de chèques sur ce pass. Demandez un paiement normal pour le reste.",
            "There are not enough cheques on this pass. Ask for an ordinary payment for the rest.",
        ],
        Reason::SchemeNotAccepted => [
            "Een Randuitcheque kun je hier niet gebruiken. Vraag de bezoeker om de pas te tonen.",
            "Un Randuitcheque ne peut pas être utilisé ici. Demandez au visiteur de montrer son pass.",
            "A Randuitcheque cannot be used here. Ask the visitor to show the pass.",
        ],
        Reason::OverOfflineLimit => [
            "Zonder internet kan dit toestel niet meer cheques aannemen. Maak verbinding en scan opnieuw.",
            "Sans internet, cet appareil ne peut plus accepter de chèques. Connectez-vous et scannez à nouveau.",
            "Without internet this device can take no more cheques. Connect and scan again.",
        ],
        Reason::PackageStale => [
            "Dit toestel is te lang niet bijgewerkt. Maak verbinding met internet en scan daarna opnieuw.",
            "Cet appareil n'a pas été mis à jour depuis trop longtemps. Connectez-vous à internet et scannez à nouveau.",
            "This device was not updated for too long. Connect to the internet, then scan again.",
        ],
        Reason::NeedsOnline => [
            "Dit kan alleen met internet. Maak verbinding en scan opnieuw.",
            "Ceci n'est possible qu'avec internet. Connectez-vous et scannez à nouveau.",
            "This is only possible with internet. Connect and scan again.",
        ],
        Reason::NeedsLiveCode => [
            "Hier is de code op de gsm zelf nodig. Vraag de bezoeker om de pas op de gsm te openen.",
            "Il faut ici le code sur le téléphone même. Demandez au visiteur d'ouvrir le pass sur son téléphone.",
            "The code on the phone itself is needed here. Ask the visitor to open the pass on the phone.",
        ],
        Reason::StaleLiveCode => [
            "Deze code is te oud, misschien is het een foto. Vraag de bezoeker om de pas opnieuw te openen.",
            "Ce code est trop ancien, c'est peut-être une photo. Demandez au visiteur de rouvrir son pass.",
            "This code is too old, perhaps it is a photo. Ask the visitor to open the pass again.",
        ],
        Reason::NeedsConfirmation => [
            "Iemand moet deze pas nakijken. Doe dat samen met de bezoeker en bevestig het op het scherm.",
            "Quelqu'un doit vérifier ce pass. Faites-le avec le visiteur et confirmez à l'écran.",
            "Somebody has to check this pass. Do so with the visitor and confirm it on the screen.",
        ],
        Reason::DeviceRevoked => [
            "Dit toestel mag niet meer scannen. Vraag je organisatie om het opnieuw te koppelen.",
            "Cet appareil ne peut plus scanner. Demandez à votre organisation de le relier à nouveau.",
            "This device may no longer scan. Ask your organisation to pair it again.",
        ],
        Reason::RoleDenied => [
            "Je mag niet scannen voor deze organisatie. Kies een eigen activiteit, of meld je anders aan.",
            "Vous ne pouvez pas scanner pour cette organisation. Choisissez votre activité, ou connectez-vous autrement.",
            "You may not scan for this organisation. Choose an activity of your own, or log in differently.",
        ],
        Reason::IdReuse => [
            "Deze scan bestaat al met andere gegevens. De eerste blijft staan; scan de pas opnieuw.",
            "Ce scan existe déjà avec d'autres données. Le premier est conservé ; scannez à nouveau le pass.",
            "This scan exists already with other data. The first one stays; scan the pass again.",
        ],
        Reason::Annulled => [
            "De scan is ongedaan gemaakt en telt niet mee. Scan opnieuw als de bezoeker er toch is.",
            "Le scan est annulé et ne compte pas. Scannez à nouveau si le visiteur est quand même là.",
            "The scan was undone and does not count. Scan again if the visitor is here after all.",
        ],
        Reason::AnnulTooLate => [
            "Deze scan is langer dan een kwartier geleden. Vraag je organisatie om hem ongedaan te maken.",
            "Ce scan date de plus d'un quart d'heure. Demandez à votre organisation de l'annuler.",
            "This scan is more than a quarter of an hour old. Ask your organisation to undo it.",
        ],
        Reason::ServerError => [
            "Er ging iets fout bij ons. Er is niets geteld. Scan straks opnieuw, of schrijf het nummer op.",
            "Une erreur s'est produite chez nous. Rien n'est compté. Scannez plus tard, ou notez le numéro.",
            "Something went wrong on our side. Nothing was counted. Scan again later, or write the number down.",
        ],
    }
}
