//! Running uploads. Loaded lazily: nothing is sent before the user picks a file.

use crate::{
    client::{Chat, Key, State, Upload, Uploads},
    failure::Failure,
    platform,
    state::{Conversation, Link},
};
use common::files::size_in_words;

/// More at once would only make each of them slower.
const AT_ONCE: usize = 2;

/// Starts what waits, as long as there is a connection.
pub fn go_on(chat: Chat) {
    let uploads = chat.uploads;
    while let Some(key) = next(chat) {
        let file = uploads.peek(|list| list.iter().find(|upload| upload.key == key)?.file.clone());
        let limit = chat.peek(|state| state.workspace.file_limit);
        match file {
            Some(file) if limit > 0 && file.size() > limit => {
                let sentence = format!("Larger than {}, the limit of this server.", size_in_words(limit));
                uploads.set(key, State::Failed { sentence, again: false });
            }
            Some(file) => {
                uploads.set(key, State::Sending(0));
                let progress = move |hundredths| uploads.set(key, State::Sending(hundredths));
                uploads.sends(key, platform::send_file(&file, progress, move |result| arrived(chat, key, result)));
            }
            None => uploads.remove(key),
        }
    }
}

fn next(chat: Chat) -> Option<Key> {
    if chat.peek(|state| state.link != Link::Live) {
        return None;
    }
    chat.uploads.peek(|list| {
        let running = list.iter().filter(|upload| matches!(upload.state, State::Sending(_))).count();
        let waiting = list.iter().find(|upload| upload.state == State::Waiting);
        waiting.filter(|_| running < AT_ONCE).map(|upload| upload.key)
    })
}

fn arrived(chat: Chat, key: Key, result: Result<common::files::Attachment, Failure>) {
    let uploads = chat.uploads;
    uploads.ended(key);
    let conversation =
        uploads.peek(|list| list.iter().find(|upload| upload.key == key).map(|upload| upload.conversation));
    uploads.set(
        key,
        match result {
            Ok(attachment) => State::Ready(attachment),
            Err(Failure::Refused(refusal)) => State::Failed { sentence: refusal.message, again: false },
            Err(Failure::Unreachable(_)) => State::Failed { sentence: "The connection was lost.".into(), again: true },
        },
    );
    if let Some(conversation) = conversation {
        send_followers(chat, conversation);
    }
    go_on(chat);
}

/// Once all files that follow a message are uploaded, they are posted as one message.
pub fn send_followers(chat: Chat, conversation: Conversation) {
    let follows = |upload: &&Upload| upload.conversation == conversation && upload.follows;
    let (is_complete, is_any) = chat.uploads.peek(|list| {
        let followers = || list.iter().filter(follows);
        let is_waiting = |upload: &Upload| matches!(upload.state, State::Waiting | State::Sending(_));
        (!followers().any(is_waiting), followers().any(|upload| matches!(upload.state, State::Ready(_))))
    });
    if is_complete && is_any {
        let ready = chat.uploads.take_followers(conversation);
        chat.post(conversation, String::new(), ready);
    }
}

/// Tries again what the connection has let down.
pub fn retry_all(uploads: Uploads) {
    let failed = uploads.peek(|list| {
        let failed = list.iter().filter(|upload| matches!(upload.state, State::Failed { again: true, .. }));
        failed.map(|upload| upload.key).collect::<Vec<_>>()
    });
    for key in failed {
        uploads.set(key, State::Waiting);
    }
}
