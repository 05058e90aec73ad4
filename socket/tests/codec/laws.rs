//! What holds for any packet and any input.

use proptest::prelude::*;
use serde_json::{Map, Value};
use socket::codec::engine::{EnginePacket, Handshake};
use socket::codec::{Assembler, Body, Packet, encode, placeholder};

pub fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            object(inner).prop_map(Value::from),
        ]
    })
}

pub fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(any::<String>(), value, 0..6).prop_map(Map::from_iter)
}

fn namespace() -> impl Strategy<Value = String> {
    prop_oneof![Just("/".to_owned()), "/[^,]{0,12}"]
}

/// Arguments, and attachments that a placeholder stands for each.
pub fn content() -> impl Strategy<Value = (Vec<Value>, Vec<Vec<u8>>)> {
    let attachments = prop::collection::vec(any::<Vec<u8>>(), 0..4);
    (prop::collection::vec(json(), 0..4), attachments).prop_map(|(mut args, attachments)| {
        args.extend((0..attachments.len()).map(placeholder));
        (args, attachments)
    })
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        prop::option::of(object(json()).prop_map(Value::from)).prop_map(Body::Connect),
        Just(Body::Disconnect),
        (any::<String>(), content(), any::<Option<u64>>()).prop_map(|(name, (args, attachments), ack)| Body::Event {
            name,
            args,
            attachments,
            ack
        }),
        (any::<u64>(), content()).prop_map(|(id, (args, attachments))| Body::Ack { id, args, attachments }),
        (any::<String>(), prop::option::of(json())).prop_map(|(message, data)| Body::ConnectError { message, data }),
    ]
}

fn engine_packet() -> impl Strategy<Value = EnginePacket> {
    prop_oneof![
        (any::<String>(), any::<u64>(), any::<u64>()).prop_map(|(sid, ping_interval, ping_timeout)| {
            EnginePacket::Open(Handshake { sid, ping_interval, ping_timeout })
        }),
        Just(EnginePacket::Close),
        any::<String>().prop_map(EnginePacket::Ping),
        any::<String>().prop_map(EnginePacket::Pong),
        any::<String>().prop_map(EnginePacket::Message),
        Just(EnginePacket::Upgrade),
        Just(EnginePacket::Noop),
    ]
}

/// Text that gets further than arbitrary text does.
fn almost_a_packet() -> impl Strategy<Value = String> {
    r#"[0-7]{0,2}([0-9]{0,22}-)?(/[a-z]{0,3},?)?[0-9]{0,22}[\[\{]?("[a-z]{0,3}",?)?[0-9\]\}]{0,3}"#
}

proptest! {
    #[test]
    fn any_packet_survives_the_wire(namespace in namespace(), body in body()) {
        let packet = Packet::new(namespace, body);
        let (text, attachments) = encode(packet.clone());
        let mut assembler = Assembler::default();
        let mut received = assembler.text(&text).expect("text");
        for attachment in attachments {
            prop_assert_eq!(received, None);
            received = assembler.binary(attachment).expect("attachment");
        }
        prop_assert_eq!(received, Some(packet));
    }

    #[test]
    fn any_engine_packet_survives_the_wire(packet in engine_packet()) {
        prop_assert_eq!(EnginePacket::decode(&packet.encode()), Ok(packet));
    }

    #[test]
    fn no_text_makes_decoding_panic(text in any::<String>()) {
        let _ = EnginePacket::decode(&text);
        let _ = Assembler::default().text(&text);
    }

    #[test]
    fn no_sequence_of_frames_makes_decoding_panic(
        frames in prop::collection::vec(prop_oneof![almost_a_packet().prop_map(Ok), any::<Vec<u8>>().prop_map(Err)], 0..20),
    ) {
        let mut assembler = Assembler::default();
        for frame in frames {
            let _ = match frame {
                Ok(text) => assembler.text(&text),
                Err(bytes) => assembler.binary(bytes),
            };
        }
    }

    #[test]
    fn what_was_read_once_is_read_the_same_again(text in almost_a_packet()) {
        if let Ok(Some(packet)) = Assembler::default().text(&text) {
            let (again, _) = encode(packet.clone());
            prop_assert_eq!(Assembler::default().text(&again), Ok(Some(packet)));
        }
    }
}
