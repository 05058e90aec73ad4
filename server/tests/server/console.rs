//! The console: what it shows of the running server, and what one can do from it.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, ConnectionId,
    announcements::{Announce, Audience},
    console::{CloseConnection, ConnectionCard, GetOverview, ListConnections, TransportKind},
    limits,
};

async fn connections(console: &Device, query: &str) -> Vec<ConnectionCard> {
    console.send(ListConnections { after: None, query: query.into() }).await.unwrap().connections
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_shown_as_it_stands() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let graces = grace.connects().await;
    graces.posts(general, "Hello.").await;
    let console = ada.opens_console().await;
    let found = connections(&console, "hopper").await;
    assert_eq!(found.len(), 1);
    let mut card = found[0].clone();
    assert_eq!(card.person.as_ref().map(|person| person.name.as_str()), Some("Grace Hopper"));
    assert_eq!((card.address.as_str(), card.transport, card.rooms), ("127.0.0.1", TransportKind::WebSocket, 1));
    assert_eq!(card.namespaces, ["/chat"]);
    // The CONNECT packet, two commands; what was told in between depends on who else is there.
    assert_eq!(card.received.packets, 3, "{card:?}");
    assert!(card.sent.packets >= 3 && card.sent.bytes > 100, "{card:?}");
    // The first heartbeat is asked for at once; its answer is on its way.
    while card.round_trip.is_none() {
        card = connections(&console, "hopper").await.remove(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn comings_and_goings_events_and_refusals_are_told_each_second() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let mut console = ada.opens_console().await;
    let graces = grace.connects().await;
    for number in 0..20 {
        graces.posts(general, &number.to_string()).await;
    }
    graces.asks("no:such", vec![]).await;
    let id = connections(&console, "grace").await[0].id;
    graces.disconnects().await;
    let (mut posts, mut came, mut left, mut refused) = (0, false, None, 0);
    while left.is_none() || posts < 20 || refused == 0 {
        let tick = console.hears_tick().await;
        assert!(tick.memory > 1_000_000 && tick.database > 0, "{tick:?}");
        posts += tick.commands.iter().filter(|rate| rate.name == "message:post").map(|rate| rate.count).sum::<u32>();
        refused += tick.refused;
        for coming in tick.comings.into_iter().filter(|coming| coming.connection == id) {
            match coming.reason {
                None => came = true,
                Some(reason) => left = Some(reason),
            }
        }
    }
    assert!(came && posts == 20);
    assert!(left.unwrap().contains("disconnect"));
    let overview = console.send(GetOverview {}).await.unwrap();
    assert!(!overview.ticks.is_empty());
    assert_eq!((overview.rooms[0].name.as_str(), overview.rooms[0].today), ("general", 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_paged() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut held = Vec::new();
    for _ in 0..limits::CONSOLE_PAGE + 5 {
        held.push(grace.connects().await);
    }
    let console = ada.opens_console().await;
    let list = async |after| console.send(ListConnections { after, query: "grace".into() }).await.unwrap();
    let first = list(None).await;
    assert_eq!((first.connections.len(), first.more), (limits::CONSOLE_PAGE, true));
    let second = list(first.connections.last().map(|card| card.id)).await;
    assert_eq!((second.connections.len(), second.more), (5, false));
    assert!(second.connections.iter().all(|card| first.connections.iter().all(|other| other.id != card.id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_closed_comes_back_by_itself() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let mut graces = grace.connects().await;
    let id = connections(&console, "grace").await[0].id;
    console.send(CloseConnection { connection: id }).await.unwrap();
    graces.is_disconnected().await;
    graces.is_back().await;
    let now = connections(&console, "grace").await;
    assert!(now.iter().any(|card| card.id != id));
    let nobodys = CloseConnection { connection: ConnectionId::new() };
    assert_eq!(code(console.send(nobodys).await), Code::Gone);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_reaches_whom_it_is_for() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let (mut adas, mut graces) = (ada.connects().await, grace.connects().await);
    let only_adas = adas.creates_private_room("engines").await;
    hears!(adas, RoomAdded);
    let announce = async |to, text: &str| console.send(Announce { to, text: text.into() }).await;
    assert_eq!(announce(Audience::Everyone, "Tea at four.").await.unwrap(), 3, "two in the chat, one console");
    assert_eq!(hears!(graces, Announced).text, "Tea at four.");
    assert_eq!(announce(Audience::Room(only_adas), "Engineers!").await.unwrap(), 1);
    announce(Audience::Namespace("/chat".into()), "Everybody!").await.unwrap();
    assert_eq!(hears!(graces, Announced).text, "Everybody!", "the room's is not for her");
    assert_eq!(hears!(adas, Announced).text, "Tea at four.");
    assert_eq!(hears!(adas, Announced).text, "Engineers!");
    assert_eq!(code(announce(Audience::Namespace("/no".into()), "Hello?").await), Code::UnknownNamespace);
    assert_eq!(code(announce(Audience::Everyone, "  ").await), Code::EmptyText);
}
