//! Messages: stored once, in order, and received by everyone in the room.

use crate::harness::{RawSocket, Workspace, code, hears};
use common::{
    Code, MessageId, Seq,
    messages::{ListVersions, Message, PostMessage, Posted, Versions},
};
use futures::future::join_all;

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.text.as_str()).collect()
}

fn seqs(messages: &[Message]) -> Vec<Seq> {
    messages.iter().map(|message| message.seq).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_acknowledged_with_its_seq_and_reaches_every_device_of_the_room() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut laptop, mut phone, mut graces) = (ada.connects().await, ada.connects().await, grace.connects().await);
    let id = MessageId::new();

    let posted = laptop.send(PostMessage { id, ..PostMessage::new(general, "Hello, Grace!") }).await.unwrap();
    assert_eq!(posted.seq, 3, "after two people joined");
    let Posted { seq, at, .. } = posted;
    let expected = Message::posted(id, general, seq, ada.id, "Hello, Grace!".into(), at);
    for device in [&mut laptop, &mut phone, &mut graces] {
        assert_eq!(hears!(device, MessagePosted), expected);
    }
    assert_eq!(graces.opens(general).await.page.messages, [expected]);
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_becomes_safe_html_with_mentions() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let posted = adas.posts(general, "**Hello** @grace <script>alert(1)</script>").await;
    let html = hears!(graces, MessagePosted).html.unwrap();
    assert!(html.starts_with("<p><strong>Hello</strong> <a class=\"mention\""), "{html}");
    assert!(html.contains(">@Grace Hopper</a> &lt;script&gt;alert(1)"), "{html}");
    assert_eq!(posted.html.as_ref(), Some(&html));
    assert_eq!(graces.opens(general).await.page.messages[0].html.as_ref(), Some(&html));
    assert!(grace.visits(&format!("/rooms/{general}")).await.body.contains(&html), "drawn by the server");
    let edited = adas.edits(general, graces.opens(general).await.page.messages[0].id, "*Good morning*").await;
    assert_eq!(hears!(graces, MessageEdited).html.as_deref(), Some("<p><em>Good morning</em></p>\n"));
    assert_eq!(edited.html.as_deref(), Some("<p><em>Good morning</em></p>\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_can_read_earlier_versions_until_the_message_is_deleted() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.posts(general, "One").await;
    let message = adas.opens(general).await.page.messages[0].id;
    adas.edits(general, message, "**Two**").await;
    adas.edits(general, message, "Three").await;
    let Versions { versions } = graces.send(ListVersions { room: general, message }).await.unwrap();
    let said: Vec<_> = versions.iter().map(|version| (version.seq, version.text.as_str())).collect();
    assert_eq!(said, [(3, "One"), (4, "**Two**")]);
    assert_eq!(versions[1].html.as_deref(), Some("<p><strong>Two</strong></p>\n"));
    adas.deletes(general, message).await;
    assert_eq!(graces.send(ListVersions { room: general, message }).await, Ok(Versions { versions: vec![] }));
    let nothing = ListVersions { room: general, message: MessageId::new() };
    assert_eq!(code(graces.send(nothing).await), Code::UnknownMessage);
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_receives_a_rooms_messages_in_seq_order_without_a_gap() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (mut adas, graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let of = |name: &str| (0..40).map(|n| format!("{name} {n}")).collect::<Vec<_>>();
    let first = adas.posts(general, "Ready, go!").await.seq;

    let (a, b, c) = (of("Ada"), of("Grace"), of("Alan"));
    tokio::join!(adas.posts_at_once(general, &a), graces.posts_at_once(general, &b), alans.posts_at_once(general, &c));
    adas.posts(general, "The end.").await;
    let heard = adas.hears_messages_until("The end.").await;
    assert_eq!(heard.len(), 121);
    for (author, said) in [(&ada, &a), (&grace, &b), (&alan, &c)] {
        let own: Vec<&str> =
            heard.iter().filter(|m| m.author == author.id && m.text != "Ready, go!").map(|m| m.text.as_str()).collect();
        assert_eq!(own, *said, "each author in the order sent");
    }
    assert_eq!(seqs(&heard), (first..first + 121).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_durable_change_takes_the_rooms_next_seq() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    assert_eq!(hears!(adas, MemberJoined).seq, 1);
    assert_eq!(adas.posts(compilers, "two").await.seq, 2);
    assert_eq!(graces.joins(compilers).await.seq, 3);
    assert_eq!(graces.posts(compilers, "four").await.seq, 4);
    graces.leaves(compilers).await;
    assert_eq!(hears!(adas, MemberLeft).seq, 5);
    assert_eq!(adas.invites(compilers, [&grace]).await, [grace.id]);
    assert_eq!(hears!(adas, MemberJoined).seq, 6);
    assert_eq!(adas.posts(compilers, "seven").await.seq, 7);
    assert_eq!(seqs(&adas.opens(compilers).await.page.messages), [2, 4, 7]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resent_message_is_stored_and_published_once() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let message = PostMessage::new(general, "Once.");

    let answers = join_all((0..5).map(|_| adas.send(message.clone()))).await;
    let first = answers[0].clone().unwrap();
    assert!(answers.into_iter().all(|answer| answer == Ok(first.clone())));
    // Also from another device, later.
    let phone = ada.connects().await;
    assert_eq!(phone.send(message).await, Ok(first));

    phone.posts(general, "That was all.").await;
    assert_eq!(texts(&graces.hears_messages_until("That was all.").await), ["Once."]);
    assert_eq!(graces.sees(general).await, ["Once.", "That was all."]);
    assert_eq!(workspace.count("messages").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_sent_on_two_devices_at_once_is_stored_once() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let (laptop, phone) = (ada.connects().await, ada.connects().await);
    let message = PostMessage::new(general, "Once.");
    let (one, other) = tokio::join!(laptop.send(message.clone()), phone.send(message));
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(workspace.count("messages").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_another_message_is_refused() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let compilers = adas.creates_room("compilers").await;
    let mine = PostMessage::new(general, "Mine.");
    adas.send(mine.clone()).await.unwrap();
    let before = workspace.stored().await;

    assert_eq!(code(graces.send(mine.clone()).await), Code::IdTaken, "the id of another person");
    assert_eq!(
        code(adas.send(PostMessage { room: compilers, ..mine.clone() }).await),
        Code::IdTaken,
        "in another room"
    );
    assert_eq!(code(adas.send(PostMessage { text: "Mine?".into(), ..mine }).await), Code::IdTaken, "with another text");
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn history_leads_back_to_the_first_message_without_overlap() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let all: Vec<String> = (1..=120).map(|n| format!("Message {n}")).collect();
    ada.connects().await.posts_at_once(general, &all).await;

    let device = grace.connects().await;
    let mut page = device.opens(general).await.page;
    let mut sizes = vec![page.messages.len()];
    let mut read = page.messages.clone();
    while page.earlier {
        page = device.history(general, read[0].seq).await;
        sizes.push(page.messages.len());
        read.splice(0..0, page.messages.clone());
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(texts(&read), all);
    assert_eq!(device.history(general, read[0].seq).await.messages, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_begins_with_the_first_message_says_that_it_is_the_first() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let all: Vec<String> = (1..=51).map(|n| format!("Message {n}")).collect();
    device.posts_at_once(general, &all[..50]).await;
    let page = device.opens(general).await.page;
    assert_eq!((page.messages.len(), page.earlier), (50, false));
    device.posts(general, &all[50]).await;
    let page = device.opens(general).await.page;
    assert_eq!((page.messages.len(), page.earlier), (50, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_commands_of_a_connection_are_stored_and_published_in_the_order_sent() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let all: Vec<String> = (0..200).map(|n| format!("Command {n}")).collect();

    let posted = adas.posts_at_once(general, &all).await;
    assert!(posted.is_sorted_by(|one, next| one.seq < next.seq), "{posted:?}");
    adas.posts(general, "The end.").await;
    let heard = graces.hears_messages_until("The end.").await;
    assert_eq!(texts(&heard), all);
    assert_eq!(seqs(&heard), posted.iter().map(|posted| posted.seq).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_returned_as_it_was_written() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    for text in [
        "<script>alert('1')</script> & \"quotes\"",
        "'; DROP TABLE messages; --",
        "two\n\n  lines\tand a tab",
        "👩🏽‍💻 שלום, 世界 \u{202e}txt",
        "null\0character",
        "42[\"message:post\"] 2probe \u{1e}",
    ] {
        adas.posts(general, text).await;
        assert_eq!(hears!(graces, MessagePosted).text, text);
        assert_eq!(graces.sees(general).await.last().unwrap(), text);
    }
    adas.posts(general, "\n\n    indented\n  ").await;
    assert_eq!(hears!(graces, MessagePosted).text, "    indented", "white space around it is dropped");
}

/// Half as many again as the queue holds: the rest waits at the client's end of the connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_applies_back_pressure_and_refuses_nothing() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let mut raw = RawSocket::joined(workspace.address(), &ada).await;
    for number in 0..1_600 {
        let post = PostMessage::new(general, number.to_string());
        raw.sends(format!("42/chat,{number}[\"message:post\",{}]", serde_json::to_string(&post).unwrap())).await;
    }
    for number in 0..1_600 {
        let answer = raw.answer(number).await.expect("the connection goes on");
        assert!(answer.contains(&format!(r#""seq":{}"#, number + 3)), "the {number}th, in its place: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_takes_batches_receives_the_same_events_in_the_same_order() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let mut batched = grace.connects_for_batches().await;
    let many: Vec<String> = (0..300).map(|n| format!("Message {n}")).collect();
    adas.posts_at_once(general, &many).await;
    adas.posts(general, "That was all.").await;
    let texts = |heard: Vec<Message>| heard.into_iter().map(|message| message.text).collect::<Vec<_>>();
    assert_eq!(texts(graces.hears_messages_until("That was all.").await), many);
    assert_eq!(texts(batched.hears_messages_until("That was all.").await), many);
}
