//! `GET /previews/{preview}/picture`, for those who may read the message.

use super::store;
use crate::{
    accounts::sessions,
    config::Config,
    db::Db,
    error::Error,
    files::{Files, download::refused},
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use common::{Code, PreviewId};
use std::sync::Arc;

pub async fn picture(
    State(db): State<Db>,
    State(config): State<Arc<Config>>,
    State(files): State<Files>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let served = async {
        let (parts, _) = request.into_parts();
        let session = sessions::of_request(&db, &parts.headers, &config).await?;
        let person = session.ok_or(Code::NotSignedIn)?.person;
        let id: PreviewId = id.parse().map_err(|_| Code::UnknownFile)?;
        let picture = store::visible_picture(&db, person, id).await?;
        Ok::<_, Error>(files.served(parts, picture.content, &picture.media_type, "inline").await)
    };
    served.await.unwrap_or_else(refused)
}
