//! What the list says, of frames as they are on the wire.
