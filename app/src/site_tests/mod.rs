//! The site as a browser sees it, on a database of its own: every page and every form, without JavaScript.

mod check;
mod denominators;
mod desk;
mod devices;
mod doors;
mod evening;
mod figures;
mod late;
mod network;
mod programme;
mod public;
mod reports;
mod scan;
mod world;
