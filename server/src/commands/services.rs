//! The server's services for handlers of commands.

use crate::{
    config::Config,
    jobs::{console::Console, push::Pushes, retention::Retention},
    realtime::{
        attention::Attention, bans::Bans, broadcasts::Broadcasts, delivery::DeliveryReceipts, presence::Presence,
        receipts::Receipts, shared::Realtime,
    },
};
use std::sync::Arc;
use store::{db::Db, files::Files, search::Index};

/// Handles to these services; cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub db: Db,
    pub search: Index,
    pub config: Arc<Config>,
    pub files: Files,
    pub broadcasts: Broadcasts,
    pub presence: Presence,
    pub deliveries: DeliveryReceipts,
    pub attention: Attention,
    pub pushes: Pushes,
    pub receipts: Receipts,
    pub retention: Retention,
    pub bans: Bans,
    pub console: Console,
    pub realtime: Realtime,
}
