//! The console, in sentences.

use super::{InWords, Names, counted};
use crate::console::{
    CloseConnection, ConnectionsPage, GetOverview, ListActivity, ListConnections, Overview, RoomActivity,
};

impl InWords<Overview> for GetOverview {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked how the server is doing.".into()
    }

    fn answered(&self, _: &Overview, _: &dyn Names) -> String {
        "sent the last minute".into()
    }
}

impl InWords<Vec<RoomActivity>> for ListActivity {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked in which rooms something happens.".into()
    }

    fn answered(&self, rooms: &Vec<RoomActivity>, _: &dyn Names) -> String {
        format!("sent {}", counted(rooms.len(), "room", "rooms"))
    }
}

impl InWords<ConnectionsPage> for ListConnections {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked who is connected.".into()
    }

    fn answered(&self, page: &ConnectionsPage, _: &dyn Names) -> String {
        format!("sent {}", counted(page.connections.len(), "connection", "connections"))
    }
}

impl InWords<()> for CloseConnection {
    fn asked(&self, _: &dyn Names) -> String {
        "You closed a connection.".into()
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "closed it; its client may come back".into()
    }
}
