//! The picture of it all, for as long as nothing moves: a server, and three browsers with a line each.

use leptos::prelude::*;

#[component]
pub fn Drawing() -> impl IntoView {
    view! {
        <svg class="drawing" viewBox="0 0 720 420" role="img" aria-labelledby="drawing-title">
            <title id="drawing-title">
                "Three browsers, each with a line to the server. The first says hello; the server passes it on to the other two and answers the first."
            </title>
            <g class="drawing-lines">
                <path d="M130 262V128"/>
                <path d="M360 262V128"/>
                <path d="M590 262V128"/>
            </g>
            <g class="drawing-server">
                <rect x="40" y="28" width="640" height="100" rx="14"/>
                <text x="64" y="62">"The server"</text>
                <text class="drawing-small" x="64" y="90">"listens to everyone, checks, and passes on"</text>
            </g>
            {browser(40, "says hello", 8)}
            {browser(270, "hears hello", 4)}
            {browser(500, "hears hello", 1)}
            <g class="drawing-token">
                <rect x="94" y="176" width="72" height="30" rx="15"/>
                <text x="130" y="196">"Hello!"</text>
            </g>
            <g class="drawing-token">
                <rect x="324" y="206" width="72" height="30" rx="15"/>
                <text x="360" y="226">"Hello!"</text>
            </g>
            <g class="drawing-token">
                <rect x="554" y="206" width="72" height="30" rx="15"/>
                <text x="590" y="226">"Hello!"</text>
            </g>
            <g class="drawing-ack">
                <circle cx="186" cy="232" r="13"/>
                <path d="M180 232l4.500 4.500 8-9"/>
            </g>
        </svg>
    }
}

/// A browser's window, whose left edge is here.
fn browser(left: u16, words: &'static str, hue: u8) -> impl IntoView {
    let at = |x: u16| (left + x).to_string();
    view! {
        <g class="drawing-browser" data-hue=hue.to_string()>
            <rect x=at(0) y="262" width="180" height="130" rx="12"/>
            <path d=format!("M{left} 290h180")/>
            <circle cx=at(18) cy="276" r="4"/>
            <circle cx=at(32) cy="276" r="4"/>
            <circle cx=at(46) cy="276" r="4"/>
            <text x=at(90) y="346">{words}</text>
        </g>
    }
}
