//! The console's commands about people.

use crate::commands::{context::admin::Context, reply::Reply};
use common::roster::{Account, ListRoster, SetActive, SetRole, SignOut};
use store::{error::Error, roster};

pub async fn list(ctx: Context, command: ListRoster) -> Result<Reply<Vec<Account>>, Error> {
    let mut accounts = roster::verbs::list(&ctx.db, command.after.as_deref(), &command.query).await?;
    for account in &mut accounts {
        account.banned = ctx.bans.has_person(account.person.id);
        account.connections = ctx.realtime.connections.of_person(account.person.id);
    }
    Ok(Reply::of(accounts))
}

pub async fn set_role(ctx: Context, command: SetRole) -> Result<Reply<()>, Error> {
    let is_news = roster::verbs::set_role(&ctx.db, ctx.person, command.person, command.role).await?;
    Ok(if is_news { closing(&ctx, command) } else { Reply::of(()) })
}

/// The server closes their connections. Clients reconnect with their new rights.
fn closing(_: &Context, command: SetRole) -> Reply<()> {
    Reply::of(()).then(async move |broadcasts| broadcasts.reconnect_person(command.person).await)
}

pub async fn set_active(ctx: Context, command: SetActive) -> Result<Reply<()>, Error> {
    let SetActive { person, active } = command;
    let is_news = roster::verbs::set_active(&ctx.db, ctx.person, person, active).await?;
    let reply = Reply::of(());
    Ok(if is_news && !active {
        reply.then(async move |broadcasts| broadcasts.person_deactivated(person).await)
    } else {
        reply
    })
}

pub async fn sign_out(ctx: Context, command: SignOut) -> Result<Reply<()>, Error> {
    let person = command.person;
    roster::verbs::sign_out(&ctx.db, ctx.person, person).await?;
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.person_signed_out(person).await))
}
