//! The styles of lazy chunks (`app/src/lazy/`): one file for all chunks and one for the console. Each address
//! contains a content hash. Pages name the addresses, and the client loads a file with its chunk.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

macro_rules! joined {
    ($($name:literal),* $(,)?) => {
        concat!($(include_str!(concat!("../../../style/lazy/", $name, ".css"))),*)
    };
}

/// The imports of `style/lazy/main.css`, in order.
const LAZY: &str = joined!(
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
    "inspector",
);

const CONSOLE: &str = include_str!("../../../style/console.css");

static LAZY_VERSION: LazyLock<String> = LazyLock::new(|| version(LAZY));

static CONSOLE_VERSION: LazyLock<String> = LazyLock::new(|| version(CONSOLE));

fn version(styles: &str) -> String {
    Sha256::digest(styles).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The address of the chunks' styles.
pub fn lazy_path() -> String {
    format!("/styles/{}", *LAZY_VERSION)
}

/// The address of the console's styles.
pub fn console_path() -> String {
    format!("/styles/{}", *CONSOLE_VERSION)
}

/// `GET /styles/{version}`: cached for ever under its versioned address.
pub async fn styles(Path(version): Path<String>) -> Response {
    let styles = match version {
        version if version == *LAZY_VERSION => LAZY,
        version if version == *CONSOLE_VERSION => CONSOLE,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    let css = HeaderValue::from_static("text/css; charset=utf-8");
    ([(header::CONTENT_TYPE, css), (header::CACHE_CONTROL, kept)], styles).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn both_builds_of_the_client_have_the_same_styles() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/lazy");
        let main = fs::read_to_string(folder.join("main.css")).unwrap();
        let imported = main.lines().filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"));
        let whole: String = imported.map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
        assert!(whole == LAZY, "style/lazy/main.css imports something else, or in another order");
        let files = fs::read_dir(&folder).unwrap().count();
        assert_eq!(files, main.matches("@import").count() + 1, "every file is imported");
    }

    fn all_styles(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { all_styles(&path) } else { fs::read_to_string(path).unwrap() }).collect()
    }

    fn name(text: &str) -> &str {
        text.split(|char: char| !char.is_ascii_alphanumeric() && char != '-').next().unwrap_or_default()
    }

    #[test]
    fn every_custom_property_that_styles_use_is_defined() {
        let styles = all_styles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../style"));
        let used: BTreeSet<&str> = styles.split("var(").skip(1).map(name).collect();
        let defined = |property: &&str| styles.contains(&format!("{property}:"));
        let undefined: Vec<_> = used.into_iter().filter(|property| !defined(property)).collect();
        assert!(undefined.is_empty(), "a browser passes over declarations with these: {undefined:?}");
    }
}
