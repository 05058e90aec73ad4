//! The forms. On the wire their fields are form-encoded; the names are what a snapshot keeps.

use crate::snapshots::assert_snapshot;
use common::accounts::{ProfileForm, SetUpForm, SignInForm, SignUpForm};
use serde::{Serialize, de::DeserializeOwned};

const PASSWORD: &str = "a long secret sentence";

/// Forms cannot be compared, so what they are written as is.
fn assert_form<F: Serialize + DeserializeOwned>(name: &str, form: &F) {
    let written = serde_json::to_value(form).expect("a form can be written");
    let read: F = serde_json::from_value(written.clone()).expect("what was written can be read");
    assert_eq!(serde_json::to_value(read).expect("a form can be written"), written);
    assert_snapshot(&format!("form_{name}"), form);
}

#[test]
fn the_owner_sets_up_the_workspace() {
    let form = SetUpForm {
        workspace: "Analytical Engines".into(),
        name: "Ada Lovelace".into(),
        handle: "ada".into(),
        password: PASSWORD.into(),
    };
    assert_form("set_up", &form);
}

#[test]
fn a_member_signs_up() {
    let (name, handle) = ("Grace Hopper".into(), "grace".into());
    let form = SignUpForm { name, handle, password: PASSWORD.into(), invite: String::new() };
    assert_form("sign_up", &form);
}

#[test]
fn a_member_signs_in_and_goes_on_where_they_were() {
    let form = SignInForm { handle: "grace".into(), password: PASSWORD.into(), next: "/profile".into() };
    assert_form("sign_in", &form);
}

#[test]
fn a_member_signs_in_from_anywhere() {
    let form: SignInForm = serde_json::from_str(r#"{"handle": "grace", "password": ""}"#).expect("it is one");
    assert_eq!(form.next, "");
}

#[test]
fn a_member_changes_their_profile() {
    assert_form("profile", &ProfileForm { name: "Grace Hopper".into(), hue: 2 });
}
