//! What is counted: the codes, the periods, the dimensions, and the table before and after disclosure control.

mod code;
mod dimension;
mod period;
mod table;

pub use code::FigureCode;
pub use dimension::Dimension;
pub use period::{Period, PeriodError, PeriodKind};
pub use table::{Coverage, PublishedRow, PublishedTable, RawCell, RawTable, Suppression};
