//! Why a command brought no reply.

use common::Refusal;

/// Why a command brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Refused(Refusal),
    /// Whether it was carried out is not known.
    Unreachable(Unreachable),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// There is no connection, or it broke.
    Away,
    /// The connection stands, but no answer that can be read came in time.
    Silent,
}

impl Failure {
    /// A sentence for people.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Refused(refusal) => refusal.message.clone(),
            Failure::Unreachable(_) => {
                "The server cannot be reached right now. Try again when you are back online.".into()
            }
        }
    }
}

impl From<Unreachable> for Failure {
    fn from(unreachable: Unreachable) -> Self {
        Failure::Unreachable(unreachable)
    }
}
