//! What routes need of the server. Each handler takes the part that it needs.

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

/// Handles to what routes use; cheap to clone.
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
