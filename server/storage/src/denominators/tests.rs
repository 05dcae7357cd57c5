//! Files as people really send them, and what they are told.

use domain::{Nis, OrganiserId, OrganiserKind};
use jiff::civil::date;
use uuid::Uuid;

use super::parse::{Known, Parsed, parse};
use super::{BaselineOf, ImportKind, ImportProblems, ImportRows, LARGEST_IMPORT, TextEncoding};
use crate::records::{Municipality, Organiser};

fn nis(code: u32) -> Nis {
    Nis::try_from(code).unwrap()
}

fn place(code: u32, name: &str) -> Municipality {
    Municipality {
        nis: nis(code),
        name_nl: name.to_owned(),
        name_fr: None,
        postcodes: Vec::new(),
        facility: false,
        centre: None,
        valid_from: None,
        valid_to: None,
        successor: None,
    }
}

fn club(id: u128, name: &str, home: u32) -> Organiser {
    Organiser {
        id: OrganiserId::from(Uuid::from_u128(id)),
        name: name.to_owned(),
        kind: OrganiserKind::SportsClub,
        municipality: nis(home),
    }
}

fn known() -> Known {
    let old = |code, name| Municipality {
        valid_to: Some(date(2018, 12, 31)),
        successor: Some(nis(72043)),
        ..place(code, name)
    };
    Known {
        municipalities: vec![
            place(23102, "Wemmel"),
            Municipality {
                name_fr: Some("Rhode-Saint-Genèse".to_owned()),
                ..place(23101, "Sint-Genesius-Rode")
            },
            old(72025, "Neerpelt"),
            old(72029, "Overpelt"),
            Municipality {
                valid_from: Some(date(2019, 1, 1)),
                ..place(72043, "Pelt")
            },
        ],
        organisers: vec![
            club(1, "De Wakkere Wemmelaar", 23102),
            club(2, "Chiro", 23102),
            club(3, "Chiro", 23101),
        ],
        today: date(2026, 3, 10),
    }
}

fn newcomers(file: impl AsRef<[u8]>) -> Result<Parsed, ImportProblems> {
    parse(ImportKind::Newcomers, file.as_ref(), &known())
}

/// "code year value" of each line that was read.
fn values(file: impl AsRef<[u8]>) -> Vec<(u64, u32, i16, u64)> {
    match newcomers(file).unwrap().rows {
        ImportRows::Newcomers(rows) => rows
            .iter()
            .map(|row| (row.line, row.municipality.get(), row.year, row.value))
            .collect(),
        ImportRows::Baseline(_) => Vec::new(),
    }
}

/// "line: sentence" of everything that is wrong.
fn told(kind: ImportKind, file: impl AsRef<[u8]>) -> Vec<String> {
    let problems = parse(kind, file.as_ref(), &known()).unwrap_err();
    problems
        .told
        .iter()
        .map(|problem| format!("{}: {problem}", problem.line))
        .collect()
}

fn wrong(file: impl AsRef<[u8]>) -> Vec<String> {
    told(ImportKind::Newcomers, file)
}

#[test]
fn a_file_is_read_however_its_fields_are_kept_apart() {
    let expected = [(2, 23102, 2024, 312), (3, 23101, 2025, 0)];
    for file in [
        "nis;jaar;aantal\n23102;2024;312\n23101;2025;0\n",
        "nis,jaar,aantal\r\n23102,2024,312\r\n23101,2025,0",
        "NIS-code\tJaar\tAantal nieuwkomers\n 23102 \t2024\t\"312\"\n23101\t2025\t0\n",
        "jaar;aantal;nis\n2024;312;23102\n2025;0;23101\n",
        "nis;jaar;aantal;;\n23102;2024;312;;\n23101;2025;0;;\n",
        "\u{feff}nis;gemeente;jaar;aantal\n23102;wemmel;2024;312\n23101;Rhode-Saint-Genèse;2025;0\n",
        "nis;jaar;aantal\r23102;2024;312\r23101;2025;0\r",
    ] {
        let file = file.replacen(";;\n", "\n", 1);
        assert_eq!(values(&file), expected, "{file:?}");
    }
}

#[test]
fn empty_lines_are_passed_over_and_still_counted() {
    assert_eq!(
        values("sep=;\n\nnis;jaar;aantal\n;;\n\n23102;2024;1 312\n   \n"),
        [(6, 23102, 2024, 1312)]
    );
}

