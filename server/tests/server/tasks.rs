//! Supervised tasks: without one of them, the server says so and stops.

use crate::harness::{Workspace, hears, within};
use common::{Command as _, messages::PostMessage};
use std::process::{Command, Stdio};
use store::failpoints::{self, TASK_ENDS, TASK_PANICS};

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_panics_stops_the_server_after_clients_were_told() {
    let names = Workspace::started().await.tasks();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let mut workspace = Workspace::started().await;
        let ada = workspace.owner("Ada Lovelace").await;
        let mut device = ada.connects().await;
        failpoints::trigger(TASK_PANICS, name);
        assert!(hears!(device, ServerStopping).return_within >= 1_000, "{name}");
        let error = workspace.ends().await.expect_err("the server has lost a task");
        assert!(error.to_string().contains(name) && error.to_string().contains("panicked"), "{error}");
        failpoints::reset();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_ends_early_stops_the_server() {
    let mut workspace = Workspace::started().await;
    let ada = workspace.owner("Ada Lovelace").await;
    let mut device = ada.connects().await;
    failpoints::trigger(TASK_ENDS, "relay");
    hears!(device, ServerStopping);
    let error = workspace.ends().await.expect_err("the server has lost a task");
    assert!(error.to_string().contains("\"relay\" ended"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_post_is_acknowledged_once_the_relay_has_ended() {
    let mut workspace = Workspace::started().await;
    let ada = workspace.owner("Ada Lovelace").await;
    let device = ada.connects().await;
    let posts = async {
        let mut acknowledged = Vec::new();
        for number in 0.. {
            let text = format!("Message {number}");
            let message = serde_json::to_value(PostMessage::new(ada.landed_in(), text.clone())).unwrap();
            match device.tries(PostMessage::NAME, vec![message]).await {
                Ok(answer) if answer.get("ok").is_some() => acknowledged.push(text),
                Ok(_) | Err(_) => break,
            }
            if number == 20 {
                failpoints::trigger(TASK_ENDS, "relay");
            }
        }
        acknowledged
    };
    let acknowledged = within("the last post", posts).await;
    workspace.ends().await.expect_err("the server has lost its relay");
    failpoints::reset();
    workspace.starts_again().await;
    let stored = ada.connects().await.sees(ada.landed_in()).await;
    let texts = acknowledged;
    assert!(texts.len() > 20 && stored.len() >= texts.len(), "{} of {}", texts.len(), stored.len());
    assert_eq!(stored[..texts.len()], texts, "what was acknowledged is stored, in order");
}

#[test]
fn the_program_ends_with_an_error_when_a_task_panics() {
    let folder = tempfile::tempdir().unwrap();
    let program = Command::new(env!("CARGO_BIN_EXE_hubbub"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .env("HUBBUB_FAULT", "task-panics:relay")
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&program.stderr);
    assert!(!program.status.success(), "{log}");
    assert!(log.contains("a background task has ended") && log.contains("relay"), "{log}");
}
