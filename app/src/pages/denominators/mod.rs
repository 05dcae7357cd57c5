//! What figures are divided by (`/noemers`): a file is looked at first, then kept; and it can be taken back.

pub(crate) mod change;
pub(crate) mod page;
pub(crate) mod preview;
pub(crate) mod template;
pub(crate) mod upload;

/// Names of the fields, on the form and in what is confirmed.
pub(crate) mod field {
    /// The file.
    pub(crate) const FILE: &str = "bestand";
    /// What the file holds.
    pub(crate) const KIND: &str = "soort";
    /// Who counted.
    pub(crate) const SOURCE: &str = "bron";
    /// The day of that count.
    pub(crate) const DATED: &str = "datum";
    /// How the file is called.
    pub(crate) const NAME: &str = "naam";
    /// What the file says.
    pub(crate) const TEXT: &str = "inhoud";
    /// Id of the import: sent twice is kept once.
    pub(crate) const ID: &str = "id";
}
