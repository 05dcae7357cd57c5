//! Denominators and counts from before the pass: kept whole or not at all, laid on top of one another, taken back.

use domain::{ImportId, Period};
use jiff::civil::date;
use storage::{
    BaselineOf, Error, Fault, ImportError, ImportKind, ImportRows, LARGEST_IMPORT, NewImport, Scope, Store, YearTotal,
};
use tests::conformance::{World, nis, on_both_engines};

const WANTED: &str = "nis;jaar;aantal\n23102;2024;300\n23088;2024;800\n23102;2025;312\n";

fn import(store: &Store, kind: ImportKind, bytes: &[u8]) -> NewImport {
    NewImport {
        id: ImportId::from(store.env().uuid_v7()),
        kind,
        file_name: "nieuwkomers.csv".to_owned(),
        source: "Kruispuntbank Inburgering (fictief)".to_owned(),
        dated: date(2026, 1, 31),
        bytes: bytes.to_vec(),
    }
}

/// Values of one year, by code.
async fn values(store: &Store, year: i16) -> Vec<(String, u64)> {
    let held = store.denominators(&Scope::public(), year, None).await.unwrap();
    held.iter().map(|(nis, one)| (nis.to_string(), one.value)).collect()
}

#[tokio::test]
async fn a_later_file_holds_and_taking_it_back_brings_the_earlier_values() {
    on_both_engines(async |mut world: World| {
        let (store, cli) = (&world.store, Scope::cli());
        let first = import(store, ImportKind::Newcomers, WANTED.as_bytes());
        assert_eq!(store.import_denominators(&cli, first.clone()).await.unwrap(), 3);
        // The button was pressed twice.
        assert_eq!(store.import_denominators(&cli, first).await.unwrap(), 3);
        let then = world.now();
        world.wait_minutes(5);
        let store = &world.store;

        let better = "jaar,nis,aantal\n2024,23102,310\n2024,23088,800\n2024,23002,0\n";
        let preview = store
            .preview_denominators(&cli, ImportKind::Newcomers, better.as_bytes())
            .await
            .unwrap();
        let total = YearTotal {
            year: 2024,
            municipalities: 3,
            value: 1110,
        };
        assert_eq!(preview.totals, [total]);
        let changed: Vec<_> = preview.replaced.iter().map(|one| (one.line, one.people)).collect();
        assert_eq!(changed, [(2, (Some(300), Some(310)))], "equal values are no change");
        assert_eq!(values(store, 2024).await.len(), 2, "a preview changes nothing");

        let second = import(store, ImportKind::Newcomers, preview.text.as_bytes());
        store.import_denominators(&cli, second.clone()).await.unwrap();
        let of = |pairs: &[(&str, u64)]| -> Vec<(String, u64)> {
            pairs.iter().map(|(code, value)| ((*code).to_owned(), *value)).collect()
        };
        let after = of(&[("23002", 0), ("23088", 800), ("23102", 310)]);
        assert_eq!(values(store, 2024).await, after);
        assert_eq!(values(store, 2025).await, of(&[("23102", 312)]));
        assert_eq!(values(store, 2023).await, []);
        let earlier = store.denominators(&cli, 2024, Some(then)).await.unwrap();
        assert_eq!(earlier.len(), 2, "what held then");
        let wemmel = earlier.get(&nis(23102)).unwrap();
        assert_eq!((wemmel.value, wemmel.dated), (300, date(2026, 1, 31)));
        assert_eq!(wemmel.source, "Kruispuntbank Inburgering (fictief)");
        let between = world.now();
        world.wait_minutes(5);

        let store = &world.store;
        store.undo_denominator_import(&cli, second.id).await.unwrap();
        store.undo_denominator_import(&cli, second.id).await.unwrap();
        assert_eq!(values(store, 2024).await, of(&[("23088", 800), ("23102", 300)]));
        let still = store.denominators(&cli, 2024, Some(between)).await.unwrap();
        assert_eq!(still.len(), 3, "undoing does not rewrite what was said then");
        let imports = store.denominator_imports(&cli).await.unwrap();
        let [newest, oldest] = imports.as_slice() else {
            panic!("two imports: {imports:?}");
        };
        assert!(newest.undone_at.is_some() && oldest.undone_at.is_none());
        assert_eq!((newest.rows, oldest.rows), (3, 3));
        let nobody = ImportId::from(store.env().uuid_v7());
        assert!(matches!(
            store.undo_denominator_import(&cli, nobody).await,
            Err(Error::Unknown("import"))
        ));
        world.tell((preview, earlier, imports));
        world
    })
    .await;
}

#[tokio::test]
async fn of_a_file_that_is_not_right_nothing_is_kept() {
    on_both_engines(async |mut world: World| {
        let (store, cli) = (&world.store, Scope::cli());
        let hundred_megabytes = b"23102;2024;312\n".repeat(LARGEST_IMPORT / 15 + 1);
        let files: [(&[u8], u64); 7] = [
            (b"nis|jaar|aantal\n23102|2024|1\n", 1),
            (b"nis;jaar;aantal\n23102;2024;1\n23088,2024,1\n", 3),
            (b"nis;jaar;aantal\n23102;2024;1\n23088;2024;1,5\n", 3),
            (b"nis;gemeente;jaar;aantal\n23102;Caf\xe9;2024;1\n", 2),
            (b"nis;jaar;aantal\n23102;2024;1\n11001;2024;1\n", 3),
            (b"nis;jaar;aantal\n23102;2024;1\n23102;2024;1\n", 3),
            (&hundred_megabytes, 69_906),
        ];
        let mut told = Vec::new();
        for (file, line) in files {
            let new = import(store, ImportKind::Newcomers, file);
            let Err(ImportError::Refused(problems)) = store.import_denominators(&cli, new).await else {
                panic!("line {line} is wrong");
            };
            assert_eq!(problems.told.first().unwrap().line, line, "{problems:?}");
            told.push(problems);
        }
        assert_eq!(values(store, 2024).await, []);
        assert_eq!(store.denominator_imports(&cli).await.unwrap(), []);
        let future = NewImport {
            dated: date(2200, 1, 1),
            ..import(store, ImportKind::Newcomers, WANTED.as_bytes())
        };
        assert!(matches!(
            store.import_denominators(&cli, future).await,
            Err(ImportError::Storage(Error::Invalid(_)))
        ));
        world.tell(told);
        world
    })
    .await;
}

