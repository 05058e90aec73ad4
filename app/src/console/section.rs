//! The sections of the console, each with an address.

use super::{
    announce::AnnounceSection, audit::AuditSection, bans::BansSection, connections::ConnectionsSection,
    door::DoorSection, invites::InvitesSection, overview::OverviewSection, people::PeopleSection,
    programs::ProgramsSection, reports::ReportsSection, rooms::RoomsSection,
};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Overview,
    Connections,
    Door,
    People,
    Invites,
    Bans,
    Reports,
    Rooms,
    Programs,
    Announce,
    Audit,
}

/// In the order in which they are offered.
pub const ALL: [Section; 11] = [
    Section::Overview,
    Section::Connections,
    Section::Door,
    Section::People,
    Section::Invites,
    Section::Bans,
    Section::Reports,
    Section::Rooms,
    Section::Programs,
    Section::Announce,
    Section::Audit,
];

impl Section {
    /// The one that a path names: `/admin` is the overview.
    pub fn of(path: &str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        ALL.into_iter().find(|section| section.path() == path)
    }

    pub fn path(self) -> &'static str {
        match self {
            Section::Overview => "/admin",
            Section::Connections => "/admin/connections",
            Section::Door => "/admin/door",
            Section::People => "/admin/people",
            Section::Invites => "/admin/invites",
            Section::Bans => "/admin/bans",
            Section::Reports => "/admin/reports",
            Section::Rooms => "/admin/rooms",
            Section::Programs => "/admin/programs",
            Section::Announce => "/admin/announce",
            Section::Audit => "/admin/audit",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Section::Overview => "Overview",
            Section::Connections => "Connections",
            Section::Door => "Door log",
            Section::People => "People",
            Section::Invites => "Invitations",
            Section::Bans => "Bans",
            Section::Reports => "Reports",
            Section::Rooms => "Rooms",
            Section::Programs => "Programs",
            Section::Announce => "Announce",
            Section::Audit => "Audit log",
        }
    }

    pub fn view(self) -> AnyView {
        match self {
            Section::Overview => view! { <OverviewSection/> }.into_any(),
            Section::Connections => view! { <ConnectionsSection/> }.into_any(),
            Section::Door => view! { <DoorSection/> }.into_any(),
            Section::People => view! { <PeopleSection/> }.into_any(),
            Section::Invites => view! { <InvitesSection/> }.into_any(),
            Section::Bans => view! { <BansSection/> }.into_any(),
            Section::Reports => view! { <ReportsSection/> }.into_any(),
            Section::Rooms => view! { <RoomsSection/> }.into_any(),
            Section::Programs => view! { <ProgramsSection/> }.into_any(),
            Section::Announce => view! { <AnnounceSection/> }.into_any(),
            Section::Audit => view! { <AuditSection/> }.into_any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_section() {
        assert_eq!(Section::of("/admin/"), Some(Section::Overview));
        for section in ALL {
            assert_eq!(Section::of(section.path()), Some(section));
        }
        assert_eq!(Section::of("/admin/elsewhere"), None);
    }
}
