//! Malformed payloads: which field is wrong, and what the command takes there. For programs and their authors.
//!
//! serde's messages quote the value that they found: `invalid type: string "my password", expected u32`. A refusal
//! ends in logs of both sides, so nothing of the content may be in it.

use serde::{Deserialize, Serialize};

/// Why a payload could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The path of the field, such as `spot.seq` or `people[2]`; empty for the payload itself.
    pub field: String,
    pub expected: String,
    /// The type of the value, never the value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
}

impl Details {
    /// From the path of a field and serde's message about it. Of a message in another form, only the field is told.
    pub fn of(path: &str, message: &str) -> Self {
        let path = if path == "." { "" } else { path };
        let details = |field: String, expected: &str, found: &str| Self {
            field,
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        if let Some(name) = quoted_after(message, "missing field ") {
            let separator = if path.is_empty() { "" } else { "." };
            return details(format!("{path}{separator}{name}"), "a value", "nothing");
        }
        if message.starts_with("UUID parsing failed") {
            return details(path.to_owned(), "a UUID", "another text");
        }
        let (expected, found) = match message.split_once(' ') {
            Some(("invalid", rest)) => (expectation(message), kind_of_value(rest)),
            Some(("unknown", _)) => (expectation(message), "another name"),
            Some(("duplicate", _)) => ("it once".into(), "it twice"),
            _ => ("another value".into(), ""),
        };
        details(path.to_owned(), &expected, found)
    }
}

/// The name of a field of our types, which ends the message.
fn quoted_after<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.strip_prefix('`')?.strip_suffix('`').filter(|name| is_name(name))
}

/// A name as our types have it.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 40
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The value comes first in a message and may say anything; what follows the last "expected" is from the type.
fn expectation(message: &str) -> String {
    let expected = message.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
    let known = match expected {
        "a string" | "str" | "string" | "a borrowed string" => "a text",
        "a boolean" => "true or false",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, not negative, in range",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number in range",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "an object",
        "unit" | "null" => "null",
        "string or map" => "a name, or an object with one field",
        "a UUID string" | "a formatted UUID string" => "a UUID",
        _ => "",
    };
    if !known.is_empty() {
        return known.into();
    }
    if expected.starts_with("struct ") || expected.starts_with("enum ") {
        return "an object".into();
    }
    let names = names_in(expected);
    if names.is_empty() { "another value".into() } else { names.join(" or ") }
}

/// The names in "`public`", "`public` or `private`" and "one of `public`, `private`, `direct`".
fn names_in(expected: &str) -> Vec<&str> {
    let parts: Vec<&str> = expected.split('`').collect();
    let (between, names): (Vec<_>, Vec<_>) = parts.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let joins = ["", "one of ", " or ", ", "];
    let is_list = between.iter().all(|(_, part)| joins.contains(part)) && names.iter().all(|(_, name)| is_name(name));
    if is_list { names.into_iter().map(|(_, name)| *name).collect() } else { Vec::new() }
}

