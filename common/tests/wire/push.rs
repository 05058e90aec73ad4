//! What a device says to be told while no page is open, and what it is told then.

use crate::snapshots::{assert_exchange, assert_snapshot};
use common::push::{GetPushKey, PushKey, PushNotification, SetAttention, SubscribePush, UnsubscribePush};

/// The key of the example in RFC 8291, appendix A.
const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

#[test]
fn a_device_subscribes_with_the_servers_key_and_leaves_again() {
    assert_exchange(GetPushKey {}, PushKey { key: KEY.into() });
    let endpoint = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".into();
    assert_exchange(SubscribePush { endpoint, p256dh: KEY.into(), auth: "BTBZMqHH6r4Tts7J_aSIgg".into() }, ());
    assert_exchange(UnsubscribePush {}, ());
}

#[test]
fn a_connection_says_whether_somebody_is_there() {
    assert_exchange(SetAttention { here: true }, ());
}

#[test]
fn what_is_pushed_says_what_to_show_and_what_to_open() {
    let notice = PushNotification {
        title: "Ada Lovelace mentioned you in #general".into(),
        body: "Hello, Grace!".into(),
        tag: "019b077d-2280-7000-8000-0000000000c1".into(),
        path: "/rooms/019b077d-2280-7000-8000-0000000000b1/3".into(),
    };
    assert_snapshot("push_notice", &notice);
}
