//! Small pieces that every feature uses: texts, effects, keyed lists, icons, dialogs, times.

mod debounce;
mod dialog;
mod icon;
mod keyed_list;
mod not_found;
mod problem;
mod reactive;
mod time;

pub use debounce::Debounce;
pub use dialog::Modal;
pub use icon::{Avatar, Icon, avatar_of, regular};
pub use keyed_list::{definitions, keyed_list};
pub use not_found::NotFound;
pub use problem::Problem;
pub use reactive::{effect, handle, reactive_view, text, track};
pub use time::{Zone, iso_date};