#[test]
fn a_wrong_separator_is_named_with_its_line() {
    assert_eq!(
        wrong("nis|jaar|aantal\n23102|2024|312\n"),
        ["1: De kolommen zijn gescheiden met een streepje (|). Gebruik op elke regel een puntkomma."]
    );
    assert_eq!(
        wrong("nis;jaar;aantal\n23102;2024;312\n23101,2024,5\n"),
        ["3: De kolommen zijn gescheiden met een komma. Gebruik op elke regel een puntkomma."]
    );
}

#[test]
fn a_decimal_comma_is_no_number_of_people() {
    assert_eq!(
        wrong("nis;jaar;aantal\n23102;2024;312,5\n23101;2024;1.204\n23101;2025;12,00\n"),
        [
            "2: ‘312,5’ in de kolom ‘aantal’ is geen geheel getal. Een half mens bestaat niet.",
            "3: ‘1.204’ in de kolom ‘aantal’ kan twee getallen zijn. Schrijf het zonder punt of komma.",
        ]
    );
    assert_eq!(
        wrong("nis,jaar,aantal\n23102,2024,312,5\n"),
        ["2: Hier staan 4 velden, maar er zijn 3 kolommen. \
          Staat er een komma in een getal? Scheid de kolommen dan met een puntkomma."]
    );
}

#[test]
fn windows_1252_is_read_and_its_errors_have_the_right_line() {
    let mut file = b"nis;gemeente;jaar;aantal\r\n23101;Rhode-Saint-Gen\xe8se;2024;12\r\n".to_vec();
    assert_eq!(newcomers(&file).unwrap().encoding, TextEncoding::Windows1252);
    assert_eq!(values(&file), [(2, 23101, 2024, 12)]);
    file.extend_from_slice(b"23102;Caf\xe9;2024;1\r\n");
    assert_eq!(
        wrong(&file),
        ["3: 23102 is de code van Wemmel, maar er staat ‘Café’. Kijk na wat juist is."]
    );
}

#[test]
fn an_unknown_municipality_is_refused() {
    assert_eq!(
        wrong("nis;jaar;aantal\n99999;2024;1\n21004;2024;1\nWemmel;2024;1\n;2024;1\n"),
        [
            "2: ‘99999’ is geen NIS-code. Schrijf vijf cijfers, zoals 23102.",
            "3: De NIS-code 21004 is hier niet bekend. Kijk de code na.",
            "4: ‘Wemmel’ is geen NIS-code. Schrijf vijf cijfers, zoals 23102.",
            "5: In de kolom ‘nis’ staat niets. Vul ze in, of haal de regel weg.",
        ]
    );
}

#[test]
fn a_line_that_comes_twice_points_to_the_first() {
    assert_eq!(
        wrong("nis;jaar;aantal\n23102;2024;1\n23102;2025;1\n23102;2024;1\n"),
        ["4: Wemmel (23102) in 2024 staat ook al op regel 2. Houd er een over."]
    );
}

#[test]
fn a_hundred_megabytes_are_refused_without_reading_them() {
    let line = b"23102;2024;312\n";
    let file = line.repeat(LARGEST_IMPORT / line.len() + 1);
    assert_eq!(
        wrong(&file[..=LARGEST_IMPORT]),
        [
            "69906: Hier is het bestand al groter dan 1024 kB: meer leest Randpas niet. \
          Bewaar alleen de nodige regels."
        ]
    );
    let many = format!("nis;jaar;aantal\n{}", "x;1;1\n".repeat(20_001));
    let problems = newcomers(&many).unwrap_err();
    assert_eq!((problems.told.len(), problems.count()), (50, 40_001));
}

