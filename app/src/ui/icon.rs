//! Icons and avatars.

use common::people::Person;
use leptos::prelude::*;
use phosphor_leptos::{IconData, IconWeight};

/// An icon, sized by the text around it: `<Icon paths=regular(HASH)/>`.
#[component]
pub fn Icon(paths: &'static str) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 256 256" fill="currentColor" aria-hidden="true" inner_html=paths></svg> }
}

/// The icon in its regular weight. Inlined, so that its five other weights are not in the binary.
#[inline(always)]
pub fn regular(icon: IconData) -> &'static str {
    icon.get(IconWeight::Regular)
}

/// A person's initials on their colour.
#[component]
pub fn Avatar(#[prop(into)] initials: String, hue: u8) -> impl IntoView {
    view! { <span class="avatar" data-hue=hue.to_string() aria-hidden="true">{initials}</span> }
}

/// The avatar of a person, or a blank avatar for an unknown person.
pub fn avatar_of(person: Option<&Person>) -> impl IntoView + use<> {
    let (initials, hue) = person.map_or((String::from("?"), 0), |person| (person.initials(), person.hue));
    view! { <Avatar initials hue/> }
}
