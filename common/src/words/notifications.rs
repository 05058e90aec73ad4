//! Notifications, in sentences.

use super::{InWords, Names, counted};
use crate::notifications::{
    Badge, BadgeReply, ExplainBadge, ExplainThreadBadge, Level, LevelChanged, Quiet, QuietChanged, SetLevel,
};

impl Level {
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Level::All => "everything",
            Level::Mentions => "mentions",
            Level::None => "nothing",
        }
    }
}

impl InWords<()> for SetLevel {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked to be told of {} in {}.", self.level.in_words(), names.in_room(self.room))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl LevelChanged {
    pub(super) fn in_words(&self, names: &dyn Names) -> String {
        format!("You are told of {} in {}.", self.level.in_words(), names.in_room(self.room))
    }
}

impl InWords<()> for Quiet {
    fn asked(&self, _: &dyn Names) -> String {
        if self.is_unset() {
            "You asked to be disturbed again.".into()
        } else {
            "You asked not to be disturbed.".into()
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted that for all of your devices".into()
    }
}

impl QuietChanged {
    pub(super) fn in_words(&self, _: &dyn Names) -> String {
        if self.quiet.is_unset() { "You can be disturbed again.".into() } else { "You are not to be disturbed.".into() }
    }
}

impl InWords<Badge> for ExplainBadge {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked what the number beside {} counts.", names.in_room(self.room))
    }

    fn answered(&self, badge: &Badge, _: &dyn Names) -> String {
        format!("counted {}", counted(badge.unread, "unread message", "unread messages"))
    }
}

impl InWords<Vec<BadgeReply>> for ExplainThreadBadge {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which replies have made the badge of your threads.".into()
    }

    fn answered(&self, replies: &Vec<BadgeReply>, _: &dyn Names) -> String {
        format!("named {}", counted(replies.len(), "reply", "replies"))
    }
}
