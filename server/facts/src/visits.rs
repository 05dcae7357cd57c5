//! The visits: an array a property, the visits of a holder side by side in order of time.

use crate::day::{Day, number};
use crate::input::Visit;

/// Where something of one holder lies in its arrays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Span {
    pub(crate) const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.len == 0
    }
}

macro_rules! columns {
    ($($(#[$meta:meta])* $name:ident: $type:ty),+ $(,)?) => {
        /// 28 bytes a visit.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Visits {
            $($(#[$meta])* pub(crate) $name: Vec<$type>,)+
        }

        impl Visits {
            /// Copies the given spans into new arrays, one array at a time so that only one is there twice.
            fn keep(&mut self, spans: &[Span]) {
                $(
                    let mut kept = Vec::with_capacity(spans.iter().map(|span| span.len as usize).sum());
                    for span in spans {
                        kept.extend_from_slice(self.$name.get(span.range()).unwrap_or_default());
                    }
                    self.$name = kept;
                )+
            }

            fn shorten(&mut self, len: usize) {
                $(self.$name.truncate(len);)+
            }

            pub(crate) fn reserve(&mut self, more: usize) {
                $(self.$name.reserve_exact(more);)+
            }
        }
    };
}

columns! {
    day: Day,
    activity: u32,
    price: u32,
    pass_price: u32,
    minutes: u32,
    municipality: u16,
    organiser_municipality: u16,
    activity_type: u16,
    /// 0: no taalicoon.
    taalicoon: u8,
    manual: bool,
}

impl Visits {
    pub(crate) fn len(&self) -> usize {
        self.day.len()
    }

    fn push(&mut self, visit: &Visit) {
        self.day.push(number(visit.day));
        self.activity.push(visit.activity);
        self.price.push(visit.price_cents);
        self.pass_price.push(visit.pass_price_cents);
        self.minutes.push(visit.minutes);
        self.municipality.push(visit.municipality);
        self.organiser_municipality.push(visit.organiser_municipality);
        self.activity_type.push(visit.activity_type);
        self.taalicoon.push(visit.taalicoon);
        self.manual.push(visit.manual);
    }

    /// Puts these visits in the place of those at `old`; says where they are now. What was there before is garbage, unless
    /// it was last.
    pub(crate) fn replace(&mut self, old: Span, new: &[Visit]) -> Span {
        if old.range().end == self.len() {
            self.shorten(old.range().start);
        }
        let start = u32::try_from(self.len()).unwrap_or(u32::MAX);
        for visit in new {
            self.push(visit);
        }
        Span {
            start,
            len: u32::try_from(new.len()).unwrap_or(u32::MAX),
        }
    }

    /// Throws the garbage away; the spans, in their order, lie one after the other then.
    pub(crate) fn compact<'s>(&mut self, spans: impl Iterator<Item = &'s mut Span>) {
        let mut spans: Vec<&mut Span> = spans.collect();
        let before: Vec<Span> = spans.iter().map(|span| **span).collect();
        self.keep(&before);
        let mut start = 0;
        for span in &mut spans {
            span.start = start;
            start += span.len;
        }
    }
}
