//! The styles of what is loaded later (`app/src/later.rs`): one file of them all, under an address that is made of
//! its content. Pages name it; it is loaded with the first part that is shown.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

macro_rules! styles {
    ($($name:literal),* $(,)?) => {
        concat!($(include_str!(concat!("../../style/later/", $name, ".css"))),*)
    };
}

/// What `style/later/main.css` imports, in its order.
const LATER: &str = styles!(
    "widgets",
    "accounts",
    "chat",
    "rooms",
    "search",
    "people",
    "messages",
    "threads",
    "previews",
    "emoji",
    "excerpts",
    "composer",
    "files",
    "dialogs",
    "notifications",
    "hood",
);

static VERSION: LazyLock<String> =
    LazyLock::new(|| Sha256::digest(LATER).iter().take(8).map(|byte| format!("{byte:02x}")).collect());

/// Where it is.
pub fn path() -> String {
    format!("/styles/{}", *VERSION)
}

/// `GET /styles/{version}`: for ever under its own address, and under no other.
pub async fn later(Path(version): Path<String>) -> Response {
    if version != *VERSION {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, css), (header::CACHE_CONTROL, kept)], LATER).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    #[test]
    fn the_same_styles_are_there_as_for_a_client_without_a_server() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/later");
        let main = fs::read_to_string(folder.join("main.css")).unwrap();
        let imported = main.lines().filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"));
        let whole: String = imported.map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
        assert!(whole == LATER, "style/later/main.css imports something else, or in another order");
        let files = fs::read_dir(&folder).unwrap().count();
        assert_eq!(files, main.matches("@import").count() + 1, "every file is imported");
    }
}
