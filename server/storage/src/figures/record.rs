//! Facts that come from elsewhere than scans: memberships, and what happened to cheques.

use domain::{HolderId, Nis, Number, OrganiserId};
use jiff::civil::Date;
use uuid::Uuid;

use facts::ChequeKind;

use crate::columns::{At, Day};
use crate::engine::within;
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::holders::tag_column;
use crate::scope::{Permission, Scope};
use crate::set::{Kind, Set, Statement};
use crate::store::Store;

/// Something that happened to cheques of one holder.
#[derive(Clone, Copy, Debug)]
pub struct ChequeFact {
    /// What.
    pub kind: ChequeKind,
    /// Whose they are.
    pub holder: HolderId,
    /// Where they were used, if they were.
    pub organiser: Option<OrganiserId>,
    /// The holder's municipality at that time.
    pub municipality: Nis,
    /// The local day.
    pub day: Date,
    /// How many, at least one.
    pub pieces: u32,
    /// Their worth together, in cents.
    pub cents: u32,
    /// Used at the holder's first visit ever.
    pub first_visit: bool,
}

/// Who became a member.
#[derive(Clone, Copy, Debug)]
pub enum NewMember {
    /// A holder that the counter found.
    Holder(HolderId),
    /// Whoever holds the pass with this number: all that an organiser knows.
    Number(Number),
}

const INSERT_CHEQUES: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("kind", Kind::Text),
        ("holder_id", Kind::Uuid),
        ("organiser_id", Kind::Uuid),
        ("municipality", Kind::Int),
        ("local_day", Kind::Day),
        ("pieces", Kind::Int),
        ("cents", Kind::Int),
        ("first_visit", Kind::Bool),
        ("recorded_at", Kind::Time),
    ],
    body: "
        INSERT INTO cheque_fact (
            id, kind, holder_id, organiser_id, municipality, local_day, pieces, cents, first_visit, recorded_at
        )
        SELECT id, kind, holder_id, organiser_id, municipality, local_day, pieces, cents, first_visit, recorded_at
        FROM input",
};

/// `$1` and `$2`: the holder's id or the tag of a pass; `$3` and `$4`: the bounds of the scope.
const MEMBER: &str = "
    SELECT h.id
    FROM holder AS h
    WHERE (h.id = $1 OR h.id = (SELECT holder_id FROM pass WHERE tag = $2))
      AND ($3 IS NULL OR h.municipality = $3)
      AND ($4 IS NULL OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $4))";

const INSERT_MEMBERSHIP: &str = "
    INSERT INTO membership (holder_id, organiser_id, since, recorded_by, recorded_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (holder_id, organiser_id) DO NOTHING";

/// Rows a statement.
const ROWS: usize = 1000;

impl Store {
    /// Appends what happened to cheques. For whatever issues and redeems them, and for demo data.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Invalid`] for no pieces; [`Error::Database`], also for an
    /// unknown holder, organiser or municipality.
    pub async fn record_cheque_facts(&self, scope: &Scope, new: Vec<ChequeFact>) -> Result<()> {
        const TRIED: &str = "recording cheques";
        scope.require(Permission::ManageClients)?;
        if new.iter().any(|fact| fact.pieces == 0) {
            return Err(Error::Invalid("a cheque fact is about one cheque or more"));
        }
        let now = self.env().now();
        let mut tx = self.begin().await?;
        let engine = tx.engine();
        for chunk in new.chunks(ROWS) {
            let mut rows = Set::new(engine);
            for fact in chunk {
                rows.row()
                    .uuid(self.env().uuid_v7())
                    .text(fact.kind.code())
                    .uuid(fact.holder.uuid())
                    .maybe(fact.organiser.map(OrganiserId::uuid), Set::uuid)
                    .nis(fact.municipality)
                    .day(fact.day)
                    .int(i64::from(fact.pieces))
                    .int(i64::from(fact.cents))
                    .bool(fact.first_visit)
                    .time(now);
            }
            let rows = rows.finish();
            within!(tx, c => sqlx::query(INSERT_CHEQUES.sql(engine)).bind(rows).execute(c).await.map(drop))
                .tried(TRIED)?;
            change::of_holders(&mut tx, chunk.iter().map(|fact| fact.holder))
                .await
                .tried(TRIED)?;
        }
        tx.commit().await.tried(TRIED)
    }

    /// Notes that a holder is a member of an organiser since a day; noted twice, the first stands.
    ///
    /// # Errors
    /// [`Error::Denied`] unless the scope finds holders (counter, coordinator), or is an organiser's and names its own
    /// organiser and a pass number; [`Error::Unknown`] for a holder or number outside the scope, or an unknown organiser;
    /// [`Error::Invalid`] for a day that is still to come.
    pub async fn record_membership(
        &self,
        scope: &Scope,
        member: NewMember,
        organiser: OrganiserId,
        since: Date,
    ) -> Result<()> {
        const TRIED: &str = "recording a membership";
        let of_own = scope.may(Permission::AddActivity)
            && scope.organiser() == Some(organiser)
            && matches!(member, NewMember::Number(_));
        if !of_own {
            scope.require(Permission::FindHolder)?;
        }
        if since > self.env().today() {
            return Err(Error::Invalid("a membership begins today or earlier"));
        }
        self.organiser(scope, organiser)
            .await?
            .ok_or(Error::Unknown("organiser"))?;
        let (holder, tag) = match member {
            NewMember::Holder(holder) => (Some(holder.uuid()), None),
            NewMember::Number(number) => (None, Some(tag_column(number))),
        };
        let mut tx = self.begin().await?;
        let holder: Uuid = within!(tx, c => sqlx::query_scalar(MEMBER)
            .bind(holder)
            .bind(tag)
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .fetch_optional(c)
            .await)
        .tried(TRIED)?
        .ok_or(Error::Unknown("holder"))?;
        let now = At(self.env().now());
        within!(tx, c => sqlx::query(INSERT_MEMBERSHIP)
            .bind(holder)
            .bind(organiser.uuid())
            .bind(Day(since))
            .bind(scope.actor().uuid())
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        change::of_holders(&mut tx, [HolderId::from(holder)].into_iter())
            .await
            .tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }
}
