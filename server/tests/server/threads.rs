//! Threads: replies beside the room's conversation, their followers, and unread counts.

use crate::harness::{Device, Workspace, code, hears, reply};
use common::{
    Code, MessageId, RoomId, Seq, ServerEvent,
    blocks::BlockPerson,
    limits,
    messages::{Message, PostMessage},
    notifications::{BadgeReply, ExplainThreadBadge, Level, Reason},
    page::Page,
    threads::{
        FollowThread, ListThreads, ListedThread, MarkThreadRead, MarkThreadUnread, OpenThread, ReadThreadHistory,
        Replies,
    },
};

async fn said(device: &Device, room: RoomId, text: &str) -> MessageId {
    let message = PostMessage::new(room, text);
    device.send(message.clone()).await.unwrap();
    message.id
}

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.text.as_str()).collect()
}

/// The number of unread messages of the room, and of unread replies in its threads.
async fn unread(device: &Device, room: RoomId) -> (u32, Vec<u32>) {
    let snapshot = device.snapshot().await;
    let summary = snapshot.rooms.into_iter().find(|summary| summary.id == room).unwrap();
    (summary.unread, snapshot.threads.into_iter().map(|standing| standing.unread).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_takes_the_rooms_next_seq_and_appears_only_in_the_thread() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    let posted = graces.replies(general, question, "The **analytical** one.").await;
    assert_eq!(posted.seq, 4, "after two people joined and the question");
    hears!(graces, MessagePosted);
    let heard = hears!(graces, MessagePosted);
    assert_eq!((heard.parent, heard.seq, heard.html), (Some(question), 4, posted.html));
    adas.posts(general, "Never mind.").await;

    assert_eq!(graces.sees(general).await, ["Which engine?", "Never mind."]);
    assert_eq!(texts(&graces.history(general, Seq::MAX).await.messages), ["Which engine?", "Never mind."]);
    let replies = Replies { count: 1, people: vec![grace.id], last: 4, at: posted.at };
    assert_eq!(graces.opens(general).await.page.messages[0].replies, Some(replies.clone()));
    let view = adas.opens_thread(general, question).await;
    assert_eq!((texts(&view.page.messages), view.page.earlier), (vec!["The **analytical** one."], false));
    assert_eq!((view.parent.text.as_str(), view.parent.replies), ("Which engine?", Some(replies)));
    let missed = adas.catches_up(general, 3).await;
    assert_eq!(missed.iter().map(|event| event.seq).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(missed[0].payload["parent"], serde_json::json!(question));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_a_reply_joins_the_same_thread() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    let first = reply(general, question, "The analytical one.");
    graces.send(first.clone()).await.unwrap();
    let second = reply(general, first.id, "Of course.");
    let posted = adas.send(second.clone()).await.unwrap();
    assert_eq!(adas.send(second).await, Ok(posted), "sent again, it is the same");
    for message in [question, first.id] {
        let view = graces.opens_thread(general, message).await;
        assert_eq!((view.parent.id, texts(&view.page.messages)), (question, vec!["The analytical one.", "Of course."]));
    }
    let parent = &graces.opens(general).await.page.messages[0];
    assert_eq!(parent.replies.as_ref().unwrap().people, [ada.id, grace.id], "who replied last comes first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resent_reply_is_stored_once_and_its_id_is_used_up() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let (one, other) = (said(&device, general, "One.").await, said(&device, general, "Other.").await);
    let first = reply(general, one, "A reply.");
    let phone = ada.connects().await;
    let (here, there) = tokio::join!(device.send(first.clone()), phone.send(first.clone()));
    assert_eq!(here.unwrap(), there.unwrap());
    device.settled().await;
    let before = workspace.stored().await;
    for parent in [Some(other), None] {
        assert_eq!(code(device.send(PostMessage { parent, ..first.clone() }).await), Code::IdTaken);
    }
    let no_reply = PostMessage { id: other, parent: Some(one), ..PostMessage::new(general, "Other.") };
    assert_eq!(code(device.send(no_reply).await), Code::IdTaken);
    assert_eq!(workspace.stored().await, before);
    assert_eq!(device.opens_thread(general, one).await.parent.replies.unwrap().count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_needs_an_existing_message_of_the_room() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let secret = adas.creates_private_room("enigma").await;
    let elsewhere = said(&adas, secret, "The bombe works.").await;
    let deleted = said(&adas, general, "Never mind.").await;
    adas.deletes(general, deleted).await;
    let before = workspace.stored().await;
    for parent in [elsewhere, deleted, MessageId::new()] {
        assert_eq!(code(graces.send(reply(general, parent, "What?")).await), Code::UnknownMessage);
    }
    for parent in [elsewhere, MessageId::new()] {
        let (room, following) = (general, true);
        assert_eq!(code(graces.send(OpenThread { room, parent }).await), Code::UnknownMessage);
        assert_eq!(code(graces.send(ReadThreadHistory { room, parent, before: 9 }).await), Code::UnknownMessage);
        assert_eq!(code(graces.send(FollowThread { room, parent, following }).await), Code::UnknownMessage);
        assert_eq!(code(graces.send(MarkThreadRead { room, parent, seq: 9 }).await), Code::UnknownMessage);
        assert_eq!(code(graces.send(MarkThreadUnread { room, parent, seq: 9 }).await), Code::UnknownMessage);
    }
    assert_eq!(workspace.stored().await, before);
    assert!(graces.opens_thread(general, deleted).await.parent.is_deleted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_message_keeps_its_thread_and_a_deleted_reply_leaves_a_trace() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Where is swordfish?").await;
    let first = reply(general, question, "In the sea.");
    graces.send(first.clone()).await.unwrap();
    graces.edits(general, first.id, "In the *sea*.").await;
    adas.deletes(general, question).await;
    graces.replies(general, question, "Why did you delete it?").await;
    graces.deletes(general, first.id).await;
    let view = adas.opens_thread(general, question).await;
    assert!(view.parent.is_deleted() && view.page.messages[0].is_deleted());
    assert_eq!(texts(&view.page.messages), ["", "Why did you delete it?"]);
    assert_eq!(view.parent.replies.unwrap().count, 2);
    let seen = format!("{:?} {:?}", view.page, adas.catches_up(general, 0).await);
    assert!(!seen.contains("swordfish") && !seen.contains("sea"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_are_unread_in_followed_threads_and_never_in_the_room() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    graces.reads(general, 99).await;
    graces.replies(general, question, "The analytical one.").await;
    assert_eq!(unread(&adas, general).await, (0, vec![1]), "the author of the parent follows");
    assert_eq!(unread(&graces, general).await, (0, vec![]));
    assert_eq!(unread(&alans, general).await, (1, vec![]), "the question, and nothing of the thread");

    adas.replies(general, question, "With punched cards?").await;
    assert_eq!(unread(&adas, general).await, (0, vec![]), "a reply marks the thread as read");
    assert_eq!(unread(&graces, general).await, (0, vec![1]), "the author of a reply follows");
    alans.replies(general, question, "With a tape.").await;
    assert_eq!(unread(&graces, general).await, (0, vec![2]));
    assert_eq!(unread(&alans, general).await, (1, vec![]), "replying does not read the room");
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_of_a_blocked_person_are_not_unread() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    graces.replies(general, question, "Mine, @ada.").await;
    assert_eq!(counted(&adas).await, [(1, 1)]);
    for (blocked, expected) in [(true, (0, 0)), (false, (1, 1))] {
        adas.send(BlockPerson { person: grace.id, blocked }).await.unwrap();
        assert_eq!(counted(&adas).await, [expected]);
    }
}

/// The number of unread replies in a person's threads, and of those that mention the person.
async fn counted(device: &Device) -> Vec<(u32, u32)> {
    device.snapshot().await.threads.into_iter().map(|standing| (standing.unread, standing.mentions)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mentions_in_replies_are_counted_in_the_thread_and_not_in_the_room() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, graces) = (ada.connects().await, grace.connects().await);
    let alan = workspace.sign_up("Alan Turing").await.connects().await;
    let (question, other) = (said(&adas, general, "Which engine?").await, said(&adas, general, "With what?").await);
    graces.replies(general, question, "The analytical one.").await;
    graces.replies(general, question, "@ada, and @ada again: this one.").await;
    graces.replies(general, question, "@room: this one.").await;
    graces.replies(general, other, "Cards.").await;
    let first = hears!(adas, ThreadChanged);
    let second = hears!(adas, ThreadChanged);
    assert_eq!([(first.unread, first.mentions), (second.unread, second.mentions)], [(1, 0), (2, 1)]);
    assert_eq!(counted(&adas).await, [(1, 0), (3, 2)]);
    assert_eq!(counted(&graces).await, [], "one does not mention oneself");
    assert_eq!(counted(&alan).await, [], "`@room` is for those who follow");
    let room = adas.snapshot().await.rooms.into_iter().find(|room| room.id == general).unwrap();
    assert_eq!((room.unread, room.mentions), (0, vec![]));

    let standing = adas.reads_thread(general, question, second.last).await;
    assert_eq!((standing.unread, standing.mentions), (1, 1));
    let listed = adas.send(ListThreads {}).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.standing.mentions).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(adas.opens_thread(general, question).await.standing.mentions, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_reply_adds_a_mention_and_a_deletion_takes_it_away() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let mut alan = workspace.sign_up("Alan Turing").await.connects().await;
    let question = said(&adas, general, "Which engine?").await;
    let first = reply(general, question, "The analytical one.");
    graces.send(first.clone()).await.unwrap();
    graces.edits(general, first.id, "The analytical one, @ada and @alan.").await;
    assert_eq!(counted(&adas).await, [(1, 1)]);
    assert_eq!(counted(&alan).await, [(1, 1)], "a mentioned person follows");
    let standing = hears!(alan, ThreadChanged);
    assert_eq!((standing.unread, standing.mentions), (1, 1));
    graces.edits(general, first.id, "The analytical one, @alan.").await;
    assert_eq!((counted(&adas).await, counted(&alan).await), (vec![(1, 0)], vec![(1, 1)]));
    graces.deletes(general, first.id).await;
    assert_eq!((counted(&adas).await, counted(&alan).await), (vec![(0, 0)], vec![(0, 0)]));
    assert_eq!(workspace.count("mentions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_read_on_one_device_is_read_on_all() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (laptop, mut phone, graces) = (ada.connects().await, ada.connects().await, grace.connects().await);
    let question = said(&laptop, general, "Which engine?").await;
    let first = graces.replies(general, question, "The analytical one.").await.seq;
    let last = graces.replies(general, question, "Or the difference engine.").await.seq;
    let unread = |standing: &common::threads::ThreadState| (standing.last, standing.read, standing.unread);
    assert_eq!(unread(&hears!(phone, ThreadChanged)), (first, 3, 1));
    assert_eq!(unread(&hears!(phone, ThreadChanged)), (last, 3, 2));

    let read = laptop.reads_thread(general, question, first).await;
    assert_eq!(unread(&read), (last, first, 1));
    assert_eq!(hears!(phone, ThreadChanged), read);
    assert_eq!(unread(&laptop.reads_thread(general, question, Seq::MAX).await), (last, last, 0));
    for back in [0, first, -1, Seq::MIN] {
        assert_eq!(unread(&laptop.reads_thread(general, question, back).await), (last, last, 0), "never back");
    }
    assert_eq!(phone.opens_thread(general, question).await.standing.read, last);
}

#[tokio::test(flavor = "multi_thread")]
async fn marking_replies_as_unread_reaches_all_own_devices() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (laptop, mut phone, graces) = (ada.connects().await, ada.connects().await, grace.connects().await);
    let question = said(&laptop, general, "Which engine?").await;
    let mut places = Vec::new();
    for text in ["The analytical one.", "Ask @ada.", "Or the difference engine."] {
        places.push(graces.replies(general, question, text).await.seq);
        hears!(phone, ThreadChanged);
    }
    laptop.reads_thread(general, question, Seq::MAX).await;
    hears!(phone, ThreadChanged);

    let back = MarkThreadUnread { room: general, parent: question, seq: places[1] };
    let standing = laptop.send(back.clone()).await.unwrap();
    assert_eq!((standing.unread, standing.mentions, standing.position()), (2, 1, (1, places[1] - 1)));
    assert_eq!(hears!(phone, ThreadChanged), standing);
    let before = workspace.stored().await;
    assert_eq!(phone.send(back.clone()).await.unwrap(), standing, "sent again, it changes nothing");
    assert_eq!(workspace.stored().await, before);
    assert_eq!(laptop.snapshot().await.threads, [standing]);

    for seq in [0, -1, Seq::MIN, places[2] + 1, Seq::MAX] {
        assert_eq!(code(laptop.send(MarkThreadUnread { seq, ..back.clone() }).await), Code::UnknownSeq);
    }
    let read = laptop.reads_thread(general, question, Seq::MAX).await;
    assert_eq!((read.unread, read.mentions, read.position()), (0, 0, (1, places[2])));
}

#[tokio::test(flavor = "multi_thread")]
async fn marking_replies_as_unread_follows_the_thread() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let alan = workspace.sign_up("Alan Turing").await.connects().await;
    let question = said(&adas, general, "Which engine?").await;
    let back = MarkThreadUnread { room: general, parent: question, seq: 1 };
    assert_eq!(code(alan.send(back.clone()).await), Code::UnknownSeq, "there is no reply yet");
    let seq = graces.replies(general, question, "The analytical one.").await.seq;
    let standing = alan.send(MarkThreadUnread { seq, ..back }).await.unwrap();
    assert!(standing.following && standing.unread == 1, "{standing:?}");
    graces.replies(general, question, "Surely.").await;
    assert_eq!(counted(&alan).await, [(2, 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explanation_of_the_thread_badge_lists_its_replies() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    assert_eq!(adas.send(ExplainThreadBadge {}).await.unwrap(), []);
    let first = graces.replies(general, question, "The **analytical** one.").await.seq;
    let second = graces.replies(general, question, "Do you agree, @ada?").await.seq;
    let named = |explained: Vec<BadgeReply>| {
        explained.into_iter().map(|one| (one.room, one.reply.seq, one.reply.reason)).collect::<Vec<_>>()
    };
    let explained = adas.send(ExplainThreadBadge {}).await.unwrap();
    assert_eq!((explained[0].level, explained[0].reply.excerpt.as_str()), (Level::Mentions, "Do you agree, @ada?"));
    assert_eq!(named(explained), [(general, second, Reason::Mention), (general, first, Reason::Reply)]);
    assert_eq!(graces.send(ExplainThreadBadge {}).await.unwrap(), []);
    for _ in 0..limits::EXPLAINED {
        graces.replies(general, question, "Hm.").await;
    }
    assert_eq!(adas.send(ExplainThreadBadge {}).await.unwrap().len(), limits::EXPLAINED as usize);
    adas.send(BlockPerson { person: grace.id, blocked: true }).await.unwrap();
    assert_eq!(adas.send(ExplainThreadBadge {}).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_threads_read_position_reaches_only_own_devices() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces, mut alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    graces.replies(general, question, "The analytical one.").await;
    adas.reads_thread(general, question, Seq::MAX).await;
    graces.follows(general, question, false).await;
    adas.posts(general, "Ada is done.").await;
    graces.posts(general, "Grace is done.").await;
    let mut heard = alans.hears_until("Ada is done.").await;
    heard.extend(alans.hears_until("Grace is done.").await);
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::ThreadChanged(_))), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_can_follow_and_unfollow_a_thread() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces, mut alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let question = said(&adas, general, "Which engine?").await;
    graces.replies(general, question, "The analytical one.").await;
    let standing = alans.follows(general, question, true).await;
    assert!(standing.following && standing.unread == 0, "what was there is read: {standing:?}");
    assert_eq!(hears!(alans, ThreadChanged), standing);
    graces.replies(general, question, "I am sure.").await;
    assert_eq!(unread(&alans, general).await.1, [1]);

    assert!(!adas.follows(general, question, false).await.following);
    graces.replies(general, question, "Quite sure.").await;
    assert_eq!(unread(&adas, general).await.1, [0; 0], "Ada has left it");
    let before = workspace.stored().await;
    adas.follows(general, question, false).await;
    alans.follows(general, question, true).await;
    assert_eq!(workspace.stored().await, before, "the same once more changes nothing");
    adas.replies(general, question, "I see.").await;
    assert!(adas.opens_thread(general, question).await.standing.following, "a reply follows again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mentioned_person_follows_the_thread_from_that_reply() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let secret = adas.creates_private_room("enigma").await;
    adas.invites(secret, [&grace]).await;
    for room in [general, secret] {
        let question = said(&adas, room, "Which engine?").await;
        graces.replies(room, question, "The analytical one.").await;
        graces.replies(room, question, "Ask @alan.").await;
    }
    let alans = alan.connects().await;
    let threads = alans.snapshot().await.threads;
    let known: Vec<_> = threads.iter().map(|standing| (standing.room, standing.unread)).collect();
    assert_eq!(known, [(general, 1)], "nothing of a room that he is not in");
}

#[tokio::test(flavor = "multi_thread")]
async fn followed_threads_are_listed_with_unread_ones_first() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let mut questions = Vec::new();
    for text in ["First?", "Second?", "Third?"] {
        questions.push(said(&adas, general, text).await);
        graces.replies(general, *questions.last().unwrap(), "Yes.").await;
    }
    said(&adas, general, "This stays without replies.").await;
    for read in &questions[1..] {
        adas.reads_thread(general, *read, Seq::MAX).await;
    }
    let listed = |threads: Vec<ListedThread>| {
        let named =
            threads.into_iter().map(|one| (one.parent.text, one.parent.replies.unwrap().count, one.standing.unread));
        named.collect::<Vec<_>>()
    };
    let of_ada = listed(adas.send(ListThreads {}).await.unwrap());
    let expected = [("First?", 1, 1), ("Third?", 1, 0), ("Second?", 1, 0)];
    assert_eq!(of_ada, expected.map(|(text, count, unread)| (text.to_owned(), count, unread)));
    adas.follows(general, questions[0], false).await;
    assert_eq!(adas.send(ListThreads {}).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_thread_and_room_are_complete_although_they_share_a_log() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let question = said(&adas, general, "Message 0").await;
    let count = limits::PAGE_MESSAGES as usize + 10;
    for n in 1..=count {
        adas.posts(general, &format!("Message {n}")).await;
        graces.replies(general, question, &format!("Reply {n}")).await;
    }
    let all = |what: &str, from: usize| (from..=count).map(|n| format!("{what} {n}")).collect::<Vec<_>>();
    let last = graces.opens(general).await.page;
    let first = graces.history(general, last.messages[0].seq).await;
    assert_eq!([texts(&first.messages), texts(&last.messages)].concat(), all("Message", 0));
    assert_eq!((last.earlier, first.earlier), (true, false));
    assert_eq!(first.messages[0].replies.as_ref().unwrap().count, count as u32);

    let last = graces.opens_thread(general, question).await.page;
    let before = last.messages[0].seq;
    let first = graces.send(ReadThreadHistory { room: general, parent: question, before }).await.unwrap();
    assert_eq!([texts(&first.messages), texts(&last.messages)].concat(), all("Reply", 1));
    assert_eq!((last.earlier, first.earlier), (true, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_a_room_unfollows_its_threads() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_room("engines").await;
    graces.joins(room).await;
    let question = said(&graces, room, "Which engine?").await;
    adas.replies(room, question, "The analytical one.").await;
    assert_eq!(graces.snapshot().await.threads.len(), 1);
    graces.leaves(room).await;
    adas.replies(room, question, "Grace?").await;
    assert_eq!((graces.snapshot().await.threads.len(), graces.send(ListThreads {}).await.unwrap().len()), (0, 0));
    graces.joins(room).await;
    assert!(!graces.opens_thread(room, question).await.standing.following);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_members_get_the_page_of_a_thread() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_private_room("enigma").await;
    adas.invites(room, [&grace]).await;
    let question = said(&adas, room, "Does it halt?").await;
    let first = reply(room, question, "In **one** case.");
    graces.send(first.clone()).await.unwrap();
    let path = format!("/rooms/{room}/threads/{question}");
    let page = grace.visits(&path).await;
    assert!(page.status == 200 && page.body.contains("In <strong>one</strong> case."), "{}", page.body);
    let data = format!("/api/page?room={room}&thread={}", first.id);
    let Page::Chat(snapshot) = grace.visits(&data).await.json() else { panic!("Grace is signed in") };
    assert_eq!(snapshot.thread.unwrap().parent.id, question, "a reply leads to its thread");
    let nothing = grace.visits(&format!("/rooms/{room}/threads/{}", MessageId::new())).await;
    assert!(nothing.status == 200 && nothing.body.contains("Does it halt?"), "the room is there all the same");

    for path in [path, data] {
        let page = alan.visits(&path).await.body;
        assert!(!page.contains("halt") && !page.contains("case"), "{page}");
    }
}
