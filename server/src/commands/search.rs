//! The search command.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    Code, limits,
    search::{SearchMessages, SearchPage},
};
use store::{
    error::Error,
    search::{find, query::Query},
};

pub async fn messages(ctx: Context, command: SearchMessages) -> Result<Reply<SearchPage>, Error> {
    if command.query.chars().nth(limits::SEARCH_CHARS).is_some() {
        return Err(Code::QueryTooLong.into());
    }
    let query = Query::read(&command.query, command.utc_offset);
    Ok(Reply::of(find::messages(&ctx.search, ctx.person, &query, command.next).await?))
}
