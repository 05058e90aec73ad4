//! Delivery, in sentences.

use super::{InWords, Names, counted};
use crate::delivery::{Delivery, GetDelivery, ReportDelivery};

impl InWords<()> for ReportDelivery {
    fn asked(&self, names: &dyn Names) -> String {
        match self.rooms.as_slice() {
            [one] => {
                let room = names.in_room(one.room);
                format!("Your browser said that everything in {room} up to #{} has arrived.", one.seq)
            }
            rooms => {
                let rooms = counted(rooms.len(), "room", "rooms");
                format!("Your browser said how far everything in {rooms} has arrived.")
            }
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "noted it".into()
    }
}

impl InWords<Delivery> for GetDelivery {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You asked how many people #{} of {} has reached.", self.seq, names.in_room(self.room))
    }

    fn answered(&self, reach: &Delivery, _: &dyn Names) -> String {
        format!("counted {} of {} who are connected", reach.reached, reach.connected)
    }
}
