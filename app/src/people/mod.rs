//! People: their cards, what they are up to, whether they are here.

mod card;
mod here;
mod page;
mod status;

pub use card::PersonCard;
pub use here::{keep_here, keep_statuses};
pub use page::PersonPage;
pub use status::{ReadingForm, StatusForm};

use common::people::{Person, Status};
use leptos::prelude::*;

/// The emoji of a person's status, with its words as tooltip and label.
pub fn status_mark(person: Option<&Person>) -> Option<impl IntoView + use<>> {
    let status = person?.status.as_ref()?;
    let (words, title) = (words_of(status), words_of(status));
    Some(view! {
        <span class="status-mark" title=title>
            <span aria-hidden="true">{emoji_of(status).to_owned()}</span><span class="visually-hidden">{words}</span>
        </span>
    })
}

fn emoji_of(status: &Status) -> &str {
    if status.emoji.is_empty() { "💬" } else { &status.emoji }
}

fn words_of(status: &Status) -> String {
    if status.text.is_empty() { status.emoji.clone() } else { status.text.clone() }
}
