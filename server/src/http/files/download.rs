//! `GET /files/{file}` and its thumbnail. Each request checks the caller's access.
//!
//! No upload ever becomes a page of this server. Browsers show only re-encoded pictures, sound and video, and
//! download the rest. A sandbox without rights applies to all of it.

use crate::{
    config::Config,
    http::{state::HttpState, status::status},
    realtime::session_token,
};
use axum::{
    Json,
    body::Body,
    extract::{FromRef, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use common::{Code, FileId, files::FileKind};
use std::sync::Arc;
use store::{
    Error,
    blobs::ContentHash,
    db::Db,
    files::{
        Files, kinds,
        verbs::{self, Visible},
    },
};
use tower_http::services::ServeFile;

/// Dependencies of downloads.
#[derive(Clone)]
pub struct Downloads {
    db: Db,
    config: Arc<Config>,
    files: Files,
}

impl FromRef<HttpState> for Downloads {
    fn from_ref(state: &HttpState) -> Self {
        Self { db: state.db.clone(), config: state.config.clone(), files: state.files.clone() }
    }
}

/// `GET /files/{file}`; with `?download` the browser saves it.
pub async fn file(State(served): State<Downloads>, Path(id): Path<String>, request: Request) -> Response {
    let result = async {
        let (parts, visible) = served.found(&id, request).await?;
        let is_download = parts.uri.query().is_some_and(|query| query.split('&').any(|part| part == "download"));
        let Visible { kind, name, media_type, content, .. } = visible;
        let shown = kind != FileKind::Other && !is_download;
        Ok(served.served(parts, content, &media_type, &disposition(shown, &name)).await)
    };
    result.await.unwrap_or_else(refused)
}

/// `GET /files/{file}/thumbnail`: the thumbnail of a picture.
pub async fn thumbnail(State(served): State<Downloads>, Path(id): Path<String>, request: Request) -> Response {
    let result = async {
        let (parts, visible) = served.found(&id, request).await?;
        if visible.kind != FileKind::Image {
            return Err(Code::UnknownFile.into());
        }
        let (content, media_type) = visible.thumbnail.unwrap_or((visible.content, visible.media_type));
        Ok(served.served(parts, content, &media_type, "inline").await)
    };
    result.await.unwrap_or_else(refused)
}

/// The answer to callers without access.
pub fn refused(error: Error) -> Response {
    let refusal = error.into_refusal();
    (status(refusal.code), Json(refusal)).into_response()
}

impl Downloads {
    /// The file, if the caller has access.
    async fn found(&self, id: &str, request: Request) -> Result<(Parts, Visible), Error> {
        let (parts, _) = request.into_parts();
        let session = session_token::of_request(&self.db, &parts.headers, &self.config).await?;
        let person = session.ok_or(Code::NotSignedIn)?.person;
        let id: FileId = id.parse().map_err(|_| Code::UnknownFile)?;
        Ok((parts, verbs::visible(&self.db, person, id).await?))
    }

    /// The content, or its requested ranges (RFC 9110 section 14).
    pub async fn served(
        &self,
        mut parts: Parts,
        content: ContentHash,
        media_type: &str,
        disposition: &str,
    ) -> Response {
        // Only byte ranges are supported (section 14.2).
        if parts.headers.get(header::RANGE).is_some_and(|range| !range.as_bytes().starts_with(b"bytes=")) {
            parts.headers.remove(header::RANGE);
        }
        let only_if = parts.headers.get(header::IF_RANGE).cloned();
        let mut response = self.read(&parts, content).await;
        // With another tag or date, the range does not match the client's first part (section 13.1.5).
        if response.status() == StatusCode::PARTIAL_CONTENT && only_if.is_some_and(|tag| !is_of(&response, &tag)) {
            parts.headers.remove(header::RANGE);
            response = self.read(&parts, content).await;
        }
        guard(response.headers_mut(), media_type, disposition);
        response
    }

    async fn read(&self, parts: &Parts, content: ContentHash) -> Response {
        let request = Request::from_parts(parts.clone(), Body::empty());
        let mut file = ServeFile::new(self.files.path(content)).ignore_multi_range_requests(true);
        match file.try_call(request).await {
            Ok(response) => response.map(Body::new),
            Err(error) => refused(error.into()),
        }
    }
}

fn is_of(response: &Response, tag: &HeaderValue) -> bool {
    [header::ETAG, header::LAST_MODIFIED].iter().any(|name| response.headers().get(name) == Some(tag))
}

/// A file is not a page: its scripts do not run and browsers do not guess its type. Caches revalidate it at
/// every request, because access can end.
fn guard(headers: &mut HeaderMap, media_type: &str, disposition: &str) {
    let guards = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in guards {
        let value = HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(kinds::ANYTHING));
        headers.insert(name, value);
    }
}

/// How a browser shows it, and the file name for saving it (RFC 6266, RFC 8187).
fn disposition(is_shown: bool, name: &str) -> String {
    let way = if is_shown { "inline" } else { "attachment" };
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ';
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let is_literal = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(byte);
    let encoded: String = name
        .bytes()
        .map(|byte| if is_literal(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(disposition(false, "notes.txt"), "attachment; filename=\"notes.txt\"; filename*=UTF-8''notes.txt");
        let odd = disposition(true, "größe\"; x=\r\n\"%41.png");
        assert!(HeaderValue::from_str(&odd).is_ok(), "{odd}");
        assert_eq!(odd.matches('"').count(), 2, "{odd}");
        assert!(odd.ends_with("gr%C3%B6%C3%9Fe%22%3B%20x%3D%0D%0A%22%2541.png"), "{odd}");
    }
}
