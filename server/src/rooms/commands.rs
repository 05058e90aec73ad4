//! The commands about rooms.

use super::{memberships, settings, stars, store};
use crate::{
    chat::{Context, Reply},
    error::Error,
    log,
};
use common::{
    RoomId,
    catch_up::{CatchUp, Missed},
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, Invited, JoinRoom, LeaveRoom, ListRooms, OpenRoom,
        RemoveMember, RoomCard, RoomStarred, RoomSummary, RoomView, StarRoom, StartDirect,
    },
};

pub async fn list(ctx: Context, _: ListRooms) -> Result<Reply<Vec<RoomCard>>, Error> {
    Ok(Reply::of(store::public(&ctx.db, ctx.person).await?))
}

pub async fn create(ctx: Context, command: CreateRoom) -> Result<Reply<RoomSummary>, Error> {
    let room = store::create(&ctx.db, ctx.person, &command).await?;
    entered(&ctx, room).await
}

pub async fn join(ctx: Context, command: JoinRoom) -> Result<Reply<RoomSummary>, Error> {
    memberships::join(&ctx.db, ctx.person, command.room).await?;
    entered(&ctx, command.room).await
}

pub async fn leave(ctx: Context, command: LeaveRoom) -> Result<Reply<()>, Error> {
    Ok(Reply::of(memberships::leave(&ctx.db, ctx.person, command.room).await?))
}

pub async fn invite(ctx: Context, command: InvitePeople) -> Result<Reply<Invited>, Error> {
    let people = memberships::invite(&ctx.db, ctx.person, command.room, &command.people).await?;
    Ok(Reply::of(Invited { people }))
}

pub async fn change(ctx: Context, command: ChangeRoom) -> Result<Reply<()>, Error> {
    Ok(Reply::of(settings::change(&ctx.db, ctx.person, &command).await?))
}

pub async fn change_member(ctx: Context, command: ChangeMember) -> Result<Reply<()>, Error> {
    Ok(Reply::of(settings::change_member(&ctx.db, ctx.person, &command).await?))
}

pub async fn remove_member(ctx: Context, command: RemoveMember) -> Result<Reply<()>, Error> {
    Ok(Reply::of(settings::remove_member(&ctx.db, ctx.person, &command).await?))
}

pub async fn star(ctx: Context, command: StarRoom) -> Result<Reply<()>, Error> {
    let StarRoom { room, starred } = command;
    let is_news = stars::set(&ctx.db, ctx.person, room, starred).await?;
    let (reply, person, news) = (Reply::of(()), ctx.person, RoomStarred { room, starred });
    Ok(if is_news { reply.then(async move |broadcasts| broadcasts.room_starred(person, news).await) } else { reply })
}

pub async fn open(ctx: Context, command: OpenRoom) -> Result<Reply<RoomView>, Error> {
    Ok(Reply::of(store::view(&ctx.db, ctx.person, command.room, None).await?))
}

pub async fn start_direct(ctx: Context, command: StartDirect) -> Result<Reply<RoomSummary>, Error> {
    let room = store::start_direct(&ctx.db, ctx.person, &command.people).await?;
    entered(&ctx, room).await
}

async fn entered(ctx: &Context, room: RoomId) -> Result<Reply<RoomSummary>, Error> {
    Ok(Reply::of(store::summary(&ctx.db, ctx.person, room).await?))
}

pub async fn catch_up(ctx: Context, command: CatchUp) -> Result<Reply<Missed>, Error> {
    memberships::require(&ctx.db.read, ctx.person, command.room).await?;
    Ok(Reply::of(log::missed(&ctx.db, command.room, command.after).await?))
}
