//! What differs between the browser and the server that draws a page: the clock, the time zone,
//! where the page's data comes from, the connection. One side of it is compiled.

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "browser")]
mod notifying;
#[cfg(feature = "browser")]
mod outbox;
#[cfg(feature = "browser")]
mod upload;
#[cfg(feature = "browser")]
pub use browser::*;
#[cfg(feature = "browser")]
pub use notifying::*;
#[cfg(feature = "browser")]
pub use outbox::Outbox;
#[cfg(feature = "browser")]
pub use upload::{PickedFile, Sending, carries_files, dropped_files, pasted_files, picked_files, send_file};

#[cfg(not(feature = "browser"))]
mod server;
#[cfg(not(feature = "browser"))]
pub use server::*;
