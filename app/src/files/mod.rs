//! Files: on their way up beside the composer, and in the messages that have them.

mod attached;
mod drop;
mod sending;
mod tray;
mod viewer;

pub use attached::Attached;
pub use drop::DropTarget;
pub use tray::Tray;
pub use viewer::Viewer;
