//! The client's files: inside the binary under names that change with their content, or, while
//! developing, from the folder that `cargo leptos` builds them into.

use app::Links;
use axum::Router;
use std::path::Path;

/// Where pages find the client's files, and the routes that serve them.
pub struct Assets {
    pub links: Links,
    routes: Router,
}

impl Assets {
    /// The files in `folder` if there is one, otherwise those in the binary.
    pub fn load(folder: Option<&Path>) -> Self {
        match folder {
            Some(folder) => Self::in_folder(folder),
            None => Self::in_binary(),
        }
    }

    pub fn routes(&self) -> Router {
        self.routes.clone()
    }

    fn in_folder(folder: &Path) -> Self {
        use axum::http::{HeaderValue, header};
        use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};
        let fresh = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        let routes = Router::new()
            .nest_service("/pkg", ServeDir::new(folder.join("pkg")))
            .nest_service("/assets", ServeDir::new(folder.join("assets")))
            .layer(fresh);
        Self { links: links(|path| path.to_owned()), routes }
    }

    #[cfg(feature = "embed")]
    fn in_binary() -> Self {
        use memory_serve::CacheControl;
        let files = memory_serve::load!()
            .index_file(None)
            .enable_hashed_routes(true)
            .enable_brotli(true)
            .enable_gzip(true)
            .cache_control(CacheControl::NoCache);
        let manifest = files.manifest();
        let links = links(|path| manifest.get(path).unwrap_or(path).to_owned());
        Self { links, routes: files.into_router() }
    }

    #[cfg(not(feature = "embed"))]
    fn in_binary() -> Self {
        tracing::warn!("this build has no client inside: pages can be read, but nothing on them is live");
        Self { links: links(|path| path.to_owned()), routes: Router::new() }
    }
}

fn links(served_as: impl Fn(&str) -> String) -> Links {
    Links {
        css: served_as("/pkg/hubbub.css"),
        js: served_as("/pkg/hubbub.js"),
        wasm: served_as("/pkg/hubbub.wasm"),
        icon: served_as("/assets/icon.svg"),
    }
}
