//! The console's commands about the running server.

use crate::{
    commands::{context::admin::Context, reply::Reply},
    realtime::{broadcasts, connections::Connection},
};
use common::{
    Code,
    announcements::{Announce, Announcement, Audience, checked_announcement},
    console::{
        CloseConnection, ConnectionCard, ConnectionsPage, GetOverview, ListActivity, ListConnections, Overview,
        RoomActivity,
    },
    limits,
};
use std::collections::HashSet;
use store::{
    audit, clock,
    error::Error,
    people,
    rooms::{self, activity::by_activity},
    roster::tags::{self, Tags},
};

/// `console:overview`
pub async fn overview(ctx: Context, _: GetOverview) -> Result<Reply<Overview>, Error> {
    Ok(Reply::of(Overview {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: ctx.console.started_at(),
        ticks: ctx.console.ticks(),
    }))
}

/// `console:rooms`
pub async fn rooms(ctx: Context, command: ListActivity) -> Result<Reply<Vec<RoomActivity>>, Error> {
    Ok(Reply::of(by_activity(&ctx.db, &command).await?))
}

/// `console:connections`
pub async fn connections(ctx: Context, command: ListConnections) -> Result<Reply<ConnectionsPage>, Error> {
    let words = command.query.trim().trim_start_matches('@').to_lowercase();
    let people = if words.is_empty() { HashSet::new() } else { people::verbs::named(&ctx.db, &words).await? };
    let wanted = |connection: &Connection| {
        words.is_empty()
            || connection.person().is_some_and(|person| people.contains(&person))
            || connection.program().is_some_and(|program| program.name.to_lowercase().contains(&words))
            || connection.address.to_string().contains(&words)
            || connection.namespaces().iter().any(|name| name.contains(&words))
            || connection.id.to_string().starts_with(&words)
    };
    let most = limits::CONSOLE_PAGE;
    let mut page = ctx.realtime.connections.page(command.after, most + 1, wanted);
    let more = page.len() > most;
    page.truncate(most);
    let tags = tags::tags(&ctx.db, page.iter().filter_map(|connection| connection.person())).await?;
    let connections = page.iter().map(|connection| card(&ctx, connection, &tags)).collect();
    Ok(Reply::of(ConnectionsPage { connections, more }))
}

fn card(ctx: &Context, connection: &Connection, tags: &Tags) -> ConnectionCard {
    let traffic = connection.transport.traffic();
    ConnectionCard {
        id: connection.id,
        person: connection.person().map(|person| tags.of(person)),
        program: connection.program().map(|program| program.name.clone()),
        device: device(connection.agent()),
        address: connection.address.to_string(),
        transport: connection.kind(),
        namespaces: connection.namespaces().into_iter().map(str::to_owned).collect(),
        rooms: ctx.realtime.broadcasts.rooms_of(connection),
        since: connection.since,
        round_trip: traffic.round_trip,
        received: traffic.received,
        sent: traffic.sent,
        queue: u32::try_from(connection.queue()).unwrap_or(u32::MAX),
    }
}

/// Browser and system, as the User-Agent header states them (RFC 9110 section 10.1.5).
fn device(agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        // A program puts its own name first.
        _ => agent.split(' ').next().unwrap_or_default().chars().take(40).collect(),
    }
}

/// `console:close`
pub async fn close(ctx: Context, command: CloseConnection) -> Result<Reply<()>, Error> {
    let connection = ctx.realtime.connections.get(command.connection).ok_or(Code::Gone)?;
    let whose = match (connection.person(), connection.program()) {
        (Some(person), _) => tags::tag(&ctx.db, person).await?.name,
        (None, Some(program)) => program.name.clone(),
        (None, None) => connection.address.to_string(),
    };
    let mut transaction = ctx.db.begin().await?;
    audit::note(&mut transaction, ctx.person, "console:close", &whose, "a connection was closed").await?;
    transaction.commit().await?;
    Ok(Reply::of(()).then(async move |broadcasts| broadcasts.close(&connection)))
}

/// `announcement:send`
pub async fn announce(ctx: Context, command: Announce) -> Result<Reply<u32>, Error> {
    let text = checked_announcement(&command.text)?;
    let to = match &command.to {
        Audience::Everyone => "everyone".to_owned(),
        Audience::Namespace(namespace) if broadcasts::hears_announcements(namespace) => namespace.clone(),
        Audience::Namespace(_) => return Err(Code::UnknownNamespace.into()),
        Audience::Room(room) => format!("#{}", rooms::verbs::name(&ctx.db.read, *room).await?),
    };
    let mut transaction = ctx.db.begin().await?;
    audit::note(&mut transaction, ctx.person, "announcement:send", &to, &text).await?;
    transaction.commit().await?;
    let room = if let Audience::Room(room) = command.to { Some(room) } else { None };
    let announcement = Announcement { text, by: ctx.person, room, at: clock::now() };
    Ok(Reply::of(ctx.broadcasts.announced(&command.to, announcement).await))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_named_by_its_browser_and_its_system() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome on Linux");
        assert_eq!(device("python-requests/2.32"), "python-requests/2.32");
        assert_eq!(device(""), "");
    }
}
