//! A club with an activity of each counting rule, and phones that are paired with it.

use domain::{ActivityId, Cents, CountingRule, OrganiserId, OrganiserKind};
use jiff::SignedDuration;
use storage::{NewActivity, NewOrganiser, Scope};
use tests::phone::Phone;
use tests::world::{WEMMEL, World};

pub(crate) struct Club {
    pub(crate) organiser: OrganiserId,
    /// One of each rule: once a day, once a session, unlimited.
    pub(crate) activities: Vec<Activity>,
}

#[derive(Clone, Copy)]
pub(crate) struct Activity {
    pub(crate) id: ActivityId,
    pub(crate) rule: CountingRule,
}

impl Club {
    /// A new club whose activities are on now.
    pub(crate) async fn open(world: &World) -> Self {
        let store = world.store().await;
        let scope = Scope::cli();
        let new = NewOrganiser {
            name: format!("Club {}", world.id()),
            kind: OrganiserKind::SportsClub,
            municipality: WEMMEL.parse().unwrap(),
        };
        let organiser = store.add_organiser(&scope, new).await.unwrap().id;
        let now = world.environment().now();
        let mut activities = Vec::new();
        for rule in [
            CountingRule::OncePerDay,
            CountingRule::OncePerSession,
            CountingRule::Unlimited,
        ] {
            let new = NewActivity {
                organiser,
                name: rule.code().to_owned(),
                starts_at: now - SignedDuration::from_mins(30),
                ends_at: now + SignedDuration::from_hours(1),
                place: String::new(),
                price_cents: Cents(350),
                rule,
                activity_type: "sport".to_owned(),
                taalicoon: None,
                minutes: None,
            };
            let id = store.add_activity(&scope, new).await.unwrap().id;
            activities.push(Activity { id, rule });
        }
        store.close().await;
        Self { organiser, activities }
    }

    /// The activity that counts a holder once a day.
    pub(crate) fn daily(&self) -> ActivityId {
        self.activities[0].id
    }

    /// A phone that counts.
    pub(crate) async fn counter(&self, world: &World) -> Phone {
        Phone::pair(&world.server, &self.organiser.to_string(), "counter").await
    }

    /// A phone that may also take back what others scanned.
    pub(crate) async fn supervisor(&self, world: &World) -> Phone {
        Phone::pair(&world.server, &self.organiser.to_string(), "supervisor").await
    }
}
