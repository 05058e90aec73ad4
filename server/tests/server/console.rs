//! The console: what it shows of the running server, and what an admin can do there.

use crate::harness::{Device, Polling, RawSocket, Visitor, Workspace, code, hears, within};
use common::{
    Code, ConnectionId,
    announcements::{ANNOUNCED, Announce, Audience},
    bans::{AddBan, BanTarget},
    console::{
        CloseConnection, ConnectionCard, GetOverview, ListActivity, ListConnections, RoomActivity, TransportKind,
    },
    limits,
    lobby::Namespace,
    messages::PostMessage,
    rooms::StartDirect,
};
use serde_json::json;

async fn connections(console: &Device, query: &str) -> Vec<ConnectionCard> {
    console.send(ListConnections { after: None, query: query.into() }).await.unwrap().connections
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_shows_the_current_state_of_a_connection() {
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
    // The CONNECT packet and two commands; other events depend on who else is connected.
    assert_eq!(card.received.packets, 3, "{card:?}");
    assert!(card.sent.packets >= 3 && card.sent.bytes > 100, "{card:?}");
    // The first heartbeat is due at once; its answer is on its way.
    while card.round_trip.is_none() {
        card = connections(&console, "hopper").await.remove(0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn traffic_is_counted_while_a_client_polls_and_after_its_upgrade() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let polling = Polling::open(&workspace.web).await;
    polling.sends([&*format!(r#"40/chat,{{"token":"{}"}}"#, grace.token)]).await;
    polling.reads_until("40/chat,").await;
    let [first, second] = [1, 2].map(|number| format!(r#"42/chat,{number}["room:list",{{}}]"#));
    polling.sends([&*first, &*second]).await;
    polling.reads_until("43/chat,2[").await;
    let polled = connections(&console, "grace").await.remove(0);
    assert_eq!(polled.transport, TransportKind::Polling);
    // Includes the separator between the two. The CONNECT packet came before the connection had a person.
    let bytes = (first.len() + 1 + second.len()) as u64;
    assert_eq!((polled.received.packets, polled.received.bytes), (2, bytes));
    assert!(polled.sent.packets >= 2 && polled.sent.bytes > 100, "{polled:?}");

    let mut upgraded = RawSocket::upgrades(workspace.address(), &polling).await;
    upgraded.sends(r#"42/chat,3["room:list",{}]"#).await;
    assert!(upgraded.answer(3).await.is_some());
    let card = connections(&console, "grace").await.remove(0);
    assert_eq!((card.id, card.transport), (polled.id, TransportKind::WebSocket));
    assert_eq!(card.received.packets, 3, "{card:?}");
    assert!(card.sent.packets > polled.sent.packets && card.sent.bytes > polled.sent.bytes, "{card:?}");

    // Now the server can pause reading, so a full queue refuses none of its commands.
    for number in 1_000..2_600 {
        let post = serde_json::to_string(&PostMessage::new(general, number.to_string())).unwrap();
        upgraded.sends(format!(r#"42/chat,{number}["message:post",{post}]"#)).await;
    }
    for number in 1_000..2_600 {
        let answer = upgraded.answer(number).await.unwrap();
        assert!(answer.contains(r#""ok""#), "{answer}");
    }
    console.send(CloseConnection { connection: card.id }).await.unwrap();
    upgraded.hears_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_receives_connections_events_and_refusals_each_second() {
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
    let rooms = console.send(ListActivity::default()).await.unwrap();
    assert_eq!((rooms[0].name.as_str(), rooms[0].today), ("general", 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_receives_the_reason_of_a_disconnect() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut console = ada.opens_console().await;
    for (reason, is_banned) in [("disconnected by an admin", false), ("banned", true)] {
        let _graces = grace.connects().await;
        // The latest connection: the one before may not have closed yet.
        let id = connections(&console, "grace").await.pop().unwrap().id;
        match is_banned {
            false => console.send(CloseConnection { connection: id }).await.unwrap(),
            true => {
                let ban = AddBan { target: BanTarget::Person(grace.id), reason: "Rude".into(), until: None };
                drop(console.send(ban).await.unwrap());
            }
        }
        let told = async {
            loop {
                let comings = console.hears_tick().await.comings;
                let gone = comings.into_iter().find_map(|coming| coming.reason.filter(|_| coming.connection == id));
                if let Some(reason) = gone {
                    break reason;
                }
            }
        };
        assert_eq!(within("the reason", told).await, reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_rooms_are_listed_page_by_page_while_they_change() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, console) = (ada.connects().await, ada.opens_console().await);
    for number in 0..=limits::CONSOLE_PAGE {
        adas.creates_room(&format!("project {number:02}")).await;
    }
    adas.posts(adas.creates_room("Ärger").await, "Hm.").await;
    adas.send(StartDirect { people: vec![grace.id] }).await.unwrap();
    let names = |rooms: &[RoomActivity]| rooms.iter().map(|room| room.name.clone()).collect::<Vec<_>>();
    let first = console.send(ListActivity::default()).await.unwrap();
    assert_eq!((first.len(), first[0].name.as_str()), (limits::CONSOLE_PAGE, "Ärger"));
    adas.posts(general, "Now this room comes first.").await;
    let after = first.last().map(RoomActivity::place);
    let second = console.send(ListActivity { after, ..ListActivity::default() }).await.unwrap();
    assert_eq!(names(&second), ["project 01", "project 00"], "none twice, and no conversation of two");
    let found = async |query: &str| {
        names(&console.send(ListActivity { query: query.into(), ..ListActivity::default() }).await.unwrap())
    };
    assert_eq!(found("#Project 3").await.len(), 10);
    assert_eq!(found("gen").await, ["general"]);
    assert_eq!(found("ärg").await, ["Ärger"]);
    assert_eq!(found("%").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_listed_page_by_page() {
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
async fn a_closed_connection_reconnects_by_itself() {
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
async fn an_announcement_reaches_its_audience() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
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
    let mut visitor = Visitor::comes(&workspace, Namespace::Garden).await;
    assert_eq!(announce(Audience::Namespace("/lobby/garden".into()), "Mind the flowers.").await.unwrap(), 1);
    let heard = visitor.next_event().await;
    assert_eq!((heard.name.as_str(), &heard.args[0]["text"]), (ANNOUNCED, &json!("Mind the flowers.")));
    assert_eq!(code(announce(Audience::Namespace("/no".into()), "Hello?").await), Code::UnknownNamespace);
    assert_eq!(code(announce(Audience::Everyone, "  ").await), Code::EmptyText);
}
