//! "Ada is typing…": shown to the others, and told to them.

use crate::{
    client::{Chat, conversation_status, use_chat},
    platform,
    state::{Conversation, Link},
    ui::text,
};
use common::{Millis, limits, typing::SetTyping};
use leptos::{prelude::*, task::spawn_local};

/// Who types, or else the state of this conversation's connection. "Live" is said on phones
/// only, where the sidebar, which says it too, is not in view.
#[component]
pub fn TypingLine(conversation: Conversation) -> impl IntoView {
    let chat = use_chat();
    let words = chat.select(move |state| match in_words(&state.typists(conversation)) {
        empty if empty.is_empty() => conversation_status(state, conversation),
        typists => typists,
    });
    view! { <p class="typing" aria-live="polite" data-words=text(move || words.get())>{text(move || words.get())}</p> }
}

fn in_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} is typing…"),
        [one, other] => format!("{one} and {other} are typing…"),
        _ => "Several people are typing…".into(),
    }
}

/// Tells the others that this user types, and repeats it while it lasts.
#[derive(Clone, Copy)]
pub struct TypingSignal {
    chat: Chat,
    conversation: Conversation,
    said_at: StoredValue<Option<Millis>>,
}

impl TypingSignal {
    pub fn new(chat: Chat, conversation: Conversation) -> Self {
        Self { chat, conversation, said_at: StoredValue::new(None) }
    }

    /// To be called at every change of what is being written.
    pub fn written(self, is_empty: bool) {
        let now = platform::now();
        let is_fresh = self.said_at.get_value().is_some_and(|at| now - at < limits::TYPING_MILLIS / 2);
        if is_empty {
            self.stop();
        } else if !is_fresh {
            self.said_at.set_value(Some(now));
            self.say(true);
        }
    }

    /// Nothing is being written any more.
    pub fn stop(self) {
        if self.said_at.try_update_value(Option::take).flatten().is_some() {
            self.say(false);
        }
    }

    fn say(self, typing: bool) {
        if self.chat.peek(|state| state.link != Link::Live) {
            return;
        }
        let said = self.chat.send(SetTyping { room: self.conversation.room, parent: self.conversation.thread, typing });
        spawn_local(async move {
            if let Err(failure) = said.await {
                // A lost signal does no harm.
                leptos::logging::log!("typing was not told: {}", failure.sentence());
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_two_people_who_type_are_named() {
        let names = ["Ada", "Grace", "Radia"].map(String::from);
        assert_eq!(in_words(&names[..0]), "");
        assert_eq!(in_words(&names[..1]), "Ada is typing…");
        assert_eq!(in_words(&names[..2]), "Ada and Grace are typing…");
        assert_eq!(in_words(&names), "Several people are typing…");
    }
}