#[tokio::test]
async fn a_merged_municipality_keeps_its_old_code_for_old_years() {
    on_both_engines(async |mut world: World| {
        let (store, cli) = (&world.store, Scope::cli());
        let right = b"nis;gemeente;jaar;aantal\n72025;Neerpelt;2018;4\n72029;Overpelt;2018;5\n72043;Pelt;2019;9\n";
        let new = import(store, ImportKind::Newcomers, right);
        store.import_denominators(&cli, new).await.unwrap();
        assert_eq!(values(store, 2018).await.len(), 2);
        assert_eq!(values(store, 2019).await, [("72043".to_owned(), 9)]);
        let wrong = b"nis;jaar;aantal\n72040;2019;4\n72042;2018;5\n";
        let refused = store.preview_denominators(&cli, ImportKind::Newcomers, wrong).await;
        let Err(ImportError::Refused(problems)) = refused else {
            panic!("Meeuwen-Gruitrode was gone, Oudsbergen was not there");
        };
        let told: Vec<_> = problems.told.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "Meeuwen-Gruitrode (72040) bestond maar tot en met 31 december 2018. \
                 Daarna is het Oudsbergen: gebruik de code 72042.",
                "Oudsbergen (72042) bestaat pas sinds 1 januari 2019. \
                 Gebruik de codes van toen: 72040 Meeuwen-Gruitrode en 71047 Opglabbeek.",
            ]
        );
        world.tell(told);
        world
    })
    .await;
}

#[tokio::test]
async fn an_organisers_own_count_is_found_by_organiser_municipality_and_period() {
    on_both_engines(async |mut world: World| {
        let club = world.club("De Wakkere Wemmelaar").await;
        let (store, cli) = (&world.store, Scope::cli());
        let file =
            "organisator;nis;periode;deelnemers;bezoeken\nde wakkere wemmelaar;;2017;40;600\n;23102;2017-Q1;;900\n";
        let preview = store
            .preview_denominators(&cli, ImportKind::Baseline, file.as_bytes())
            .await
            .unwrap();
        assert_eq!(preview.rows.len(), 2);
        let new = import(store, ImportKind::Baseline, file.as_bytes());
        store.import_denominators(&cli, new).await.unwrap();
        let all = store.baselines(&Scope::public(), None, None, None).await.unwrap();
        let of_club = BaselineOf::Organiser(club.id);
        let own = store.baselines(&cli, Some(of_club), None, None).await.unwrap();
        let period: Period = "2017-Q1".parse().unwrap();
        let of_place = store
            .baselines(&cli, Some(BaselineOf::Municipality(nis(23102))), Some(period), None)
            .await
            .unwrap();
        assert_eq!((all.len(), own.len(), of_place.len()), (2, 1, 1));
        let (own, of_place) = (own.first().unwrap(), of_place.first().unwrap());
        assert_eq!((own.participants, own.visits), (Some(40), Some(600)));
        assert_eq!((of_place.participants, of_place.visits), (None, Some(900)));
        let again = "organisator;periode;bezoeken\nDe Wakkere Wemmelaar;2017;650\n";
        let preview = store
            .preview_denominators(&cli, ImportKind::Baseline, again.as_bytes())
            .await
            .unwrap();
        let change = preview.replaced.first().unwrap();
        assert_eq!(
            (change.people, change.visits),
            ((Some(40), None), (Some(600), Some(650)))
        );
        assert!(matches!(preview.rows, ImportRows::Baseline(_)));
        world.tell((all, change.clone()));
        world
    })
    .await;
}

#[tokio::test]
async fn only_who_may_import_can_import() {
    on_both_engines(async |mut world: World| {
        let store = &world.store;
        let public = Scope::public();
        let new = import(store, ImportKind::Newcomers, WANTED.as_bytes());
        let id = new.id;
        assert!(matches!(
            store.import_denominators(&public, new).await,
            Err(ImportError::Storage(Error::Denied(_)))
        ));
        assert!(matches!(
            store
                .preview_denominators(&public, ImportKind::Newcomers, WANTED.as_bytes())
                .await,
            Err(ImportError::Storage(Error::Denied(_)))
        ));
        assert!(matches!(
            store.denominator_imports(&public).await,
            Err(Error::Denied(_))
        ));
        assert!(matches!(
            store.undo_denominator_import(&public, id).await,
            Err(Error::Denied(_))
        ));
        let empty = store
            .preview_denominators(&Scope::cli(), ImportKind::Newcomers, b"")
            .await;
        let Err(ImportError::Refused(problems)) = empty else {
            panic!("an empty file has no lines");
        };
        assert_eq!(problems.told.first().unwrap().what, Fault::Empty);
        world.tell(problems);
        world
    })
    .await;
}
