//! What stands on every way in. Connect middleware decides whether a socket may enter a namespace; event
//! middleware whether an event may pass. Both are chains of small links with a name each. Requests for pages,
//! forms and files have one of their own. What is refused is in the door log, under the link's name.

pub mod connect;
pub mod event;
pub mod requests;
