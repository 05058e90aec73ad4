//! `GET /previews/{preview}/picture`, for people who may read the message.

use crate::{
    config::Config,
    http::files::download::{Downloads, refused},
    realtime::session_token,
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use common::{Code, PreviewId};
use std::sync::Arc;
use store::{db::Db, error::Error, previews};

pub async fn picture(
    State(db): State<Db>,
    State(config): State<Arc<Config>>,
    State(downloads): State<Downloads>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let served = async {
        let (parts, _) = request.into_parts();
        let session = session_token::of_request(&db, &parts.headers, &config).await?;
        let person = session.ok_or(Code::NotSignedIn)?.person;
        let id: PreviewId = id.parse().map_err(|_| Code::UnknownFile)?;
        let picture = previews::visible_picture(&db, person, id).await?;
        Ok::<_, Error>(downloads.served(parts, picture.content, &picture.media_type, "inline").await)
    };
    served.await.unwrap_or_else(refused)
}
