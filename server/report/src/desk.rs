//! Where a document is written: who asks, of whom, over which period; and the figures that it asks for.

use std::collections::BTreeMap;

use domain::{Dimension, Figure, FigureCode, Nis, PartnerId, PartnershipId, Period};
use jiff::Timestamp;
use jiff::civil::Date;
use storage::{FigureRequest, Permission, Scope, Store};

use crate::phrase::When;
use crate::{DocumentKind, ReportError, ReportRequest};

/// Everything that all parts of a document share.
pub(crate) struct Desk<'a> {
    pub(crate) store: &'a Store,
    pub(crate) scope: &'a Scope,
    /// `None`: all partnerships together.
    pub(crate) partnership: Option<PartnershipId>,
    /// There are others beside that partnership: then it is a dimension of its own.
    several: bool,
    /// Of one municipality only.
    pub(crate) municipality: Option<Nis>,
    /// Of whom, in words.
    pub(crate) subject: String,
    pub(crate) when: When,
    /// The period to compare with.
    pub(crate) before: Option<When>,
    pub(crate) as_of: Option<Timestamp>,
    /// The day up to which the document knows anything.
    pub(crate) today: Date,
}

impl<'a> Desk<'a> {
    /// Looks up of whom the document is, and refuses what the scope may not see.
    pub(crate) async fn open(store: &'a Store, scope: &'a Scope, request: &ReportRequest) -> Result<Self, ReportError> {
        if !scope.may(Permission::ReadReports) {
            return Err(ReportError::Denied("a report"));
        }
        let today = domain::local_day(store.data_date(request.as_of));
        let when = |period: Period| When {
            period,
            running: period.contains(today),
        };
        let municipality = match (request.kind, request.municipality) {
            (DocumentKind::Municipality, None) => {
                return Err(ReportError::Invalid("name the municipality of which the sheet is"));
            }
            (DocumentKind::Municipality, asked) => asked,
            _ => None,
        };
        let known = store.partnerships(scope).await?;
        let several = known.len() > 1;
        let (partnership, subject) = match (request.partnership, municipality) {
            (None, Some(nis)) => {
                let places = store.municipality_history(scope).await?;
                let place = places.into_iter().find(|place| place.nis == nis);
                (None, place.ok_or(ReportError::Unknown("municipality"))?.name_nl)
            }
            (Some(asked), place) => {
                let found = known.into_iter().find(|one| one.id == asked);
                let found = found.ok_or(ReportError::Unknown("partnership"))?;
                let name = match place {
                    None => found.name,
                    Some(nis) => {
                        let places = store.municipality_history(scope).await?;
                        let place = places.into_iter().find(|place| place.nis == nis);
                        place.ok_or(ReportError::Unknown("municipality"))?.name_nl
                    }
                };
                (Some(asked), name)
            }
            (None, None) => match known.as_slice() {
                [only] => (Some(only.id), only.name.clone()),
                _ => (None, "Alle samenwerkingsverbanden".to_owned()),
            },
        };
        Ok(Self {
            store,
            scope,
            partnership,
            several,
            municipality,
            subject,
            when: when(request.period),
            before: request.compare.map(when),
            as_of: request.as_of,
            today,
        })
    }

    /// A figure over the document's period. Where a table of so many dimensions is not published over such a period, the
    /// whole without rows.
    pub(crate) async fn figure(&self, code: FigureCode, by: &[Dimension]) -> Result<Figure, ReportError> {
        let by = if self.fits(by) { by } else { &[] };
        self.ask(self.request(code).by(by)).await
    }

    /// Whether a table by these is for this reader, and published over the document's period: its municipality is a dimension, and so is its
    /// partnership where there are others.
    pub(crate) fn fits(&self, by: &[Dimension]) -> bool {
        let place = self.municipality.map(|_| Dimension::Municipality);
        let whose = self
            .partnership
            .filter(|_| self.several)
            .map(|_| Dimension::Partnership);
        let all: Vec<Dimension> = by.iter().copied().chain(place).chain(whose).collect();
        let seen = all.iter().all(|dimension| self.scope.may_split_by(*dimension));
        seen && domain::disclosure::is_published(&all, &self.when.period)
    }

    /// The same beside the period to compare with, where there is one.
    pub(crate) async fn compared(&self, code: FigureCode, by: &[Dimension]) -> Result<Figure, ReportError> {
        let mut request = self.request(code).by(by);
        request.compare = self.before.map(|before| before.period);
        self.ask(request).await
    }

    /// More or fewer than in the period to compare with; nothing without one.
    pub(crate) async fn change(&self) -> Result<Option<Figure>, ReportError> {
        match self.before {
            None => Ok(None),
            Some(_) => self.compared(FigureCode::Change, &[]).await.map(Some),
        }
    }

    /// A figure of the whole partnership, also in the sheet of one municipality.
    pub(crate) async fn whole(&self, code: FigureCode) -> Result<Figure, ReportError> {
        self.ask(FigureRequest::new(code, self.when.period)).await
    }

    /// How many activities were held with each partner; a partner without any may be missing.
    pub(crate) async fn activities_together(&self) -> Result<BTreeMap<PartnerId, u64>, ReportError> {
        let counts = self
            .store
            .partner_activities(self.scope, self.partnership, self.when.period);
        Ok(counts.await?)
    }

    /// Any request, of the document's partnership and moment.
    pub(crate) async fn ask(&self, mut request: FigureRequest) -> Result<Figure, ReportError> {
        request.partnership = self.partnership;
        request.as_of = self.as_of;
        // Boxed: a document waits for a score of them side by side, and each is a large future.
        Ok(Box::pin(self.store.compute(self.scope, &request)).await?)
    }

    /// A request over the document's period, of its municipality if it is of one.
    pub(crate) fn request(&self, code: FigureCode) -> FigureRequest {
        let request = FigureRequest::new(code, self.when.period);
        match self.municipality {
            None => request,
            Some(nis) => request.only(Dimension::Municipality, nis.to_string()),
        }
    }

    /// The last day of the period that has come.
    pub(crate) fn last_day(&self) -> Date {
        self.when.period.last().min(self.today)
    }

    /// Whether a day lies in the period and has come.
    pub(crate) fn covers(&self, day: Date) -> bool {
        self.when.period.contains(day) && day <= self.today
    }
}
