//! Workspaces, people and devices, with verbs that say what people do.

mod device;
mod disk;
mod files;
mod person;
mod polling;
mod raw;
mod stored;
mod visitor;
mod web;
mod workspace;

pub use device::{Device, knock, reply};
pub use disk::SmallDisk;
pub use files::{bomb, photo, picture, post_with};
pub use person::Person;
pub use polling::Polling;
pub use raw::RawSocket;
pub use visitor::{Visitor, door};
pub use web::{Received, Web};
pub use workspace::Workspace;

use common::{Code, Refusal};
use std::{fmt::Debug, time::Duration};

/// The password of all people.
pub const PASSWORD: &str = "correct horse battery staple";

/// Waits, with a limit.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(Duration::from_secs(10), future).await {
        Ok(value) => value,
        Err(_) => panic!("waited ten seconds in vain: {what}"),
    }
}

/// The code of the expected refusal.
pub fn code<T: Debug>(result: Result<T, Refusal>) -> Code {
    result.expect_err("this should have been refused").code
}

/// The payload of the device's next event of a kind: `hears!(grace, MessagePosted)`.
macro_rules! hears {
    ($device:expr, $event:ident) => {
        $device
            .hears(stringify!($event), |event| match event {
                common::ServerEvent::$event(payload) => Some(payload),
                _ => None,
            })
            .await
    };
}
pub(crate) use hears;
