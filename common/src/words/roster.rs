//! The roster, in sentences.

use super::{InWords, Names, counted};
use crate::roster::{Account, ListRoster, SetActive, SetRole, SignOut};

impl InWords<Vec<Account>> for ListRoster {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who has an account here.".into()
    }

    fn answered(&self, accounts: &Vec<Account>, _: &dyn Names) -> String {
        format!("sent {}", counted(accounts.len(), "account", "accounts"))
    }
}

impl InWords<()> for SetRole {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You gave {} another role here.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "told everyone, and had their connections come back with it".into()
    }
}

impl InWords<()> for SetActive {
    fn asked(&self, names: &dyn Names) -> String {
        let what = if self.active { "on again" } else { "off" };
        format!("You switched the account of {} {what}.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "did so at once".into()
    }
}

impl InWords<()> for SignOut {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You signed {} out on all devices.", names.whom(self.person))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "ended the sessions and closed the connections".into()
    }
}
