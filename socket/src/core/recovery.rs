//! Connection state recovery: what the client must remember so that the server
//! can continue a session on a new connection.
//! <https://socket.io/docs/v4/connection-state-recovery>

use serde_json::{Map, Value};

/// The session's private id and the offset of the last event that came.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    pid: Option<String>,
    offset: Option<String>,
}

impl Recovery {
    /// The payload to join the namespace with. As in the official client, the
    /// user's fields win over ours.
    pub(super) fn credentials(&self, auth: Option<&Value>) -> Option<Value> {
        let Some(pid) = &self.pid else {
            return auth.cloned();
        };
        let mut fields = Map::from_iter([("pid".to_owned(), pid.as_str().into())]);
        if let Some(offset) = &self.offset {
            fields.insert("offset".to_owned(), offset.as_str().into());
        }
        match auth {
            Some(Value::Object(auth)) => fields.extend(auth.clone()),
            Some(_) => return auth.cloned(),
            None => {}
        }
        Some(Value::Object(fields))
    }

    /// The namespace is joined, with the `pid` that the server sent. Returns
    /// whether the session from before goes on.
    pub(super) fn joined(&mut self, pid: Option<String>) -> bool {
        let recovered = pid.is_some() && pid == self.pid;
        if !recovered {
            *self = Self { pid, offset: None };
        }
        recovered
    }

    /// An event came. If the server keeps sessions, the last argument is the
    /// offset, should it be a string.
    pub(super) fn saw(&mut self, args: &[Value]) {
        if let (Some(_), Some(Value::String(offset))) = (&self.pid, args.last()) {
            self.offset = Some(offset.clone());
        }
    }
}
