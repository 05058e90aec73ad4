//! Remedies for refusals, addressed to the operator.

use common::Code;

/// The remedy for a refusal at admission or in middleware.
pub fn of(code: Code) -> &'static str {
    match code {
        Code::WrongOrigin => "If this site may use the chat, start the server with --allow-origin and its address.",
        Code::UnknownNamespace => "Correct the namespace in the client: /chat, /admin, /bot or /lobby.",
        Code::NotSignedIn => "They have to sign in, or the program has to send its token in the CONNECT packet.",
        Code::SessionExpired => "They have to sign in again.",
        Code::WrongToken => "Make a token for the program under Programs, and use it at /bot.",
        Code::Deactivated => "Switch the account on again under People, if they may come in.",
        Code::Banned => "Lift the ban under Bans, if they may come in.",
        Code::NotAnAdmin => "Make them an admin under People, if they may see this.",
        Code::TooManyConnections => {
            "Look for a client that connects over and over. An office behind one address may need a higher \
             --connections-per-address."
        }
        Code::TooFast => "Look at the program or script that sends so much; --rate raises all limits.",
        Code::TooBusy => "The client sends faster than it is answered. It should wait for acknowledgements.",
        Code::TooLarge => "The client has to send less at once.",
        Code::UnknownCommand => "The client asks for something that this version does not know: update one of the two.",
        Code::Malformed => "The client sends something else than the protocol says: look at docs/protocol.md.",
        Code::WrongCredentials => {
            "They mistyped, or somebody guesses. Whoever has forgotten a password needs another way in."
        }
        Code::TooManyAttempts => {
            "Somebody guesses passwords, or has forgotten theirs. Ban the address under Bans, if it goes on."
        }
        Code::BadInvite => "Make a new invitation under Invitations, if they may come in.",
        Code::SignUpClosed => "Invite them under Invitations, if they may come in.",
        Code::NotForGuests => "Make them a member under People, if they may do that.",
        Code::NotAnOwner | Code::PostingLimited | Code::AnnouncingLimited => {
            "An owner of the room can make them one, or change who may do that."
        }
        Code::NotOverThem => "An owner of the workspace can do that.",
        Code::NotAMember | Code::UnknownRoom => "Invite them into the room, if they may read it.",
        _ => "The sentence says what to do.",
    }
}
