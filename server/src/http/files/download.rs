//! `GET /files/{file}` and its thumbnail, for those who may see it, asked at every request.
//!
//! Nothing that was uploaded is ever a page of this server: what is not a picture that the server has
//! made, or sound or video, is only downloaded, and all of it is in a sandbox without any rights.

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

/// What downloads need of the server.
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

/// `GET /files/{file}`; with `?download`, for a browser to keep.
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

/// `GET /files/{file}/thumbnail`, of a picture.
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

/// The answer to those who do not get it.
pub fn refused(error: Error) -> Response {
    let refusal = error.into_refusal();
    (status(refusal.code), Json(refusal)).into_response()
}

impl Downloads {
    /// The file, if the one who asks may see it.
    async fn found(&self, id: &str, request: Request) -> Result<(Parts, Visible), Error> {
        let (parts, _) = request.into_parts();
        let session = session_token::of_request(&self.db, &parts.headers, &self.config).await?;
        let person = session.ok_or(Code::NotSignedIn)?.person;
        let id: FileId = id.parse().map_err(|_| Code::UnknownFile)?;
        Ok((parts, verbs::visible(&self.db, person, id).await?))
    }

    /// Content, or the ranges of it that are asked for (RFC 9110 section 14).
    pub async fn served(
        &self,
        mut parts: Parts,
        content: ContentHash,
        media_type: &str,
        disposition: &str,
    ) -> Response {
        // Ranges of what is not bytes mean nothing here (section 14.2).
        if parts.headers.get(header::RANGE).is_some_and(|range| !range.as_bytes().starts_with(b"bytes=")) {
            parts.headers.remove(header::RANGE);
        }
        let only_if = parts.headers.get(header::IF_RANGE).cloned();
        let mut response = self.read(&parts, content).await;
        // A part of what has another tag, or another date, does not fit to the rest (section 13.1.5).
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

/// A file is not a page: no script in it runs, nothing is guessed about its type, and whoever keeps a
/// copy of it asks each time whether it may still be shown.
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

/// How a browser treats it, and under which name it keeps it (RFC 6266, RFC 8187).
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
