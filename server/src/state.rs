//! What the server is made of. Features take the part that they need.

use crate::{
    accounts::{attempts::Attempts, lookups::Lookups, passwords::Passwords},
    assets::Assets,
    attention::Attention,
    bans::Bans,
    broadcasts::Broadcasts,
    config::Config,
    console::Console,
    db::Db,
    door_log::Operations,
    files::Files,
    presence::Presence,
    push::Pushes,
    reach::Reports,
    receipts::Receipts,
    search::Index,
};
use axum::extract::FromRef;
use std::sync::Arc;

#[derive(Clone, FromRef)]
pub struct AppState {
    pub db: Db,
    pub files: Files,
    pub search: Index,
    pub config: Arc<Config>,
    pub broadcasts: Broadcasts,
    pub lookups: Lookups,
    pub presence: Presence,
    pub reports: Reports,
    pub attention: Attention,
    pub pushes: Pushes,
    pub receipts: Receipts,
    pub passwords: Passwords,
    pub attempts: Arc<Attempts>,
    pub assets: Arc<Assets>,
    pub bans: Bans,
    pub console: Console,
    pub operations: Operations,
}
