//! The commands about rooms.

use super::{memberships, store};
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::rooms::{
    CreateRoom, InvitePeople, Invited, JoinRoom, LeaveRoom, ListRooms, OpenRoom, RoomCard, RoomSummary, RoomView,
    StartDirect,
};

pub async fn list(ctx: Context, _: ListRooms) -> Result<Reply<Vec<RoomCard>>, Error> {
    Ok(Reply::of(store::public(&ctx.db, ctx.person).await?))
}

pub async fn create(ctx: Context, command: CreateRoom) -> Result<Reply<RoomSummary>, Error> {
    let summary = store::create(&ctx.db, ctx.person, &command).await?;
    Ok(entered(ctx, summary))
}

pub async fn join(ctx: Context, command: JoinRoom) -> Result<Reply<RoomSummary>, Error> {
    let joined = memberships::join(&ctx.db, ctx.person, command.room).await?;
    let summary = store::summary(&ctx.db, ctx.person, command.room).await?;
    Ok(if joined { entered(ctx, summary) } else { Reply::of(summary) })
}

pub async fn leave(ctx: Context, command: LeaveRoom) -> Result<Reply<()>, Error> {
    let left = memberships::leave(&ctx.db, ctx.person, command.room).await?;
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.room_left(left).await))
}

pub async fn invite(ctx: Context, command: InvitePeople) -> Result<Reply<Invited>, Error> {
    let people = memberships::invite(&ctx.db, ctx.person, command.room, &command.people).await?;
    let mut summaries = Vec::with_capacity(people.len());
    for &person in &people {
        summaries.push((person, store::summary(&ctx.db, person, command.room).await?));
    }
    Ok(Reply::of(Invited { people }).then(async move |broadcasts| {
        for (person, summary) in summaries {
            broadcasts.room_joined(person, summary).await;
        }
    }))
}

pub async fn open(ctx: Context, command: OpenRoom) -> Result<Reply<RoomView>, Error> {
    Ok(Reply::of(store::view(&ctx.db, ctx.person, command.room).await?))
}

pub async fn start_direct(ctx: Context, command: StartDirect) -> Result<Reply<RoomSummary>, Error> {
    let (room, is_new) = store::start_direct(&ctx.db, ctx.person, &command.people).await?;
    let mine = store::summary(&ctx.db, ctx.person, room).await?;
    if !is_new {
        return Ok(Reply::of(mine));
    }
    let mut summaries = Vec::new();
    for &person in &mine.people {
        summaries.push((person, store::summary(&ctx.db, person, room).await?));
    }
    Ok(Reply::of(mine).then(async move |broadcasts| {
        for (person, summary) in summaries {
            broadcasts.room_joined(person, summary).await;
        }
    }))
}

fn entered(ctx: Context, summary: RoomSummary) -> Reply<RoomSummary> {
    let person = ctx.person;
    Reply::of(summary.clone()).then(async move |broadcasts| broadcasts.room_joined(person, summary).await)
}
