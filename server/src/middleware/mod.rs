//! What stands on every way in. Connect middleware decides whether a socket may enter a namespace; event
//! middleware whether an event may pass. Each is a chain of small links with a name each; what a link
//! refuses is in the door log under its name.

pub mod connect;
pub mod event;
