//! A frame as it is read and kept: without secrets, and no more of it than can be shown.

use common::{
    Millis,
    secrets::{MASK, mask, mask_all},
};
use socket::codec::{Body, Packet, Side, decode, dissect, engine::EnginePacket};

/// Of a longer frame only so many bytes are kept, at its beginning.
const KEPT: usize = 32 * 1024;

#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub from: Side,
    pub at: Millis,
    /// Bytes, as it was on the wire.
    pub size: usize,
    /// As it was on the wire, but for its secrets.
    pub text: String,
    /// Whether that is all of it.
    pub is_whole: bool,
}

/// What a frame says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Upkeep of the connection.
    Upkeep(EnginePacket),
    Packet(Packet),
    /// Why it cannot be read.
    Unreadable(String),
}

impl Frame {
    /// Keeps a frame of text, and reads it.
    pub fn of_text(from: Side, at: Millis, text: &str) -> (Self, Reading) {
        let (masked, reading) = read(text);
        let mut kept = masked.unwrap_or_else(|| text.to_owned());
        let is_whole = kept.len() <= KEPT;
        kept.truncate(kept.floor_char_boundary(KEPT));
        (Self { from, at, size: text.len(), text: kept, is_whole }, reading)
    }

    /// Of a frame of bytes, only how many there were is kept.
    pub fn of_bytes(from: Side, at: Millis, size: usize) -> Self {
        Self { from, at, size, text: String::new(), is_whole: false }
    }
}

/// What a frame says, and what it looks like without its secrets, if it has some.
fn read(text: &str) -> (Option<String>, Reading) {
    let packet = match EnginePacket::decode(text) {
        Ok(EnginePacket::Message(message)) => decode(&message).map(|(packet, _)| packet),
        Ok(upkeep) => {
            let masked = matches!(upkeep, EnginePacket::Open(_)).then(|| rewritten(text, true));
            return (masked, Reading::Upkeep(upkeep));
        }
        Err(error) => Err(error),
    };
    match packet {
        Ok(mut packet) => {
            let is_about_oneself = matches!(packet.body, Body::Connect(_));
            let masked = mask_body(&mut packet.body).then(|| rewritten(text, is_about_oneself));
            (masked, Reading::Packet(packet))
        }
        // Who knows what is in it.
        Err(error) => (Some(MASK.into()), Reading::Unreadable(error.to_string())),
    }
}

fn mask_body(body: &mut Body) -> bool {
    match body {
        Body::Connect(Some(credentials)) => mask_all(credentials),
        Body::Event { args, .. } | Body::Ack { args, .. } => {
            args.iter_mut().fold(false, |found, value| mask(value) | found)
        }
        Body::ConnectError { data: Some(data), .. } => mask(data),
        Body::Connect(None) | Body::Disconnect | Body::ConnectError { data: None, .. } => false,
    }
}

/// The frame with its JSON masked.
fn rewritten(text: &str, is_about_oneself: bool) -> String {
    let pieces = dissect(text).unwrap_or_default();
    let json = pieces.last().filter(|piece| piece.is_json).map(|piece| piece.text);
    let Some((json, mut value)) = json.and_then(|json| Some((json, serde_json::from_str(json).ok()?))) else {
        return MASK.into();
    };
    if is_about_oneself {
        mask_all(&mut value)
    } else {
        mask(&mut value)
    };
    format!("{}{value}", &text[..text.len() - json.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let (frame, _) = Frame::of_text(Side::Client, 0, text);
        assert_eq!(frame.size, text.len());
        frame.text
    }

    #[test]
    fn a_frame_without_secrets_is_kept_to_the_letter() {
        for text in ["2", "3probe", r#"42/chat,7["message:post",{"text":"my token",  "id": 1}]"#, "41/chat,"] {
            assert_eq!(kept(text), text);
        }
    }

    #[test]
    fn secrets_of_a_connection_are_masked() {
        let open = r#"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}"#;
        assert_eq!(kept(open), open.replace("abc", MASK));
        assert_eq!(
            kept(r#"40/chat,{"token":"abc","batch":true}"#),
            format!(r#"40/chat,{{"token":"{MASK}","batch":true}}"#)
        );
        assert_eq!(kept(r#"40/chat,{"sid":"abc","pid":"d"}"#), format!(r#"40/chat,{{"sid":"{MASK}","pid":"{MASK}"}}"#));
        assert_eq!(kept(r#"43/chat,7[{"ok":{"key":"abc"}}]"#), format!(r#"43/chat,7[{{"ok":{{"key":"{MASK}"}}}}]"#));
        let push =
            kept(r#"42/chat,8["push:subscribe",{"endpoint":"https://a.example/abc","p256dh":"abc","auth":"abc"}]"#);
        assert!(!push.contains("abc") && push.starts_with(r#"42/chat,8["push:subscribe",{"endpoint""#), "{push}");
    }

    #[test]
    fn what_cannot_be_read_is_not_shown_either() {
        for text in ["", "9abc", "42/chat,[\"a\",{\"token\":\"abc\"", "0abc"] {
            let (frame, reading) = Frame::of_text(Side::Server, 0, text);
            assert_eq!(frame.text, MASK);
            assert!(matches!(reading, Reading::Unreadable(_)));
        }
    }

    #[test]
    fn of_a_long_frame_the_beginning_is_kept() {
        let text = format!(r#"42/chat,["a","{}"]"#, "é".repeat(KEPT));
        let (frame, reading) = Frame::of_text(Side::Server, 0, &text);
        assert!(matches!(reading, Reading::Packet(_)));
        assert!(!frame.is_whole && frame.text.len() <= KEPT && text.starts_with(&frame.text));
        assert_eq!(frame.size, text.len());
    }
}
