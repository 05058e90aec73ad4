//! The client's files. They are in the binary, in a folder with a content hash in its name. During development
//! they are in the output folder of `bin/site`.

use crate::http::styles;
use app::Links;
use axum::Router;
use std::path::Path;

/// Paths of the client's files, and the routes that serve them.
pub struct Assets {
    pub links: Links,
    routes: Router,
}

impl Assets {
    /// The files in `folder` if it is given, otherwise the files in the binary.
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
        Self { links: links("/pkg", ""), routes }
    }

    #[cfg(feature = "embed")]
    fn in_binary() -> Self {
        use memory_serve::CacheControl;
        // Files compressed with Brotli pass as they are. Browsers accept Brotli over HTTPS only, and gzip
        // elsewhere.
        use tower_http::compression::CompressionLayer;
        let files = memory_serve::load!()
            .index_file(None)
            .enable_brotli(true)
            // Compressing them in advance would take most of the startup time.
            .enable_gzip(false)
            // The folder's name contains a content hash.
            .cache_control(CacheControl::Long);
        let manifest = files.manifest();
        let folder = manifest.iter().find_map(|(route, _)| route.strip_suffix("/hubbub.js")).unwrap_or_default();
        Self { links: links(folder, folder), routes: files.into_router().layer(CompressionLayer::new().no_br()) }
    }

    #[cfg(not(feature = "embed"))]
    fn in_binary() -> Self {
        tracing::warn!("this build contains no client: you can read pages, but they are not live");
        Self { links: links("/pkg", ""), routes: Router::new() }
    }
}

/// `pkg` is the folder of compiled files, `public` the copy of `public/`.
fn links(pkg: &str, public: &str) -> Links {
    Links {
        css: format!("{pkg}/hubbub.css"),
        lazy_css: styles::lazy_path(),
        console_css: styles::console_path(),
        js: format!("{pkg}/hubbub.js"),
        parts: format!("{pkg}/__wasm_split.______________________.js"),
        wasm: format!("{pkg}/hubbub.wasm"),
        icon: format!("{public}/assets/icon.svg"),
        how_it_works_css: format!("{pkg}/how-it-works.css"),
        playground_js: format!("{pkg}/playground.js"),
        playground_wasm: format!("{pkg}/playground_bg.wasm"),
    }
}
