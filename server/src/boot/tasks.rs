//! Supervised tasks: every background task has a name and an owner. One that panics or ends early stops the
//! server: a chat that goes on without its relay or its search index would look well and lose things.

use std::{fmt, time::Duration};
use store::failpoints;
use tokio::task::{AbortHandle, JoinError, JoinSet};

/// How long tasks that end with the database may take for it.
const FAREWELL: Duration = Duration::from_secs(5);

/// The background tasks of a server. Dropped, it ends them.
#[derive(Default)]
pub struct Tasks {
    running: JoinSet<&'static str>,
    names: Vec<(tokio::task::Id, &'static str)>,
    /// Those that end only with the server.
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

    /// Runs a task that ends when the database is closed, and has something to finish then.
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

    /// The names of all tasks, in the order in which they were started.
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

    /// Ends all tasks: those that have something to finish may do so. The database is closed.
    ///
    /// # Errors
    /// When one of these panics, or does not come to its end.
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
        tokio::time::timeout(FAREWELL, ended).await.unwrap_or_else(|_| anyhow::bail!("a task did not come to its end"))
    }

    fn name_of(&self, error: &JoinError) -> &'static str {
        self.names.iter().find(|(id, _)| *id == error.id()).map_or("?", |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_and_one_that_ends_are_named() {
        let mut tasks = Tasks::default();
        tasks.spawn("relay", std::future::pending());
        tasks.spawn("expiry", async { panic!("broken") });
        assert_eq!(tasks.first_end().await, EndedEarly { task: "expiry", panicked: true });
        tasks.spawn("presence", async {});
        assert_eq!(tasks.first_end().await, EndedEarly { task: "presence", panicked: false });
    }

    #[tokio::test]
    async fn tasks_that_finish_with_the_database_are_waited_for_and_others_are_not() {
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
