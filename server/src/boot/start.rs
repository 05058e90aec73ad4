//! `hubbub serve`: builds the server, listens, and shuts down gracefully.

use super::tasks::Tasks;
use crate::{
    commands::services::Services,
    config::Config,
    http::{
        accounts::{
            attempts::{self, Attempts},
            passwords::Passwords,
        },
        assets::Assets,
        routes::{self, App},
        state::HttpState,
    },
    jobs::{console::Console, expiry, previews::Previews, push::Pushes, retention::Retention, sweep},
    namespaces,
    operations::{metrics::Metrics, refusals::RefusalLog},
    realtime::{
        admission::Gate,
        attention::Attention,
        bans::Bans,
        broadcasts::Broadcasts,
        connections::{Connections, Limits},
        delivery::DeliveryReceipts,
        presence::Presence,
        rates::Rates,
        receipts::Receipts,
        relay::Relay,
        session_lookups::Lookups,
        shared::Realtime,
        transport::{Listener, Transport},
    },
};
use anyhow::Context;
use axum::{ServiceExt, extract::Request};
use futures::FutureExt;
use socketioxide::SocketIo;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::{
    db::Db,
    files::{self, Files},
    search::Index,
};
use tokio::{net::TcpListener, sync::watch};

/// Shutdown timeout: running requests may take this long to finish.
const FAREWELL: Duration = Duration::from_secs(5);

/// A server with an open database and a bound port.
pub struct Server {
    pub address: SocketAddr,
    listener: TcpListener,
    app: App,
    io: SocketIo,
    broadcasts: Broadcasts,
    presence: Presence,
    db: Db,
    search: Index,
    tasks: Tasks,
}

