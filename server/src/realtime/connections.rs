//! Open connections, for the console and for limits. A client uses one connection for several namespaces.

use super::{
    transport::{HandshakePermit, HandshakePermits, Transport, Upgrade},
    under,
};
use axum::http::header;
use common::{Code, ConnectionId, Millis, PersonId, Refusal, RoomId, console::TransportKind};
use socketioxide::extract::SocketRef;
use socketioxide_core::Sid;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    net::IpAddr,
    ops::Bound,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{clock, programs::ProgramIdentity};

/// Capacity of the list of connection events between two readings. It keeps the latest.
const EVENTS: usize = 20;

/// A client that leaves its last namespace must enter another within this time, or the server closes it.
const NOWHERE_FOR: Duration = Duration::from_secs(5);

/// Minimum for the handshake limit of an address, even where its connection limit is lower.
const WAITING_AT_LEAST: u32 = 100;

/// The number of waiting commands of a connection, for the console.
pub struct Depth(Box<dyn Fn() -> usize + Send + Sync>);

impl Depth {
    pub fn new(depth: impl Fn() -> usize + Send + Sync + 'static) -> Self {
        Self(Box::new(depth))
    }

    pub fn get(&self) -> usize {
        (self.0)()
    }
}

/// An open connection.
pub struct Connection {
    /// Its public id. The Socket.IO id is a secret of the connection.
    pub id: ConnectionId,
    pub address: IpAddr,
    pub transport: Transport,
    pub since: Millis,
    /// Bytes from before the client returned to its first namespace.
    before: (u64, u64),
    /// Its Socket.IO id, the same in all namespaces.
    sid: Sid,
    /// The User-Agent of the browser or program.
    agent: Box<str>,
    /// The server's reason for closing it.
    ended_for: OnceLock<&'static str>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    person: Option<PersonId>,
    program: Option<Arc<ProgramIdentity>>,
    namespaces: Vec<(&'static str, Option<Depth>)>,
    /// Cached memberships of its person, valid until any membership changes.
    known_in: Vec<RoomId>,
    known_at: u64,
}

impl Connection {
    /// A connection without a person or a namespace, for benchmarks.
    pub fn lone() -> Self {
        Self {
            id: ConnectionId::new(),
            address: [127, 0, 0, 1].into(),
            transport: Transport::polling(),
            since: clock::now(),
            before: (0, 0),
            sid: Sid::new(),
            agent: Box::default(),
            ended_for: OnceLock::new(),
            state: Mutex::default(),
        }
    }

    /// Records the command queue of a namespace.
    pub fn enter(&self, namespace: &'static str, depth: Depth) {
        let mut state = self.lock();
        let entry = state.namespaces.iter_mut().find(|(name, depth)| *name == namespace && depth.is_none());
        if let Some((_, place)) = entry {
            *place = Some(depth);
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.lock().person
    }

    pub fn program(&self) -> Option<Arc<ProgramIdentity>> {
        self.lock().program.clone()
    }

    pub fn namespaces(&self) -> Vec<&'static str> {
        self.lock().namespaces.iter().map(|(name, _)| *name).collect()
    }

    /// The number of waiting commands.
    pub fn queue(&self) -> usize {
        self.lock().namespaces.iter().filter_map(|(_, depth)| depth.as_ref()).map(Depth::get).sum()
    }

    /// Records why the server closes it. The console would otherwise see only a broken connection. The first
    /// reason wins.
    pub fn ends_for(&self, reason: &'static str) {
        self.ended_for.get_or_init(|| reason);
    }

    pub fn agent(&self) -> &str {
        &self.agent
    }

    pub fn kind(&self) -> TransportKind {
        if self.transport.is_websocket() { TransportKind::WebSocket } else { TransportKind::Polling }
    }

    /// Bytes received and sent since it was counted.
    fn bytes(&self) -> (u64, u64) {
        let traffic = self.transport.traffic();
        (traffic.received.bytes.saturating_sub(self.before.0), traffic.sent.bytes.saturating_sub(self.before.1))
    }

    pub fn sid(&self) -> Sid {
        self.sid
    }

    /// Whether the cache has a membership of this room that is still valid. `changes` counts membership
    /// changes.
    pub fn is_known_in(&self, room: RoomId, changes: u64) -> bool {
        let state = self.lock();
        state.known_at == changes && state.known_in.contains(&room)
    }

