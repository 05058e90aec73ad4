//! Values of our types from JSON that is parsed already.
//!
//! serde_json says what it expected and what it found instead. Nobody reads that in a browser, and the
//! sentences, with all that writes them, are there for every type that crosses the wire. Here a value
//! fits or it does not.

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
pub struct Unfit;

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value is not what was expected")
    }
}

impl std::error::Error for Unfit {}

impl Error for Unfit {
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
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T, Unfit> {
    T::deserialize(Json(value))
}

struct Json(Value);

impl<'de> IntoDeserializer<'de, Unfit> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(signed), ..) => visitor.visit_i64(signed),
                (_, Some(unsigned), _) => visitor.visit_u64(unsigned),
                (.., Some(float)) => visitor.visit_f64(float),
                _ => Err(Unfit),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(values) => {
                let mut values = SeqDeserializer::new(values.into_iter().map(Json));
                let read = visitor.visit_seq(&mut values)?;
                values.end()?;
                Ok(read)
            }
            Value::Object(fields) => {
                let mut fields = MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Json(value))));
                let read = visitor.visit_map(&mut fields)?;
                fields.end()?;
                Ok(read)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    /// The name of a variant, or an object with that name and what is in it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            Value::Object(variant) if variant.len() == 1 => {
                let variant = variant.into_iter().map(|(name, value)| (name, Json(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(variant)))
            }
            _ => Err(Unfit),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
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
            assert_eq!(read::<Drawing>(value), Err(Unfit), "{field}");
        }
    }
}
