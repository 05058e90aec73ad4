//! The two ends of a connection.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    Client,
    Server,
}

impl Side {
    /// The one that speaks, as a sentence begins with it, and the one that listens.
    pub(super) fn names(self, client: &str) -> (String, String) {
        match self {
            Self::Client => {
                let mut letters = client.chars();
                let first = letters.next().map(|letter| letter.to_ascii_uppercase());
                (first.into_iter().chain(letters).collect(), "the server".into())
            }
            Self::Server => ("The server".into(), client.into()),
        }
    }
}
