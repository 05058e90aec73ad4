//! Notifications: what you are notified of, where, and why.

mod alerts;
mod attention;
mod device;
mod level;
mod quiet;
mod room;
mod settings;

pub use alerts::Alerts;
pub use attention::attend;
pub use device::Device;
pub use room::RoomNotifications;
pub use settings::NotificationSettings;
