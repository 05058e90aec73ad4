//! Remedies for refusals, addressed to the operator.

use common::Code;

/// The remedy for a refusal at admission or in middleware.
pub fn of(code: Code) -> &'static str {
    match code {
        Code::WrongOrigin => "If this site may use the chat, start the server with --allow-origin and its address.",
        Code::UnknownNamespace => "Correct the namespace in the client. It is /chat, /admin, /bot or /lobby.",
        Code::NotSignedIn => "They have to sign in, or the program has to send its token in the CONNECT packet.",
        Code::SessionExpired => "They have to sign in again.",
        Code::WrongToken => "Create a token for the program under Programs, and use it at /bot.",
        Code::Deactivated => "Reactivate the account under People, if this person may use the chat.",
        Code::Banned => "Lift the ban under Bans, if this person may use the chat.",
        Code::NotAnAdmin => "Make them an admin under People, if they may see this.",
        Code::TooManyConnections => {
            "Look for a client that reconnects repeatedly. An office behind one address may need a higher \
             --connections-per-address."
        }
        Code::TooFast => "Check the program or script that sends these commands. --rate raises all limits.",
        Code::TooBusy => {
            "The client sends commands faster than the server answers. It should wait for acknowledgements."
        }
        Code::TooLarge => "The client has to send smaller commands.",
        Code::UnknownCommand => "This version does not know the command. Update the client or the server.",
        Code::Malformed => "The payload does not follow the protocol. See docs/protocol.md.",
        Code::WrongCredentials => {
            "The person mistyped, or an attacker guesses passwords. A forgotten password cannot be recovered here."
        }
        Code::TooManyAttempts => {
            "An attacker guesses passwords, or a person has forgotten theirs. Ban the address under Bans."
        }
        Code::BadInvite => "Create a new invitation under Invitations, if this person may join.",
        Code::SignUpClosed => "Invite them under Invitations, if this person may join.",
        Code::NotForGuests => "Make them a member under People, if they may do that.",
        Code::NotAnOwner | Code::PostingLimited | Code::AnnouncingLimited => {
            "An owner of the room can make them an owner, or change the room's permissions."
        }
        Code::NotOverThem => "An owner of the workspace can do that.",
        Code::NotAMember | Code::UnknownRoom => "Invite them into the room, if they may read it.",
        _ => "The refusal's sentence says what to do.",
    }
}
