//! What the operator looks at: refusals, metrics, the machine.

pub mod machine;
pub mod metrics;
pub mod refusals;
mod remedies;
