//! What is counted: the codes, the measures they are made of, the periods, the dimensions, and the tables before and after
//! disclosure control.

mod code;
mod column;
mod dimension;
mod figure;
mod grid;
pub mod interval;
mod measure;
mod period;
mod table;

pub use code::FigureCode;
pub use column::ColumnDefinition;
pub use dimension::{AgeBand, Dimension, NO_KEY};
pub use figure::{Figure, FigureCell, FigureColumn, FigureRow, Unit};
pub use measure::{CHEAP_UP_TO_CENTS, Measure, PAID_MORE_THAN_CENTS};
pub use period::{Period, PeriodError, PeriodKind};
pub use table::{Coverage, PublishedRow, PublishedTable, Suppression};
