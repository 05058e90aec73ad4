//! The HTML document around the app, as the server sends it.

use crate::{
    App,
    address::Place,
    elements::{self, CONSOLE_STYLES, LAZY_STYLES},
    lazy, platform, title,
};
use common::page::Page;
use leptos::{html, nonce::use_nonce, prelude::*};

/// Where the client's files are served.
#[derive(Clone, Debug)]
pub struct Links {
    pub css: String,
    /// The styles of [`crate::lazy`]'s parts.
    pub lazy_css: String,
    /// The styles of the console.
    pub console_css: String,
    pub js: String,
    /// The script that loads [`crate::lazy`]'s parts.
    pub parts: String,
    pub wasm: String,
    pub icon: String,
    /// What only `/how-it-works` has.
    pub how_it_works_css: String,
    pub playground_js: String,
    pub playground_wasm: String,
}

/// The whole document.
pub fn shell(links: Links, page: Page) -> impl IntoView {
    let Links { js, parts, wasm, lazy_css, console_css, .. } = links.clone();
    let nonce = use_nonce();
    let data = as_script(&page);
    let place = Place::of(&platform::path());
    let title = title::of_page(&page, place);
    // Visitors' pages are forms; nothing on them is live.
    let is_live = matches!(page, Page::Chat(_));
    // The browser does not load a disabled link until the client enables it.
    let styles = |id, href, is_later: bool| html::link().rel("stylesheet").id(id).href(href).attr("disabled", is_later);
    let lazy_styles = styles(LAZY_STYLES, lazy_css, is_live && !lazy::is_shown_on(&page));
    let console_styles = is_live.then(|| styles(CONSOLE_STYLES, console_css, place != Place::Console));
    let start =
        format!("import start, {{ hydrate }} from '{js}'; start({{ module_or_path: '{wasm}' }}).then(hydrate);");
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <Common links/>
                {lazy_styles}
                {console_styles}
                {is_live.then(|| view! {
                    <link rel="modulepreload" href=js/>
                    <link rel="modulepreload" href=parts/>
                    <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    <script type="application/json" id=elements::PAGE inner_html=data></script>
                    <script type="module" nonce=nonce inner_html=start></script>
                })}
                <title>{title}</title>
            </head>
            <body>
                <App page/>
            </body>
        </html>
    }
}

/// What every document's head has.
#[component]
pub(crate) fn Common(links: Links) -> impl IntoView {
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" type="image/svg+xml" href=links.icon/>
        <link rel="stylesheet" href=links.css/>
    }
}

/// The page as JSON that cannot end the script element around it.
fn as_script(page: &Page) -> String {
    serde_json::to_string(page).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::page::Workspace;

    #[test]
    fn a_name_cannot_break_out_of_the_script_element() {
        let name = "</script><script>alert(1)</script>".to_owned();
        let page = Page::Visitor(Workspace { name, sign_up_open: true, file_limit: 0 });
        let script = as_script(&page);
        assert!(!script.contains('<'), "{script}");
        assert_eq!(serde_json::from_str::<Page>(&script).unwrap(), page);
    }
}
