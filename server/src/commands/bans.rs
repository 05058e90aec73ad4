//! The console's commands about bans.

use crate::commands::{context::admin::Context, reply::Reply};
use common::{
    Code, PersonId,
    bans::{AddBan, AddressRange, Ban, BanSubject, BanTarget, ListBans, RemoveBan, checked_reason},
};
use store::{bans, clock, error::Error, roster::tags};

pub async fn add(ctx: Context, command: AddBan) -> Result<Reply<Ban>, Error> {
    let reason = checked_reason(&command.reason)?;
    if command.until.is_some_and(|until| until <= clock::now()) {
        return Err(Code::Malformed.into());
    }
    let mut there = Vec::new();
    let target = match command.target {
        BanTarget::Person(person) => BanTarget::Person(person),
        BanTarget::Address(text) => {
            let range = AddressRange::read(&text)?;
            // Admins who ban their own address could not return to lift the ban.
            if range.contains(ctx.address()) {
                return Err(Code::NotOverThem.into());
            }
            let connections = ctx.realtime.connections.page(None, usize::MAX, |known| range.contains(known.address));
            there = connections.iter().filter_map(|connection| connection.person()).collect();
            BanTarget::Address(range.to_string())
        }
    };
    let id = bans::add(&ctx.db, ctx.person, &target, &there, &reason, command.until).await?;
    ctx.bans.reload(&ctx.db).await?;
    let ban = list_of(&ctx).await?.into_iter().find(|ban| ban.id == id).ok_or(Code::Gone)?;
    let connections = ctx.realtime.connections.clone();
    Ok(Reply::of(ban).then(async move |broadcasts| match target {
        BanTarget::Person(person) => broadcasts.person_banned(person).await,
        BanTarget::Address(range) => {
            let Ok(range) = AddressRange::read(&range) else { return };
            let banned = connections.page(None, usize::MAX, |connection| range.contains(connection.address));
            for connection in banned {
                broadcasts.close(&connection);
            }
        }
    }))
}

pub async fn remove(ctx: Context, command: RemoveBan) -> Result<Reply<()>, Error> {
    bans::remove(&ctx.db, ctx.person, command.ban).await?;
    ctx.bans.reload(&ctx.db).await?;
    Ok(Reply::of(()))
}

pub async fn list(ctx: Context, _: ListBans) -> Result<Reply<Vec<Ban>>, Error> {
    Ok(Reply::of(list_of(&ctx).await?))
}

async fn list_of(ctx: &Context) -> Result<Vec<Ban>, Error> {
    let rows = bans::list(&ctx.db).await?;
    let people: Vec<_> = rows.iter().flat_map(|row| [row.person_id, Some(row.by_id)]).flatten().map(PersonId).collect();
    let tags = tags::tags(&ctx.db, people).await?;
    let bans = rows.into_iter().map(|row| Ban {
        id: common::BanId(row.id),
        of: match row.person_id {
            Some(person) => BanSubject::Person(tags.of(PersonId(person))),
            None => BanSubject::Address(row.address.unwrap_or_default()),
        },
        reason: row.reason,
        until: row.until,
        by: tags.of(PersonId(row.by_id)),
        at: row.at,
    });
    Ok(bans.collect())
}
