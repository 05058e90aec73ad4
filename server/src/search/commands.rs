//! The command that searches.

use super::{find, query::Query};
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::{
    Code, limits,
    search::{Found, SearchMessages},
};

pub async fn messages(ctx: Context, command: SearchMessages) -> Result<Reply<Found>, Error> {
    if command.query.chars().nth(limits::SEARCH_CHARS).is_some() {
        return Err(Code::QueryTooLong.into());
    }
    let query = Query::read(&command.query, command.utc_offset);
    Ok(Reply::of(find::messages(&ctx.search, ctx.person, &query, command.next).await?))
}
