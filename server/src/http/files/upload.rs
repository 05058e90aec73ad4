//! `POST /files?name=…`: streams an upload into storage, chunk by chunk.

use crate::{
    config::Config,
    http::status::status,
    realtime::{rates::UPLOAD, session_token, shared::Realtime},
};
use axum::{
    Json,
    body::{BodyDataStream, Bytes},
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use common::{Code, files::Attachment};
use futures::StreamExt;
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use store::{Error, files::Files};

/// An uploader that sends nothing for this long counts as disconnected.
const SILENCE: Duration = Duration::from_secs(60);
/// A refused upload may continue for this long. A browser that is cut off does not read the answer.
const FAREWELL: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
pub struct Upload {
    #[serde(default)]
    name: String,
}

/// `POST /files?name=…`
pub async fn upload(
    State(files): State<Files>,
    State(config): State<Arc<Config>>,
    State(realtime): State<Realtime>,
    upload: Result<Query<Upload>, QueryRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut body = body.into_data_stream();
    let taken = match upload {
        Ok(Query(Upload { name })) => take_in(&files, &config, &realtime, &parts, &name, &mut body).await,
        Err(_) => Err(Code::Malformed.into()),
    };
    match taken {
        Ok(attachment) => (StatusCode::CREATED, Json(attachment)).into_response(),
        Err(error) => {
            let refusal = error.into_refusal();
            // The task ends by itself within seconds, and nothing waits for it.
            drop(tokio::spawn(tokio::time::timeout(FAREWELL, async move { while body.next().await.is_some() {} })));
            (status(refusal.code), Json(refusal)).into_response()
        }
    }
}

async fn take_in(
    files: &Files,
    config: &Config,
    realtime: &Realtime,
    parts: &Parts,
    name: &str,
    body: &mut BodyDataStream,
) -> Result<Attachment, Error> {
    let session = session_token::of_request(&realtime.db, &parts.headers, config).await?;
    let person = session.ok_or(Code::NotSignedIn)?.person;
    realtime.rates.check(UPLOAD, person.0).map_err(Error::Refused)?;
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let mut receiving = files.receive(announced.unwrap_or(0))?;
    while let Some(piece) = next_piece(body).await? {
        receiving.take(&piece).await?;
    }
    receiving.keep(person, name).await
}

/// The next chunk of the file; `None` at its end.
async fn next_piece(body: &mut BodyDataStream) -> Result<Option<Bytes>, Error> {
    match tokio::time::timeout(SILENCE, body.next()).await {
        Ok(None) => Ok(None),
        Ok(Some(Ok(piece))) => Ok(Some(piece)),
        // The upload broke off or stalled, so no client reads the answer.
        Ok(Some(Err(_))) | Err(_) => Err(Code::Malformed.into()),
    }
}
