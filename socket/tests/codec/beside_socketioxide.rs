//! Beside the parser of the server that we talk to: each reads what the other writes.

use crate::laws::{content, json, object};
use bytes::Bytes;
use proptest::prelude::*;
use serde_json::Value;
use socket::codec::{Assembler, Body, Packet, encode};
use socketioxide_core::{
    Str, Value as Theirs,
    packet::{Packet as TheirPacket, PacketData},
    parser::{Parse, ParseConfig, ParseError, ParserState},
};
use socketioxide_parser_common::CommonParser;

/// The server cuts a namespace off at its query.
fn namespace() -> impl Strategy<Value = String> {
    prop_oneof![Just("/".to_owned()), "/[^,?]{0,12}"]
}

/// The server counts acknowledgements with signed numbers.
fn ack() -> impl Strategy<Value = u64> {
    0..=i64::MAX.unsigned_abs()
}

/// What a client sends.
fn from_client() -> impl Strategy<Value = Body> {
    prop_oneof![
        prop::option::of(object(json()).prop_map(Value::from)).prop_map(Body::Connect),
        Just(Body::Disconnect),
        (any::<String>(), content(), prop::option::of(ack()))
            .prop_map(|(name, (args, attachments), ack)| Body::Event { name, args, attachments, ack }),
        (ack(), content()).prop_map(|(id, (args, attachments))| Body::Ack { id, args, attachments }),
    ]
}

/// What the server's parser makes of our frames.
fn read_by_them(text: String, attachments: Vec<Vec<u8>>) -> Result<TheirPacket, ParseError> {
    let (config, state) = (ParseConfig::default(), ParserState::default());
    let mut read = CommonParser.decode_str(&config, &state, text.into());
    for attachment in attachments {
        assert!(matches!(read, Err(ParseError::NeedsMoreBinaryData)), "{read:?}");
        read = CommonParser.decode_bin(&config, &state, Bytes::from(attachment));
    }
    read
}

fn parts(value: &Theirs) -> (Value, Vec<Vec<u8>>) {
    let Theirs::Str(text, attachments) = value else { panic!("{value:?}") };
    let attachments = attachments.iter().flatten().map(|bytes| bytes.to_vec()).collect();
    (serde_json::from_str(text).expect("JSON"), attachments)
}

/// Their packet, in our terms.
fn translated(packet: &TheirPacket) -> Packet {
    let event = |value, ack: Option<i64>| {
        let (Value::Array(mut args), attachments) = parts(value) else { panic!("{value:?}") };
        let name = args.remove(0).as_str().expect("a name").to_owned();
        Body::Event { name, args, attachments, ack: ack.map(i64::unsigned_abs) }
    };
    let answer = |value, id: i64| {
        let (Value::Array(args), attachments) = parts(value) else { panic!("{value:?}") };
        Body::Ack { id: id.unsigned_abs(), args, attachments }
    };
    let body = match &packet.inner {
        PacketData::Connect(auth) => Body::Connect(auth.as_ref().map(|auth| parts(auth).0)),
        PacketData::Disconnect => Body::Disconnect,
        PacketData::Event(value, ack) | PacketData::BinaryEvent(value, ack) => event(value, *ack),
        PacketData::EventAck(value, id) | PacketData::BinaryAck(value, id) => answer(value, *id),
        PacketData::ConnectError(message) => Body::ConnectError { message: message.clone(), data: None },
    };
    Packet::new(packet.ns.to_string(), body)
}

/// What the server sends: arguments of an event, or of an acknowledgement, bytes among them.
fn from_server() -> impl Strategy<Value = PacketData> {
    let args = || (prop::collection::vec(json(), 0..4), prop::collection::vec(any::<Vec<u8>>(), 0..4));
    let written = |(args, attachments): (Vec<Value>, Vec<Vec<u8>>), event: Option<&str>| {
        let mut all: Vec<Sent> = args.into_iter().map(Sent::Json).collect();
        all.extend(attachments.into_iter().map(|bytes| Sent::Bytes(Bytes::from(bytes))));
        CommonParser.encode_value(&Args(all), event).expect("it can be written")
    };
    let is_binary = |value: &Theirs| matches!(value, Theirs::Str(_, Some(bytes)) if !bytes.is_empty());
    prop_oneof![
        object(json()).prop_map(|auth| {
            PacketData::Connect(Some(Theirs::Str(Str::from(Value::from(auth).to_string()), None)))
        }),
        Just(PacketData::Disconnect),
        any::<String>().prop_map(PacketData::ConnectError),
        (any::<String>(), args(), prop::option::of(ack())).prop_map(move |(name, args, ack)| {
            let (value, ack) = (written(args, Some(&name)), ack.map(u64::cast_signed));
            if is_binary(&value) { PacketData::BinaryEvent(value, ack) } else { PacketData::Event(value, ack) }
        }),
        (args(), ack()).prop_map(move |(args, id)| {
            let (value, id) = (written(args, None), id.cast_signed());
            if is_binary(&value) { PacketData::BinaryAck(value, id) } else { PacketData::EventAck(value, id) }
        }),
    ]
}

/// One argument. Bytes are written as bytes, which the parser makes attachments of.
enum Sent {
    Json(Value),
    Bytes(Bytes),
}

/// Several arguments are a tuple to the parser.
struct Args(Vec<Sent>);

impl serde::Serialize for Args {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeTuple;
        let mut tuple = serializer.serialize_tuple(self.0.len())?;
        for arg in &self.0 {
            match arg {
                Sent::Json(value) => tuple.serialize_element(value)?,
                Sent::Bytes(bytes) => tuple.serialize_element(bytes)?,
            }
        }
        tuple.end()
    }
}

proptest! {
    #[test]
    fn the_server_reads_what_we_write(namespace in namespace(), body in from_client()) {
        let packet = Packet::new(namespace, body);
        let (text, attachments) = encode(packet.clone());
        let read = read_by_them(text, attachments).expect("the server reads it");
        prop_assert_eq!(translated(&read), packet);
    }

    #[test]
    fn we_read_what_the_server_writes(namespace in namespace(), inner in from_server()) {
        let packet = TheirPacket { inner, ns: namespace.into() };
        let Theirs::Str(text, attachments) = CommonParser.encode(packet.clone()) else { panic!("not a text") };
        let mut assembler = Assembler::default();
        let mut read = assembler.text(&text).expect("we read it");
        for attachment in attachments.into_iter().flatten() {
            prop_assert_eq!(read, None);
            read = assembler.binary(attachment.to_vec()).expect("we read its attachment");
        }
        prop_assert_eq!(read, Some(translated(&packet)));
    }
}
