//! Who asks, and for which tenants: the first argument of every storage method.
//!
//! A scope is made in one place only, from something verified (a login session, a client token) or for the program
//! itself (command line, job, the public). Its fields are private, so nothing else can invent one: what is out of
//! scope cannot be asked for.

use std::fmt;
use std::str::FromStr;

use domain::{AccountId, ClientId, DeviceId, DeviceRole, Dimension, HolderId, Nis, OrganiserId, PartnershipId};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::records::{Account, Client, Device};

/// What an account or a client is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything over the partnership.
    Coordinator,
    /// Issues passes for one municipality and sees only that municipality's holders.
    Counter,
    /// Scans and adds activities for one organiser.
    Organiser,
    /// Reads figures, never a person.
    Auditor,
    /// A ticket system: scans for the partnership, or for one organiser when bound to it.
    Ticketing,
    /// A self-service scanner: as [`Role::Ticketing`].
    Kiosk,
}

impl Role {
    /// Every role, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Coordinator,
        Self::Counter,
        Self::Organiser,
        Self::Auditor,
        Self::Ticketing,
        Self::Kiosk,
    ];

    /// The stable spelling in the database, on the command line and in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Counter => "counter",
            Self::Organiser => "organiser",
            Self::Auditor => "auditor",
            Self::Ticketing => "ticketing",
            Self::Kiosk => "kiosk",
        }
    }

    const fn may(self, permission: Permission) -> bool {
        use Permission::{
            AddActivity, FindHolder, IssuePass, ManageDevices, ReadFigures, ReadFinances, ReadReports, Scan,
        };
        match self {
            Self::Coordinator => true,
            Self::Counter => matches!(permission, IssuePass | FindHolder | ReadFigures | ReadReports),
            Self::Organiser => matches!(
                permission,
                Scan | AddActivity | ManageDevices | ReadFigures | ReadReports
            ),
            Self::Auditor => matches!(permission, ReadFigures | ReadReports | ReadFinances),
            Self::Ticketing | Self::Kiosk => matches!(permission, Scan),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// The text is not the code of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a role: use coordinator, counter, organiser, auditor, ticketing or kiosk")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> std::result::Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or(UnknownRole)
    }
}

/// One thing that a scope may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Issue, block and replace passes.
    IssuePass,
    /// See who a holder is.
    FindHolder,
    /// Record and annul check-ins.
    Scan,
    /// Add activities and sessions.
    AddActivity,
    /// Read protected figures.
    ReadFigures,
    /// Pair, list and revoke devices, look at an evening, and put right what was scanned.
    ManageDevices,
    /// Make API clients, accounts, organisers and keys.
    ManageClients,
    /// Keep the work plan: actions, costs, decisions, partners, agreements, the learning network.
    ManageProgramme,
    /// Bring in numbers from outside: newcomers of a municipality, organisers' own counts.
    ImportFigures,
    /// Freeze a report and sign it.
    FreezeReports,
    /// Read reports made of protected figures: whoever may read figures.
    ReadReports,
    /// Read what actions cost: budgets, cost lines, shares.
    ReadFinances,
}

impl Permission {
    /// What anybody may do: nothing is written, and every number is protected.
    const fn is_reading(self) -> bool {
        matches!(self, Self::ReadFigures | Self::ReadReports)
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person who logged in.
    Account(AccountId),
    /// A program with a token.
    Client(ClientId),
    /// A paired phone or tablet.
    Device(DeviceId),
    /// A holder who scanned the poster of an activity.
    Holder(HolderId),
    /// The command line of this machine.
    Cli,
    /// The program itself, on a timer.
    Job,
    /// Anybody.
    Public,
}

impl Actor {
    /// The kind and the id as the event table keeps them. The program itself has no id.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Client(_) => "client",
            Self::Device(_) => "device",
            Self::Holder(_) => "holder",
            Self::Cli => "cli",
            Self::Job => "job",
            Self::Public => "public",
        }
    }

    /// The id of the account, client, device or holder.
    pub(crate) fn uuid(self) -> Option<Uuid> {
        match self {
            Self::Account(id) => Some(id.uuid()),
            Self::Client(id) => Some(id.uuid()),
            Self::Device(id) => Some(id.uuid()),
            Self::Holder(id) => Some(id.uuid()),
            Self::Cli | Self::Job | Self::Public => None,
        }
    }
}

/// Who asks and for which tenants. See the module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    actor: Actor,
    /// `None`: the program itself (everything) or the public (figures only), told apart by `actor`.
    role: Option<Role>,
    /// `None`: every partnership.
    partnership: Option<PartnershipId>,
    municipality: Option<Nis>,
    organiser: Option<OrganiserId>,
    /// Of a device only.
    device_role: Option<DeviceRole>,
}

impl Scope {
    /// The command line: whoever has the data folder may do everything.
    #[must_use]
    pub const fn cli() -> Self {
        Self::unbound(Actor::Cli)
    }

    /// The program's own work.
    #[must_use]
    pub const fn job() -> Self {
        Self::unbound(Actor::Job)
    }

    /// Anybody: activities, municipalities and protected figures.
    #[must_use]
    pub const fn public() -> Self {
        Self::unbound(Actor::Public)
    }

    const fn unbound(actor: Actor) -> Self {
        Self {
            actor,
            role: None,
            partnership: None,
            municipality: None,
            organiser: None,
            device_role: None,
        }
    }

