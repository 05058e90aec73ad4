//! <https://socket.io/docs/v4/socket-io-protocol/>, "Packet encoding", and the
//! examples of its appendix.

use serde_json::{Value, json};
use socket::codec::{Assembler, Body, Packet, encode, placeholder};

fn event(name: &str, args: &[Value], attachments: &[&[u8]], ack: Option<u64>) -> Body {
    let attachments = attachments.iter().map(|bytes| bytes.to_vec()).collect();
    Body::Event { name: name.into(), args: args.to_vec(), attachments, ack }
}

fn ack(id: u64, args: &[Value], attachments: &[&[u8]]) -> Body {
    let attachments = attachments.iter().map(|bytes| bytes.to_vec()).collect();
    Body::Ack { id, args: args.to_vec(), attachments }
}

fn refusal(message: &str, data: Option<Value>) -> Body {
    Body::ConnectError { message: message.into(), data }
}

/// The packet is written as `text` and its attachments, and read from them.
#[track_caller]
fn is_written(namespace: &str, body: Body, text: &str) {
    let packet = Packet::new(namespace, body);
    let (written, attachments) = encode(packet.clone());
    assert_eq!(written, text);
    assert_eq!(read(text, &attachments), Some(packet));
}

fn read(text: &str, attachments: &[Vec<u8>]) -> Option<Packet> {
    let mut assembler = Assembler::default();
    let mut packet = assembler.text(text).expect("a packet");
    for attachment in attachments {
        assert_eq!(packet, None, "complete before its attachments came");
        packet = assembler.binary(attachment.clone()).expect("an attachment");
    }
    packet
}

#[test]
fn connecting_to_the_main_namespace() {
    is_written("/", Body::Connect(None), "0");
    is_written("/", Body::Connect(Some(json!({ "token": "123" }))), r#"0{"token":"123"}"#);
    let sid = json!({ "sid": "wZX3oN0bSVIhsaknAAAI" });
    is_written("/", Body::Connect(Some(sid)), r#"0{"sid":"wZX3oN0bSVIhsaknAAAI"}"#);
}

#[test]
fn connecting_to_another_namespace() {
    is_written("/admin", Body::Connect(None), "0/admin,");
    let sid = json!({ "sid": "oSO0OpakMV_3jnilAAAA" });
    is_written("/admin", Body::Connect(Some(sid)), r#"0/admin,{"sid":"oSO0OpakMV_3jnilAAAA"}"#);
}

#[test]
fn a_refused_connection() {
    is_written("/", refusal("Not authorized", None), r#"4{"message":"Not authorized"}"#);
    let data = json!({ "code": "E001" });
    let text = r#"4/admin,{"message":"Not authorized","data":{"code":"E001"}}"#;
    let packet = read(text, &[]).expect("complete");
    assert_eq!(packet, Packet::new("/admin", refusal("Not authorized", Some(data))));
}

#[test]
fn a_refusal_of_an_old_server_is_a_bare_string() {
    let packet = read(r#"4"Not authorized""#, &[]);
    assert_eq!(packet, Some(Packet::new("/", refusal("Not authorized", None))));
}

#[test]
fn an_event() {
    is_written("/", event("foo", &[], &[], None), r#"2["foo"]"#);
    is_written("/admin", event("bar", &[], &[], None), r#"2/admin,["bar"]"#);
}

#[test]
fn an_event_that_asks_for_an_acknowledgement() {
    is_written("/", event("foo", &[], &[], Some(12)), r#"212["foo"]"#);
    let args = [json!(1), json!("2"), json!({ "a": [null] })];
    is_written("/admin", event("b\"r", &args, &[], Some(0)), r#"2/admin,0["b\"r",1,"2",{"a":[null]}]"#);
}

#[test]
fn an_acknowledgement() {
    is_written("/", ack(12, &[json!("bar")], &[]), r#"312["bar"]"#);
    is_written("/admin", ack(13, &[json!("bar")], &[]), r#"3/admin,13["bar"]"#);
    is_written("/admin", ack(456, &[], &[]), "3/admin,456[]");
}

#[test]
fn leaving_a_namespace() {
    is_written("/", Body::Disconnect, "1");
    is_written("/admin", Body::Disconnect, "1/admin,");
    assert_eq!(read("1/admin", &[]), Some(Packet::new("/admin", Body::Disconnect)));
}

#[test]
fn an_event_with_attachments() {
    is_written(
        "/",
        event("baz", &[placeholder(0)], &[&[1, 2, 3]], None),
        r#"51-["baz",{"_placeholder":true,"num":0}]"#,
    );
    is_written(
        "/admin",
        event("baz", &[placeholder(0), placeholder(1)], &[&[1, 2, 3], &[4, 5, 6]], Some(7)),
        r#"52-/admin,7["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#,
    );
}

#[test]
fn an_acknowledgement_with_attachments() {
    is_written(
        "/",
        ack(15, &[json!("bar"), placeholder(0)], &[&[1, 2, 3, 4]]),
        r#"61-15["bar",{"_placeholder":true,"num":0}]"#,
    );
}

#[test]
fn a_binary_event_that_announces_no_attachments_is_complete_at_once() {
    assert_eq!(read(r#"50-["foo"]"#, &[]), Some(Packet::new("/", event("foo", &[], &[], None))));
}

#[test]
fn placeholders_in_a_plain_event_are_ordinary_data() {
    is_written("/", event("foo", &[placeholder(9)], &[], None), r#"2["foo",{"_placeholder":true,"num":9}]"#);
}
