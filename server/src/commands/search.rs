//! The search command.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    Code, limits,
    search::{Found, SearchMessages},
};
use store::{
    error::Error,
    search::{find, query::Query},
};

pub async fn messages(ctx: Context, command: SearchMessages) -> Result<Reply<Found>, Error> {
    if command.query.chars().nth(limits::SEARCH_CHARS).is_some() {
        return Err(Code::QueryTooLong.into());
    }
    let query = Query::read(&command.query, command.utc_offset);
    Ok(Reply::of(find::messages(&ctx.search, ctx.person, &query, command.next).await?))
}
