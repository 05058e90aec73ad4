//! Refusals as HTTP statuses.

use axum::http::StatusCode;
use common::Code;

/// The HTTP status for a refusal's code.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::NotSignedIn | Code::SessionExpired | Code::WrongCredentials => StatusCode::UNAUTHORIZED,
        Code::WrongOrigin
        | Code::NotAMember
        | Code::NotTheAuthor
        | Code::NotAnOwner
        | Code::PostingLimited
        | Code::AnnouncingLimited
        | Code::NotReachable
        | Code::WrongToken
        | Code::Deactivated
        | Code::Banned
        | Code::NotAnAdmin
        | Code::NotForGuests
        | Code::NotOverThem
        | Code::SignUpClosed => StatusCode::FORBIDDEN,
        Code::StorageFull | Code::FilesFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::UnknownRoom
        | Code::UnknownPerson
        | Code::UnknownMessage
        | Code::UnknownFile
        | Code::UnknownCommand
        | Code::UnknownNamespace
        | Code::Gone => StatusCode::NOT_FOUND,
        Code::HandleTaken
        | Code::RoomNameTaken
        | Code::IdTaken
        | Code::AlreadySetUp
        | Code::LastOwner
        | Code::LastWorkspaceOwner
        | Code::RoomArchived
        | Code::NotSetUp
        | Code::UnknownSeq => StatusCode::CONFLICT,
        Code::TooManyAttempts | Code::TooManyConnections | Code::TooFast => StatusCode::TOO_MANY_REQUESTS,
        Code::TooLarge | Code::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TooBusy => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::Malformed
        | Code::EmptyText
        | Code::TextTooLong
        | Code::TooManyFiles
        | Code::QueryTooLong
        | Code::NotAnEmoji
        | Code::TooManyReactions
        | Code::TooManyPins
        | Code::TooManySaved
        | Code::TooManyRooms
        | Code::BadName
        | Code::BadRoomName
        | Code::BadTopic
        | Code::BadStatus
        | Code::BadHandle
        | Code::BadPassword
        | Code::WrongKindOfRoom
        | Code::NobodyChosen
        | Code::BadQuietTime
        | Code::BadInvite
        | Code::BadAddress
        | Code::BadReason
        | Code::BadEndpoint => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