    /// Caches a membership of its person.
    pub fn know_in(&self, room: RoomId, changes: u64) {
        const MOST: usize = 64;
        let mut state = self.lock();
        if state.known_at != changes || state.known_in.len() == MOST {
            state.known_in.clear();
            state.known_at = changes;
        }
        state.known_in.push(room);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's slot in a namespace. No handler runs for a connection that breaks off during admission, so
/// dropping the last handle frees its slot.
pub struct NamespaceSlot {
    pub connection: Arc<Connection>,
    namespace: &'static str,
    connections: Connections,
    is_left: AtomicBool,
    is_taken: AtomicBool,
    ended_for: OnceLock<&'static str>,
}

impl NamespaceSlot {
    /// Closes the slot for commands, even before the client learns of it.
    pub fn take_away(&self, reason: &'static str) {
        self.ends_for(reason);
        self.is_taken.store(true, Ordering::SeqCst);
    }

    pub fn is_taken_away(&self) -> bool {
        self.is_taken.load(Ordering::SeqCst)
    }

    /// The server removes the connection: see [`Connection::ends_for`].
    pub fn ends_for(&self, reason: &'static str) {
        self.ended_for.get_or_init(|| reason);
    }

    /// Frees the slot.
    pub fn leave(&self, reason: &str) {
        let reason = self.ended_for.get().or(self.connection.ended_for.get()).copied().unwrap_or(reason);
        if !self.is_left.swap(true, Ordering::SeqCst) {
            self.connections.depart(&self.connection, self.namespace, reason);
        }
    }
}

impl Drop for NamespaceSlot {
    fn drop(&mut self) {
        self.leave("broke off at the door");
    }
}

/// All open connections; cheap to clone.
#[derive(Clone)]
pub struct Connections {
    all: Arc<Mutex<All>>,
    handshakes: HandshakePermits,
    limits: Limits,
}

/// Maximum number of connections per person and per address; 0 for no limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    pub per_person: u32,
    pub per_address: u32,
}

#[derive(Default)]
struct All {
    by_id: BTreeMap<ConnectionId, Arc<Connection>>,
    by_sid: HashMap<Sid, Arc<Connection>>,
    per_person: HashMap<PersonId, u32>,
    per_address: HashMap<IpAddr, u32>,
    events: VecDeque<ConnectionEvent>,
    opened: u32,
    closed: u32,
    /// Bytes of closed connections.
    gone: (u64, u64),
    /// WebSockets of polling clients that upgrade before they enter a namespace.
    upgrades: HashMap<Sid, Upgrade>,
}

/// A connection has entered or left a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionEvent {
    pub at: Millis,
    pub connection: ConnectionId,
    pub person: Option<PersonId>,
    pub program: Option<Arc<ProgramIdentity>>,
    pub namespace: &'static str,
    pub address: IpAddr,
    pub reason: Option<String>,
}

/// The current counts, and the connection events since the last call.
pub struct Now {
    pub connections: u32,
    pub people: u32,
    pub events: Vec<ConnectionEvent>,
    pub opened: u32,
    pub closed: u32,
    /// All bytes received and sent since the start.
    pub received: u64,
    pub sent: u64,
}

impl Connections {
    pub fn new(limits: Limits) -> Self {
        Self { all: Arc::default(), handshakes: HandshakePermits::default(), limits }
    }

    /// A handshake permit for an address, until its connection enters a namespace.
    ///
    /// # Errors
    /// [`Code::TooManyConnections`]
    pub fn handshake_permit(&self, address: IpAddr) -> Result<HandshakePermit, Refusal> {
        let most = if self.limits.per_address == 0 { 0 } else { self.limits.per_address.max(WAITING_AT_LEAST) };
        self.handshakes.permit(address, most).ok_or_else(|| Code::TooManyConnections.into())
    }

    /// Counts a connection that enters a namespace, its first or another one.
    ///
    /// # Errors
    /// [`Code::TooManyConnections`]
    pub fn arrive(
        &self,
        socket: &SocketRef,
        address: IpAddr,
        person: Option<PersonId>,
        program: Option<Arc<ProgramIdentity>>,
        namespace: &'static str,
    ) -> Result<Arc<NamespaceSlot>, Refusal> {
        let sid = socket.id;
        let mut all = self.lock();
        let connection = match all.by_sid.get(&sid) {
            Some(connection) => connection.clone(),
            None => self.begin(&mut all, socket, address)?,
        };
        let mut state = connection.lock();
        if let (None, Some(person)) = (state.person, person) {
            let count = all.per_person.entry(person).or_default();
            if self.limits.per_person > 0 && *count >= self.limits.per_person {
                drop(state);
                self.end_if_nowhere(&mut all, &connection);
                return Err(Code::TooManyConnections.into());
            }
            *count += 1;
            state.person = Some(person);
        }
        state.namespaces.push((namespace, None));
        if program.is_some() {
            state.program = program.clone();
        }
        drop(state);
        connection.transport.has_entered();
        let (at, connection_id) = (clock::now(), connection.id);
        all.note(ConnectionEvent { at, connection: connection_id, person, program, namespace, address, reason: None });
        Ok(Arc::new(NamespaceSlot {
            connection,
            namespace,
            connections: self.clone(),
            is_left: AtomicBool::new(false),
            is_taken: AtomicBool::new(false),
            ended_for: OnceLock::new(),
        }))
    }

