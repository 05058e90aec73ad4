//! `hubbub serve`: puts the server together, listens, and closes cleanly.

use crate::{
    accounts::{attempts::Attempts, expiry, lookups::Lookups, passwords::Passwords},
    assets::Assets,
    attention::Attention,
    bans::Bans,
    broadcasts::Broadcasts,
    config::Config,
    connections::{Connections, Limits},
    console::Console,
    db::Db,
    door_log::{DoorLog, Operations},
    files::Files,
    metrics::Metrics,
    middleware::event::Rates,
    namespaces,
    presence::Presence,
    previews::Previews,
    push::Pushes,
    reach::Reports,
    receipts::Receipts,
    retention,
    routes::{self, App},
    search::Index,
    state::AppState,
    transport::{Door, Transport},
};
use anyhow::Context;
use axum::{ServiceExt, extract::Request};
use futures::FutureExt;
use socketioxide::SocketIo;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};

/// How long requests that are running may take to finish once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// A server that has its database open and its port bound.
pub struct Server {
    pub address: SocketAddr,
    listener: TcpListener,
    app: App,
    io: SocketIo,
    broadcasts: Broadcasts,
    presence: Presence,
    db: Db,
    search: Index,
    /// Keeps the index up to date until the database is closed.
    indexing: JoinHandle<()>,
}

impl Server {
    /// Opens the database and binds the port.
    ///
    /// # Errors
    /// When either cannot be had; the error says which and why.
    pub async fn prepare(config: Config) -> anyhow::Result<Self> {
        // Leptos draws pages with tasks; an error means that it was told before, by another server here.
        if any_spawner::Executor::init_tokio().is_err() {
            tracing::debug!("the executor for pages is set already");
        }
        let (db, committed) = Db::open(&config.data.path, config.durability).await?;
        let (search, writer) = Index::open(&config.data.path).await?;
        let listener =
            TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
        let (layer, io) = namespaces::build();
        let metrics = Arc::new(Metrics::default());
        let broadcasts = Broadcasts::new(io.clone(), metrics.clone());
        let attention = Attention::default();
        let pushes = Pushes::start(db.clone(), attention.clone(), &config).await?;
        let config = Arc::new(config);
        let rates = Arc::new(Rates::new(config.rate));
        let files =
            Files::open(db.clone(), config.clone(), rates.clone()).await.context("cannot open the folder for files")?;
        let previews = Previews::start(db.clone(), files.clone(), &config)?;
        let presence = Presence::default();
        let telling = broadcasts.clone();
        tokio::spawn(telling.announce_all(db.clone(), committed, pushes.clone(), previews, presence.clone()));
        tokio::spawn(broadcasts.clone().announce_presence(db.clone(), presence.clone()));
        tokio::spawn(expiry::keep_ending(db.clone(), broadcasts.clone()));
        let indexing = tokio::spawn(writer.follow(db.clone()));
        let receipts = Receipts::default();
        tokio::spawn(broadcasts.clone().announce_readers(db.clone(), receipts.clone()));
        let operations = Operations {
            connections: Connections::new(Limits {
                per_person: config.connections_per_person,
                per_address: config.connections_per_address,
            }),
            door: DoorLog::default(),
            metrics,
            rates,
            broadcasts: broadcasts.clone(),
            db: db.clone(),
        };
        let console = Console::new();
        tokio::spawn(console.clone().tell(operations.clone(), config.data.path.clone()));
        tokio::spawn(retention::keep_sweeping(db.clone(), files.clone()));
        let bans =
            Bans::load(&db).await.map_err(|error| anyhow::anyhow!("bans cannot be read: {}", error.into_refusal()))?;
        let state = AppState {
            bans,
            console,
            operations,
            files,
            db: db.clone(),
            search: search.clone(),
            broadcasts,
            lookups: Lookups::start(db.clone()),
            presence,
            reports: Reports::default(),
            attention,
            pushes,
            receipts,
            passwords: Passwords::new(),
            attempts: Arc::new(Attempts::default()),
            assets: Arc::new(Assets::load(config.site_root.as_deref())),
            config,
        };
        forget_old_attempts(state.attempts.clone(), state.operations.rates.clone());
        namespaces::open(&io, &state)?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            broadcasts: state.broadcasts.clone(),
            presence: state.presence.clone(),
            app: routes::app(state, layer)?,
            io,
            db,
            search,
            indexing,
        })
    }

    /// Serves until `stop` resolves, then takes leave: no new connections are accepted, those that
    /// stand are closed, requests that run may finish, the database is closed.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let Self { listener, app, io, broadcasts, presence, db, search, indexing, .. } = self;
        let (door, closed) = Door::of(listener);
        let stop = async move {
            stop.await;
            tracing::info!("stopping");
        }
        .shared();
        let serving = axum::serve(door, ServiceExt::<Request>::into_make_service_with_connect_info::<Transport>(app))
            .with_graceful_shutdown(stop.clone());
        // A client that is sent away must not get in once more, so the door closes first.
        let closing = async {
            closed.await;
            broadcasts.server_stopping(presence.connections()).await;
            io.close().await;
        };
        let too_long = async {
            stop.await;
            tokio::time::sleep(FAREWELL).await;
        };
        tokio::select! {
            (served, ()) = async { tokio::join!(serving.into_future(), closing) } => served?,
            () = too_long => tracing::warn!("some requests did not finish in time"),
        }
        search.close().await;
        db.close().await;
        indexing.await.context("the search index was given up")?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Resolves on SIGTERM or Ctrl-C.
///
/// # Errors
/// When the system does not let us listen for signals.
pub fn told_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
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

fn forget_old_attempts(attempts: Arc<Attempts>, rates: Arc<Rates>) {
    tokio::spawn(async move {
        let mut minutes = tokio::time::interval(Duration::from_secs(300));
        loop {
            minutes.tick().await;
            attempts.forget_old();
            rates.forget_old();
        }
    });
}
