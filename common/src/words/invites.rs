//! Invitations, in sentences.

use super::{InWords, Names, counted};
use crate::invites::{CreateInvite, Invite, ListInvites, NewInvite, RevokeInvite};

impl InWords<NewInvite> for CreateInvite {
    fn asked(&self, _: &dyn Names) -> String {
        "You made an invitation.".into()
    }

    fn answered(&self, _: &NewInvite, _: &dyn Names) -> String {
        "made a link for it, which it shows this once".into()
    }
}

impl InWords<()> for RevokeInvite {
    fn asked(&self, _: &dyn Names) -> String {
        "You took an invitation back.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "no longer accepts it".into()
    }
}

impl InWords<Vec<Invite>> for ListInvites {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked which invitations there are.".into()
    }

    fn answered(&self, invites: &Vec<Invite>, _: &dyn Names) -> String {
        format!("sent {}", counted(invites.len(), "invitation", "invitations"))
    }
}