/// "type: string \"my password\", expected u32" gives "a text".
fn kind_of_value(rest: &str) -> &'static str {
    let kinds = [
        ("type: null", "null"),
        ("type: unit value", "null"),
        ("type: Option value", "null"),
        ("type: boolean", "true or false"),
        ("type: integer", "a number"),
        ("type: floating point", "a number"),
        ("type: number", "a number"),
        ("type: string", "a text"),
        ("type: character", "a text"),
        ("type: sequence", "a list"),
        ("type: map", "an object"),
        ("value: integer", "another number"),
        ("value: floating point", "another number"),
        ("value: string", "another text"),
        ("value: map", "an object with other fields"),
        ("length", "another length"),
    ];
    kinds.into_iter().find(|(start, _)| rest.starts_with(start)).map_or("another value", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        messages::{PostMessage, ReadAround},
        people::SetStatus,
        rooms::{ChangeRoom, CreateRoom, StartDirect},
    };
    use proptest::prelude::*;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    /// What a command says of a payload that it does not take.
    fn told<T: DeserializeOwned>(payload: &Value) -> Option<Details> {
        let error = serde_path_to_error::deserialize::<_, T>(payload).err()?;
        Some(Details::of(&error.path().to_string(), &error.inner().to_string()))
    }

    fn of<T: DeserializeOwned>(payload: Value) -> [String; 3] {
        let Details { field, expected, found } = told::<T>(&payload).expect("it is malformed");
        [field, expected, found]
    }

    #[test]
    fn the_field_is_named_with_what_was_expected() {
        let room = "0198f6a0-5f00-7000-8000-000000000001";
        assert_eq!(of::<CreateRoom>(json!({ "kind": "public" })), ["name", "a value", "nothing"]);
        assert_eq!(
            of::<CreateRoom>(json!({ "kind": "secret", "name": "tea" })),
            ["kind", "public or private or direct", "another name"]
        );
        assert_eq!(
            of::<CreateRoom>(json!({ "kind": 7, "name": "tea" })),
            ["kind", "a name, or an object with one field", "a number"]
        );
        assert_eq!(of::<CreateRoom>(json!({ "kind": "public", "name": ["tea"] })), ["name", "a text", "a list"]);
        assert_eq!(of::<StartDirect>(json!({ "people": [room, "ada"] })), ["people[1]", "a UUID", "another text"]);
        assert_eq!(of::<StartDirect>(json!("ada")), ["", "an object", "a text"]);
        assert_eq!(of::<StartDirect>(json!(null)), ["", "an object", "null"]);
        let around = |spot: Value| of::<ReadAround>(json!({ "room": room, "spot": spot }));
        assert_eq!(around(json!({ "seq": "first" })), ["spot.seq", "a whole number in range", "a text"]);
        assert_eq!(around(json!({ "seq": 1.5 })), ["spot.seq", "a whole number in range", "a number"]);
        assert_eq!(around(json!({ "place": 1 })), ["spot", "seq or at", "another name"]);
        let status = json!({ "status": { "until": [], "text": "" } });
        assert_eq!(of::<SetStatus>(status), ["status.until", "a whole number in range", "a list"]);
    }

    #[test]
    fn a_message_cannot_pretend_to_be_an_expectation() {
        let expected = |message: &str| Details::of("text", message).expected;
        assert_eq!(
            expected("invalid type: string \"a, expected my password\", expected u32"),
            expected("invalid type: string \"\", expected u32")
        );
        assert_eq!(expected("invalid type: string \"a\", expected my password"), "another value");
        assert_eq!(expected("unknown variant `a`, expected `password`, there are no variants"), "another value");
        assert_eq!(expected("my password, expected u32"), "another value");
        assert_eq!(Details::of(".", "missing field `my password`").field, "");
    }

    /// Texts that try to be parts of messages, each with the marker in it.
    fn marked() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "MARK",
            "`",
            "\"",
            ", expected ",
            "one of ",
            "missing field `",
            "unknown variant `",
            "invalid type: ",
            " at line 1 column 2",
            "é",
            "",
        ]);
        prop::collection::vec(part, 0..6).prop_map(|parts| format!("{}MARK{}", parts.concat(), parts.concat()))
    }

    fn content() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (98_765_000..98_766_000_i64).prop_map(Value::from),
            Just(json!(-98_765.5)),
            marked().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            let name = prop::sample::select(vec![
                "id", "room", "text", "kind", "name", "people", "change", "spot", "status", "seq", "topic", "emoji",
            ]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..8).prop_map(|fields| Value::Object(
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
                )),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_of_the_content_is_told(payload in content()) {
            let all = [
                told::<PostMessage>(&payload), told::<ReadAround>(&payload), told::<SetStatus>(&payload),
                told::<ChangeRoom>(&payload), told::<CreateRoom>(&payload), told::<StartDirect>(&payload),
                told::<Vec<u8>>(&payload), told::<String>(&payload), told::<(u8, bool)>(&payload),
            ];
            for details in all.into_iter().flatten() {
                let told = format!("{details:?}");
                prop_assert!(!told.contains("MARK") && !told.contains("98765"), "{told}");
            }
        }
    }
}
