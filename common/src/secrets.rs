//! Secrets: what nobody but the two ends of a connection may read, and how it is masked.

use serde_json::Value;

/// The fields of what crosses the wire, or may cross it one day, that nobody else may read. The path and the
/// QR code are those of an invitation.
const SECRETS: [&str; 13] = [
    "auth",
    "authorization",
    "cookie",
    "endpoint",
    "key",
    "p256dh",
    "password",
    "path",
    "pid",
    "qr",
    "secret",
    "sid",
    "token",
];

/// What stands in the place of a secret.
pub const MASK: &str = "•••";

/// Masks the secrets in a value; says whether there were any.
pub fn mask(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => all(fields.iter_mut().map(|(name, value)| {
            let is_secret = SECRETS.contains(&name.as_str());
            if is_secret { mask_all(value) } else { mask(value) }
        })),
        Value::Array(values) => all(values.iter_mut().map(mask)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Masks every text in a value; says whether there were any.
pub fn mask_all(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => all(fields.values_mut().map(mask_all)),
        Value::Array(values) => all(values.iter_mut().map(mask_all)),
        Value::String(text) => {
            MASK.clone_into(text);
            true
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Goes through all of them, also after the first that was masked.
fn all(masked: impl Iterator<Item = bool>) -> bool {
    masked.filter(|masked| *masked).count() > 0
}
