//! Figures.
use domain::{PublishedTable};
use crate::{Store, Scope, FigureQuery};
use crate::error::Result;
impl Store {
    /// stub
    pub async fn figure(&self, _scope: &Scope, _query: FigureQuery) -> Result<PublishedTable> {
        Err(crate::Error::Invalid("not yet"))
    }
}
