//! People: status, time zone, presence, blocks.

use crate::harness::{Device, Workspace, code, hears, within};
use common::{
    Code, PersonId, ServerEvent,
    blocks::BlockPerson,
    limits,
    notifications::ExplainBadge,
    people::{Person, SetReading, SetStatus, SetZone, Status},
    presence::{Presence, SetAway},
    rooms::StartDirect,
};

const YEAR_3000: i64 = 32_503_680_000_000;

fn status(emoji: &str, text: &str, until: Option<i64>) -> SetStatus {
    SetStatus { status: Some(Status { emoji: emoji.into(), text: text.into(), until }) }
}

async fn seen_by(device: &Device, id: PersonId) -> Person {
    let people = device.snapshot().await.people;
    people.into_iter().find(|person| person.id == id).expect("everyone knows of everyone")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_reaches_everyone_until_it_is_removed() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let me = adas.send(status(" :palm_tree: ", " On\nholiday ", Some(YEAR_3000))).await.unwrap();
    let expected = Status { emoji: "🌴".into(), text: "On holiday".into(), until: Some(YEAR_3000) };
    assert_eq!(me.status, Some(expected));
    assert_eq!(hears!(graces, PersonChanged), me);
    assert_eq!(seen_by(&graces, ada.id).await, me);
    adas.send(SetStatus { status: None }).await.unwrap();
    assert_eq!(seen_by(&graces, ada.id).await.status, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_status_is_empty() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let soon = graces.snapshot().await.at + 1_500;
    let set = adas.send(status("🚌", "On the way", Some(soon))).await.unwrap();
    assert_eq!(set.status.and_then(|status| status.until), Some(soon));
    within("the status ends", async { while seen_by(&graces, ada.id).await.status.is_some() {} }).await;
    let nothing = adas.send(status("", " ", Some(YEAR_3000))).await.unwrap();
    assert_eq!(nothing.status, None, "nor is one that says nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_status_or_time_zone_is_refused() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let before = workspace.stored().await;
    for (emoji, text) in [("x", "x"), ("🌴🌴", ""), ("<b>", ""), ("🌴", &"x".repeat(limits::STATUS_CHARS + 1))] {
        assert_eq!(code(adas.send(status(emoji, text, None)).await), Code::BadStatus, "{emoji} {text}");
    }
    assert_eq!(code(adas.send(status("🌴", "", Some(1))).await), Code::BadStatus, "it has ended");
    for zone in ["<script>", "Europe London", "Nowhere/Here", &"x".repeat(65)] {
        assert_eq!(code(adas.send(SetZone { zone: zone.into() }).await), Code::Malformed, "{zone}");
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_zone_is_published_once() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    for _ in 0..2 {
        adas.send(SetZone { zone: "Europe/London".into() }).await.unwrap();
    }
    assert_eq!(hears!(graces, PersonChanged).zone, "Europe/London");
    adas.send(SetZone { zone: String::new() }).await.unwrap();
    assert_eq!(hears!(graces, PersonChanged).zone, "", "it can be taken back");
    adas.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::PersonChanged(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_away_when_all_devices_are_idle() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut graces = grace.connects().await;
    let (laptop, phone) = (ada.connects().await, ada.connects().await);
    laptop.send(SetAway { away: true }).await.unwrap();
    assert!(!presence(&graces, ada.id).await.unwrap().away);
    phone.send(SetAway { away: true }).await.unwrap();
    assert!(presence(&graces, ada.id).await.unwrap().away);
    let is_away = |event| match event {
        ServerEvent::PresenceChanged(changed) => {
            changed.people.into_iter().find(|one| one.person == ada.id && one.away).map(drop)
        }
        _ => None,
    };
    graces.hears("that Ada is away", is_away).await;
    laptop.send(SetAway { away: false }).await.unwrap();
    assert!(!presence(&graces, ada.id).await.unwrap().away);
    laptop.disconnects().await;
    phone.disconnects().await;
    let is_gone = |event| match event {
        ServerEvent::PresenceChanged(changed) => {
            changed.people.into_iter().find(|one| one.person == ada.id && one.connections == 0).map(drop)
        }
        _ => None,
    };
    graces.hears("that Ada is gone", is_gone).await;
    assert_eq!(presence(&graces, ada.id).await, None);
}

async fn presence(device: &Device, id: PersonId) -> Option<Presence> {
    device.snapshot().await.presence.into_iter().find(|presence| presence.person == id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_person_cannot_start_a_conversation_and_gets_no_reason() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, mut phone, mut graces) = (ada.connects().await, ada.connects().await, grace.connects().await);
    adas.send(BlockPerson { person: grace.id, blocked: true }).await.unwrap();
    let blocked = hears!(phone, PersonBlocked);
    assert_eq!((blocked.person, blocked.blocked), (grace.id, true));
    assert_eq!(phone.snapshot().await.blocked, [grace.id]);

    let before = workspace.stored().await;
    adas.send(BlockPerson { person: grace.id, blocked: true }).await.unwrap();
    for people in [vec![ada.id], vec![ada.id, alan.id]] {
        assert_eq!(code(graces.send(StartDirect { people }).await), Code::NotReachable);
    }
    assert_eq!(workspace.stored().await, before);
    assert_eq!(graces.snapshot().await.blocked, []);
    adas.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::PersonBlocked(_))), "{heard:?}");

    adas.send(BlockPerson { person: grace.id, blocked: false }).await.unwrap();
    let talk = graces.talks_to([&ada]).await;
    adas.send(BlockPerson { person: grace.id, blocked: true }).await.unwrap();
    assert_eq!(graces.talks_to([&ada]).await.id, talk.id, "one that there is already can be opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_a_blocked_person_are_neither_unread_nor_mentions() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    graces.posts(general, "Hello, @ada.").await;
    let counts = async || {
        let room = adas.snapshot().await.rooms.remove(0);
        let opened = adas.opens(general).await.summary;
        assert_eq!((opened.unread, &opened.mentions), (room.unread, &room.mentions));
        (room.unread, room.mentions.len())
    };
    assert_eq!(counts().await, (1, 1));
    adas.send(BlockPerson { person: grace.id, blocked: true }).await.unwrap();
    assert_eq!(counts().await, (0, 0));
    assert_eq!(adas.send(ExplainBadge { room: general }).await.unwrap().messages, []);
    adas.send(BlockPerson { person: grace.id, blocked: false }).await.unwrap();
    assert_eq!(counts().await, (1, 1));
    assert_eq!(adas.sees(general).await, ["Hello, @ada."], "it is there all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_cannot_block_themselves_or_a_stranger() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let before = workspace.stored().await;
    for person in [ada.id, PersonId::new()] {
        assert_eq!(code(adas.send(BlockPerson { person, blocked: true }).await), Code::UnknownPerson);
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_hides_read_receipts_is_published_to_everyone() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    adas.send(SetReading { hidden: true }).await.unwrap();
    assert!(hears!(graces, PersonChanged).hides_reading);
}
