//! What there is to do: the list (`/activiteiten`), one activity, and the quick-add form.

pub(crate) mod add;
pub(crate) mod detail;
pub(crate) mod list;