    pub(crate) const fn of_account(account: &Account, partnership: PartnershipId) -> Self {
        Self {
            actor: Actor::Account(account.id),
            role: Some(account.role),
            partnership: Some(partnership),
            municipality: account.municipality,
            organiser: account.organiser,
            device_role: None,
        }
    }

    pub(crate) const fn of_client(client: &Client, partnership: PartnershipId) -> Self {
        Self {
            actor: Actor::Client(client.id),
            role: Some(client.role),
            partnership: Some(partnership),
            municipality: None,
            organiser: client.organiser,
            device_role: None,
        }
    }

    pub(crate) const fn of_device(device: &Device, partnership: PartnershipId) -> Self {
        Self {
            actor: Actor::Device(device.id),
            role: None,
            partnership: Some(partnership),
            municipality: None,
            organiser: Some(device.organiser),
            device_role: Some(device.role),
        }
    }

    /// A holder who showed the claim of a pass: may be counted by scanning a poster, nothing else.
    pub(crate) const fn of_holder(holder: HolderId) -> Self {
        Self::unbound(Actor::Holder(holder))
    }

    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// The role, when an account or client asks.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// What a device may do, when a device asks.
    #[must_use]
    pub const fn device_role(&self) -> Option<DeviceRole> {
        self.device_role
    }

    /// The device, when a device asks.
    #[must_use]
    pub const fn device(&self) -> Option<DeviceId> {
        match self.actor {
            Actor::Device(id) => Some(id),
            _ => None,
        }
    }

    /// Whether it may take back what others scanned for the organisers it reaches, at any time (PROTOCOL §6).
    #[must_use]
    pub const fn supervises(&self) -> bool {
        match (self.role, self.actor, self.device_role) {
            (Some(Role::Coordinator | Role::Organiser), ..) | (None, Actor::Cli | Actor::Job, _) => true,
            (None, Actor::Device(_), Some(role)) => role.supervises(),
            _ => false,
        }
    }

    /// The account, when a person who logged in asks.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self.actor {
            Actor::Account(id) => Some(id),
            _ => None,
        }
    }

    /// The one organiser this scope is bound to; `None` is no such bound.
    #[must_use]
    pub const fn organiser(&self) -> Option<OrganiserId> {
        self.organiser
    }

    /// The one municipality this scope is bound to; `None` is no such bound.
    #[must_use]
    pub const fn municipality(&self) -> Option<Nis> {
        self.municipality
    }

    /// Whether this scope may do `permission` at all (for which tenants is up to each method).
    ///
    /// A role that must be bound and is not (a counter without municipality) may do nothing with people.
    #[must_use]
    pub const fn may(&self, permission: Permission) -> bool {
        match (self.role, self.actor) {
            (Some(Role::Counter), Actor::Account(_)) if self.municipality.is_none() => permission.is_reading(),
            (Some(Role::Organiser), _) if self.organiser.is_none() => permission.is_reading(),
            (Some(role), _) => role.may(permission),
            (None, Actor::Cli | Actor::Job) => true,
            (None, Actor::Device(_)) => matches!(permission, Permission::Scan),
            (None, _) => permission.is_reading(),
        }
    }

    /// Refuses unless [`Scope::may`].
    pub(crate) fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        Err(Error::Denied(match permission {
            Permission::IssuePass => "issuing a pass",
            Permission::FindHolder => "finding a holder",
            Permission::Scan => "scanning",
            Permission::AddActivity => "adding an activity",
            Permission::ReadFigures => "reading figures",
            Permission::ManageDevices => "managing devices",
            Permission::ManageClients => "managing clients and accounts",
            Permission::ManageProgramme => "managing the programme",
            Permission::ImportFigures => "importing figures",
            Permission::FreezeReports => "freezing reports",
            Permission::ReadReports => "reading reports",
            Permission::ReadFinances => "reading finances",
        }))
    }

    /// The partnership as a bind value; SQL `NULL` is "no such bound".
    pub(crate) fn partnership_uuid(&self) -> Option<Uuid> {
        self.partnership.map(PartnershipId::uuid)
    }

    /// See [`Scope::partnership_uuid`].
    pub(crate) fn municipality_code(&self) -> Option<i64> {
        self.municipality.map(|nis| i64::from(nis.get()))
    }

    /// Whether the scope may ask figures of any period it likes, and not only of the fixed grid: differences between
    /// free periods could give people away (FIGURES §2).
    pub(crate) const fn may_choose_periods(&self) -> bool {
        match (self.role, self.actor) {
            (Some(role), _) => matches!(role, Role::Coordinator | Role::Auditor),
            (None, actor) => matches!(actor, Actor::Cli | Actor::Job),
        }
    }

    /// Whether the scope may see tables by this dimension: the public gets those that no other table of its own splits
    /// (`docs/disclosure.md`).
    #[must_use]
    pub const fn may_split_by(&self, dimension: Dimension) -> bool {
        dimension.is_public() || !matches!(self.actor, Actor::Public | Actor::Holder(_))
    }

    /// Whether the scope may act for `organiser`.
    pub(crate) fn reaches_organiser(&self, organiser: OrganiserId) -> bool {
        self.organiser.is_none_or(|own| own == organiser)
    }
}