impl Server {
    /// Opens the database, binds the port, and starts the background tasks.
    ///
    /// # Errors
    /// When one of these steps fails. The error names the step and the cause.
    pub async fn prepare(config: Config) -> anyhow::Result<Self> {
        // Leptos renders pages as tasks. An error means that another server in this process has set the
        // executor.
        if any_spawner::Executor::init_tokio().is_err() {
            tracing::debug!("the executor for pages is set already");
        }
        let config = Arc::new(config);
        let mut tasks = Tasks::default();
        let (db, committed) = Db::open(&config.data.path, config.durability.into()).await?;
        let (search, writer) = Index::open(&config.data.path).await?;
        tasks.spawn_until_closed("search index", writer.follow(db.clone()));
        let listener =
            TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
        let (layer, io) = namespaces::build();
        let metrics = Arc::new(Metrics::default());
        let broadcasts = Broadcasts::new(io.clone(), metrics.clone());
        let (attention, presence, receipts) = (Attention::default(), Presence::default(), Receipts::default());

        let limits = files::Limits { file: config.file_limit, storage: config.storage_limit };
        let folder = config.data.path.join("files");
        let files = Files::open(db.clone(), &folder, limits).await.context("cannot open the folder for files")?;
        tasks.spawn("file sweep", sweep::keep_tidy(files.clone()));
        let retention = Retention::default();
        tasks.spawn("retention", retention.clone().run(db.clone(), files.clone()));
        let (pushes, pushing) = Pushes::open(db.clone(), attention.clone(), &config).await?;
        tasks.spawn("web push", pushing);
        let (previews, seekers) = Previews::open(db.clone(), files.clone(), &config)?;
        seekers.into_iter().for_each(|seeker| tasks.spawn("link previews", seeker));

        let relay = Relay {
            broadcasts: broadcasts.clone(),
            db: db.clone(),
            presence: presence.clone(),
            observers: vec![
                Arc::new({
                    let pushes = pushes.clone();
                    move |event| pushes.note(event)
                }),
                Arc::new(move |event| previews.note(event)),
            ],
        };
        tasks.spawn("presence", relay.clone().publish_presence());
        tasks.spawn("read receipts", relay.clone().publish_readers(receipts.clone()));
        tasks.spawn_until_closed("relay", relay.run(committed));
        tasks.spawn("expiry", expiry::keep_ending(db.clone(), broadcasts.clone()));

        let realtime = Realtime {
            connections: Connections::new(Limits {
                per_person: config.connections_per_person,
                per_address: config.connections_per_address,
            }),
            refusals: RefusalLog::default(),
            metrics,
            rates: Arc::new(Rates::new(config.rate)),
            broadcasts: broadcasts.clone(),
            db: db.clone(),
        };
        let console = Console::new();
        tasks.spawn("console", console.clone().publish_ticks(realtime.clone(), config.data.path.clone()));
        let (lookups, looking_up) = Lookups::new(db.clone());
        tasks.spawn("session lookups", looking_up);
        let attempts = Arc::new(Attempts::default());
        tasks.spawn("rate limits", attempts::forget_old(attempts.clone(), realtime.rates.clone()));
        let bans =
            Bans::load(&db).await.map_err(|error| anyhow::anyhow!("bans cannot be read: {}", error.into_refusal()))?;

        let gate =
            Gate { config: config.clone(), bans: bans.clone(), lookups: lookups.clone(), realtime: realtime.clone() };
        let services = Services {
            db: db.clone(),
            search: search.clone(),
            config: config.clone(),
            files: files.clone(),
            broadcasts: broadcasts.clone(),
            presence: presence.clone(),
            deliveries: DeliveryReceipts::default(),
            attention,
            pushes,
            receipts,
            retention,
            bans: bans.clone(),
            console,
            realtime: realtime.clone(),
        };
        namespaces::open(&io, &gate, &services)?;
        let state = HttpState {
            db: db.clone(),
            files,
            presence: presence.clone(),
            passwords: Passwords::new(),
            attempts,
            assets: Arc::new(Assets::load(config.site_root.as_deref())),
            bans,
            realtime,
            config,
        };
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            app: routes::app(state, gate, layer)?,
            broadcasts,
            presence,
            io,
            db,
            search,
            tasks,
        })
    }

    /// The names of the background tasks.
    pub fn tasks(&self) -> Vec<&'static str> {
        self.tasks.names().collect()
    }

    /// Serves until `stop` resolves, then shuts down gracefully. It accepts no new connections, closes open
    /// ones, lets running requests finish and closes the database.
    ///
    /// A background task that ends early stops the server in the same way.
    ///
    /// # Errors
    /// When the listener fails, or a background task has ended early.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let Self { listener, app, io, broadcasts, presence, db, search, mut tasks, .. } = self;
        let (listener, closed) = Listener::of(listener);
        let (end, ended) = watch::channel(());
        let stop = async move {
            let mut ended = ended;
            tokio::select! {
                () = stop => {}
                // The sender is dropped when a task ends.
                _ = ended.changed() => {}
            }
            tracing::info!("stopping");
        }
        .boxed()
        .shared();
        let serving =
            axum::serve(listener, ServiceExt::<Request>::into_make_service_with_connect_info::<Transport>(app))
                .with_graceful_shutdown(stop.clone());
        // The listener closes first, so that a disconnected client cannot connect to this server again.
        let closing = async {
            closed.await;
            broadcasts.server_stopping(presence.connections()).await;
            io.close().await;
        };
        let too_long = async {
            stop.await;
            tokio::time::sleep(FAREWELL).await;
        };
        let served = async {
            tokio::select! {
                (served, ()) = async { tokio::join!(serving.into_future(), closing) } => served.context("cannot serve"),
                () = too_long => {
                    tracing::warn!("some requests did not finish in time");
                    Ok(())
                }
            }
        };
        let mut early = None;
        let watching = async {
            let task = tasks.first_end().await;
            tracing::error!(task = task.task, panicked = task.panicked, "a background task has ended: stopping");
            early = Some(task);
            drop(end);
            std::future::pending::<()>().await;
        };
        tokio::select! {
            served = served => served?,
            () = watching => {}
        }
        search.close().await;
        db.close().await;
        let finished = tasks.finish().await;
        tracing::info!("stopped");
        match early {
            Some(task) => Err(task.into()),
            None => finished,
        }
    }
}

/// Resolves on SIGTERM or Ctrl-C.
///
/// # Errors
/// When the operating system refuses the signal handlers.
pub fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
