//! The state of the routes. Each handler extracts only its part (`FromRef`).

use crate::{
    config::Config,
    http::{
        accounts::{attempts::Attempts, passwords::Passwords},
        assets::Assets,
    },
    realtime::{bans::Bans, presence::Presence, shared::Realtime},
};
use axum::extract::FromRef;
use std::sync::Arc;
use store::{db::Db, files::Files};

/// Handles to these services; cheap to clone.
#[derive(Clone, FromRef)]
pub struct HttpState {
    pub db: Db,
    pub files: Files,
    pub config: Arc<Config>,
    pub presence: Presence,
    pub passwords: Passwords,
    pub attempts: Arc<Attempts>,
    pub assets: Arc<Assets>,
    pub bans: Bans,
    pub realtime: Realtime,
}
