//! The core, with a clock that only goes when told, and a server that is this
//! test.

mod acknowledgements;
mod connecting;
mod harness;
mod heartbeat;
mod laws;
mod leaving;
mod limits;
mod reconnecting;
mod recovering;
mod talking;
mod tapping;
