//! Refuses the lobby when it is switched off.

use super::link::{Candidate, Link};
use crate::config;
use common::{Code, Refusal};
use futures::future::BoxFuture;

pub struct Lobby;

impl Link for Lobby {
    fn name(&self) -> &'static str {
        "lobby"
    }

    fn check<'a>(&'a self, candidate: &'a mut Candidate) -> BoxFuture<'a, Result<(), Refusal>> {
        Box::pin(async move {
            if candidate.gate.config.lobby == config::Lobby::On {
                return Ok(());
            }
            Err(Refusal::saying(Code::UnknownNamespace, "The lobby is switched off on this server.".into()))
        })
    }
}
