//! Figures, and the bulk load that must lead to the same ones.

use domain::{Baseline, Cents, CountingRule, Dimension, FigureCode, OrganiserKind, Period, PublishedTable, Scanned};
use jiff::SignedDuration;
use storage::{BulkActivity, BulkHolder, BulkSession, BulkVisit, CheckIn, Error, FigureQuery, NewOrganiser, Scope};
use tests::conformance::{FixedSigner, ISSUER, World, nis, on_both_engines};

fn ask(code: FigureCode, period: &str, by: &[Dimension]) -> FigureQuery {
    FigureQuery {
        code,
        period: period.parse::<Period>().unwrap(),
        by: by.to_vec(),
        municipality: None,
        organiser: None,
    }
}

async fn table(world: &World, query: FigureQuery) -> PublishedTable {
    world.store.figure(&Scope::public(), query).await.unwrap()
}

/// Rows that are not zero, as `key=value` with `?` for hidden.
fn shown(table: &PublishedTable) -> Vec<String> {
    let rows = table.rows.iter().filter(|row| row.value != Some(0));
    rows.map(|row| {
        format!(
            "{}={}",
            row.key.join("/"),
            row.value.map_or("?".to_owned(), |value| value.to_string())
        )
    })
    .collect()
}

/// Seven people of Wemmel and six of Asse visit two clubs on two days; six of Wemmel had leisure before.
async fn two_weeks(world: &World) {
    let club = world.club("Zwemclub").await;
    let library = NewOrganiser {
        name: "Bib".to_owned(),
        kind: OrganiserKind::Library,
        municipality: nis(23002),
    };
    let library = world.store.add_organiser(&Scope::cli(), library).await.unwrap();
    let mut new = Vec::new();
    for number in 0..13 {
        let municipality = if number < 7 { 23102 } else { 23002 };
        let baseline = if number < 6 { Baseline::Yes } else { Baseline::No };
        new.push(world.new_holder("Iemand", municipality, baseline));
    }
    let issued = world
        .store
        .issue_passes(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
        .await
        .unwrap();
    for week in 0..2 {
        for organiser in [club.id, library.id] {
            let activity = world.activity(organiser, CountingRule::OncePerDay).await;
            for (number, issued) in issued.iter().enumerate() {
                // The second week nobody of Wemmel goes to the library.
                if week == 1 && organiser == library.id && number < 7 {
                    continue;
                }
                let mut scan = world.scan(&issued.pass, activity.id);
                if number == 0 {
                    scan = CheckIn {
                        input: Ok(Scanned::Number(issued.pass.number)),
                        key: None,
                        manual: true,
                        ..scan
                    };
                }
                assert!(
                    world
                        .store
                        .check_in(&Scope::cli(), scan)
                        .await
                        .unwrap()
                        .verdict
                        .is_counted()
                );
            }
        }
        world.wait_minutes(14 * 24 * 60);
    }
}

#[tokio::test]
async fn the_five_figures_count_what_their_definitions_say() {
    on_both_engines(async |mut world: World| {
        two_weeks(&world).await;
        let expected = [
            (FigureCode::PassesIssued, "2026", 13),
            (FigureCode::Participations, "2026", 13 * 3 + 6),
            (FigureCode::Participants, "2026", 13),
            (FigureCode::FirstParticipants, "2026", 13),
            (FigureCode::NewToLeisure, "2026", 7),
            (FigureCode::FirstParticipants, "2026-04", 0),
            (FigureCode::Participants, "2026-04", 13),
            (FigureCode::Participants, "2025", 0),
            (FigureCode::Participations, "project", 45),
        ];
        for (code, period, value) in expected {
            let table = table(&world, ask(code, period, &[])).await;
            assert_eq!(table.total.value, Some(value), "{code} {period}");
            world.tell(table);
        }
        world
    })
    .await;
}

#[tokio::test]
async fn every_dimension_splits_a_figure() {
    on_both_engines(async |mut world: World| {
        two_weeks(&world).await;
        let visits = |by: &[Dimension]| ask(FigureCode::Participations, "2026", by);
        let by_place = table(&world, visits(&[Dimension::Municipality])).await;
        assert_eq!(shown(&by_place), ["23002=24", "23102=21"]);
        assert_eq!(by_place.rows.len(), 19, "zero is shown as zero");
        let by_month = table(&world, visits(&[Dimension::Month])).await;
        assert_eq!(shown(&by_month), ["2026-03=26", "2026-04=19"]);
        assert_eq!(by_month.rows.len(), 4, "January to April have begun");
        assert_eq!(
            shown(&table(&world, visits(&[Dimension::OrganiserKind])).await),
            ["library=19", "sports_club=26"]
        );
        assert_eq!(
            shown(&table(&world, visits(&[Dimension::ActivityType])).await),
            ["sport=45"]
        );
        let both = table(&world, visits(&[Dimension::Municipality, Dimension::Month])).await;
        assert_eq!(
            shown(&both),
            [
                "23002/2026-03=12",
                "23002/2026-04=12",
                "23102/2026-03=14",
                "23102/2026-04=7"
            ]
        );
        let passes = ask(FigureCode::PassesIssued, "2026-Q1", &[Dimension::Municipality]);
        assert_eq!(shown(&table(&world, passes).await), ["23002=6", "23102=7"]);
        // Single organisers make up the kinds, so their table is for who is known.
        let organisers = visits(&[Dimension::Organiser]);
        let denied = world.store.figure(&Scope::public(), organisers.clone()).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        let organisers = world.store.figure(&Scope::cli(), organisers).await.unwrap();
        assert_eq!(organisers.rows.len(), 2);
        world.tell((by_place, by_month, both, organisers));
        world
    })
    .await;
}

#[tokio::test]
async fn a_filter_gives_the_rows_of_the_whole_table_and_hides_what_it_hides() {
    on_both_engines(async |mut world: World| {
        two_weeks(&world).await;
        let mut query = ask(FigureCode::Participations, "2026", &[Dimension::Month]);
        query.municipality = Some(nis(23102));
        let wemmel = table(&world, query.clone()).await;
        assert_eq!(shown(&wemmel), ["2026-03=14", "2026-04=7"]);
        assert_eq!(
            (wemmel.total.value, wemmel.by.as_slice()),
            (Some(21), [Dimension::Month].as_slice())
        );
        query.by.clear();
        let only = table(&world, query.clone()).await;
        assert_eq!((only.total.value, only.rows.len()), (Some(21), 0));
        query.municipality = Some(nis(23103));
        assert_eq!(table(&world, query.clone()).await.total.value, Some(0));

        // Three people of Kraainem: hidden in the table, and so in the slice of it.
        let new = vec![world.new_holder("Iemand", 23099, Baseline::No); 3];
        world
            .store
            .issue_passes(&Scope::cli(), new, &FixedSigner::default(), ISSUER)
            .await
            .unwrap();
        let mut query = ask(FigureCode::PassesIssued, "2026", &[]);
        query.municipality = Some(nis(23099));
        let few = table(&world, query.clone()).await;
        assert_eq!(
            (few.total.value, few.total.hidden, few.suppression.hidden),
            (None, true, 1)
        );
        let whole = table(
            &world,
            ask(FigureCode::PassesIssued, "2026", &[Dimension::Municipality]),
        )
        .await;
        assert!(
            whole.suppression.hidden >= 2,
            "the grand total would give the only hidden one away"
        );
        world.tell((wemmel, few, whole));
        world
    })
    .await;
}

#[tokio::test]
async fn coverage_says_how_complete_a_figure_is() {
    on_both_engines(async |mut world: World| {
        two_weeks(&world).await;
        let idle = world.club("Nooit gescand").await;
        world.activity(idle.id, CountingRule::OncePerDay).await;
        let coverage = table(&world, ask(FigureCode::Participants, "2026", &[])).await.coverage;
        assert_eq!((coverage.organisers_active, coverage.organisers_scanned), (3, 2));
        assert_eq!((coverage.scans, coverage.manual), (45, 3));
        world.tell(coverage);
        world
    })
    .await;
}

#[tokio::test]
async fn a_question_that_would_give_people_away_is_refused() {
    on_both_engines(async |world: World| {
        let free = ask(FigureCode::Participants, "2026-03-01..2026-03-09", &[]);
        let refused = world.store.figure(&Scope::public(), free.clone()).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        assert!(world.store.figure(&Scope::cli(), free).await.is_ok());
        let three = [Dimension::Municipality, Dimension::Month, Dimension::Organiser];
        let refused = world
            .store
            .figure(&Scope::cli(), ask(FigureCode::Participants, "2026", &three))
            .await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let refused = world
            .store
            .figure(&Scope::cli(), ask(FigureCode::Reach, "2026", &[]))
            .await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let by_club = ask(FigureCode::PassesIssued, "2026", &[Dimension::Organiser]);
        assert!(matches!(
            world.store.figure(&Scope::cli(), by_club).await,
            Err(Error::Invalid(_))
        ));
        world
    })
    .await;
}

#[tokio::test]
async fn a_bulk_load_leads_to_what_the_same_scans_would() {
    on_both_engines(async |mut world: World| {
        let (signer, now) = (FixedSigner::default(), world.now());
        let mut bulk = world.store.bulk(&Scope::cli()).await.unwrap();
        let club = NewOrganiser {
            name: "Club".to_owned(),
            kind: OrganiserKind::Youth,
            municipality: nis(23102),
        };
        let club = bulk.organisers(&[club]).await.unwrap().remove(0);
        let activity = BulkActivity {
            organiser: club.id,
            name: "Spel".to_owned(),
            activity_type: "spel".to_owned(),
            rule: CountingRule::OncePerDay,
            price_cents: Cents(200),
            pass_price_cents: Cents(100),
            taalicoon: None,
            minutes: Some(60),
            place: "Zaal".to_owned(),
        };
        let activity = bulk.activities(&[activity]).await.unwrap().remove(0);
        let session = BulkSession {
            activity,
            starts_at: now,
            ends_at: now + SignedDuration::from_hours(1),
        };
        let session = bulk.sessions(&[session]).await.unwrap().remove(0);
        let issued_at = now - SignedDuration::from_hours(24 * 40);
        let new = vec![
            BulkHolder {
                holder: world.new_holder("Iemand", 23102, Baseline::No),
                issued_at
            };
            1200
        ];
        let people = bulk.holders(new, &signer, ISSUER).await.unwrap();
        let mut visits = Vec::new();
        for second in [1, 2] {
            let at = now + SignedDuration::from_secs(second);
            visits.extend(people.iter().map(|(holder, _)| BulkVisit {
                holder: holder.id,
                activity,
                session,
                at,
                manual: false,
            }));
        }
        assert_eq!(bulk.visits(&visits).await.unwrap(), 1200);
        let early = BulkVisit {
            at: now,
            ..*visits.first().unwrap()
        };
        assert!(matches!(bulk.visits(&[early]).await, Err(Error::Invalid(_))));
        bulk.commit().await.unwrap();
        let figure = table(&world, ask(FigureCode::FirstParticipants, "2026-03", &[])).await;
        assert_eq!(figure.total.value, Some(1200));
        let issued = table(&world, ask(FigureCode::PassesIssued, "2026-02", &[])).await;
        assert_eq!(issued.total.value, Some(1200));
        // A real scan afterwards meets the loaded ones.
        world.wait_minutes(5);
        let (_, pass) = people.last().unwrap();
        let recorded = world
            .store
            .check_in(&Scope::cli(), world.scan(pass, activity))
            .await
            .unwrap();
        assert_eq!(recorded.verdict, domain::Verdict::Duplicate);
        assert_eq!(
            world.store.recent_scans(&Scope::cli(), club.id, 3).await.unwrap().len(),
            3
        );
        assert!(matches!(
            world.store.bulk(&Scope::public()).await,
            Err(Error::Denied(_))
        ));
        world.tell((figure, issued, recorded, pass.number));
        world
    })
    .await;
}
