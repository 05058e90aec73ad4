//! Accounts: the forms that create the owner, sign up, sign in and change a profile, and what fits in them.
//!
//! They are plain form posts, so they work before WASM has loaded and without it.

use crate::{Code, limits};
use serde::{Deserialize, Serialize};

/// `POST /workspace`: the owner's account and the workspace's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SetUpForm {
    pub workspace: String,
    pub name: String,
    pub handle: String,
    pub password: String,
}

/// `POST /accounts`: a new account, perhaps by an invitation, of which `invite` is the link's token.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SignUpForm {
    pub name: String,
    pub handle: String,
    pub password: String,
    #[serde(default)]
    pub invite: String,
}

/// `POST /session`: sign in; `next` is the path to go to afterwards.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SignInForm {
    pub handle: String,
    pub password: String,
    #[serde(default)]
    pub next: String,
}

/// `POST /me`: your own name and colour.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ProfileForm {
    pub name: String,
    pub hue: u8,
}

/// The handle in its stored form: without spaces around it or a leading `@`, in lower case.
///
/// # Errors
/// [`Code::BadHandle`]
pub fn checked_handle(handle: &str) -> Result<String, Code> {
    let handle = handle.trim().trim_start_matches('@').to_lowercase();
    let fits = (2..=limits::HANDLE_CHARS).contains(&handle.len())
        && handle.starts_with(|c: char| c.is_ascii_lowercase())
        && handle.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c));
    if fits { Ok(handle) } else { Err(Code::BadHandle) }
}

/// A name of 1 to `most` characters, on one line, with single spaces.
///
/// # Errors
/// [`Code::BadName`]
pub fn checked_name(name: &str, most: usize) -> Result<String, Code> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !name.is_empty() && name.chars().count() <= most && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(Code::BadName) }
}

/// # Errors
/// [`Code::BadPassword`]
pub fn checked_password(password: &str) -> Result<&str, Code> {
    if limits::PASSWORD_CHARS.contains(&password.chars().count()) { Ok(password) } else { Err(Code::BadPassword) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_stored_in_lower_case_without_its_at_sign() {
        assert_eq!(checked_handle(" @Ada.Lovelace "), Ok("ada.lovelace".into()));
    }

    #[test]
    fn a_handle_with_other_characters_is_refused() {
        for handle in ["", "a", "1ada", "ada lovelace", "adä", &"a".repeat(31)] {
            assert_eq!(checked_handle(handle), Err(Code::BadHandle), "{handle}");
        }
    }

    #[test]
    fn a_name_keeps_single_spaces_only() {
        assert_eq!(checked_name("  Ada \n Lovelace ", 80), Ok("Ada Lovelace".into()));
        assert_eq!(checked_name(" \t", 80), Err(Code::BadName));
        assert_eq!(checked_name("Ada\u{0}", 80), Err(Code::BadName));
    }
}