#[test]
fn an_old_code_is_right_for_old_years_only() {
    assert_eq!(
        values("nis;jaar;aantal\n72025;2018;4\n72043;2019;9\n"),
        [(2, 72025, 2018, 4), (3, 72043, 2019, 9)]
    );
    assert_eq!(
        wrong("nis;jaar;aantal\n72025;2019;4\n72043;2018;9\n"),
        [
            "2: Neerpelt (72025) bestond maar tot en met 31 december 2018. Daarna is het Pelt: gebruik de code 72043.",
            "3: Pelt (72043) bestaat pas sinds 1 januari 2019. \
             Gebruik de codes van toen: 72025 Neerpelt en 72029 Overpelt.",
        ]
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    assert_eq!(
        wrong(
            "nis;jaar;aantal\n2310;24;-3\n23102;1999;veel\n23102;2027;99999999\n23102;2024\n23102;2024;1;2\n23102;2023;\n\"23102;2022;1\n"
        ),
        [
            "2: ‘2310’ is geen NIS-code. Schrijf vijf cijfers, zoals 23102.",
            "2: ‘24’ is geen jaar. Schrijf vier cijfers, zoals 2025.",
            "2: ‘-3’ in de kolom ‘aantal’ is minder dan nul. Dat kan niet.",
            "3: Het jaar 1999 kan niet. Het moet tussen 2000 en 2026 liggen.",
            "3: ‘veel’ in de kolom ‘aantal’ is geen getal. Schrijf alleen cijfers.",
            "4: Het jaar 2027 kan niet. Het moet tussen 2000 en 2026 liggen.",
            "4: ‘99999999’ in de kolom ‘aantal’ is meer dan tien miljoen. Kijk het getal na.",
            "5: Hier staan 2 velden, maar er zijn 3 kolommen. Er ontbreekt iets.",
            "6: Hier staan 4 velden, maar er zijn 3 kolommen.",
            "7: In de kolom ‘aantal’ staat niets. Vul ze in, of haal de regel weg.",
            "8: Hier staat een aanhalingsteken te veel of te weinig.",
        ]
    );
}

#[test]
fn a_head_that_is_not_right_is_told_before_anything_else() {
    assert_eq!(wrong(""), ["1: Het bestand is leeg."]);
    assert_eq!(wrong("\n\n;;\n"), ["1: Het bestand is leeg."]);
    assert_eq!(
        wrong("23102;2024;312\n"),
        ["1: De namen van de kolommen ontbreken. Zet op de eerste regel: nis;jaar;aantal."]
    );
    assert_eq!(
        wrong("\nnis;jaar;jaar;prijs\n23102;2024;1;1\n"),
        [
            "2: De kolom ‘prijs’ hoort hier niet. Haal ze weg.",
            "2: De kolom ‘jaar’ staat er twee keer. Haal er een weg.",
            "2: De kolom ‘aantal’ ontbreekt.",
        ]
    );
    assert_eq!(
        wrong("nis;jaar;aantal\n"),
        ["1: Onder de eerste regel staat niets. Vul minstens één regel in."]
    );
    assert_eq!(
        wrong("PK\u{3}\u{4}"),
        ["1: Dit is een Excel-bestand. Bewaar het als ‘CSV UTF-8’ en kies dat bestand."]
    );
}

#[test]
fn counts_from_before_the_pass_are_of_a_club_or_of_a_municipality() {
    let file = "organisator;nis;periode;deelnemers;bezoeken\n\
                de wakkere wemmelaar;;2017;40;600\n\
                Chiro;23101;2016-2017;12;\n\
                ;72025;2017;;80\n";
    let parsed = parse(ImportKind::Baseline, file.as_bytes(), &known()).unwrap();
    let ImportRows::Baseline(rows) = parsed.rows else {
        unreachable!("a baseline was asked for");
    };
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.of, row.period.to_string(), row.participants, row.visits))
        .collect();
    let organiser = |id| BaselineOf::Organiser(OrganiserId::from(Uuid::from_u128(id)));
    assert_eq!(
        rows,
        [
            (organiser(1), "2017".to_owned(), Some(40), Some(600)),
            (organiser(3), "2016-2017".to_owned(), Some(12), None),
            (BaselineOf::Municipality(nis(72025)), "2017".to_owned(), None, Some(80)),
        ]
    );
    assert_eq!(
        told(
            ImportKind::Baseline,
            "organisator;nis;periode;deelnemers\nChiro;;2017;1\nKSA;;2017;1\n;;2017;1\n;23102;2026;1\n;23102;ooit;1\n\
             ;23102;2017;\n;72043;2017;3\n;23102;2017;1\nDe Wakkere Wemmelaar;23101;2017;1\n;23102;2017;2\n"
        ),
        [
            "2: Er zijn meer organisatoren met de naam ‘Chiro’. Vul ook de NIS-code van de gemeente in.",
            "3: De organisator ‘KSA’ is hier niet bekend. Schrijf de naam zoals in Randpas.",
            "4: Vul een organisator of een gemeente in.",
            "5: De periode 2026 is nog niet voorbij. Een telling gaat over vroeger.",
            "6: ‘ooit’ is geen periode. Schrijf bijvoorbeeld 2017, 2017-Q1, 2017-03 of 2016-2017 (werkjaar).",
            "7: Vul deelnemers of bezoeken in, of allebei.",
            "8: Pelt (72043) bestaat pas sinds 1 januari 2019. \
             Gebruik de codes van toen: 72025 Neerpelt en 72029 Overpelt.",
            "10: De organisator ‘De Wakkere Wemmelaar’ is hier niet bekend. Schrijf de naam zoals in Randpas.",
            "11: Wemmel in 2017 staat ook al op regel 9. Houd er een over.",
        ]
    );
}
