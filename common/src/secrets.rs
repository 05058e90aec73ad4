//! Secrets: values that only the two ends of a connection may read.
//!
//! A field that holds one has the type [`Secret`]. It crosses the wire like any other value, but neither `Debug`
//! nor the inspector shows it. Reading a value as its type notes the secrets in it ([`Secrets::noted`]).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::{cell::RefCell, fmt};

/// Shown in the place of a secret.
pub const MASK: &str = "•••";

/// A value that is written as it is, and masked wherever people could see it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    pub fn new(value: T) -> Self {
        Self(value)
    }

    pub fn expose(&self) -> &T {
        &self.0
    }

    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Serialize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = T::deserialize(deserializer)?;
        note(|noted| noted.extend(leaves(&serde_json::to_value(&value).unwrap_or_default())));
        Ok(Self(value))
    }
}

thread_local! {
    /// The secrets of what is being read; none while they are not wanted.
    static NOTED: RefCell<Option<Vec<Value>>> = const { RefCell::new(None) };
}

fn note(add: impl FnOnce(&mut Vec<Value>)) {
    NOTED.with_borrow_mut(|noted| noted.as_mut().map(add));
}

/// A value that the type does not know is passed over when it is read. Perhaps it is a secret of a later version.
pub(crate) fn note_unknown(value: &Value) {
    note(|noted| noted.extend(leaves(value)));
}

/// The secrets of something that was read.
pub enum Secrets {
    /// What cannot be read may be a secret, all of it.
    Everything,
    /// These texts and numbers, wherever they are.
    These(Vec<Value>),
}

impl Secrets {
    /// Reads something, and notes the secrets in it: the values of type [`Secret`], and fields that the type does
    /// not know. Only [`crate::json::read`] notes the latter.
    pub fn noted<T>(read: impl FnOnce() -> T) -> (T, Self) {
        let outer = NOTED.replace(Some(Vec::new()));
        let read = read();
        let noted = NOTED.replace(outer).unwrap_or_default();
        (read, Self::These(noted))
    }

    /// Every text and number in a value.
    pub fn of(value: &Value) -> Self {
        Self::These(leaves(value))
    }

    pub fn none() -> Self {
        Self::These(Vec::new())
    }

    /// Masks the secrets in a value, which keeps its shape; says whether there were any.
    pub fn mask(&self, value: &mut Value) -> bool {
        match value {
            Value::Object(fields) => self.mask_all(fields.values_mut()),
            Value::Array(values) => self.mask_all(values.iter_mut()),
            leaf if self.has(leaf) => {
                *leaf = MASK.into();
                true
            }
            _ => false,
        }
    }

    /// Also after the first that was masked.
    fn mask_all<'a>(&self, values: impl Iterator<Item = &'a mut Value>) -> bool {
        values.fold(false, |masked, value| self.mask(value) | masked)
    }

    fn has(&self, leaf: &Value) -> bool {
        match self {
            Self::Everything => leaf.is_string(),
            Self::These(secrets) => secrets.contains(leaf),
        }
    }
}

/// The texts and numbers in a value.
fn leaves(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => fields.values().flat_map(leaves).collect(),
        Value::Array(values) => values.iter().flat_map(leaves).collect(),
        Value::String(_) | Value::Number(_) => vec![value.clone()],
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use serde_json::json;

    #[derive(Serialize, Deserialize)]
    struct Login {
        name: String,
        password: Secret<String>,
        pin: Option<Secret<u32>>,
    }

    fn masked(value: &Value) -> Value {
        let (read, secrets) = Secrets::noted(|| json::read::<Login>(value.clone()));
        let mut masked = value.clone();
        if read.is_ok() {
            secrets.mask(&mut masked)
        } else {
            Secrets::Everything.mask(&mut masked)
        };
        masked
    }

    #[test]
    fn a_secret_is_written_as_it_is_and_not_shown() {
        let login = Login { name: "ada".into(), password: "engine".into(), pin: Some(Secret::new(1843)) };
        let written = serde_json::to_value(&login).unwrap();
        assert_eq!(written, json!({ "name": "ada", "password": "engine", "pin": 1843 }));
        assert_eq!(format!("{:?} {:?}", login.password, login.pin), format!("{MASK} Some({MASK})"));
    }

    #[test]
    fn secrets_and_unknown_fields_are_masked_and_all_else_stays() {
        assert_eq!(
            masked(&json!({ "name": "ada", "password": "engine", "pin": 1843, "later": ["token", true] })),
            json!({ "name": "ada", "password": MASK, "pin": MASK, "later": [MASK, true] })
        );
        assert_eq!(masked(&json!({ "name": "engine", "password": "engine" }))["name"], MASK, "wherever it is");
    }

    #[test]
    fn of_an_unreadable_value_only_the_shape_is_left() {
        assert_eq!(
            masked(&json!({ "name": 5, "password": ["engine", false] })),
            json!({ "name": 5, "password": [MASK, false] })
        );
    }

    #[test]
    fn secrets_are_noted_only_for_the_one_who_asks() {
        let value = json!({ "name": "ada", "password": "engine" });
        let ((), outer) = Secrets::noted(|| drop(masked(&value)));
        assert!(!outer.mask(&mut value.clone()));
        assert!(json::read::<Login>(value.clone()).is_ok());
        assert!(!Secrets::none().mask(&mut value.clone()) && Secrets::of(&value).mask(&mut value.clone()));
    }
}
