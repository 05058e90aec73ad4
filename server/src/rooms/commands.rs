//! The commands about rooms.

use super::{announce, memberships, store};
use crate::{
    chat::{Context, Reply},
    error::Error,
};
use common::{
    RoomId,
    rooms::{
        CreateRoom, InvitePeople, Invited, JoinRoom, LeaveRoom, ListRooms, MemberJoined, OpenRoom, RoomCard,
        RoomSummary, RoomView, StartDirect,
    },
};

pub async fn list(ctx: Context, _: ListRooms) -> Result<Reply<Vec<RoomCard>>, Error> {
    Ok(Reply::of(store::public(&ctx.db, ctx.person).await?))
}

pub async fn create(ctx: Context, command: CreateRoom) -> Result<Reply<RoomSummary>, Error> {
    let joined = store::create(&ctx.db, ctx.person, &command).await?;
    entered(ctx, joined.room, vec![joined]).await
}

pub async fn join(ctx: Context, command: JoinRoom) -> Result<Reply<RoomSummary>, Error> {
    let joined = memberships::join(&ctx.db, ctx.person, command.room).await?;
    entered(ctx, command.room, Vec::from_iter(joined)).await
}

pub async fn leave(ctx: Context, command: LeaveRoom) -> Result<Reply<()>, Error> {
    let left = memberships::leave(&ctx.db, ctx.person, command.room).await?;
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.room_left(left).await))
}

pub async fn invite(ctx: Context, command: InvitePeople) -> Result<Reply<Invited>, Error> {
    let joined = memberships::invite(&ctx.db, ctx.person, command.room, &command.people).await?;
    let people = joined.iter().map(|joined| joined.person).collect();
    let db = ctx.db;
    Ok(Reply::of(Invited { people }).then(async move |broadcasts| announce::joined(&db, &broadcasts, joined).await))
}

pub async fn open(ctx: Context, command: OpenRoom) -> Result<Reply<RoomView>, Error> {
    Ok(Reply::of(store::view(&ctx.db, ctx.person, command.room).await?))
}

pub async fn start_direct(ctx: Context, command: StartDirect) -> Result<Reply<RoomSummary>, Error> {
    let (room, joined) = store::start_direct(&ctx.db, ctx.person, &command.people).await?;
    entered(ctx, room, joined).await
}

async fn entered(ctx: Context, room: RoomId, joined: Vec<MemberJoined>) -> Result<Reply<RoomSummary>, Error> {
    let summary = store::summary(&ctx.db, ctx.person, room).await?;
    let db = ctx.db;
    Ok(Reply::of(summary).then(async move |broadcasts| announce::joined(&db, &broadcasts, joined).await))
}
