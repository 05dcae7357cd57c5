//! The way to the server is any way: order, split and repeats of a phone's batches change no figure.

use domain::{CountingRule, DeviceEvent, DeviceRole, EventKind};
use tests::conformance::{World, on_both_engines};

use crate::phone::{Phone, visits};

/// Shuffles by a fixed sequence of numbers.
fn shuffled<T>(mut items: Vec<T>, seed: &mut u64) -> Vec<T> {
    for at in (1..items.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, usize::try_from((*seed >> 33) % (at as u64 + 1)).unwrap());
    }
    items
}

#[tokio::test]
async fn any_order_any_split_and_any_repeat_ends_in_the_same_figures() {
    on_both_engines(async |mut world: World| {
        let club = world.club("Club").await;
        let activities = [
            world.activity(club.id, CountingRule::OncePerDay).await.id,
            world.activity(club.id, CountingRule::OncePerSession).await.id,
            world.activity(club.id, CountingRule::Unlimited).await.id,
        ];
        let mut seed = 20_261_125;
        let mut ends: Vec<(u64, u64)> = Vec::new();
        for round in 0..6u8 {
            let before = visits(&world, &club).await;
            let mut passes = Vec::new();
            for name in ["Ana", "Bo", "Cis", "Dirk"] {
                passes.push(world.issue(name).await.pass);
            }
            let mut phones = Vec::new();
            for number in 0..3 {
                phones.push(Phone::pair(&world, &club, DeviceRole::Counter, 10 * round + number).await);
            }
            // The same evening every round: who scans whom where is fixed, only the way to the server differs.
            let mut events: Vec<(usize, DeviceEvent)> = Vec::new();
            for step in 0..36usize {
                let phone = step * 7 % 3;
                let event = match step % 9 {
                    5 => {
                        let own = events
                            .iter()
                            .rev()
                            .find(|(from, event)| *from == phone && event.kind == EventKind::CheckIn);
                        let target = own.map(|(_, event)| event.scan_id);
                        target.map(|target| phones[phone].annul(&world, target, activities[0]))
                    }
                    _ => Some(phones[phone].scan(&world, &passes[step * 5 % 4], activities[step % 3])),
                };
                events.extend(event.map(|event| (phone, event)));
            }
            let mut sent = events.clone();
            if round > 0 {
                sent.extend(events.iter().step_by(3).cloned());
                sent = shuffled(sent, &mut seed);
            }
            let size = [36, 1, 7, 36, 3, 11][usize::from(round)];
            for batch in sent.chunks(size) {
                for (number, phone) in phones.iter().enumerate() {
                    let own: Vec<DeviceEvent> = batch
                        .iter()
                        .filter(|(from, _)| *from == number)
                        .map(|(_, event)| event.clone())
                        .collect();
                    phone.sync(&world, &own).await;
                }
            }
            let mut standing = Vec::new();
            for (from, event) in &events {
                standing.extend(phones[*from].sync(&world, std::slice::from_ref(event)).await);
            }
            let counted = standing.iter().filter(|one| one.verdict.is_counted()).count() as u64;
            ends.push((visits(&world, &club).await - before, counted));
        }
        assert!(ends[0].0 > 0 && ends[0].1 >= ends[0].0);
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
        world.tell(ends);
        world
    })
    .await;
}
