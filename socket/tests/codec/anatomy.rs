use socket::codec::engine::EnginePacket;
use socket::codec::{Side, decode, dissect};

/// The parts of a frame and what they are called.
fn parts(frame: &str) -> Vec<(&str, &str)> {
    let pieces = dissect(frame).expect("it is a frame");
    assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), frame);
    pieces.into_iter().map(|piece| (piece.text, piece.name)).collect()
}

#[test]
fn a_frame_is_taken_apart_into_what_its_characters_are_for() {
    assert_eq!(
        parts(r#"42/chat,17["message:post",{}]"#),
        [
            ("4", "Engine.IO: message"),
            ("2", "Socket.IO: event"),
            ("/chat,", "Namespace"),
            ("17", "Number"),
            (r#"["message:post",{}]"#, "Name and payload"),
        ]
    );
    assert_eq!(
        parts(r#"43/chat,17[{"ok":null}]"#)[1..],
        [
            ("3", "Socket.IO: acknowledgement"),
            ("/chat,", "Namespace"),
            ("17", "Number"),
            (r#"[{"ok":null}]"#, "Answer"),
        ]
    );
    assert_eq!(parts("2"), [("2", "Engine.IO: ping")]);
    assert_eq!(parts("3probe"), [("3", "Engine.IO: pong"), ("probe", "Data")]);
    assert_eq!(parts("40/chat,")[1..], [("0", "Socket.IO: connect"), ("/chat,", "Namespace")]);
    assert_eq!(parts("41/chat")[1..], [("1", "Socket.IO: disconnect"), ("/chat", "Namespace")]);
    assert_eq!(
        parts(r#"451-["a",{"_placeholder":true,"num":0}]"#)[1..3],
        [("5", "Socket.IO: event"), ("1-", "Attachments")]
    );
    assert_eq!(parts(r#"44{"message":"no"}"#)[2], (r#"{"message":"no"}"#, "Reason"));
}

#[test]
fn what_cannot_be_read_is_not_taken_apart() {
    for frame in ["", "9", "4", "49", "42{}", "42/chat,[", "1x", "é"] {
        assert!(dissect(frame).is_err(), "{frame}");
    }
}

#[test]
fn upkeep_is_told_in_plain_words() {
    let words = |frame: &str, from| EnginePacket::decode(frame).expect("it is a frame").in_words(from, "your browser");
    let open = r#"0{"sid":"a","pingInterval":25000,"pingTimeout":20000}"#;
    assert_eq!(
        words(open, Side::Server),
        "The server answered. Every 25 s it will ask whether your browser is still there."
    );
    let heartbeat = format!("{} {}", words("2", Side::Server), words("3", Side::Client));
    assert_eq!(heartbeat, "The server asked: still there? Your browser answered.");
    assert_eq!(words("1", Side::Server), "The server closed the connection.");
    assert_eq!(words("5", Side::Client), "Your browser changed to a better kind of connection.");
    assert_eq!(words("6", Side::Server), "The server said nothing, to end a wait.");
    assert_eq!(words("4", Side::Server), "The server sent a message.");
}

#[test]
fn so_are_packets_whose_events_are_not_known() {
    let words = |packet: &str, from| decode(packet).expect("it is a packet").0.in_words(from, "your browser");
    assert_eq!(words("0/chat,", Side::Client), "Your browser asked to be let into /chat.");
    assert_eq!(words(r#"0/chat,{"sid":"a"}"#, Side::Server), "The server let your browser into /chat.");
    assert_eq!(words("1/chat,", Side::Client), "Your browser left /chat.");
    assert_eq!(words("1/chat,", Side::Server), "The server put your browser out of /chat.");
    assert_eq!(words(r#"2/chat,["tea"]"#, Side::Server), "The server sent “tea”.");
    assert_eq!(words("3/chat,7[]", Side::Client), "Your browser answered question 7.");
    let refused = r#"4/chat,{"message":"no"}"#;
    assert_eq!(words(refused, Side::Server), "The server did not let your browser into /chat.");
}
