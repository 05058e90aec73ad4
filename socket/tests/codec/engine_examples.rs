//! <https://socket.io/docs/v4/engine-io-protocol/>, "Packet encoding" and "Handshake".

use std::time::Duration;

use socket::codec::engine::{EnginePacket, Handshake};

#[test]
fn the_handshake_of_the_document_is_read() {
    let frame = r#"0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
    let Ok(EnginePacket::Open(handshake)) = EnginePacket::decode(frame) else {
        panic!("not a handshake");
    };
    assert_eq!(handshake.sid, "lv_VI97HAXpY6yYWAAAC");
    assert_eq!(handshake.patience(), Duration::from_secs(45));
}

#[test]
fn the_packets_of_the_document_are_read_and_written() {
    for (frame, packet) in [
        ("1", EnginePacket::Close),
        ("2", EnginePacket::Ping(String::new())),
        ("2probe", EnginePacket::Ping("probe".into())),
        ("3probe", EnginePacket::Pong("probe".into())),
        ("4hello", EnginePacket::Message("hello".into())),
        ("4€", EnginePacket::Message("€".into())),
        ("5", EnginePacket::Upgrade),
        ("6", EnginePacket::Noop),
    ] {
        assert_eq!(EnginePacket::decode(frame).as_ref(), Ok(&packet));
        assert_eq!(packet.encode(), frame);
    }
}

#[test]
fn patience_without_end_does_not_overflow() {
    let handshake = Handshake { sid: "a".into(), ping_interval: u64::MAX, ping_timeout: 1 };
    assert_eq!(handshake.patience(), Duration::from_millis(u64::MAX));
}
