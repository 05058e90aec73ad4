//! A frame as it is read and kept: without secrets, and no more of it than can be shown.

use common::{
    Millis,
    secrets::{MASK, Secrets},
};
use serde_json::Value;
use socket::codec::{Packet, Side, decode, dissect, engine::EnginePacket};

/// The bytes that are kept of a longer frame, from its beginning.
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

/// A frame whose secrets are not known yet, so it cannot be kept.
pub struct Unmasked {
    from: Side,
    at: Millis,
    text: String,
}

impl Unmasked {
    /// Reads a frame of text.
    pub fn read(from: Side, at: Millis, text: String) -> (Self, Reading) {
        let reading = match EnginePacket::decode(&text) {
            Ok(EnginePacket::Message(message)) => decode(&message).map(|(packet, _)| Reading::Packet(packet)),
            Ok(upkeep) => Ok(Reading::Upkeep(upkeep)),
            Err(error) => Err(error),
        };
        (Self { from, at, text }, reading.unwrap_or_else(|error| Reading::Unreadable(error.to_string())))
    }

    pub fn from(&self) -> Side {
        self.from
    }

    /// The frame without its secrets, and no more of it than can be shown. A frame without secrets stays to the letter.
    pub fn masked(self, secrets: &Secrets) -> Frame {
        let Self { from, at, mut text } = self;
        let size = text.len();
        mask(&mut text, secrets);
        let is_whole = text.len() <= KEPT;
        text.truncate(text.floor_char_boundary(KEPT));
        Frame { from, at, size, text, is_whole }
    }

    /// What does not keep to the protocol is not shown at all.
    pub fn hidden(self) -> Frame {
        Frame { from: self.from, at: self.at, size: self.text.len(), text: MASK.into(), is_whole: true }
    }
}

impl Frame {
    /// Of a frame of bytes, only their number is kept.
    pub fn of_bytes(from: Side, at: Millis, size: usize) -> Self {
        Self { from, at, size, text: String::new(), is_whole: false }
    }
}

/// Masks the secrets in the JSON of a frame. The name of an event stays.
fn mask(text: &mut String, secrets: &Secrets) {
    let pieces = dissect(text).unwrap_or_default();
    let is_event = text.starts_with("42") || text.starts_with("45");
    let Some(json) = pieces.last().filter(|piece| piece.is_json).map(|piece| piece.text) else { return };
    let before = text.len() - json.len();
    let masked = serde_json::from_str::<Value>(json).map(|mut value| {
        let is_masked = match value.as_array_mut().filter(|_| is_event) {
            Some(arguments) => arguments.iter_mut().skip(1).fold(false, |masked, value| secrets.mask(value) | masked),
            None => secrets.mask(&mut value),
        };
        is_masked.then(|| value.to_string())
    });
    match masked {
        Ok(None) => {}
        Ok(Some(masked)) => text.replace_range(before.., &masked),
        Err(_) => text.replace_range(before.., MASK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(text: &str, secrets: &Secrets) -> String {
        let (frame, _) = Unmasked::read(Side::Client, 0, text.into());
        let frame = frame.masked(secrets);
        assert_eq!(frame.size, text.len());
        frame.text
    }

    #[test]
    fn a_frame_without_secrets_is_kept_to_the_letter() {
        for text in ["2", "3probe", r#"42/chat,7["message:post",{"text":"my token",  "id": 1}]"#, "41/chat,"] {
            assert_eq!(kept(text, &Secrets::none()), text);
        }
    }

    #[test]
    fn secrets_are_masked_and_the_frame_keeps_its_shape() {
        let secrets = Secrets::of(&json!(["abc", 7]));
        assert_eq!(
            kept(r#"43/chat,7[{"ok":{"token":"abc", "name":"b"}}]"#, &secrets),
            format!(r#"43/chat,7[{{"ok":{{"token":"{MASK}","name":"b"}}}}]"#)
        );
        assert_eq!(kept(r#"42/chat,8["abc",{"pin":7}]"#, &secrets), format!(r#"42/chat,8["abc",{{"pin":"{MASK}"}}]"#));
    }

    #[test]
    fn every_text_is_masked_but_the_name_of_an_event() {
        let open = r#"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}"#;
        assert_eq!(kept(open, &Secrets::Everything), open.replace("abc", MASK));
        assert_eq!(
            kept(r#"40/chat,{"token":"abc","batch":true}"#, &Secrets::Everything),
            format!(r#"40/chat,{{"token":"{MASK}","batch":true}}"#)
        );
        assert_eq!(
            kept(r#"42/chat,["name",{"a":"b"}]"#, &Secrets::Everything),
            format!(r#"42/chat,["name",{{"a":"{MASK}"}}]"#)
        );
    }

    #[test]
    fn an_unreadable_frame_is_not_shown() {
        for text in ["", "9abc", "42/chat,[\"a\",{\"token\":\"abc\"", "0abc"] {
            let (frame, reading) = Unmasked::read(Side::Server, 0, text.into());
            assert_eq!(frame.hidden().text, MASK);
            assert!(matches!(reading, Reading::Unreadable(_)));
        }
    }

    #[test]
    fn of_a_long_frame_the_beginning_is_kept() {
        let text = format!(r#"42/chat,["a","{}"]"#, "é".repeat(KEPT));
        let (frame, reading) = Unmasked::read(Side::Server, 0, text.clone());
        let frame = frame.masked(&Secrets::none());
        assert!(matches!(reading, Reading::Packet(_)));
        assert!(!frame.is_whole && frame.text.len() <= KEPT && text.starts_with(&frame.text));
        assert_eq!(frame.size, text.len());
    }
}
