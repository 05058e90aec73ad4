//! The rules: the only file to edit when the structure changes.

/// A crate of the workspace. The compiler forbids circles of crates; this table forbids arrows upward.
pub struct Crate {
    pub name: &'static str,
    /// The workspace crates that it may depend on, `dev-dependencies` apart.
    pub may_use: &'static [&'static str],
    /// Families of outside crates that it must not depend on: `axum` includes `axum-extra`.
    pub must_not_use: &'static [&'static str],
    /// The largest circle of files that is allowed.
    pub largest_circle: Option<usize>,
}

const fn of(name: &'static str, may_use: &'static [&'static str]) -> Crate {
    Crate { name, may_use, must_not_use: &[], largest_circle: None }
}

pub const CRATES: &[Crate] = &[
    Crate { largest_circle: Some(10), ..of("common", &[]) },
    of("socket", &[]),
    Crate { must_not_use: &["axum", "socketioxide", "leptos"], largest_circle: Some(8), ..of("store", &["common"]) },
    Crate { largest_circle: Some(36), ..of("app", &["common", "socket"]) },
    of("frontend", &["app"]),
    of("playground", &["common", "socket"]),
    Crate { largest_circle: Some(8), ..of("server", &["common", "store", "app"]) },
    of("faults", &["common", "socket", "app"]),
    of("loadtest", &["common", "socket"]),
    of("layers", &[]),
    of("bundle", &[]),
];

/// The crate that has rooms, and how many entries its `src` may have.
pub const HOUSE: &str = "server";
pub const MOST_ENTRIES: usize = 10;

/// Rooms that share a floor.
pub struct Floor {
    pub rooms: &'static [&'static str],
    /// Whether rooms of this floor may use each other.
    pub siblings: bool,
}

/// From top to bottom. A file may use its own room and all floors below. To put one room above
/// another, give it a line of its own.
pub const FLOORS: &[Floor] = &[
    Floor { rooms: &["boot"], siblings: false },
    Floor { rooms: &["namespaces", "http"], siblings: false },
    Floor { rooms: &["commands"], siblings: false },
    Floor { rooms: &["jobs"], siblings: false },
    Floor { rooms: &["realtime"], siblings: false },
    Floor { rooms: &["operations"], siblings: false },
];

/// Files in `src` that may use everything, and that no file in a room may use.
pub const ROOF: &[&str] = &["lib", "main"];

/// Files in `src` that everything may use, and that use only each other.
pub const GROUND: &[&str] = &["config"];
