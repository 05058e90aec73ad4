//! Values of our types from JSON that is parsed already.
//!
//! serde_json says what it expected and what it found instead. A browser shows none of that, and the
//! sentences, with all that writes them, are there for every type that crosses the wire. Here a value
//! fits or it does not; and of the ways to read a type only the one that our JSON goes is there.
//!
//! Together these were 29 kB of the client, compressed.

use crate::secrets;
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, Error, Expected, IntoDeserializer, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::Value;
use std::fmt::{self, Display};

/// The value is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch;

impl Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value is not what was expected")
    }
}

impl std::error::Error for Mismatch {}

impl Error for Mismatch {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// # Errors
/// When the value does not fit the type.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Mismatch> {
    T::deserialize(Json(value))
}

struct Json(Value);

impl<'de> IntoDeserializer<'de, Mismatch> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(signed), ..) => visitor.visit_i64(signed),
                (_, Some(unsigned), _) => visitor.visit_u64(unsigned),
                (.., Some(float)) => visitor.visit_f64(float),
                _ => Err(Mismatch),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(values) => Json(Value::Array(values)).deserialize_seq(visitor),
            Value::Object(fields) => Json(Value::Object(fields)).deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// The name of a variant, or an object with that name and what is in it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(fields) if fields.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(Fields(fields.into_iter()))))
            }
            _ => Err(Mismatch),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Value::Object(fields) = self.0 else { return Err(Mismatch) };
        let mut fields = MapDeserializer::new(Fields(fields.into_iter()));
        let read = visitor.visit_map(&mut fields)?;
        fields.end()?;
        Ok(read)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Value::Array(values) = self.0 else { return Err(Mismatch) };
        let mut values = SeqDeserializer::new(Values(values.into_iter()));
        let read = visitor.visit_seq(&mut values)?;
        values.end()?;
        Ok(read)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Value::String(text) = self.0 else { return Err(Mismatch) };
        visitor.visit_string(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_bool(self.0.as_bool().ok_or(Mismatch)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_i64(self.0.as_i64().ok_or(Mismatch)?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_u64(self.0.as_u64().ok_or(Mismatch)?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_f64(self.0.as_f64().ok_or(Mismatch)?)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Mismatch) }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        secrets::note_unknown(&self.0);
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 i16 i32 i128 u128 f32 char bytes byte_buf unit_struct tuple_struct }
}

/// Named types, so that all that reads is there once.
struct Fields(serde_json::map::IntoIter);

impl Iterator for Fields {
    type Item = (String, Json);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, Json(value)))
    }
}

struct Values(std::vec::IntoIter<Value>);

impl Iterator for Values {
    type Item = Json;

    fn next(&mut self) -> Option<Json> {
        self.0.next().map(Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Shape {
        Point,
        Circle(u8),
        Box { width: i64, height: Option<f64> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Drawing {
        shapes: Vec<Shape>,
        size: (u64, i8),
        #[serde(default)]
        title: Option<String>,
        anything: Value,
    }

    #[test]
    fn what_was_written_reads_back() {
        let shapes = vec![Shape::Point, Shape::Circle(7), Shape::Box { width: -1, height: Some(0.5) }];
        let anything = json!({ "a": [1, null, "x"] });
        let drawing = Drawing { shapes, size: (u64::MAX, -128), title: Some("Engine".into()), anything };
        assert_eq!(read::<Drawing>(serde_json::to_value(&drawing).unwrap()), Ok(drawing));
    }

    #[test]
    fn what_is_missing_may_be_optional_and_what_is_more_is_passed_over() {
        let value = json!({ "shapes": [], "size": [1, 2], "anything": null, "more": { "than": "known" } });
        let drawing = Drawing { shapes: vec![], size: (1, 2), title: None, anything: Value::Null };
        assert_eq!(read::<Drawing>(value), Ok(drawing));
    }

    #[test]
    fn what_does_not_fit_is_no_value() {
        let good = json!({ "shapes": ["point"], "size": [1, 2], "anything": 1 });
        assert!(read::<Drawing>(good.clone()).is_ok());
        for (field, bad) in [
            ("shapes", json!(["square"])),
            ("shapes", json!([{ "circle": 256 }])),
            ("shapes", json!([{ "circle": 1, "point": 2 }])),
            ("shapes", json!("point")),
            ("size", json!([1])),
            ("size", json!([1, 2, 3])),
            ("size", json!([-1, 2])),
            ("title", json!(5)),
        ] {
            let mut value = good.clone();
            value[field] = bad;
            assert_eq!(read::<Drawing>(value), Err(Mismatch), "{field}");
        }
    }
}
