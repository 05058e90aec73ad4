//! Sessions: an opaque token in a cookie, its SHA-256 in the database.

use crate::config::Config;
use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, SameSite};
use store::{
    db::Db,
    error::Error,
    sessions::verbs::{LASTS, Session, find},
};

/// The session of a request, by a program's token (RFC 6750 section 2.1) or the browser's cookie.
///
/// # Errors
/// When the database query fails.
pub async fn of_request(db: &Db, headers: &HeaderMap, config: &Config) -> Result<Option<Session>, Error> {
    match token_in_header(headers).or_else(|| token_in_cookie(headers, config)) {
        Some(token) => find(db, &token).await,
        None => Ok(None),
    }
}

fn token_in_header(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The token in the request's cookie.
pub fn token_in_cookie(headers: &HeaderMap, config: &Config) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == cookie_name(config))
        .map(|cookie| cookie.value().to_owned())
}

/// The cookie with a token. `__Host-` (RFC 6265bis section 4.1.3.2) binds it to this host over HTTPS; plain
/// HTTP does not support the prefix.
pub fn cookie(token: String, config: &Config) -> Cookie<'static> {
    Cookie::build((cookie_name(config), token))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::milliseconds(LASTS))
        .build()
}

/// The cookie that removes the token.
pub fn no_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(String::new(), config);
    cookie.make_removal();
    cookie
}

fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-hubbub" } else { "hubbub" }
}
