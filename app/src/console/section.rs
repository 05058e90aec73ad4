//! The sections of the console, each with an address.

use super::{connections::ConnectionsSection, overview::OverviewSection};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Overview,
    Connections,
}

/// In the order in which they are offered.
pub const ALL: [Section; 2] = [Section::Overview, Section::Connections];

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
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Section::Overview => "Overview",
            Section::Connections => "Connections",
        }
    }

    pub fn view(self) -> AnyView {
        match self {
            Section::Overview => view! { <OverviewSection/> }.into_any(),
            Section::Connections => view! { <ConnectionsSection/> }.into_any(),
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
