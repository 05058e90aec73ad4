//! Secrets are masked by their type, in commands, replies and events.

use crate::{cast::Known, events::events};
use common::{
    Command, ServerEvent, json,
    push::SubscribePush,
    secrets::{MASK, Secret, Secrets},
    words::{AnyCommand, InWords, Names, read_command},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A command of this test only, with secrets in it and in its reply.
#[derive(Serialize, Deserialize)]
struct OpenVault {
    vault: String,
    code: Secret<String>,
    numbers: Vec<Secret<u32>>,
}

#[derive(Serialize, Deserialize)]
struct Vault {
    name: String,
    content: Option<Secret<Content>>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    letters: Vec<String>,
}

impl Command for OpenVault {
    const NAME: &'static str = "vault:open";
    type Reply = Vault;
}

impl InWords<Vault> for OpenVault {
    fn asked(&self, _: &dyn Names) -> String {
        format!("You asked to open {}.", self.vault)
    }

    fn answered(&self, vault: &Vault, _: &dyn Names) -> String {
        format!("opened {}", vault.name)
    }
}

fn masked(secrets: &Secrets, mut value: Value) -> Value {
    secrets.mask(&mut value);
    value
}

#[test]
fn a_new_field_that_is_a_secret_is_masked_in_a_command_and_its_reply() {
    let payload = json!({ "vault": "tea", "code": "abc", "numbers": [7, 8] });
    let (command, secrets) = Secrets::noted(|| json::read::<OpenVault>(payload.clone()));
    assert_eq!(masked(&secrets, payload), json!({ "vault": "tea", "code": MASK, "numbers": [MASK, MASK] }));
    let command: Box<dyn AnyCommand> = Box::new(command.expect("it is one"));
    let reply = json!({ "name": "tea", "content": { "letters": ["abc", "def"] } });
    let (answered, secrets) = Secrets::noted(|| command.answered(reply.clone(), &Known));
    assert_eq!(answered, Ok("opened tea".into()));
    assert_eq!(masked(&secrets, reply), json!({ "name": "tea", "content": { "letters": [MASK, MASK] } }));
}

#[test]
fn a_push_subscription_and_new_tokens_are_masked() {
    let subscription = SubscribePush { endpoint: "https://a".into(), p256dh: "b".into(), auth: "c".into() };
    let payload = serde_json::to_value(&subscription).expect("it can be written");
    let (_, secrets) = Secrets::noted(|| read_command(SubscribePush::NAME, payload.clone()).is_ok());
    assert_eq!(masked(&secrets, payload), json!({ "endpoint": MASK, "p256dh": MASK, "auth": MASK }));
}

/// Events of a room's log are read as JSON of any shape when a client catches up, so they can hold no secret.
#[test]
fn events_of_the_log_hold_no_secrets() {
    for event in events().into_iter().filter(|event| event.place_in_log().is_some()) {
        let payload = event.payload().expect("it can be written");
        let (read, secrets) = Secrets::noted(|| ServerEvent::read(event.name(), payload.clone()));
        assert!(read.is_ok_and(|read| read.is_some()), "{}", event.name());
        assert_eq!(masked(&secrets, payload.clone()), payload, "{}", event.name());
    }
}
