//! Web Push: where a device takes notifications while no page is open.

use crate::{
    commands::command,
    hood::{InWords, Names},
};
use serde::{Deserialize, Serialize};

/// `push:key`: with which key this server signs what it pushes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPushKey {}
/// The public key, as a browser's `pushManager.subscribe` takes it: an uncompressed point of the curve
/// P-256, in base64url without padding (RFC 8292 section 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushKey {
    pub key: String,
}
command!(GetPushKey => "push:key", PushKey);

impl InWords<PushKey> for GetPushKey {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser asked with which key the server signs notifications.".into()
    }

    fn answered(&self, _: &PushKey, _: &dyn Names) -> String {
        "sent the public half of it".into()
    }
}

/// `push:subscribe`: from now on this session's device is told, too. It replaces what the session said
/// before, so sent again it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribePush {
    /// The address of the push service, at which the device waits.
    pub endpoint: String,
    /// What is sent is encrypted with these (RFC 8291), in base64url.
    pub p256dh: String,
    pub auth: String,
}
command!(SubscribePush => "push:subscribe", ());

impl InWords<()> for SubscribePush {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser said where it can be told of things while no page is open.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

/// `push:unsubscribe`: this session's device is not told any more. Sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsubscribePush {}
command!(UnsubscribePush => "push:unsubscribe", ());

impl InWords<()> for UnsubscribePush {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser asked not to be told of things any more while no page is open.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

/// `push:attend`: whether somebody is at this connection's device, so that nothing has to be pushed to
/// the others. A connection that has not said so does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attend {
    pub here: bool,
}
command!(Attend => "push:attend", ());

impl InWords<()> for Attend {
    fn asked(&self, _: &dyn Names) -> String {
        if self.here {
            "Your browser said that you are looking at this page.".into()
        } else {
            "Your browser said that you are not looking at this page.".into()
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

/// What is pushed, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub title: String,
    pub body: String,
    /// Two notifications with the same tag are one.
    pub tag: String,
    /// The path of the page to open.
    pub path: String,
}
