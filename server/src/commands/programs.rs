//! The console's commands about programs, and the commands of programs.

use crate::commands::{
    context::{admin, program},
    reply::Reply,
};
use common::{
    Code,
    accounts::checked_name,
    limits,
    programs::{CreateProgram, ListPrograms, NewProgram, Program, RevokeProgram, WhoAmI, checked_lasting},
};
use store::{error::Error, programs};

pub async fn create(ctx: admin::Context, command: CreateProgram) -> Result<Reply<NewProgram>, Error> {
    let name = checked_name(&command.name, limits::NAME_CHARS)?;
    let lasts = command.lasts.map(checked_lasting).transpose()?;
    let (id, token) = programs::create(&ctx.db, ctx.person, &name, lasts).await?;
    let program = programs::list(&ctx.db).await?.into_iter().find(|program| program.id == id).ok_or(Code::Gone)?;
    Ok(Reply::of(NewProgram { program, token: token.into() }))
}

pub async fn revoke(ctx: admin::Context, command: RevokeProgram) -> Result<Reply<()>, Error> {
    programs::revoke(&ctx.db, ctx.person, command.program).await?;
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.program_revoked(command.program).await))
}

pub async fn list(ctx: admin::Context, _: ListPrograms) -> Result<Reply<Vec<Program>>, Error> {
    Ok(Reply::of(programs::list(&ctx.db).await?))
}

pub async fn whoami(ctx: program::Context, _: WhoAmI) -> Result<Reply<Program>, Error> {
    let programs = programs::list(&ctx.db).await?;
    Ok(Reply::of(programs.into_iter().find(|program| program.id == ctx.program.id).ok_or(Code::WrongToken)?))
}
