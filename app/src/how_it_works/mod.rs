//! `/how-it-works`: how a chat works inside, for anybody. Drawn by the server and complete without a script.
//! The playground beside it is a small client of its own (`playground/`), which puts itself in the place of
//! the drawing.

mod drawing;
mod ideas;

use crate::shell::{Common, Links};
use drawing::Drawing;
use ideas::{IDEAS, Idea};
use leptos::{nonce::use_nonce, prelude::*};

/// The whole document. Where the lobby is switched off, there is nothing to try.
pub fn how_it_works(links: Links, is_lobby_open: bool) -> impl IntoView {
    let Links { how_it_works_css, playground_js, playground_wasm, .. } = links.clone();
    let nonce = use_nonce();
    let start = format!("import start from '{playground_js}'; start({{ module_or_path: '{playground_wasm}' }});");
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <Common links/>
                <link rel="stylesheet" href=how_it_works_css/>
                <meta name="description" content="How a chat works inside: seven ideas, in plain words."/>
                {is_lobby_open.then(|| view! {
                    <link rel="modulepreload" href=playground_js/>
                    <link rel="preload" href=playground_wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    <script type="module" nonce=nonce inner_html=start></script>
                })}
                <title>"How it works · Hubbub"</title>
            </head>
            <body class="how">
                <a class="skip-link" href="#ideas">"Skip to the ideas"</a>
                <Header/>
                <main class="how-main">
                    <Opening is_lobby_open/>
                    <Playground is_lobby_open/>
                    <Ideas is_lobby_open/>
                </main>
            </body>
        </html>
    }
}

#[component]
fn Header() -> impl IntoView {
    view! {
        <header class="how-header">
            <a class="how-brand" href="/">
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <rect class="how-mark" width="32" height="32" rx="8"/>
                    <path d="M8 9.500h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8.500L10 26v-4.500H8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z"/>
                    <circle class="how-mark" cx="11.500" cy="15.500" r="1.600"/>
                    <circle class="how-mark" cx="16" cy="15.500" r="1.600"/>
                    <circle class="how-mark" cx="20.500" cy="15.500" r="1.600"/>
                </svg>
                "Hubbub"
            </a>
            <a class="button" href="/">"Open the chat"</a>
        </header>
    }
}

#[component]
fn Opening(is_lobby_open: bool) -> impl IntoView {
    let to_try = "You can try out each of them, on three browsers that are really connected. You need no account, and nothing is kept.";
    view! {
        <div class="how-opening">
            <h1>"What happens when you say hello"</h1>
            <p>"Inside, a chat is seven ideas, each small enough for one paragraph. "{is_lobby_open.then_some(to_try)}</p>
        </div>
    }
}

/// What the playground's client takes for itself is called `playground`.
#[component]
fn Playground(is_lobby_open: bool) -> impl IntoView {
    view! {
        <section class="how-playground" aria-labelledby="playground-title">
            <h2 class="visually-hidden" id="playground-title">"Playground"</h2>
            <div id=is_lobby_open.then_some("playground")>
                <Drawing/>
                {if is_lobby_open {
                    view! { <noscript><p class="how-aside">"Your browser runs no scripts here, so this is only a drawing. Enable scripts to try it."</p></noscript> }.into_any()
                } else {
                    view! { <p class="how-aside">"The operator has switched the playground off, so this is only a drawing. The ideas are the same."</p> }.into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn Ideas(is_lobby_open: bool) -> impl IntoView {
    view! {
        <ol class="ideas" id="ideas" tabindex="-1">
            {IDEAS.iter().map(|idea| view! { <IdeaCard idea is_lobby_open/> }).collect_view()}
        </ol>
    }
}

/// "Show me" belongs to the playground's client, which shows it.
#[component]
fn IdeaCard(idea: &'static Idea, is_lobby_open: bool) -> impl IntoView {
    let Idea { id, name, words, here, to_try } = *idea;
    view! {
        <li class="idea" id=id>
            <h2>{name}</h2>
            <p>{words}</p>
            <p class="idea-here">{here}</p>
            {is_lobby_open.then(|| view! {
                <div class="idea-try">
                    <p><strong>"Try it: "</strong>{to_try}</p>
                    <button class="button small" type="button" data-try=id hidden=true aria-label=format!("Show me: {name}")>"Show me"</button>
                </div>
            })}
        </li>
    }
}
