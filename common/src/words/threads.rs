//! Threads, in sentences.

use super::{InWords, Names, counted};
use crate::{
    messages::MessagePage,
    threads::{
        FollowThread, ListThreads, ListedThread, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory,
        ThreadState, ThreadView,
    },
};

impl ThreadState {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        let parent = names.said(self.room, self.parent);
        match (self.following, self.unread) {
            (false, _) => format!("You do not follow the replies to {parent}."),
            (true, unread) => {
                format!("Of the replies to {parent}, {unread} {} unread.", if unread == 1 { "is" } else { "are" })
            }
        }
    }
}

impl InWords<ThreadView> for OpenThread {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked for the replies to {}.", names.said(self.room, self.parent))
    }

    fn answered(&self, view: &ThreadView, _: &dyn Names) -> String {
        view.page.in_words()
    }
}

impl InWords<MessagePage> for ReadThreadHistory {
    fn asked(&self, names: &dyn Names) -> String {
        format!("Your browser asked for the replies to {} before #{}.", names.said(self.room, self.parent), self.before)
    }

    fn answered(&self, page: &MessagePage, _: &dyn Names) -> String {
        page.in_words()
    }
}

impl InWords<ThreadState> for FollowThread {
    fn asked(&self, names: &dyn Names) -> String {
        let whether = if self.following { "to follow" } else { "not to follow" };
        format!("You asked {whether} the replies to {}.", names.said(self.room, self.parent))
    }

    fn answered(&self, _: &ThreadState, _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl InWords<ThreadState> for MarkThreadRead {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You have read the replies to {} up to #{}.", names.said(self.room, self.parent), self.seq)
    }

    fn answered(&self, standing: &ThreadState, _: &dyn Names) -> String {
        format!("counted {} after it", counted(standing.unread, "unread reply", "unread replies"))
    }
}

impl InWords<ThreadState> for MarkThreadUnread {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You marked the replies to {} from #{} on as unread.", names.said(self.room, self.parent), self.seq)
    }

    fn answered(&self, standing: &ThreadState, _: &dyn Names) -> String {
        format!("counted {}", counted(standing.unread, "unread reply", "unread replies"))
    }
}

impl InWords<Vec<ListedThread>> for ListThreads {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked for the threads that you follow.".into()
    }

    fn answered(&self, threads: &Vec<ListedThread>, _: &dyn Names) -> String {
        format!("sent {}", counted(threads.len(), "thread", "threads"))
    }
}
