//! Room settings: names, topics, the archive, posting limits, roles, removing members, stars.

use crate::harness::{Device, Workspace, code, hears};
use common::{
    Code, CommandId, MessageId, RoomId, ServerEvent, limits,
    messages::{DeleteMessage, EditMessage, PostMessage},
    permissions::{MemberGroup, RoomRole},
    rooms::{ChangeMember, ChangeRoom, InvitePeople, RemoveMember, RoomChange, RoomKind},
};

fn change(room: RoomId, change: RoomChange) -> ChangeRoom {
    ChangeRoom { id: CommandId::new(), room, change }
}

async fn tries(device: &Device, room: RoomId, text: &str) -> Code {
    code(device.send(PostMessage::new(room, text)).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rename_reaches_everyone_and_is_in_the_log() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_room("engines").await;
    graces.joins(room).await;
    adas.changes(room, RoomChange::Name(" #Difference engines ".into())).await;

    let changed = hears!(graces, RoomChanged);
    let name = RoomChange::Name("Difference engines".into());
    assert_eq!((changed.room, changed.seq, changed.by, &changed.change), (room, 3, ada.id, &name));
    let view = graces.opens(room).await;
    assert_eq!(view.summary.name, "Difference engines");
    let notes: Vec<_> = view.page.notes.into_iter().map(|note| (note.seq, note.event().unwrap().unwrap())).collect();
    assert_eq!(notes.last(), Some(&(3, ServerEvent::RoomChanged(changed))));
    assert_eq!(notes.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(graces.browses().await.iter().any(|card| card.name == "Difference engines"));
    assert_eq!(graces.creates_room("engines").await, graces.snapshot().await.rooms[0].id, "its old name is free");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_change_is_refused_and_an_equal_one_changes_nothing() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_room("engines").await;
    let talk = adas.talks_to([&grace]).await.id;
    let before = workspace.stored().await;
    for (room, what, expected) in [
        (room, RoomChange::Name(String::new()), Code::BadRoomName),
        (room, RoomChange::Name("x".repeat(limits::ROOM_NAME_CHARS + 1)), Code::BadRoomName),
        (room, RoomChange::Name("GENERAL".into()), Code::RoomNameTaken),
        (room, RoomChange::Topic("x".repeat(limits::TOPIC_CHARS + 1)), Code::BadTopic),
        (room, RoomChange::Topic("\u{0}".into()), Code::BadTopic),
        (talk, RoomChange::Name("ours".into()), Code::WrongKindOfRoom),
        (talk, RoomChange::Archived(true), Code::WrongKindOfRoom),
    ] {
        assert_eq!(code(adas.send(change(room, what.clone())).await), expected, "{what:?}");
    }
    assert_eq!(code(graces.send(change(room, RoomChange::Topic("Mine".into()))).await), Code::NotAMember);
    assert_eq!(workspace.stored().await, before);

    let seq = adas.opens(room).await.summary.seq;
    for what in
        [RoomChange::Name("engines".into()), RoomChange::Archived(false), RoomChange::Posting(MemberGroup::Everyone)]
    {
        adas.changes(room, what).await;
    }
    assert_eq!(adas.opens(room).await.summary.seq, seq);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resent_change_does_not_undo_later_ones() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let room = adas.creates_room("engines").await;
    let archive = change(room, RoomChange::Archived(true));
    adas.send(archive.clone()).await.unwrap();
    adas.send(archive.clone()).await.unwrap();
    adas.changes(room, RoomChange::Archived(false)).await;
    adas.send(archive).await.unwrap();
    assert!(!adas.opens(room).await.summary.archived);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_room_is_read_only_until_it_is_restored() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, mut graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let room = adas.creates_room("engines").await;
    graces.joins(room).await;
    let message = MessageId::new();
    adas.send(PostMessage { id: message, ..PostMessage::new(room, "Steam.") }).await.unwrap();
    adas.changes(room, RoomChange::Archived(true)).await;
    assert_eq!(hears!(graces, RoomChanged).change, RoomChange::Archived(true));

    let before = workspace.stored().await;
    let id = CommandId::new();
    assert_eq!(tries(&graces, room, "Hello?").await, Code::RoomArchived);
    let edit = EditMessage { id, room, message, text: "Water.".into() };
    assert_eq!(code(adas.send(edit).await), Code::RoomArchived);
    assert_eq!(code(adas.send(DeleteMessage { id, room, message }).await), Code::RoomArchived);
    assert_eq!(code(adas.send(change(room, RoomChange::Name("x".into()))).await), Code::RoomArchived);
    assert_eq!(code(adas.send(InvitePeople { room, people: vec![alan.id] }).await), Code::RoomArchived);
    assert_eq!(code(adas.send(RemoveMember { id, room, person: grace.id }).await), Code::RoomArchived);
    assert_eq!(code(graces.send(change(room, RoomChange::Archived(false))).await), Code::NotAnOwner);
    assert_eq!(workspace.stored().await, before);

    assert_eq!(graces.sees(room).await, ["Steam."]);
    assert!(graces.opens(room).await.summary.archived);
    assert!(alans.browses().await.iter().any(|card| card.id == room && card.archived));
    alans.joins(room).await;
    assert_eq!(alans.sees(room).await, ["Steam."], "a new member can read it, too");
    alans.leaves(room).await;

    adas.changes(room, RoomChange::Archived(false)).await;
    graces.posts(room, "Here we are again.").await;
    // A command that took effect before is acknowledged again, even in an archived room.
    let again = PostMessage { id: message, ..PostMessage::new(room, "Steam.") };
    adas.changes(room, RoomChange::Archived(true)).await;
    assert!(adas.send(again).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_owners_post_and_set_the_topic_in_a_limited_room() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = graces.creates_private_room("news").await;
    graces.invites(room, [&ada]).await;
    adas.changes(room, RoomChange::Topic("Anybody may say what it is about".into())).await;
    graces.changes(room, RoomChange::Posting(MemberGroup::Owners)).await;

    assert_eq!(tries(&adas, room, "May I?").await, Code::PostingLimited, "an owner of the workspace, but not of this");
    assert_eq!(code(adas.send(change(room, RoomChange::Topic("Mine".into()))).await), Code::NotAnOwner);
    graces.posts(room, "The news.").await;
    graces.makes(&ada, RoomRole::Owner, room).await;
    adas.posts(room, "More news.").await;
    assert_eq!(adas.sees(room).await, ["The news.", "More news."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_a_room_mention_passes_a_mention_limit() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    adas.changes(general, RoomChange::Announcing(MemberGroup::Owners)).await;
    assert_eq!(tries(&graces, general, "@room, lunch!").await, Code::AnnouncingLimited);
    let message = MessageId::new();
    graces.send(PostMessage { id: message, ..PostMessage::new(general, "Lunch! `@room`") }).await.unwrap();
    let edit = EditMessage { id: CommandId::new(), room: general, message, text: "Lunch, @room!".into() };
    assert_eq!(code(graces.send(edit).await), Code::AnnouncingLimited);
    adas.posts(general, "@room, lunch!").await;
    assert_eq!(graces.sees(general).await, ["Lunch! `@room`", "@room, lunch!"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_creator_owns_a_room_and_only_owners_change_it() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_private_room("engines").await;
    adas.invites(room, [&grace]).await;
    assert_eq!(graces.opens(room).await.owners, [ada.id]);
    let before = workspace.stored().await;
    let (id, person) = (CommandId::new(), grace.id);
    for what in [
        RoomChange::Name("mine".into()),
        RoomChange::Archived(true),
        RoomChange::Posting(MemberGroup::Owners),
        RoomChange::Announcing(MemberGroup::Owners),
    ] {
        assert_eq!(code(graces.send(change(room, what.clone())).await), Code::NotAnOwner, "{what:?}");
    }
    let role = RoomRole::Owner;
    assert_eq!(code(graces.send(ChangeMember { id, room, person, role }).await), Code::NotAnOwner);
    assert_eq!(code(graces.send(RemoveMember { id, room, person: ada.id }).await), Code::NotAnOwner);
    assert_eq!(workspace.stored().await, before);

    adas.makes(&grace, RoomRole::Owner, room).await;
    let changed = hears!(graces, MemberChanged);
    assert_eq!((changed.person, changed.role, changed.by), (grace.id, RoomRole::Owner, ada.id));
    graces.changes(room, RoomChange::Name("ours".into())).await;
    graces.makes(&ada, RoomRole::Member, room).await;
    assert_eq!(graces.opens(room).await.owners, [grace.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_owner_manages_public_rooms_as_a_member() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = graces.creates_room("engines").await;
    assert_eq!(code(adas.send(change(room, RoomChange::Archived(true))).await), Code::NotAMember);
    adas.joins(room).await;
    assert_eq!(adas.opens(room).await.owners, [grace.id]);
    adas.changes(room, RoomChange::Name("difference engines".into())).await;
    adas.removes(&grace, room).await;
    assert_eq!(adas.opens(room).await.owners, [ada.id], "a room with members has an owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_member_becomes_owner_when_the_only_owner_leaves() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, mut graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let room = adas.creates_private_room("engines").await;
    adas.invites(room, [&grace]).await;
    adas.invites(room, [&alan]).await;
    let person = ada.id;
    let step_down = ChangeMember { id: CommandId::new(), room, person, role: RoomRole::Member };
    assert_eq!(code(adas.send(step_down).await), Code::LastOwner);

    adas.leaves(room).await;
    let changed = hears!(graces, MemberChanged);
    assert_eq!((changed.person, changed.role, changed.by), (grace.id, RoomRole::Owner, ada.id));
    assert_eq!(hears!(graces, MemberLeft).person, ada.id);
    assert_eq!(alans.opens(room).await.owners, [grace.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_person_in_an_empty_room_becomes_its_owner() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_room("engines").await;
    adas.leaves(room).await;
    graces.joins(room).await;
    assert_eq!(graces.opens(room).await.owners, [grace.id]);
    let talk = graces.talks_to([&ada]).await;
    assert_eq!(
        (talk.kind, graces.opens(talk.id).await.owners),
        (RoomKind::Direct, vec![]),
        "a direct conversation has no owner"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_member_receives_and_reads_nothing_of_the_room() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut adas, mut graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_private_room("engines").await;
    adas.invites(room, [&grace]).await;
    let remove = RemoveMember { id: CommandId::new(), room, person: grace.id };
    adas.send(remove.clone()).await.unwrap();
    assert_eq!(hears!(graces, RoomRemoved).room, room);
    let left = hears!(adas, MemberLeft);
    assert_eq!((left.person, left.by), (grace.id, Some(ada.id)));

    adas.posts(room, "Has she gone?").await;
    adas.posts(general, "The end.").await;
    assert_eq!(graces.hears_until("The end.").await, []);
    assert_eq!(tries(&graces, room, "Hello?").await, Code::UnknownRoom);
    let stranger = RemoveMember { id: CommandId::new(), ..remove.clone() };
    assert_eq!(code(adas.send(stranger).await), Code::UnknownPerson);

    // The command is resent after she returned: it meant the earlier membership.
    adas.invites(room, [&grace]).await;
    adas.send(remove).await.unwrap();
    assert_eq!(adas.opens(room).await.members.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_joins_the_first_room_unless_it_is_archived() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    adas.creates_room("engines").await;
    adas.changes(general, RoomChange::Name("Everyone".into())).await;
    assert_eq!(workspace.sign_up("Alan Turing").await.landed_in(), general);
    adas.changes(general, RoomChange::Archived(true)).await;
    assert_eq!(workspace.sign_up("Emmy Noether").await.snapshot().await.rooms, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_star_is_personal_and_the_same_on_all_devices() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (laptop, mut phone, mut graces) = (ada.connects().await, ada.connects().await, grace.connects().await);
    laptop.stars(general, true).await;
    let starred = hears!(phone, RoomStarred);
    assert_eq!((starred.room, starred.starred), (general, true));
    assert!(phone.snapshot().await.rooms[0].starred);
    assert!(!graces.snapshot().await.rooms[0].starred);

    let before = workspace.stored().await;
    laptop.stars(general, true).await;
    assert_eq!(workspace.stored().await, before, "it is so already");
    laptop.stars(general, false).await;
    assert!(!phone.snapshot().await.rooms[0].starred);
    laptop.posts(general, "The end.").await;
    let heard = graces.hears_until("The end.").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::RoomStarred(_))), "{heard:?}");
}
