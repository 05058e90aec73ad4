//! Moderation: roles, disabled accounts, bans, invitations, reports, retention, the audit log.

use crate::harness::{Device, PASSWORD, Person, Polling, Web, Workspace, code, hears, knock, within};
use common::{
    Code, Command, MessageId, ReportId, RoomId, ServerEvent,
    announcements::{Announce, Audience},
    audit::ListAudit,
    bans::{AddBan, BanTarget, ListBans, RemoveBan},
    console::{CloseConnection, ListConnections},
    invites::{CreateInvite, ListInvites, NewInvite, RevokeInvite},
    limits,
    messages::PostMessage,
    people::{Role, UpdateProfile},
    programs::{CreateProgram, RevokeProgram},
    refusal_log::ListRefusals,
    reports::{DecideReport, ListReports, Report, ReportMessage, Verdict},
    retention::SetRetention,
    rooms::{CreateRoom, InvitePeople, JoinRoom, OpenRoom, RoomKind, StartDirect},
    roster::{ListRoster, SetActive, SetRole, SignOut},
    search::SearchMessages,
};

const HOUR: i64 = 60 * 60 * 1000;

async fn invited(console: &Device, role: Role, room: Option<RoomId>, uses: u32) -> NewInvite {
    console.send(CreateInvite { role, room, uses, lasts: HOUR }).await.unwrap()
}

/// The address that sign-up with an invitation redirects to.
async fn signs_up(web: &Web, name: &str, invite: &str) -> crate::harness::Received {
    let handle = name.split(' ').next().unwrap_or_default().to_lowercase();
    let form = [("name", name), ("handle", &handle), ("password", PASSWORD), ("invite", invite)];
    web.submits("/accounts", &form).await
}

fn token(new: &NewInvite) -> &str {
    new.path.expose().strip_prefix("/sign-up?invite=").expect("a link to the sign-up")
}

