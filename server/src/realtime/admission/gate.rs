//! Dependencies of the admission checks.

use crate::{
    config::Config,
    realtime::{bans::Bans, session_lookups::Lookups, shared::Realtime},
};
use std::sync::Arc;

/// Handles for admission; cheap to clone.
#[derive(Clone)]
pub struct Gate {
    pub config: Arc<Config>,
    pub bans: Bans,
    pub lookups: Lookups,
    pub realtime: Realtime,
}
