//! The poster of an activity, and the holder's own phone that scans it.

use domain::{CountingRule, KeyVerdict, Reason, SignatureVerifier, Verdict};
use storage::{DoorError, Error, IssuedPass, Scope};
use tests::conformance::{ISSUER, World, on_both_engines};

struct Genuine;

impl SignatureVerifier for Genuine {
    fn verify(&self, _: u8, _: &[u8], _: &[u8; 64]) -> KeyVerdict {
        KeyVerdict::Valid
    }
}

fn claims(passes: &[&IssuedPass]) -> Vec<String> {
    passes.iter().map(|issued| issued.claim.as_str().to_owned()).collect()
}

#[tokio::test]
async fn a_door_keeps_its_code_and_opens_only_its_own_activity() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let [yoga, chess] = [
            world.activity(club.id, CountingRule::OncePerDay).await,
            world.activity(club.id, CountingRule::OncePerDay).await,
        ];
        let store = &world.store;
        let code = store.door_code(&Scope::cli(), yoga.id).await.unwrap();
        assert_eq!(store.door_code(&Scope::cli(), yoga.id).await.unwrap(), code);
        let other = store.door_code(&Scope::cli(), chess.id).await.unwrap();
        assert_ne!(code, other);
        assert_eq!(code.len(), 8);
        let found = store.door(&code.to_lowercase()).await.unwrap().unwrap();
        assert_eq!(found.id, yoga.id);
        for wrong in ["", "00000000", "geen", "../../x"] {
            assert_eq!(store.door(wrong).await.unwrap(), None, "{wrong}");
        }
        assert!(matches!(
            store.door_code(&Scope::public(), yoga.id).await,
            Err(Error::Denied(_))
        ));
        world.tell((code, other));
        world
    })
    .await;
}

#[tokio::test]
async fn a_family_is_counted_in_one_go_and_once() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let [ana, bo] = [world.issue("Ana").await, world.issue("Bo").await];
        let store = &world.store;
        let code = store.door_code(&Scope::cli(), yoga.id).await.unwrap();
        let (claims, passes) = (claims(&[&ana, &bo]), [ana.pass.id, bo.pass.id]);
        let form = world.scan_id();
        let arrive = async |form| {
            store
                .check_in_at_door(&claims, &code, &passes, form, ISSUER, &Genuine)
                .await
                .unwrap()
        };
        let first = arrive(form).await;
        assert_eq!(first.len(), 2);
        assert!(
            first
                .iter()
                .all(|visit| visit.recorded.verdict == Verdict::Counted && visit.recorded.first_visit)
        );
        let double_tap = arrive(form).await;
        assert!(
            double_tap
                .iter()
                .all(|visit| visit.recorded.verdict == Verdict::Counted && visit.recorded.replay)
        );
        world.wait_minutes(1);
        let again = arrive(world.scan_id()).await;
        assert!(
            again
                .iter()
                .all(|visit| visit.recorded.reason == Reason::AlreadyCounted)
        );
        assert_eq!(store.counts_today(&Scope::cli(), club.id).await.unwrap(), 2);
        world.tell((first, double_tap, again));
        world
    })
    .await;
}

#[tokio::test]
async fn a_phone_counts_its_own_passes_and_only_while_the_activity_is_open() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let yoga = world.activity(club.id, CountingRule::OncePerDay).await;
        let [ana, stranger] = [world.issue("Ana").await, world.issue("Vreemd").await];
        let store = &world.store;
        let code = store.door_code(&Scope::cli(), yoga.id).await.unwrap();
        let claims = claims(&[&ana]);
        let arrive = async |code: &str, passes: &[_]| {
            store
                .check_in_at_door(&claims, code, passes, world.scan_id(), ISSUER, &Genuine)
                .await
        };
        // One that is not theirs: nobody is counted.
        assert!(matches!(
            arrive(&code, &[ana.pass.id, stranger.pass.id]).await,
            Err(DoorError::NotYours)
        ));
        assert_eq!(store.counts_today(&Scope::cli(), club.id).await.unwrap(), 0);
        assert!(matches!(
            arrive("00000000", &[ana.pass.id]).await,
            Err(DoorError::Unknown)
        ));
        world.wait_minutes(60 * 7);
        let late = arrive(&code, &[ana.pass.id]).await.unwrap();
        assert_eq!(late[0].recorded.reason, Reason::OutsideWindow);
        assert_eq!(store.counts_today(&Scope::cli(), club.id).await.unwrap(), 0);
        world.tell(late);
        world
    })
    .await;
}