#[tokio::test(flavor = "multi_thread")]
async fn only_owners_make_admins_and_the_last_owner_stays_owner() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let give = async |console: &Device, person: &Person, role| console.send(SetRole { person: person.id, role }).await;
    assert_eq!(code(give(&console, &ada, Role::Member).await), Code::LastWorkspaceOwner);
    give(&console, &grace, Role::Admin).await.unwrap();
    let graces = grace.opens_console().await;
    assert_eq!(code(give(&graces, &ada, Role::Member).await), Code::NotOverThem);
    assert_eq!(code(give(&graces, &grace, Role::Owner).await), Code::NotOverThem);
    give(&console, &grace, Role::Owner).await.unwrap();
    give(&console, &ada, Role::Member).await.unwrap();
    assert_eq!(ada.snapshot().await.me.role, Role::Member);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_is_disconnected_at_once_and_cannot_return() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let mut graces = grace.connects().await;
    console.send(SetActive { person: grace.id, active: false }).await.unwrap();
    assert_eq!(hears!(graces, SessionEnded).refusal.code, Code::Deactivated);
    graces.is_disconnected().await;
    assert_eq!(knock(grace.options()).await.code, Code::SessionExpired);
    let form = [("handle", "grace"), ("password", PASSWORD)];
    assert_eq!(workspace.web.submits("/session", &form).await.location(), "/sign-in?refused=deactivated&handle=grace");
    console.send(SetActive { person: grace.id, active: true }).await.unwrap();
    grace.signs_in().await.connects().await;
    assert_eq!(code(console.send(SetActive { person: ada.id, active: false }).await), Code::NotOverThem);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_signs_a_person_out_on_all_devices() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let (mut laptop, mut phone) = (grace.connects().await, grace.signs_in().await.connects().await);
    console.send(SignOut { person: grace.id }).await.unwrap();
    laptop.is_disconnected().await;
    phone.is_disconnected().await;
    let accounts = console.send(ListRoster { after: None, query: "grace".into() }).await.unwrap();
    assert_eq!((accounts.len(), accounts[0].sessions), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banned_person_and_a_banned_address_are_refused_until_the_ban_is_lifted() {
    let workspace = Workspace::started_with(&["--behind-proxy"]).await;
    let (ada, grace) = (workspace.owner("Ada Lovelace").await, workspace.sign_up("Grace Hopper").await);
    let console = ada.opens_console().await;
    let mut graces = grace.connects().await;
    let add = async |target| console.send(AddBan { target, reason: "Spam".into(), until: None }).await;
    let ban = add(BanTarget::Person(grace.id)).await.unwrap();
    assert_eq!(hears!(graces, SessionEnded).refusal.code, Code::Banned);
    let form = [("handle", "grace"), ("password", PASSWORD)];
    assert_eq!(workspace.web.submits("/session", &form).await.location(), "/sign-in?refused=banned&handle=grace");
    console.send(RemoveBan { ban: ban.id }).await.unwrap();
    let grace = grace.signs_in().await;
    grace.connects().await;
    // From another address, according to the proxy in front.
    add(BanTarget::Address("203.0.113.0/24".into())).await.unwrap();
    let from = |address: &str| grace.options().header("x-forwarded-for", address);
    assert_eq!(knock(from("203.0.113.7")).await.code, Code::Banned);
    let page = |address| workspace.web.get("/sign-in").header("x-forwarded-for", address).send();
    assert_eq!(page("203.0.113.7").await.unwrap().status(), 403, "a page is refused, too");
    let door = console.send(ListRefusals { query: "203.0.113.7".into(), before: None }).await.unwrap();
    assert_eq!(door.iter().map(|refused| refused.namespace.as_str()).collect::<Vec<_>>(), ["/", "/chat"]);
    assert_eq!(page("198.51.100.7").await.unwrap().status(), 200);
    Device::connect(from("198.51.100.7")).await;
    assert_eq!(console.send(ListBans {}).await.unwrap().len(), 1);
    assert_eq!(code(add(BanTarget::Address("127.0.0.1".into())).await), Code::NotOverThem, "your own address");
    assert_eq!(code(add(BanTarget::Address("everywhere".into())).await), Code::BadAddress);
    assert_eq!(code(add(BanTarget::Person(ada.id)).await), Code::NotOverThem);
    // An admin cannot ban the address of an owner either.
    console.send(SetRole { person: grace.id, role: Role::Admin }).await.unwrap();
    let graces = grace.opens_console().await;
    let _adas = Device::enters(ada.options().header("x-forwarded-for", "192.0.2.7")).await;
    let owners = AddBan { target: BanTarget::Address("192.0.2.0/24".into()), reason: "Spam".into(), until: None };
    assert_eq!(code(graces.send(owners).await), Code::NotOverThem);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_admits_its_number_of_people_even_in_a_race() {
    let workspace = Workspace::started_with(&["--sign-up", "closed"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let console = ada.opens_console().await;
    let new = invited(&console, Role::Member, None, 2).await;
    let qr = new.qr.expose();
    assert!(qr.starts_with("<?xml") || qr.starts_with("<svg"));
    let names = ["Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov", "Donald Knuth"];
    let race = names.map(|name| signs_up(&workspace.web, name, token(&new)));
    let answers = futures::future::join_all(race).await;
    let in_now = answers.iter().filter(|answer| answer.location().starts_with("/rooms/")).count();
    assert_eq!(in_now, 2);
    let others = answers.iter().filter(|answer| answer.location().contains("refused=bad_invite")).count();
    assert_eq!(others, 3);
    let door = console.send(ListRefusals { query: "bad_invite".into(), before: None }).await.unwrap();
    assert_eq!((door.len(), door[0].namespace.as_str(), door[0].times), (1, "/accounts", 3));
    assert!(console.send(ListInvites {}).await.unwrap().is_empty(), "it is used up");
    let open = signs_up(&workspace.web, "Niklaus Wirth", "").await;
    assert!(open.location().contains("refused=sign_up_closed"));
    let second = invited(&console, Role::Member, None, 1).await;
    console.send(RevokeInvite { invite: second.invite.id }).await.unwrap();
    let late = signs_up(&workspace.web, "Niklaus Wirth", token(&second)).await;
    assert!(late.location().contains("refused=bad_invite"));
    let third = invited(&console, Role::Member, None, 1).await;
    workspace.changes("UPDATE invites SET until = $1", store::clock::now() - 1).await;
    let late = signs_up(&workspace.web, "Niklaus Wirth", token(&third)).await;
    assert!(late.location().contains("refused=bad_invite"), "its time is over");
    assert!(console.send(ListInvites {}).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_ban_admits_the_person_again() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let until = Some(store::clock::now() + 5_000);
    console.send(AddBan { target: BanTarget::Person(grace.id), reason: "Rude".into(), until }).await.unwrap();
    let form = [("handle", "grace"), ("password", PASSWORD)];
    assert_eq!(workspace.web.submits("/session", &form).await.location(), "/sign-in?refused=banned&handle=grace");
    let details = &console.send(ListAudit::default()).await.unwrap()[0].details;
    assert!(details.starts_with("Rude (until 20") && details.ends_with(" UTC)"), "{details}");
    within("the ban has ended", async { while !console.send(ListBans {}).await.unwrap().is_empty() {} }).await;
    grace.signs_in().await.connects().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_only_rooms_with_an_invitation() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let adas = ada.connects().await;
    let project = adas.creates_room("project").await;
    adas.invites(project, [&grace]).await;
    let new = invited(&console, Role::Guest, Some(project), 1).await;
    let answer = signs_up(&workspace.web, "Alan Turing", token(&new)).await;
    let alan = Person::let_in(&workspace.web, "Alan Turing", answer).await;
    assert_eq!(alan.landed_in(), project);
    let alans = alan.connects().await;
    assert_eq!(alans.snapshot().await.rooms.iter().map(|room| room.id).collect::<Vec<_>>(), [project]);
    assert_eq!(alans.browses().await.iter().map(|card| card.id).collect::<Vec<_>>(), [project]);
    alans.posts(project, "Hello from outside.").await;
    assert_eq!(code(alans.send(JoinRoom { room: general }).await), Code::UnknownRoom);
    assert_eq!(code(alans.send(OpenRoom { room: general }).await), Code::UnknownRoom);
    assert_eq!(code(alans.send(PostMessage::new(general, "Let me in.")).await), Code::UnknownRoom);
    let create = CreateRoom { kind: RoomKind::Public, name: "mine".into(), topic: String::new() };
    assert_eq!(code(alans.send(create).await), Code::NotForGuests);
    assert_eq!(code(alans.send(InvitePeople { room: project, people: vec![grace.id] }).await), Code::NotForGuests);
    alans.send(StartDirect { people: vec![grace.id] }).await.unwrap();
    let edsger = workspace.sign_up("Edsger Dijkstra").await;
    assert_eq!(code(alans.send(StartDirect { people: vec![edsger.id] }).await), Code::NotReachable);
    let nowhere = CreateInvite { role: Role::Guest, room: None, uses: 1, lasts: HOUR };
    assert_eq!(code(console.send(nowhere).await), Code::Malformed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_only_people_of_shared_rooms() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (alan, edsger) = (workspace.sign_up("Alan Turing").await, workspace.sign_up("Edsger Dijkstra").await);
    let (adas, edsgers) = (ada.connects().await, edsger.connects().await);
    let project = adas.creates_room("project").await;
    adas.invites(project, [&grace, &alan]).await;
    grace.connects().await.leaves(project).await;
    let new = invited(&ada.opens_console().await, Role::Guest, Some(project), 1).await;
    let answer = signs_up(&workspace.web, "Tony Hoare", token(&new)).await;
    let tony = Person::let_in(&workspace.web, "Tony Hoare", answer).await;
    let mut tonys = tony.connects().await;
    let before = tonys.snapshot().await;
    let handles: Vec<&str> = before.people.iter().map(|person| person.handle.as_str()).collect();
    assert_eq!(handles, ["ada", "alan", "grace", "tony"], "Grace has been there");
    assert!(before.presence.iter().all(|online| online.person != edsger.id));

    // Changes of strangers are not published to a guest; when they join the guest's room, the person comes first.
    edsgers.send(UpdateProfile { name: "E. W. Dijkstra".into(), hue: 3 }).await.unwrap();
    let others = edsger.connects().await;
    others.disconnects().await;
    let name = UpdateProfile { name: "Alan M. Turing".into(), hue: 2 };
    alan.connects().await.send(name).await.unwrap();
    adas.says(project, "Alan has another name.").await;
    adas.invites(project, [&edsger]).await;
    adas.says(project, "Edsger is here.").await;
    let heard = tonys.hears_until("Edsger is here.").await;
    let place = |wanted: &dyn Fn(&ServerEvent) -> bool| heard.iter().position(wanted);
    let alans = place(&|event| matches!(event, ServerEvent::PersonChanged(person) if person.id == alan.id)).unwrap();
    let edsgers =
        place(&|event| matches!(event, ServerEvent::PersonChanged(person) if person.id == edsger.id)).unwrap();
    let online = place(&|event| {
        let ServerEvent::PresenceChanged(changed) = event else { return false };
        changed.people.iter().any(|online| online.person == edsger.id)
    });
    let joined =
        place(&|event| matches!(event, ServerEvent::MemberJoined(joined) if joined.person == edsger.id)).unwrap();
    assert!(alans < edsgers && edsgers < joined, "{heard:#?}");
    assert!(edsgers < online.unwrap(), "{heard:#?}");

    // A room that a guest is added to later comes with its people.
    let donald = workspace.sign_up("Donald Knuth").await;
    let library = adas.creates_room("library").await;
    adas.invites(library, [&donald]).await;
    adas.invites(library, [&tony]).await;
    assert_eq!(hears!(tonys, PersonChanged).id, ada.id);
    assert_eq!(hears!(tonys, PersonChanged).id, donald.id);
    assert_eq!(hears!(tonys, RoomAdded).id, library);
    let after = tonys.snapshot().await;
    assert_eq!(after.people.len(), before.people.len() + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_learns_nothing_about_strangers_by_their_ids() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let adas = ada.connects().await;
    let project = adas.creates_room("project").await;
    let new = invited(&ada.opens_console().await, Role::Guest, Some(project), 1).await;
    let answer = signs_up(&workspace.web, "Tony Hoare", token(&new)).await;
    let tonys = Person::let_in(&workspace.web, "Tony Hoare", answer).await.connects().await;
    tonys.says(project, "@ada and @grace, of #project and #general?").await;
    let html = tonys.opens(project).await.page.messages.last().unwrap().html.clone().unwrap();
    assert!(html.contains(&ada.id.to_string()) && html.contains(&project.to_string()), "{html}");
    assert!(!html.contains(&grace.id.to_string()) && !html.contains("Grace Hopper"), "{html}");
    assert!(!html.contains("/rooms/") || html.matches("/rooms/").count() == 1, "{html}");
    let alan = workspace.sign_up("Alan Turing").await;
    adas.invites(project, [&alan]).await;
    alan.connects().await.leaves(project).await;
    let found = async |query: &str| {
        let query = SearchMessages { query: query.into(), ..SearchMessages::default() };
        tonys.send(query).await.unwrap().unknown
    };
    assert_eq!(found("from:ada x").await, Vec::<String>::new());
    assert_eq!(found("from:alan x").await, Vec::<String>::new(), "he has been there");
    assert_eq!(found("from:grace x").await, ["from:grace"]);
    assert_eq!(found("from:stranger x").await, ["from:stranger"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banned_client_that_does_not_read_is_disconnected_too() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    console.send(SetRole { person: grace.id, role: Role::Admin }).await.unwrap();
    let polling = Polling::open(&workspace.web).await;
    polling.sends([&*format!(r#"40/admin,{{"token":"{}"}}"#, grace.token)]).await;
    polling.reads_until("40/admin,").await;
    // More answers than the buffers hold.
    let asked: Vec<_> = (0..1_100).map(|number| format!(r#"42/admin,{number}["person:list",{{}}]"#)).collect();
    polling.sends(asked.iter().map(String::as_str)).await;
    let query = ListConnections { after: None, query: "grace".into() };
    while console.send(query.clone()).await.unwrap().connections.iter().any(|known| known.queue > 0) {}
    console.send(SetRole { person: grace.id, role: Role::Member }).await.unwrap();
    polling.reads_until("43/admin,1000[").await;
    polling.sends([r#"42/admin,5000["audit:list",{}]"#]).await;
    let answer = polling.reads_until("43/admin,5000[").await;
    assert!(answer.starts_with(r#"43/admin,5000[{"refusal":{"code":"session_expired""#), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_banned_or_disabled_during_sign_in_gets_no_session() {
    let (workspace, _ada, grace, _) = Workspace::with_ada_and_grace().await;
    let before = workspace.count("sessions").await;
    let form = [("handle", "grace"), ("password", PASSWORD)];
    // The change is in the database and not yet in the server's memory: the race that this tests.
    workspace.bans_behind_the_back(&grace).await;
    assert_eq!(workspace.web.submits("/session", &form).await.location(), "/sign-in?refused=banned&handle=grace");
    workspace.switches_off_behind_the_back(&grace).await;
    assert_eq!(workspace.web.submits("/session", &form).await.location(), "/sign-in?refused=deactivated&handle=grace");
    assert_eq!(workspace.count("sessions").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banned_owner_does_not_count_as_a_remaining_owner() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    console.send(SetRole { person: grace.id, role: Role::Owner }).await.unwrap();
    let target = BanTarget::Person(grace.id);
    let past = AddBan { target: target.clone(), reason: "Spam".into(), until: Some(1) };
    assert_eq!(code(console.send(past).await), Code::Malformed);
    console.send(AddBan { target, reason: "Spam".into(), until: None }).await.unwrap();
    let steps_down = SetRole { person: ada.id, role: Role::Member };
    assert_eq!(code(console.send(steps_down).await), Code::LastWorkspaceOwner);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_message_is_kept_or_removed() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let (kind, rude) = (adas.says(general, "Hello.").await, adas.says(general, "Something rude.").await);
    let report = async |device: &Device, message, reason: &str| {
        device.send(ReportMessage { room: general, message, reason: reason.into() }).await
    };
    for message in [kind, rude, rude] {
        report(&graces, message, "I do not like it").await.unwrap();
    }
    assert_eq!(code(report(&graces, MessageId::new(), "Nothing").await), Code::UnknownMessage);
    assert_eq!(code(report(&graces, kind, " ").await), Code::BadReason);
    let open = console.send(ListReports::default()).await.unwrap();
    let texts: Vec<&str> = open.iter().map(|report| report.text.as_str()).collect();
    assert_eq!(texts, ["Hello.", "Something rude."], "one of each");
    console.send(DecideReport { report: open[0].id, verdict: Verdict::Dismiss }).await.unwrap();
    console.send(DecideReport { report: open[1].id, verdict: Verdict::Remove }).await.unwrap();
    assert_eq!(hears!(graces, MessageDeleted).message, rude);
    assert_eq!(graces.sees(general).await, ["Hello.", ""]);
    assert!(console.send(ListReports::default()).await.unwrap().is_empty());
    let again = DecideReport { report: open[1].id, verdict: Verdict::Dismiss };
    assert_eq!(code(console.send(again).await), Code::Gone);
    // A message that was kept can be edited later, so it can be reported again.
    adas.edits(general, kind, "Something rude after all.").await;
    report(&graces, kind, "Now I do not like it").await.unwrap();
    let open = console.send(ListReports::default()).await.unwrap();
    assert_eq!(open[0].text, "Something rude after all.");
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_listed_page_by_page_while_they_are_decided() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (console, adas, graces) = (ada.opens_console().await, ada.connects().await, grace.connects().await);
    let texts: Vec<String> = (0..limits::CONSOLE_PAGE + 2).map(|number| format!("Rude, number {number}")).collect();
    for text in &texts {
        let message = adas.says(general, text).await;
        graces.send(ReportMessage { room: general, message, reason: "Rude".into() }).await.unwrap();
    }
    let said = |reports: &[Report]| reports.iter().map(|report| report.text.clone()).collect::<Vec<_>>();
    let first = console.send(ListReports::default()).await.unwrap();
    assert_eq!(said(&first), texts[..limits::CONSOLE_PAGE]);
    let last = first.last().unwrap().id;
    console.send(DecideReport { report: last, verdict: Verdict::Dismiss }).await.unwrap();
    let second = console.send(ListReports { after: Some(last) }).await.unwrap();
    assert_eq!(said(&second), texts[limits::CONSOLE_PAGE..]);
    let nowhere = ListReports { after: Some(ReportId::new()) };
    assert!(console.send(nowhere).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_keeps_its_messages_for_its_retention_period() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    let mut adas = ada.connects().await;
    let old = adas.says(general, "Long ago.").await;
    adas.says(general, "Today.").await;
    let days = 31 * 24 * HOUR;
    workspace.changes("UPDATE messages SET at = at - $1 WHERE text = 'Long ago.'", days).await;
    console.send(SetRetention { room: general, days: Some(30) }).await.unwrap();
    assert_eq!(hears!(adas, MessageDeleted).message, old);
    assert_eq!(adas.sees(general).await, ["", "Today."]);
    assert_eq!(code(console.send(SetRetention { room: general, days: Some(0) }).await), Code::Malformed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_has_every_act_and_cannot_be_changed() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let console = ada.opens_console().await;
    console.send(SetRole { person: grace.id, role: Role::Admin }).await.unwrap();
    console.send(SetRetention { room: general, days: Some(365) }).await.unwrap();
    let acts = console.send(ListAudit { before: None, query: String::new() }).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (act.number, act.act.as_str(), act.subject.as_str())).collect();
    assert_eq!(told, [(2, "room:retention", "general"), (1, "person:role", "Grace Hopper (@grace)")]);
    assert_eq!(acts[1].details, "from member to admin");
    assert_eq!(console.send(ListAudit { before: None, query: "GRACE".into() }).await.unwrap().len(), 1);
    for statement in ["DELETE FROM audit WHERE number > $1", "UPDATE audit SET details = '' WHERE number > $1"] {
        let error = workspace.tries_to_change(statement, 0).await.unwrap_err();
        assert!(error.contains("the audit log is not changed"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_has_every_act() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (console, graces) = (ada.opens_console().await, grace.connects().await);
    let message = graces.says(general, "Something rude.").await;
    let reason = "Rude".to_owned();
    graces.send(ReportMessage { room: general, message, reason: reason.clone() }).await.unwrap();
    let report = console.send(ListReports::default()).await.unwrap()[0].id;
    let connections = ListConnections { after: None, query: "grace".into() };
    let connection = console.send(connections).await.unwrap().connections[0].id;
    let mut acts = Vec::new();
    macro_rules! does {
        ($command:expr) => {{
            let command = $command;
            acts.push(name_of(&command));
            console.send(command).await.unwrap()
        }};
    }
    does!(DecideReport { report, verdict: Verdict::Remove });
    does!(CloseConnection { connection });
    does!(Announce { to: Audience::Everyone, text: "Tea at four.".into() });
    does!(SetRetention { room: general, days: Some(30) });
    let invite = does!(CreateInvite { role: Role::Member, room: None, uses: 1, lasts: HOUR }).invite.id;
    does!(RevokeInvite { invite });
    let program = does!(CreateProgram { name: "Deploys".into(), lasts: None }).program.id;
    does!(RevokeProgram { program });
    does!(SetRole { person: grace.id, role: Role::Admin });
    does!(SignOut { person: grace.id });
    does!(SetActive { person: grace.id, active: false });
    let ban = does!(AddBan { target: BanTarget::Person(grace.id), reason, until: None }).id;
    does!(RemoveBan { ban });
    let told = console.send(ListAudit::default()).await.unwrap();
    let told: Vec<&str> = told.iter().rev().map(|act| act.act.as_str()).collect();
    assert_eq!(told, acts);
    // The commands that are not listed here only read.
    let registered = include_str!("../../src/namespaces/admin.rs").matches("all.add(").count();
    let looks = include_str!("../../src/namespaces/admin.rs").matches("::list)").count() + 3;
    assert_eq!(registered, acts.len() + looks, "a new act belongs here");
}

fn name_of<C: Command>(_: &C) -> &'static str {
    C::NAME
}
