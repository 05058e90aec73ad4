//! Accounts: who may come in. People, passwords, sessions, and the forms that change them.

pub mod attempts;
pub mod company;
pub mod expiry;
pub mod forms;
pub mod lookups;
pub mod passwords;
pub mod profile;
pub mod sessions;
pub mod store;

pub use sessions::Session;
