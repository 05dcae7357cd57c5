//! Municipalities, the partnerships over them, and the partners that refer newcomers.

use domain::{PartnerId, PartnershipId};
use uuid::Uuid;

use crate::columns::{Day, nis};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::records::{Municipality, Partner, Partnership};
use crate::scope::Scope;
use crate::store::Store;

const LIST: &str = "
    SELECT nis, name_nl, name_fr, postcodes, facility, centre, valid_from, valid_to, successor
    FROM municipality
    WHERE nis IN (
        SELECT municipality
        FROM partnership_member
        WHERE ($1 IS NULL OR partnership_id = $1)
          AND member_from <= $2
          AND (member_until IS NULL OR member_until >= $2)
    )
    ORDER BY name_nl";

const ALL: &str = "
    SELECT nis, name_nl, name_fr, postcodes, facility, centre, valid_from, valid_to, successor
    FROM municipality
    ORDER BY name_nl";

const PARTNERSHIPS: &str = "
    SELECT p.id, p.name, m.municipality
    FROM partnership AS p
    LEFT JOIN partnership_member AS m
        ON m.partnership_id = p.id
        AND m.member_from <= $2
        AND (m.member_until IS NULL OR m.member_until >= $2)
    WHERE $1 IS NULL OR p.id = $1
    ORDER BY p.id, m.municipality";

const PARTNERS: &str = "SELECT id, name FROM partner ORDER BY name";

from_row!(Municipality, row => Municipality {
    nis: nis(row.try_get("nis")?)?,
    name_nl: row.try_get("name_nl")?,
    name_fr: row.try_get("name_fr")?,
    postcodes: row.try_get::<String, _>("postcodes")?.split(' ').filter_map(|code| code.parse().ok()).collect(),
    facility: row.try_get("facility")?,
    centre: row.try_get("centre")?,
    valid_from: row.try_get::<Option<Day>, _>("valid_from")?.map(|day| day.0),
    valid_to: row.try_get::<Option<Day>, _>("valid_to")?.map(|day| day.0),
    successor: row.try_get::<Option<i64>, _>("successor")?.map(nis).transpose()?,
});

from_row!(Partner, row => Partner {
    id: PartnerId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
});

/// One member, or none, of one partnership.
struct Membership {
    id: PartnershipId,
    name: String,
    municipality: Option<i64>,
}

from_row!(Membership, row => Membership {
    id: PartnershipId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    municipality: row.try_get("municipality")?,
});

impl Store {
    /// The municipalities of the scope's partnership today, by Dutch name. Public knowledge: no permission needed.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn municipalities(&self, scope: &Scope) -> Result<Vec<Municipality>> {
        let today = Day(self.env().today());
        read!(self.db(), pool => sqlx::query_as(LIST).bind(scope.partnership_uuid()).bind(today).fetch_all(pool).await)
            .tried("listing municipalities")
    }

    /// Every municipality that is known, merged ones and their successors included, by Dutch name.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn municipality_history(&self, _scope: &Scope) -> Result<Vec<Municipality>> {
        read!(self.db(), pool => sqlx::query_as(ALL).fetch_all(pool).await).tried("listing municipalities of all time")
    }

    /// The partnerships of the scope with their members of today.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn partnerships(&self, scope: &Scope) -> Result<Vec<Partnership>> {
        const TRIED: &str = "listing partnerships";
        let (own, today) = (scope.partnership_uuid(), Day(self.env().today()));
        let memberships: Vec<Membership> =
            read!(self.db(), pool => sqlx::query_as(PARTNERSHIPS).bind(own).bind(today).fetch_all(pool).await)
                .tried(TRIED)?;
        let mut partnerships: Vec<Partnership> = Vec::new();
        for membership in memberships {
            let member = membership.municipality.map(nis).transpose().tried(TRIED)?;
            match partnerships.last_mut().filter(|last| last.id == membership.id) {
                Some(last) => last.municipalities.extend(member),
                None => partnerships.push(Partnership {
                    id: membership.id,
                    name: membership.name,
                    municipalities: member.into_iter().collect(),
                }),
            }
        }
        Ok(partnerships)
    }

    /// The partners that refer newcomers, by name.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn partners(&self, _scope: &Scope) -> Result<Vec<Partner>> {
        read!(self.db(), pool => sqlx::query_as(PARTNERS).fetch_all(pool).await).tried("listing partners")
    }
}
