//! Web Push, in sentences.

use super::{InWords, Names};
use crate::push::{GetPushKey, PushKey, SetAttention, SubscribePush, UnsubscribePush};

impl InWords<PushKey> for GetPushKey {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser asked with which key the server signs notifications.".into()
    }

    fn answered(&self, _: &PushKey, _: &dyn Names) -> String {
        "sent the public half of it".into()
    }
}

impl InWords<()> for SubscribePush {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser said where it can be told of things while no page is open.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

impl InWords<()> for UnsubscribePush {
    fn asked(&self, _: &dyn Names) -> String {
        "Your browser asked not to be told of things any more while no page is open.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

impl InWords<()> for SetAttention {
    fn asked(&self, _: &dyn Names) -> String {
        if self.here {
            "Your browser said that you are looking at this page.".into()
        } else {
            "Your browser said that you are not looking at this page.".into()
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}
