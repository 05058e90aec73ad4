//! Data for the operator: refusals, metrics, the machine.

pub mod machine;
pub mod metrics;
pub mod refusals;
mod remedies;
