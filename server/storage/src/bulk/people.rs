//! What became of people and passes after the day of issue, and who works with them.

use domain::{AccountId, HolderId, OrganiserId, PassId, PassStatus};
use jiff::civil::Date;

use super::{Bulk, ROWS};
use crate::error::Result;
use crate::records::{Account, NewAccount};
use crate::set::{Kind, Set, Statement};
use crate::text::folded;

/// What became of one pass of this load.
#[derive(Clone, Copy, Debug)]
pub struct BulkHistory {
    /// Whose it is.
    pub holder: HolderId,
    /// The pass.
    pub pass: PassId,
    /// The account of the counter that issued it.
    pub issued_by: Option<AccountId>,
    /// The day on which it was opened on a phone.
    pub activated_on: Option<Date>,
    /// The first day on which it was no longer valid, and what it has been since.
    pub ended: Option<(Date, PassStatus)>,
}

/// A holder who became a member of an organiser.
#[derive(Clone, Copy, Debug)]
pub struct BulkMember {
    /// Who.
    pub holder: HolderId,
    /// Of whom.
    pub organiser: OrganiserId,
    /// Since when.
    pub since: Date,
}

const ISSUERS: Statement = Statement {
    columns: &[("id", Kind::Uuid), ("issued_by", Kind::Uuid)],
    body: "
        UPDATE holder
        SET issued_by = input.issued_by
        FROM input
        WHERE holder.id = input.id",
};

const HISTORIES: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("activated_on", Kind::Day),
        ("ended_on", Kind::Day),
        ("status", Kind::Text),
    ],
    body: "
        UPDATE pass
        SET activated_on = input.activated_on,
            ended_on = input.ended_on,
            status = input.status
        FROM input
        WHERE pass.id = input.id",
};

const MEMBERS: Statement = Statement {
    columns: &[
        ("holder_id", Kind::Uuid),
        ("organiser_id", Kind::Uuid),
        ("since", Kind::Day),
        ("recorded_by", Kind::Uuid),
        ("recorded_at", Kind::Time),
    ],
    body: "
        INSERT INTO membership (holder_id, organiser_id, since, recorded_by, recorded_at)
        SELECT holder_id, organiser_id, since, recorded_by, recorded_at
        FROM input
        WHERE TRUE
        ON CONFLICT (holder_id, organiser_id) DO NOTHING",
};

const ACCOUNTS: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("email", Kind::Text),
        ("name", Kind::Text),
        ("role", Kind::Text),
        ("municipality", Kind::Int),
        ("organiser_id", Kind::Uuid),
        ("password_hash", Kind::Text),
        ("created_at", Kind::Time),
    ],
    body: "
        INSERT INTO account (
            id, partnership_id, email, name, role, municipality, organiser_id, password_hash, created_at
        )
        SELECT
            id, (SELECT p.id FROM partnership AS p ORDER BY p.id LIMIT 1), email, name, role, municipality,
            organiser_id, password_hash, created_at
        FROM input",
};

impl Bulk {
    /// Adds accounts of the oldest partnership, in the order given.
    ///
    /// # Errors
    /// [`crate::Error::Database`], also for a log-in name that is taken.
    pub async fn accounts(&mut self, new: Vec<NewAccount>) -> Result<Vec<Account>> {
        let now = self.state.env.now();
        let mut rows = Set::new(self.tx.engine());
        let mut added = Vec::with_capacity(new.len());
        for new in new {
            let account = Account {
                id: AccountId::from(self.state.env.uuid_v7()),
                email: folded(&new.email),
                name: new.name,
                role: new.role,
                municipality: new.municipality,
                organiser: new.organiser,
            };
            rows.row()
                .uuid(account.id.uuid())
                .text(&account.email)
                .text(&account.name)
                .text(account.role.code())
                .maybe(account.municipality, Set::nis)
                .maybe(account.organiser.map(OrganiserId::uuid), Set::uuid)
                .text(&new.password_hash)
                .time(now);
            added.push(account);
        }
        self.run(&ACCOUNTS, rows).await?;
        Ok(added)
    }

    /// Notes what became of passes of this load.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn histories(&mut self, new: &[BulkHistory]) -> Result<()> {
        for chunk in new.chunks(ROWS) {
            let engine = self.tx.engine();
            let (mut issuers, mut histories) = (Set::new(engine), Set::new(engine));
            for one in chunk {
                if let Some(by) = one.issued_by {
                    issuers.row().uuid(one.holder.uuid()).uuid(by.uuid());
                }
                if one.activated_on.is_some() || one.ended.is_some() {
                    let status = one.ended.map_or(PassStatus::Valid, |(_, status)| status);
                    histories
                        .row()
                        .uuid(one.pass.uuid())
                        .maybe(one.activated_on, Set::day)
                        .maybe(one.ended.map(|(day, _)| day), Set::day)
                        .text(status.code());
                }
            }
            self.run(&ISSUERS, issuers).await?;
            self.run(&HISTORIES, histories).await?;
        }
        Ok(())
    }

    /// Adds memberships; of two of the same holder and organiser the first stands.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn members(&mut self, new: &[BulkMember]) -> Result<()> {
        let (by, now) = (self.state.actor.uuid(), self.state.env.now());
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(self.tx.engine());
            for one in chunk {
                rows.row()
                    .uuid(one.holder.uuid())
                    .uuid(one.organiser.uuid())
                    .day(one.since)
                    .maybe(by, Set::uuid)
                    .time(now);
            }
            self.run(&MEMBERS, rows).await?;
        }
        Ok(())
    }
}
