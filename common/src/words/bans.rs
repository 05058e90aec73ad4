//! Bans, in sentences.

use super::{InWords, Names, counted};
use crate::bans::{AddBan, Ban, BanTarget, ListBans, RemoveBan};

impl InWords<Ban> for AddBan {
    fn asked(&self, names: &dyn Names) -> String {
        match &self.target {
            BanTarget::Person(person) => format!("You banned {}.", names.whom(*person)),
            BanTarget::Address(address) => format!("You banned the address {address}."),
        }
    }

    fn answered(&self, _: &Ban, _: &dyn Names) -> String {
        "keeps them out from now on".into()
    }
}

impl InWords<()> for RemoveBan {
    fn asked(&self, _: &dyn Names) -> String {
        "You lifted a ban.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "lets them in again".into()
    }
}

impl InWords<Vec<Ban>> for ListBans {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who is banned.".into()
    }

    fn answered(&self, bans: &Vec<Ban>, _: &dyn Names) -> String {
        format!("sent {}", counted(bans.len(), "ban", "bans"))
    }
}
