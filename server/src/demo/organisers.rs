//! Who organises: the seven centres of vzw 'de Rand' by their own name, and made-up clubs, libraries and youth houses.

use domain::OrganiserKind;

use super::programme::Trade;

/// An organiser of the demo.
pub(super) struct Entry {
    /// Its name.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) kind: OrganiserKind,
    /// NIS code of its municipality.
    pub(super) nis: u32,
    /// Where its activities are.
    pub(super) place: &'static str,
    /// What it offers.
    pub(super) trade: Trade,
}

/// The organiser of the demo account `club@…`: its first activity is open every day.
pub(super) const DEMO_CLUB: usize = 7;

const fn entry(name: &'static str, kind: OrganiserKind, nis: u32, place: &'static str, trade: Trade) -> Entry {
    Entry {
        name,
        kind,
        nis,
        place,
        trade,
    }
}

use OrganiserKind::{CommunityCentre, Library, Other, SportsClub, Youth};

/// All of them. The seven centres first, then the demo club.
pub(super) const ENTRIES: [Entry; 48] = [
    entry(
        "GC de Zandloper",
        CommunityCentre,
        23102,
        "De Zandloper, Wemmel",
        Trade::Centre,
    ),
    entry(
        "GC de Muse",
        CommunityCentre,
        23098,
        "De Muse, Drogenbos",
        Trade::Centre,
    ),
    entry(
        "GC de Lijsterbes",
        CommunityCentre,
        23099,
        "De Lijsterbes, Kraainem",
        Trade::Centre,
    ),
    entry(
        "GC de Moelie",
        CommunityCentre,
        23100,
        "De Moelie, Linkebeek",
        Trade::Centre,
    ),
    entry(
        "GC de Bosuil",
        CommunityCentre,
        23062,
        "De Bosuil, Jezus-Eik",
        Trade::Centre,
    ),
    entry(
        "GC de Boesdaalhoeve",
        CommunityCentre,
        23101,
        "De Boesdaalhoeve, Sint-Genesius-Rode",
        Trade::Centre,
    ),
    entry(
        "GC de Kam",
        CommunityCentre,
        23103,
        "De Kam, Wezembeek-Oppem",
        Trade::Centre,
    ),
    entry(
        "Sportclub De Wakkere Wemmelaar",
        SportsClub,
        23102,
        "Sporthal De Denkbeeldige Duif, Wemmel",
        Trade::Fitness,
    ),
    entry(
        "Badmintonclub De Pluimpjes",
        SportsClub,
        23102,
        "Sporthal De Denkbeeldige Duif, Wemmel",
        Trade::Badminton,
    ),
    entry(
        "Zwemclub De Natte Dolfijn",
        SportsClub,
        23102,
        "Zwembad De Golfbreker, Wemmel",
        Trade::Swimming,
    ),
    entry(
        "Bibliotheek Het Open Boek (demo)",
        Library,
        23102,
        "Bibliotheek, Wemmel",
        Trade::Library,
    ),
    entry(
        "Turnkring De Vlotte Koprol",
        SportsClub,
        23002,
        "Turnzaal De Radslag, Asse",
        Trade::Gymnastics,
    ),
    entry(
        "FC De Groene Kikkers",
        SportsClub,
        23002,
        "Voetbalveld Kikkerbeek, Asse",
        Trade::Football,
    ),
    entry(
        "Wandelclub De Blije Stap",
        SportsClub,
        23003,
        "Café De Halte, Beersel",
        Trade::Walking,
    ),
    entry(
        "Jeugdhuis De Regenboogvis",
        Youth,
        23003,
        "Jeugdhuis, Beersel",
        Trade::Youth,
    ),
    entry(
        "Judoclub De Zachte Mat",
        SportsClub,
        23016,
        "Dojo De Zachte Mat, Dilbeek",
        Trade::Martial,
    ),
    entry(
        "Fanfare De Valse Noot",
        Other,
        23016,
        "Repetitiezaal, Dilbeek",
        Trade::Music,
    ),
    entry(
        "Bibliotheek De Leeshoek (demo)",
        Library,
        23016,
        "Bibliotheek, Dilbeek",
        Trade::Library,
    ),
    entry(
        "Petanqueclub De Zilveren Bal",
        SportsClub,
        23098,
        "Petanqueveld, Drogenbos",
        Trade::Walking,
    ),
    entry(
        "Dansgroep De Lichte Voet",
        SportsClub,
        23098,
        "Danszaal De Spiegel, Drogenbos",
        Trade::Dance,
    ),
    entry(
        "Volleybalclub De Hoge Bal",
        SportsClub,
        23025,
        "Sporthal De Smash, Grimbergen",
        Trade::Badminton,
    ),
    entry(
        "Zwemclub De Kwikke Otters",
        SportsClub,
        23025,
        "Zwembad De Otter, Grimbergen",
        Trade::Swimming,
    ),
    entry(
        "Atelier De Gouden Kwast",
        Other,
        23033,
        "Atelier, Hoeilaart",
        Trade::Craft,
    ),
    entry(
        "Fietsclub De Ronde Druif",
        SportsClub,
        23033,
        "Vertrek aan de serre, Hoeilaart",
        Trade::Walking,
    ),
    entry(
        "Yogaclub De Stille Boom",
        SportsClub,
        23099,
        "Zaal De Kruin, Kraainem",
        Trade::Fitness,
    ),
    entry(
        "FC De Dappere Eekhoorns",
        SportsClub,
        23099,
        "Voetbalveld Eekhoorndal, Kraainem",
        Trade::Football,
    ),
    entry(
        "Koor De Zingende Uil",
        Other,
        23100,
        "Zaal Het Nest, Linkebeek",
        Trade::Music,
    ),
    entry(
        "Tafeltennisclub De Snelle Pal",
        SportsClub,
        23100,
        "Turnzaal Het Schrijn, Linkebeek",
        Trade::Badminton,
    ),
    entry(
        "Vliegerclub De Lange Staart",
        Other,
        23047,
        "Vliegerweide, Machelen",
        Trade::Craft,
    ),
    entry(
        "Boksclub De Rustige Handschoen",
        SportsClub,
        23047,
        "Zaal De Ring, Machelen",
        Trade::Martial,
    ),
    entry(
        "Tuinclub De Tevreden Worm",
        Other,
        23050,
        "Samentuin, Meise",
        Trade::Craft,
    ),
    entry(
        "Loopclub De Late Vogel",
        SportsClub,
        23050,
        "Atletiekbaan, Meise",
        Trade::Walking,
    ),
    entry(
        "Turnclub De Springveer",
        SportsClub,
        23052,
        "Turnzaal, Merchtem",
        Trade::Gymnastics,
    ),
    entry(
        "Toneelkring De Vergeten Tekst",
        Other,
        23052,
        "Zaal De Souffleur, Merchtem",
        Trade::Music,
    ),
    entry(
        "Dansclub De Draaiende Druif",
        SportsClub,
        23062,
        "Danszaal, Overijse",
        Trade::Dance,
    ),
    entry(
        "Bibliotheek De Bladwijzer (demo)",
        Library,
        23062,
        "Bibliotheek, Overijse",
        Trade::Library,
    ),
    entry(
        "FC De Rode Laarzen",
        SportsClub,
        23101,
        "Voetbalveld, Sint-Genesius-Rode",
        Trade::Football,
    ),
    entry(
        "Yogaclub De Lange Adem",
        SportsClub,
        23101,
        "Zaal De Adem, Sint-Genesius-Rode",
        Trade::Fitness,
    ),
    entry(
        "Zwemclub De Gele Badeend",
        SportsClub,
        23077,
        "Zwembad, Sint-Pieters-Leeuw",
        Trade::Swimming,
    ),
    entry(
        "Jeugdhuis De Blauwe Giraf",
        Youth,
        23077,
        "Jeugdhuis, Sint-Pieters-Leeuw",
        Trade::Youth,
    ),
    entry(
        "Atelier De Kleine Olifant",
        Other,
        24104,
        "Atelier, Tervuren",
        Trade::Craft,
    ),
    entry(
        "Wandelclub De Natte Zool",
        SportsClub,
        24104,
        "Parking aan de vijver, Tervuren",
        Trade::Walking,
    ),
    entry(
        "Karateclub De Witte Gordel",
        SportsClub,
        23088,
        "Dojo, Vilvoorde",
        Trade::Martial,
    ),
    entry(
        "FC De Vilvoordse Vlinders",
        SportsClub,
        23088,
        "Voetbalveld Vlinderpark, Vilvoorde",
        Trade::Football,
    ),
    entry(
        "Bibliotheek De Letterbak (demo)",
        Library,
        23088,
        "Bibliotheek, Vilvoorde",
        Trade::Library,
    ),
    entry(
        "Dansgroep De Zevende Pas",
        SportsClub,
        23103,
        "Danszaal, Wezembeek-Oppem",
        Trade::Dance,
    ),
    entry(
        "Turnclub De Vliegende Schotel",
        SportsClub,
        23094,
        "Sporthal, Zaventem",
        Trade::Gymnastics,
    ),
    entry(
        "Jeugdhuis De Landingsbaan",
        Youth,
        23094,
        "Jeugdhuis, Zaventem",
        Trade::Youth,
    ),
];
