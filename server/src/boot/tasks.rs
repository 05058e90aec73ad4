//! Supervised tasks: every background task has a name and an owner. A task that panics or ends early stops the
//! server. A chat without its relay or search index would look healthy and lose data.

use std::{fmt, time::Duration};
use store::failpoints;
use tokio::task::{AbortHandle, JoinError, JoinSet};

/// Timeout for tasks that end when the database closes.
const FAREWELL: Duration = Duration::from_secs(5);

/// The background tasks of a server. Dropping this value aborts them.
#[derive(Default)]
pub struct Tasks {
    running: JoinSet<&'static str>,
    names: Vec<(tokio::task::Id, &'static str)>,
    /// Tasks that end only with the server.
    endless: Vec<AbortHandle>,
}

/// A task ended while the server was running.
#[derive(Debug, PartialEq, Eq)]
pub struct EndedEarly {
    pub task: &'static str,
    pub panicked: bool,
}

impl fmt::Display for EndedEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.panicked { "panicked" } else { "ended" };
        write!(f, "the task {:?} {how}: the server cannot go on without it", self.task)
    }
}

impl std::error::Error for EndedEarly {}

impl Tasks {
    /// Runs a task for as long as the server runs.
    pub fn spawn(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let handle = self.start(name, task);
        self.endless.push(handle);
    }

    /// Runs a task that finishes its work and ends when the database closes.
    pub fn spawn_until_closed(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        self.start(name, task);
    }

    fn start(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        let handle = self.running.spawn(async move {
            tokio::select! {
                () = task => {}
                () = failpoints::hit(failpoints::TASK_PANICS, name) => panic!("the failpoint of {name}"),
                () = failpoints::hit(failpoints::TASK_ENDS, name) => {}
            }
            name
        });
        self.names.push((handle.id(), name));
        handle
    }

    /// The names of all tasks, in their start order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().map(|(_, name)| *name)
    }

    /// Waits until a task ends.
    pub async fn first_end(&mut self) -> EndedEarly {
        match self.running.join_next_with_id().await {
            Some(Ok((_, task))) => EndedEarly { task, panicked: false },
            Some(Err(error)) => EndedEarly { task: self.name_of(&error), panicked: error.is_panic() },
            None => std::future::pending().await,
        }
    }

    /// Ends all tasks once the database is closed. Tasks with unfinished work may finish it.
    ///
    /// # Errors
    /// When a task panics or misses the timeout.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.endless.iter().for_each(AbortHandle::abort);
        let ended = async {
            while let Some(ended) = self.running.join_next_with_id().await {
                match ended {
                    Err(error) if error.is_panic() => {
                        return Err(EndedEarly { task: self.name_of(&error), panicked: true }.into());
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            Ok(())
        };
        tokio::time::timeout(FAREWELL, ended)
            .await
            .unwrap_or_else(|_| anyhow::bail!("a task missed the shutdown timeout"))
    }

    fn name_of(&self, error: &JoinError) -> &'static str {
        self.names.iter().find(|(id, _)| *id == error.id()).map_or("?", |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panicking_task_and_an_ending_task_are_reported_by_name() {
        let mut tasks = Tasks::default();
        tasks.spawn("relay", std::future::pending());
        tasks.spawn("expiry", async { panic!("broken") });
        assert_eq!(tasks.first_end().await, EndedEarly { task: "expiry", panicked: true });
        tasks.spawn("presence", async {});
        assert_eq!(tasks.first_end().await, EndedEarly { task: "presence", panicked: false });
    }

    #[tokio::test]
    async fn shutdown_waits_only_for_tasks_that_finish_with_the_database() {
        let mut tasks = Tasks::default();
        tasks.spawn("presence", std::future::pending());
        let (closed, is_closed) = tokio::sync::oneshot::channel::<()>();
        tasks.spawn_until_closed("relay", async {
            is_closed.await.ok();
        });
        drop(closed);
        tasks.finish().await.unwrap();
    }
}
