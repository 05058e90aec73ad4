//! Link previews, in sentences.

use super::{InWords, Names, counted};
use crate::previews::{PreviewsChanged, RemovePreview};

impl InWords<()> for RemovePreview {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to take a preview off {}.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "took it off for everybody".into()
    }
}

impl PreviewsChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let message = names.said(self.room, self.message);
        match self.previews.len() {
            0 => format!("The links in {message} have no previews any more."),
            count => format!("The links in {message} have {} now.", counted(count, "preview", "previews")),
        }
    }
}
