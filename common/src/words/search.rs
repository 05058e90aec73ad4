//! Search, in sentences.

use super::{InWords, Names, counted, quoted};
use crate::search::{SearchMessages, SearchPage};

impl InWords<SearchPage> for SearchMessages {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You searched for {}.", quoted(&self.query))
    }

    fn answered(&self, found: &SearchPage, _: &dyn Names) -> String {
        match (found.hits.len(), found.next) {
            (0, None) => "found nothing".into(),
            (count, None) => format!("found {}", counted(count, "message", "messages")),
            (count, Some(_)) => format!("found {}, and perhaps more", counted(count, "message", "messages")),
        }
    }
}