    fn begin(&self, all: &mut All, socket: &SocketRef, address: IpAddr) -> Result<Arc<Connection>, Refusal> {
        let count = all.per_address.entry(address).or_default();
        if self.limits.per_address > 0 && *count >= self.limits.per_address {
            return Err(Code::TooManyConnections.into());
        }
        *count += 1;
        let parts = socket.req_parts();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let transport = under::transport(parts);
        if let Some(websocket) = all.upgrades.remove(&socket.id) {
            transport.goes_on(&websocket);
        }
        let before = transport.traffic();
        let before = (before.received.bytes, before.sent.bytes);
        let connection = Arc::new(Connection {
            id: ConnectionId::new(),
            address,
            transport,
            since: clock::now(),
            before,
            sid: socket.id,
            agent: agent.chars().take(160).collect::<String>().into(),
            ended_for: OnceLock::new(),
            state: Mutex::default(),
        });
        all.by_id.insert(connection.id, connection.clone());
        all.by_sid.insert(connection.sid, connection.clone());
        all.opened += 1;
        Ok(connection)
    }

    /// Records the upgrade of a polling client to a WebSocket.
    pub fn upgrades(&self, sid: Sid, websocket: &Transport) {
        let mut all = self.lock();
        if let Some(connection) = all.by_sid.get(&sid) {
            return connection.transport.goes_on(&websocket.as_upgrade());
        }
        // Entries of closed WebSockets make room for others.
        if all.upgrades.len() == all.upgrades.capacity() {
            all.upgrades.retain(|_, upgrade| upgrade.is_open());
        }
        all.upgrades.entry(sid).or_insert_with(|| websocket.as_upgrade());
    }

    /// The transport of the connection with this Socket.IO id.
    pub fn transport(&self, sid: Sid) -> Option<Transport> {
        self.lock().by_sid.get(&sid).map(|connection| connection.transport.clone())
    }

    /// Records that a connection has left a namespace. After its last namespace it is no longer counted.
    fn depart(&self, connection: &Arc<Connection>, namespace: &'static str, reason: &str) {
        let mut all = self.lock();
        let mut state = connection.lock();
        if let Some(place) = state.namespaces.iter().position(|(name, _)| *name == namespace) {
            state.namespaces.swap_remove(place);
        }
        let (person, program) = (state.person, state.program.clone());
        drop(state);
        let (id, address) = (connection.id, connection.address);
        let reason = Some(reason.to_owned());
        all.note(ConnectionEvent { at: clock::now(), connection: id, person, program, namespace, address, reason });
        if self.end_if_nowhere(&mut all, connection) {
            // The server counts it regardless of the limit; the limit applies to the next handshake.
            if let Some(permit) = self.handshakes.permit(address, 0) {
                connection.transport.has_left(permit);
            }
            self.hang_up_soon(connection);
        }
    }

    /// Closes the transport of a connection that stays outside all namespaces.
    fn hang_up_soon(&self, connection: &Arc<Connection>) {
        // During shutdown the runtime may be gone already; then there is nothing to close.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (all, sid, transport) = (self.all.clone(), connection.sid, connection.transport.clone());
        runtime.spawn(async move {
            tokio::time::sleep(NOWHERE_FOR).await;
            if !all.lock().unwrap_or_else(PoisonError::into_inner).by_sid.contains_key(&sid) {
                transport.hang_up();
            }
        });
    }

    /// Stops counting a connection that is in no namespace. Returns whether it was in none.
    fn end_if_nowhere(&self, all: &mut All, connection: &Arc<Connection>) -> bool {
        let state = connection.lock();
        if !state.namespaces.is_empty() || all.by_sid.remove(&connection.sid).is_none() {
            return false;
        }
        all.by_id.remove(&connection.id);
        all.closed += 1;
        let (received, sent) = connection.bytes();
        all.gone.0 += received;
        all.gone.1 += sent;
        less(&mut all.per_address, connection.address);
        if let Some(person) = state.person {
            less(&mut all.per_person, person);
        }
        true
    }

    /// The current counts, for the tick of the console.
    pub fn now(&self) -> Now {
        let mut all = self.lock();
        let (mut received, mut sent) = all.gone;
        for connection in all.by_id.values() {
            let bytes = connection.bytes();
            received += bytes.0;
            sent += bytes.1;
        }
        Now {
            connections: u32::try_from(all.by_id.len()).unwrap_or(u32::MAX),
            people: u32::try_from(all.per_person.len()).unwrap_or(u32::MAX),
            events: all.events.drain(..).collect(),
            opened: std::mem::take(&mut all.opened),
            closed: std::mem::take(&mut all.closed),
            received,
            sent,
        }
    }

    /// A page of the connections after an id, in order of arrival, that match a filter.
    pub fn page(
        &self,
        after: Option<ConnectionId>,
        most: usize,
        wanted: impl Fn(&Connection) -> bool,
    ) -> Vec<Arc<Connection>> {
        let all = self.lock();
        let begin = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rest = all.by_id.range((begin, Bound::Unbounded)).map(|(_, connection)| connection);
        rest.filter(|connection| wanted(connection)).take(most).cloned().collect()
    }

    pub fn get(&self, id: ConnectionId) -> Option<Arc<Connection>> {
        self.lock().by_id.get(&id).cloned()
    }

    /// The number of a person's connections.
    pub fn of_person(&self, person: PersonId) -> u32 {
        self.lock().per_person.get(&person).copied().unwrap_or(0)
    }

    fn lock(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    fn note(&mut self, event: ConnectionEvent) {
        if self.events.len() == EVENTS {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }
}

fn less<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, u32>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}
