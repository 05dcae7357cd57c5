//! The learning network: who belongs to it over time, and its meetings.

use std::collections::BTreeMap;

use domain::{MeetingId, NetworkMemberId, PartnershipId};
use uuid::Uuid;

use super::maybe_paragraphs;
use super::records::{Meeting, NetworkBody, NetworkMember, NewMeeting, NewNetworkMember};
use crate::columns::{At, Day, nis, nis_code, parsed};
use crate::engine::{Tx, from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::Municipality;
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::{bounded, folded};

/// As many bodies as a large region has.
const MOST_BODIES: usize = 60;

const MEMBERS: &str = "
    SELECT m.id, m.name, m.kind, m.joined_on, m.left_on, m.successor_id, s.name AS successor_name
    FROM network_member AS m
    LEFT JOIN network_member AS s ON s.id = m.successor_id
    WHERE ($1 IS NULL OR m.partnership_id = $1)
      AND ($2 IS NULL OR m.partnership_id = $2)";

const BODIES: &str = "
    SELECT b.member_id, b.name, b.municipality, m.valid_to, s.name_nl AS now
    FROM network_body AS b
    LEFT JOIN municipality AS m ON m.nis = b.municipality
    LEFT JOIN municipality AS s ON s.nis = m.successor
    ORDER BY b.member_id, b.position";

const INSERT_MEMBER: &str = "
    INSERT INTO network_member (
        id, partnership_id, name, kind, joined_on, left_on, successor_id, recorded_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const UPDATE_MEMBER: &str = "
    UPDATE network_member
    SET name = $2, kind = $3, joined_on = $4, left_on = $5, successor_id = $6
    WHERE id = $1";

const FORGET_BODIES: &str = "DELETE FROM network_body WHERE member_id = $1";

const INSERT_BODY: &str = "
    INSERT INTO network_body (member_id, position, name, municipality)
    VALUES ($1, $2, $3, $4)";

const MEETINGS: &str = "
    SELECT id, title, held_on, notes
    FROM network_meeting
    WHERE ($1 IS NULL OR partnership_id = $1)
      AND ($2 IS NULL OR partnership_id = $2)
    ORDER BY held_on DESC, id DESC";

const ATTENDANCE: &str = "
    SELECT a.meeting_id, m.id, m.name
    FROM network_attendance AS a
    JOIN network_member AS m ON m.id = a.member_id";

const INSERT_MEETING: &str = "
    INSERT INTO network_meeting (id, partnership_id, title, held_on, notes, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

const INSERT_ATTENDANCE: &str = "
    INSERT INTO network_attendance (meeting_id, member_id)
    VALUES ($1, $2)
    ON CONFLICT DO NOTHING";

from_row!(NetworkMember, row => NetworkMember {
    id: NetworkMemberId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    kind: parsed(row.try_get("kind")?)?,
    bodies: Vec::new(),
    joined_on: row.try_get::<Day, _>("joined_on")?.0,
    left_on: row.try_get::<Option<Day>, _>("left_on")?.map(|day| day.0),
    successor: row.try_get::<Option<Uuid>, _>("successor_id")?.map(NetworkMemberId::from),
    successor_name: row.try_get("successor_name")?,
});

struct BodyOf {
    member: NetworkMemberId,
    body: NetworkBody,
}

from_row!(BodyOf, row => BodyOf {
    member: NetworkMemberId::from(row.try_get::<Uuid, _>("member_id")?),
    body: NetworkBody {
        name: row.try_get("name")?,
        municipality: row.try_get::<Option<i64>, _>("municipality")?.map(nis).transpose()?,
        until: row.try_get::<Option<Day>, _>("valid_to")?.map(|day| day.0),
        now: row.try_get("now")?,
    },
});

from_row!(Meeting, row => Meeting {
    id: MeetingId::from(row.try_get::<Uuid, _>("id")?),
    title: row.try_get("title")?,
    held_on: row.try_get::<Day, _>("held_on")?.0,
    attendees: Vec::new(),
    notes: Some(row.try_get("notes")?),
});

struct Attended {
    meeting: MeetingId,
    member: NetworkMemberId,
    name: String,
}

from_row!(Attended, row => Attended {
    meeting: MeetingId::from(row.try_get::<Uuid, _>("meeting_id")?),
    member: NetworkMemberId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
});

/// The municipality that a body's name means: "OCMW Neerpelt" means Neerpelt.
fn municipality_of<'a>(name: &str, known: &'a [Municipality]) -> Option<&'a Municipality> {
    let name = folded(name);
    let bare = ["ocmw van ", "ocmw ", "gemeente ", "stad "]
        .into_iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(&name);
    known.iter().find(|municipality| folded(&municipality.name_nl) == bare)
}

/// The fields of a member, checked; its bodies with the municipality that each means.
struct Fields {
    name: String,
    bodies: Vec<(String, Option<i64>)>,
}

impl Store {
    /// The members of the learning network of all time, the earliest first. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn network_members(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
    ) -> Result<Vec<NetworkMember>> {
        const TRIED: &str = "listing the members of the learning network";
        let mut members: Vec<NetworkMember> = read!(self.db(), pool => sqlx::query_as(MEMBERS)
            .bind(scope.partnership_uuid())
            .bind(partnership.map(PartnershipId::uuid))
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        let bodies: Vec<BodyOf> =
            read!(self.db(), pool => sqlx::query_as(BODIES).fetch_all(pool).await).tried(TRIED)?;
        let mut by_member: BTreeMap<NetworkMemberId, Vec<NetworkBody>> = BTreeMap::new();
        for BodyOf { member, body } in bodies {
            by_member.entry(member).or_default().push(body);
        }
        for member in &mut members {
            member.bodies = by_member.remove(&member.id).unwrap_or_default();
        }
        members.sort_by_cached_key(|member| (member.joined_on, folded(&member.name), member.id));
        Ok(members)
    }

    /// Adds a member of the learning network.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a partnership or
    /// successor that is not there; [`Error::Invalid`] for a field outside its bounds, an end before the start, or a
    /// successor without an end.
    pub async fn add_network_member(&self, scope: &Scope, new: &NewNetworkMember) -> Result<NetworkMemberId> {
        const TRIED: &str = "adding a member of the learning network";
        scope.require(Permission::ManageProgramme)?;
        let id = NetworkMemberId::from(self.env().uuid_v7());
        let fields = self.checked_member(scope, id, new).await?;
        let partnership = self.programme_partnership(scope, new.partnership).await?;
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT_MEMBER)
            .bind(id.uuid())
            .bind(partnership)
            .bind(&fields.name)
            .bind(new.kind.code())
            .bind(Day(new.joined_on))
            .bind(new.left_on.map(Day))
            .bind(new.successor.map(NetworkMemberId::uuid))
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_bodies(&mut tx, id, fields.bodies).await?;
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }

    /// Changes a member: its name after a merger, its last day, what it went on in.
    ///
    /// # Errors
    /// As [`Store::add_network_member`], and [`Error::Unknown`] for a member outside the scope.
    pub async fn change_network_member(
        &self,
        scope: &Scope,
        id: NetworkMemberId,
        change: &NewNetworkMember,
    ) -> Result<()> {
        const TRIED: &str = "changing a member of the learning network";
        scope.require(Permission::ManageProgramme)?;
        let members = self.network_members(scope, None).await?;
        if !members.iter().any(|member| member.id == id) {
            return Err(Error::Unknown("member"));
        }
        let fields = self.checked_member(scope, id, change).await?;
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(UPDATE_MEMBER)
            .bind(id.uuid())
            .bind(&fields.name)
            .bind(change.kind.code())
            .bind(Day(change.joined_on))
            .bind(change.left_on.map(Day))
            .bind(change.successor.map(NetworkMemberId::uuid))
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        set_bodies(&mut tx, id, fields.bodies).await?;
        tx.commit().await.tried(TRIED)
    }

    async fn checked_member(&self, scope: &Scope, id: NetworkMemberId, new: &NewNetworkMember) -> Result<Fields> {
        let name = bounded(&new.name, 120, "a member's name has 1 to 120 characters")?;
        if new.left_on.is_some_and(|end| end < new.joined_on) {
            return Err(Error::Invalid("a member does not leave before it joins"));
        }
        if new.successor.is_some() && new.left_on.is_none() {
            return Err(Error::Invalid("a member with a successor has a last day"));
        }
        if new.bodies.len() > MOST_BODIES {
            return Err(Error::Invalid("a member has at most 60 bodies"));
        }
        let members = self.network_members(scope, None).await?;
        let mut next = new.successor;
        let mut steps = 0;
        while let Some(successor) = next {
            let found = members.iter().find(|member| member.id == successor);
            if successor == id || steps > members.len() {
                return Err(Error::Invalid("a member is not its own successor"));
            }
            next = found.ok_or(Error::Unknown("member"))?.successor;
            steps += 1;
        }
        let known = self.municipality_history(scope).await?;
        let mut bodies = Vec::with_capacity(new.bodies.len());
        for body in &new.bodies {
            let body = bounded(body, 120, "a body's name has 1 to 120 characters")?;
            let municipality = municipality_of(&body, &known).map(|found| nis_code(found.nis));
            bodies.push((body, municipality));
        }
        Ok(Fields { name, bodies })
    }

    /// The meetings of the learning network, the newest first. When and who is public; what was said is `None` unless
    /// the scope manages the programme.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn meetings(&self, scope: &Scope, partnership: Option<PartnershipId>) -> Result<Vec<Meeting>> {
        const TRIED: &str = "listing meetings";
        let mut meetings: Vec<Meeting> = read!(self.db(), pool => sqlx::query_as(MEETINGS)
            .bind(scope.partnership_uuid())
            .bind(partnership.map(PartnershipId::uuid))
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        let attended: Vec<Attended> =
            read!(self.db(), pool => sqlx::query_as(ATTENDANCE).fetch_all(pool).await).tried(TRIED)?;
        let mut by_meeting: BTreeMap<MeetingId, Vec<(NetworkMemberId, String)>> = BTreeMap::new();
        for Attended { meeting, member, name } in attended {
            by_meeting.entry(meeting).or_default().push((member, name));
        }
        let sees_notes = scope.may(Permission::ManageProgramme);
        for meeting in &mut meetings {
            meeting.attendees = by_meeting.remove(&meeting.id).unwrap_or_default();
            meeting.attendees.sort_by_cached_key(|(id, name)| (folded(name), *id));
            meeting.notes = meeting.notes.take().filter(|_| sees_notes);
        }
        Ok(meetings)
    }

    /// Adds a meeting, past or planned.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage the programme; [`Error::Unknown`] for a partnership or member
    /// that is not there; [`Error::Invalid`] for a field outside its bounds.
    pub async fn add_meeting(&self, scope: &Scope, new: &NewMeeting) -> Result<MeetingId> {
        const TRIED: &str = "adding a meeting";
        scope.require(Permission::ManageProgramme)?;
        let title = bounded(&new.title, 120, "a meeting's title has 1 to 120 characters")?;
        let notes = maybe_paragraphs(&new.notes, 4000, "notes have at most 4000 characters")?;
        let partnership = self.programme_partnership(scope, new.partnership).await?;
        let members = self.network_members(scope, None).await?;
        let known = |id: &NetworkMemberId| members.iter().any(|member| member.id == *id);
        if !new.attendees.iter().all(known) {
            return Err(Error::Unknown("member"));
        }
        let id = MeetingId::from(self.env().uuid_v7());
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        within!(tx, c => {
            sqlx::query(INSERT_MEETING)
                .bind(id.uuid())
                .bind(partnership)
                .bind(title)
                .bind(Day(new.held_on))
                .bind(notes)
                .bind(now)
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
            for member in &new.attendees {
                sqlx::query(INSERT_ATTENDANCE)
                    .bind(id.uuid())
                    .bind(member.uuid())
                    .execute(&mut *c)
                    .await
                    .tried(TRIED)?;
            }
        });
        tx.commit().await.tried(TRIED)?;
        Ok(id)
    }
}

async fn set_bodies(tx: &mut Tx, id: NetworkMemberId, bodies: Vec<(String, Option<i64>)>) -> Result<()> {
    const TRIED: &str = "writing down who is in a member";
    within!(*tx, c => {
        sqlx::query(FORGET_BODIES).bind(id.uuid()).execute(&mut *c).await.tried(TRIED)?;
        for (position, (name, municipality)) in (0_i64..).zip(bodies) {
            sqlx::query(INSERT_BODY)
                .bind(id.uuid())
                .bind(position)
                .bind(name)
                .bind(municipality)
                .execute(&mut *c)
                .await
                .tried(TRIED)?;
        }
    });
    Ok(())
}
