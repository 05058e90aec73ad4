//! What is new in an open conversation: where the line "New" is, the way to it, and what is to stay unread.

use super::scroll::Scroll;
use crate::{
    client::{Chat, use_chat},
    platform,
    rooms::counted,
    state::{Change, ChatState, Conversation, Timeline},
    ui::{Icon, effect, handle, reactive_view, regular, text},
};
use common::{
    Seq,
    messages::{PageAround, ReadAround, Spot},
    threads::ReadThreadHistory,
};
use leptos::{prelude::*, task::spawn_local};

/// What is new in a room or a thread, from the moment it is opened.
#[derive(Clone, Copy)]
pub struct Unread {
    conversation: Conversation,
    chat: Chat,
    /// The last place before the line "New".
    line: RwSignal<Option<Seq>>,
    /// How many messages were new when the line was drawn.
    count: RwSignal<u32>,
    /// Whether the user has seen the line, or dismissed it.
    is_done: RwSignal<bool>,
    /// Changes of the position that are older than this one do not concern this view.
    rewinds: RwSignal<i64>,
    is_kept: Memo<bool>,
}

impl Unread {
    /// For a conversation. The line stays where it was when that was opened, until the position is
    /// moved, or a message arrives while the page is not in view.
    pub fn of(conversation: Conversation) -> Self {
        let chat = use_chat();
        let now = chat.select(move |state| state.position(conversation));
        let (at_start, read, unread) = now.get_untracked();
        let rewinds = RwSignal::new(at_start);
        let is_kept = Memo::new(move |_| {
            let (now, _, unread) = now.get();
            now > rewinds.get() && unread > 0
        });
        let line = RwSignal::new((unread > 0).then_some(read));
        let this = Self {
            conversation,
            chat,
            line,
            count: RwSignal::new(unread),
            is_done: RwSignal::new(false),
            rewinds,
            is_kept,
        };
        let before = StoredValue::new((at_start, unread));
        effect(move || {
            let (rewinds, read, unread) = now.get();
            let (rewinds_before, unread_before) = before.get_value();
            before.set_value((rewinds, unread));
            let is_first_unseen = unread_before == 0 && unread > 0 && !platform::is_watched();
            if rewinds > rewinds_before || is_first_unseen {
                this.draw_line(read, unread);
            }
            if unread == 0 && this.rewinds.get_untracked() != rewinds {
                this.rewinds.set(rewinds);
            }
        });
        this
    }

    fn draw_line(self, read: Seq, unread: u32) {
        self.line.set(Some(read));
        self.count.set(unread);
        self.is_done.set(false);
    }

    /// The last place before the line "New".
    pub fn line(self) -> Option<Seq> {
        self.line.get()
    }

    /// Whether the user has marked something unread here, so that looking does not mark it read.
    pub fn is_kept(self) -> bool {
        self.is_kept.get()
    }

    /// Whether the line is further up than the view, or than what is loaded.
    pub fn is_above(self, scroll: Scroll) -> bool {
        let Some(line) = self.line.get().filter(|_| !self.is_done.get()) else { return false };
        scroll.is_line_above()
            || self.chat.with(|state| state.timeline(self.conversation).is_some_and(|it| is_before(it, line)))
    }

    /// The user has reached the line.
    pub fn done(self) {
        self.is_done.set(true);
    }

    /// Goes to the first message after the line.
    fn jump(self, scroll: Scroll) {
        let Some(line) = self.line.get_untracked() else { return };
        spawn_local(async move {
            self.load(line).await;
            scroll.to_line();
            self.is_done.try_set(true);
        });
    }

    /// Has what is after the line here: of a room, the page around it; of a thread, one page after the other.
    async fn load(self, line: Seq) {
        let Self { chat, conversation, .. } = self;
        let first_after = || {
            let timeline = |state: &ChatState| {
                let timeline = state.timeline(conversation).filter(|it| is_before(it, line))?;
                timeline.first_seq()
            };
            chat.peek(timeline)
        };
        while let Some(before) = first_after() {
            let room = conversation.room;
            let change = match conversation.thread {
                None => {
                    let around = chat.send(ReadAround { room, spot: Spot::Seq(line + 1) }).await;
                    around.map(|PageAround { page, .. }| Change::Shown { room, page })
                }
                Some(parent) => {
                    let page = chat.send(ReadThreadHistory { room, parent, before }).await;
                    page.map(|page| Change::EarlierReplies { conversation, page })
                }
            };
            match change {
                Ok(change) => chat.apply(change),
                Err(_) => return,
            }
            if conversation.thread.is_none() {
                return;
            }
        }
    }

    fn mark_read(self) {
        self.done();
        let (chat, room) = (self.chat, self.conversation.room);
        if let Some(parent) = self.conversation.thread {
            if let Some(standing) = chat.peek(|state| state.threads.get(&parent).copied()) {
                chat.mark_thread_read(standing);
            }
        } else if let Some(seq) = chat.peek(|state| state.rooms.get(&room).map(|room| room.summary.seq)) {
            spawn_local(async move {
                chat.mark_read(room, seq).await;
            });
        }
    }
}

/// Whether a place is before all that is loaded, and there is more.
fn is_before(timeline: &Timeline, line: Seq) -> bool {
    timeline.earlier && timeline.first_seq().is_some_and(|first| first > line + 1)
}

/// Above the conversation: how much is new, the way to it, and the way to be done with it.
#[component]
pub fn UnreadBar(unread: Unread, scroll: Scroll) -> impl IntoView {
    let words = move || match (unread.is_kept(), unread.count.get()) {
        (true, 1) => "1 message marked as unread".to_owned(),
        (true, count) => format!("{} messages marked as unread", counted(count)),
        (false, 1) => "1 new message".to_owned(),
        (false, count) => format!("{} new messages", counted(count)),
    };
    view! {
        <div class="unread-bar" role="region" aria-label="Unread messages">
            <span>{text(words)}</span>
            {reactive_view(move || unread.is_above(scroll).then(|| view! {
                <button class="button small" type="button" on:click=handle(move |_| unread.jump(scroll))>
                    <Icon paths=regular(phosphor_leptos::ARROW_UP)/>"Jump to first unread"
                </button>
            }))}
            <button class="icon-button" type="button" aria-label="Mark as read" title="Mark as read" on:click=handle(move |_| unread.mark_read())>
                <Icon paths=regular(phosphor_leptos::CHECK)/>
            </button>
        </div>
    }
}
