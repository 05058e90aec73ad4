//! Placeholders: how JSON arguments refer to the binary frames that follow.

use serde_json::{Value, json};

use super::DecodeError;

/// The most attachments a received packet may announce.
pub const MAX_ATTACHMENTS: usize = 64;

/// What stands in the arguments for attachment `number`, counted from 0.
/// Socket.IO protocol, "Packet encoding", binary packets.
pub fn placeholder(number: usize) -> Value {
    json!({ "_placeholder": true, "num": number })
}

/// The attachment that `value` stands for, if it is a placeholder. `usize::MAX`
/// if it is one whose number makes no sense.
pub fn placeholder_number(value: &Value) -> Option<usize> {
    let object = value.as_object()?;
    if object.get("_placeholder") != Some(&Value::Bool(true)) {
        return None;
    }
    let number = object.get("num").and_then(Value::as_u64);
    Some(number.map_or(usize::MAX, |number| usize::try_from(number).unwrap_or(usize::MAX)))
}

/// Refuses arguments whose placeholders point past the `count` attachments.
pub(super) fn check_placeholders(args: &[Value], count: usize) -> Result<(), DecodeError> {
    for value in args {
        match (placeholder_number(value), value) {
            (Some(number), _) if number >= count => return Err(DecodeError::Placeholder),
            (Some(_), _) => {}
            (None, Value::Array(items)) => check_placeholders(items, count)?,
            (None, Value::Object(fields)) => {
                fields.values().try_for_each(|field| check_placeholders(std::slice::from_ref(field), count))?
            }
            (None, _) => {}
        }
    }
    Ok(())
}
