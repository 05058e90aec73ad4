//! HTTP: routes, pages, forms, files.

pub mod accounts;
pub mod assets;
pub mod emoji;
pub mod files;
pub mod guard;
pub mod pages;
pub mod previews;
pub mod routes;
pub mod service_worker;
pub mod state;
pub mod status;
pub mod styles;
