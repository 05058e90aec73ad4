//! Bans, invitations, programs and reports.

use crate::{
    cast::{GENERAL, HELLO, MORNING, ada_there, grace_there},
    snapshots::assert_exchange,
};
use common::{
    BanId, InviteId, ProgramId, ReportId,
    bans::{AddBan, Ban, BanSubject, BanTarget, ListBans, RemoveBan},
    invites::{CreateInvite, Invite, ListInvites, NewInvite, RevokeInvite},
    people::Role,
    programs::{CreateProgram, ListPrograms, NewProgram, Program, RevokeProgram, WhoAmI},
    reports::{DecideReport, ListReports, Report, ReportMessage, Verdict},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

#[test]
fn a_person_and_an_address_are_banned() {
    let id = BanId(HELLO.0);
    let ban = |of| Ban { id, of, reason: "Spam".into(), until: None, by: ada_there(), at: MORNING };
    let of_address = ban(BanSubject::Address("203.0.113.0/24".into()));
    let target = BanTarget::Address("203.0.113.0/24".into());
    assert_exchange(AddBan { target, reason: "Spam".into(), until: None }, of_address.clone());
    assert_exchange(ListBans {}, vec![ban(BanSubject::Person(grace_there())), of_address]);
    assert_exchange(RemoveBan { ban: id }, ());
}

#[test]
fn somebody_is_invited() {
    let id = InviteId(HELLO.0);
    let invite = Invite {
        id,
        by: ada_there(),
        at: MORNING,
        role: Role::Guest,
        room: Some((GENERAL, "general".into())),
        uses: 5,
        used: 0,
        until: MORNING + 7 * DAY,
    };
    let new = NewInvite { invite: invite.clone(), path: "/sign-up?invite=0123".into(), qr: "<svg></svg>".into() };
    assert_exchange(CreateInvite { role: Role::Guest, room: Some(GENERAL), uses: 5, lasts: 7 * DAY }, new);
    assert_exchange(ListInvites {}, vec![invite]);
    assert_exchange(RevokeInvite { invite: id }, ());
}

#[test]
fn a_program_gets_a_token() {
    let id = ProgramId(HELLO.0);
    let program = Program { id, name: "Deploys".into(), by: ada_there(), at: MORNING, until: None };
    let new = NewProgram { program: program.clone(), token: "hubbub_bot_0123".into() };
    assert_exchange(CreateProgram { name: "Deploys".into(), lasts: None }, new);
    assert_exchange(ListPrograms {}, vec![program.clone()]);
    assert_exchange(RevokeProgram { program: id }, ());
    assert_exchange(WhoAmI {}, program);
}

#[test]
fn a_message_is_reported() {
    assert_exchange(ReportMessage { room: GENERAL, message: HELLO, reason: "Spam".into() }, ());
    let report = Report {
        id: ReportId(HELLO.0),
        at: MORNING,
        by: grace_there(),
        reason: "Spam".into(),
        room: GENERAL,
        room_name: "general".into(),
        message: HELLO,
        seq: 7,
        parent: None,
        author: ada_there(),
        text: "Hello, Grace!".into(),
        is_deleted: false,
    };
    assert_exchange(ListReports::default(), vec![report]);
    assert_exchange(DecideReport { report: ReportId(HELLO.0), verdict: Verdict::Remove }, ());
}
