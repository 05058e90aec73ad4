//! The commands about rooms.

use crate::commands::{context::member::Context, reply::Reply};
use common::{
    RoomId,
    catch_up::{CatchUp, MissedEvents},
    rooms::{
        ChangeMember, ChangeRoom, CreateRoom, InvitePeople, InvitedPeople, JoinRoom, LeaveRoom, ListRooms, OpenRoom,
        RemoveMember, RoomCard, RoomStarred, RoomSummary, RoomView, StarRoom, StartDirect,
    },
};
use store::{
    Error, catch_up,
    rooms::{joining, memberships::Member, settings, stars, verbs},
};

pub async fn list(ctx: Context, _: ListRooms) -> Result<Reply<Vec<RoomCard>>, Error> {
    Ok(Reply::of(verbs::public(&ctx.db, ctx.person).await?))
}

pub async fn create(ctx: Context, command: CreateRoom) -> Result<Reply<RoomSummary>, Error> {
    let room = verbs::create(&ctx.db, ctx.person, &command).await?;
    entered(&ctx, room).await
}

pub async fn join(ctx: Context, command: JoinRoom) -> Result<Reply<RoomSummary>, Error> {
    joining::join(&ctx.db, ctx.person, command.room).await?;
    entered(&ctx, command.room).await
}

pub async fn leave(ctx: Context, command: LeaveRoom) -> Result<Reply<()>, Error> {
    Ok(Reply::of(joining::leave(&ctx.db, ctx.person, command.room).await?))
}

pub async fn invite(ctx: Context, command: InvitePeople) -> Result<Reply<InvitedPeople>, Error> {
    let people = joining::invite(&ctx.db, ctx.person, command.room, &command.people).await?;
    Ok(Reply::of(InvitedPeople { people }))
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
    Ok(Reply::of(verbs::view(&ctx.db, ctx.person, command.room, None).await?))
}

pub async fn start_direct(ctx: Context, command: StartDirect) -> Result<Reply<RoomSummary>, Error> {
    let room = verbs::start_direct(&ctx.db, ctx.person, &command.people).await?;
    entered(&ctx, room).await
}

async fn entered(ctx: &Context, room: RoomId) -> Result<Reply<RoomSummary>, Error> {
    Ok(Reply::of(verbs::summary(&ctx.db, ctx.person, room).await?))
}

pub async fn catch_up(ctx: Context, command: CatchUp, member: Member) -> Result<Reply<MissedEvents>, Error> {
    Ok(Reply::of(catch_up::missed(&ctx.db, member, command.after).await?))
}
