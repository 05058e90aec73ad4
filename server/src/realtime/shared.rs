//! State that all connections share.

use super::{broadcasts::Broadcasts, connections::Connections, rates::Rates};
use crate::operations::{metrics::Metrics, refusals::RefusalLog};
use std::sync::Arc;
use store::db::Db;

/// Handles to the shared state; cheap to clone.
#[derive(Clone)]
pub struct Realtime {
    pub connections: Connections,
    pub refusals: RefusalLog,
    pub metrics: Arc<Metrics>,
    pub rates: Arc<Rates>,
    pub broadcasts: Broadcasts,
    pub db: Db,
}
