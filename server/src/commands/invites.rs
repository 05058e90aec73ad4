//! The console's commands about invitations.

use crate::commands::{context::admin::Context, reply::Reply};
use common::{
    Code,
    invites::{CreateInvite, Invite, ListInvites, NewInvite, RevokeInvite},
    limits,
    people::Role,
    programs::checked_lasting,
};
use qrcode::{QrCode, render::svg};
use store::{error::Error, invites};

pub async fn create(ctx: Context, command: CreateInvite) -> Result<Reply<NewInvite>, Error> {
    checked_lasting(command.lasts)?;
    let is_for_guest = command.role == Role::Guest;
    // A guest sees only rooms that they are invited to, so their invitation needs a room.
    let fits = (1..=limits::INVITE_USES).contains(&command.uses)
        && (command.role == Role::Member || is_for_guest && command.room.is_some());
    if !fits {
        return Err(Code::Malformed.into());
    }
    let (id, token) = invites::create(&ctx.db, ctx.person, &command).await?;
    let invite = invites::list(&ctx.db).await?.into_iter().find(|invite| invite.id == id).ok_or(Code::Gone)?;
    let path = format!("/sign-up?invite={token}");
    let qr = drawn(&format!("{}{path}", ctx.origin())).ok_or(Code::Malformed)?;
    Ok(Reply::of(NewInvite { invite, path: path.into(), qr: qr.into() }))
}

pub async fn revoke(ctx: Context, command: RevokeInvite) -> Result<Reply<()>, Error> {
    Ok(Reply::of(invites::revoke(&ctx.db, ctx.person, command.invite).await?))
}

pub async fn list(ctx: Context, _: ListInvites) -> Result<Reply<Vec<Invite>>, Error> {
    Ok(Reply::of(invites::list(&ctx.db).await?))
}

/// A QR code as an SVG picture, dark on light as cameras expect.
fn drawn(link: &str) -> Option<String> {
    let code = QrCode::new(link).ok()?;
    let mut picture = code.render::<svg::Color<'_>>();
    picture.min_dimensions(200, 200).dark_color(svg::Color("#000")).light_color(svg::Color("#fff"));
    Some(picture.build())
}
