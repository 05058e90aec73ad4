//! Every refusal.

use crate::snapshots::{assert_reads_back, assert_snapshot};
use common::{Answer, Code, Refusal, malformed::Details};
use std::collections::BTreeMap;

/// Lists the codes, and does not compile while one is missing.
macro_rules! every_code {
    ($($code:ident)*) => {
        const CODES: &[Code] = &[$(Code::$code),*];

        fn is_listed(code: Code) -> bool {
            match code { $(Code::$code)|* => true }
        }
    };
}

every_code! {
    Malformed UnknownCommand UnknownRoom UnknownPerson NotReachable UnknownMessage UnknownFile UnknownSeq NotTheAuthor NotAMember NotSignedIn SessionExpired WrongOrigin
    NotAnOwner LastOwner RoomArchived PostingLimited AnnouncingLimited
    UnknownNamespace TooManyAttempts TooFast TooBusy TooLarge FileTooLarge TooManyFiles EmptyText TextTooLong QueryTooLong IdTaken NotAnEmoji TooManyReactions TooManyPins TooManySaved BadName BadRoomName TooManyRooms BadTopic BadStatus BadHandle BadPassword
    HandleTaken RoomNameTaken WrongCredentials SignUpClosed AlreadySetUp NotSetUp WrongKindOfRoom NobodyChosen
    WrongToken Deactivated Banned NotAnAdmin NotForGuests TooManyConnections
    BadInvite LastWorkspaceOwner NotOverThem Gone BadAddress BadReason
    BadQuietTime BadEndpoint StorageFull FilesFull Internal
}

#[test]
fn every_code_has_a_name_and_a_sentence() {
    assert!(CODES.iter().copied().all(is_listed));
    let sentences: BTreeMap<_, _> = CODES.iter().map(|code| (code.name(), code.sentence())).collect();
    assert_eq!(sentences.len(), CODES.len(), "two codes have the same name");
    assert_snapshot("refusal_codes", &sentences);
}

#[test]
fn every_code_is_found_by_its_name() {
    for &code in CODES {
        assert_eq!(Code::from_name(&code.name()), Some(code));
    }
    assert_eq!(Code::from_name("no_such_code"), None);
}

#[test]
fn a_refusal_says_why_to_programs_and_to_people() {
    let refusal: Refusal = Code::EmptyText.into();
    assert_reads_back(&refusal);
    assert_snapshot("refusal", &refusal);
}

#[test]
fn an_answer_can_be_a_refusal() {
    let answer: Answer<()> = Answer::Refusal(Code::UnknownRoom.into());
    assert_reads_back(&answer);
    assert_snapshot("answer_refusal", &answer);
}

#[test]
fn what_broke_on_the_server_has_an_incident() {
    let answer: Answer<()> = Answer::Refusal(Refusal::internal("5f2c91ab".into()));
    assert_reads_back(&answer);
    assert_snapshot("answer_internal", &answer);
}

#[test]
fn whoever_is_too_fast_learns_when_to_try_again() {
    let refusal = Refusal::too_fast(1_500);
    assert_reads_back(&refusal);
    assert_snapshot("refusal_too_fast", &refusal);
}

#[test]
fn a_malformed_payload_is_explained_by_its_field() {
    let details = Details::of("people[2]", "invalid type: integer `7`, expected a UUID string");
    let refusal = Refusal::malformed(details);
    assert_reads_back(&refusal);
    assert_snapshot("refusal_malformed", &refusal);
}
