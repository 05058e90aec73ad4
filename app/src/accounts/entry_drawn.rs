//! The pages of visitors are drawn by the server and have no script at all, so the client that
//! takes pages over has none of them inside.

use common::page::Workspace;
use leptos::prelude::*;

#[component]
pub fn EntryPage(workspace: Option<Workspace>) -> impl IntoView {
    drop(workspace);
}
