//! Web Push: where a device takes notifications while no page is open.

use crate::{commands::command, secrets::Secret};
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

/// `push:subscribe`: from now on this session's device is told, too. It replaces what the session said
/// before, so sent again it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscribePush {
    /// The address of the push service, at which the device waits.
    pub endpoint: Secret<String>,
    /// What is sent is encrypted with these (RFC 8291), in base64url.
    pub p256dh: Secret<String>,
    pub auth: Secret<String>,
}
command!(SubscribePush => "push:subscribe", ());

/// `push:unsubscribe`: this session's device is not told any more. Sent again, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsubscribePush {}
command!(UnsubscribePush => "push:unsubscribe", ());

/// `push:attend`: whether someone is at this connection's device, so that nothing has to be pushed to
/// the others. A connection that has not said so does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAttention {
    pub here: bool,
}
command!(SetAttention => "push:attend", ());

/// What is pushed, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushNotification {
    pub title: String,
    pub body: String,
    /// Two notifications with the same tag are one.
    pub tag: String,
    /// The path of the page to open.
    pub path: String,
}
