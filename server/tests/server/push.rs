//! Web Push, against a push service of our own that decrypts what it gets as a browser would.

use crate::harness::{Device, Person, Workspace, code, within};
use axum::{Router, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use common::{
    Code, RoomId,
    blocks::BlockPerson,
    messages::PostMessage,
    notifications::{Daily, Level, Quiet, SetLevel},
    push::{GetPushKey, PushNotification, SetAttention, SubscribePush, UnsubscribePush},
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};
use tokio::{net::TcpListener, sync::mpsc};
use web_push_native::{
    Auth,
    p256::{SecretKey, elliptic_curve::sec1::ToEncodedPoint},
};

/// A push service with one device.
struct PushService {
    address: SocketAddr,
    key: SecretKey,
    auth: Auth,
    /// The status that it answers with.
    status: Arc<AtomicU16>,
    pushed: mpsc::UnboundedReceiver<(HeaderMap, Vec<u8>)>,
}

#[derive(Clone)]
struct Taking {
    status: Arc<AtomicU16>,
    pushed: mpsc::UnboundedSender<(HeaderMap, Vec<u8>)>,
}

async fn take(State(taking): State<Taking>, headers: HeaderMap, body: axum::body::Bytes) -> StatusCode {
    taking.pushed.send((headers, body.to_vec())).ok();
    StatusCode::from_u16(taking.status.load(Ordering::SeqCst)).unwrap()
}

impl PushService {
    async fn opens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, pushed) = mpsc::unbounded_channel();
        let status = Arc::new(AtomicU16::new(201));
        let taking = Taking { status: status.clone(), pushed: sender };
        let app = Router::new().route("/send/{device}", post(take)).with_state(taking);
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let mut random = [7u8; 32];
        rand::fill(&mut random[1..]);
        let key = SecretKey::from_slice(&random).unwrap();
        let mut auth = Auth::default();
        rand::fill(&mut auth[..]);
        Self { address, key, auth, status, pushed }
    }

    fn subscription(&self) -> SubscribePush {
        SubscribePush {
            endpoint: format!("http://{}/send/device", self.address).into(),
            p256dh: BASE64.encode(self.key.public_key().to_encoded_point(false)).into(),
            auth: BASE64.encode(self.auth).into(),
        }
    }

    /// The next push, as the device decrypts it.
    async fn gets(&mut self) -> (HeaderMap, PushNotification) {
        let (headers, body) = within("something is pushed", self.pushed.recv()).await.unwrap();
        let notice = web_push_native::decrypt(body, &self.key, &self.auth).expect("it is encrypted for this device");
        (headers, serde_json::from_slice(&notice).unwrap())
    }
}

/// Ada, and Grace, who has a device at a push service.
struct Table {
    workspace: Workspace,
    ada: Person,
    grace: Person,
    adas: Device,
    graces: Device,
    general: RoomId,
    service: PushService,
}

impl Table {
    async fn set() -> Self {
        let workspace = Workspace::started_with(&["--push-to-loopback"]).await;
        let ada = workspace.owner("Ada Lovelace").await;
        let grace = workspace.sign_up("Grace Hopper").await;
        let general = ada.landed_in();
        let (adas, graces) = (ada.connects().await, grace.connects().await);
        let service = PushService::opens().await;
        graces.send(service.subscription()).await.unwrap();
        Self { workspace, ada, grace, adas, graces, general, service }
    }

    /// Ada posts this, and Grace's device gets a push.
    async fn pushes(&mut self, text: &str) {
        self.adas.posts(self.general, text).await;
        assert_eq!(self.service.gets().await.1.body, text);
    }

    /// Ada posts this, and Grace's device gets no push: messages are processed one after the other, and
    /// Alan's device gets the push of the next one.
    async fn pushes_nothing_for(&mut self, text: &str) {
        let name = format!("Alan{}", &uuid::Uuid::new_v4().simple().to_string()[..8]);
        let alan = self.workspace.sign_up(&name).await;
        let alans = alan.connects().await;
        let mut other = PushService::opens().await;
        alans.send(other.subscription()).await.unwrap();
        self.adas.posts(self.general, text).await;
        self.adas.posts(self.general, &format!("@{}, you are told.", alan.handle)).await;
        other.gets().await;
        assert!(self.service.pushed.try_recv().is_err(), "{text}");
        alan.signs_out().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_is_pushed_encrypted_for_the_device_and_signed_by_the_server() {
    let mut table = Table::set().await;
    table.adas.posts(table.general, "Nothing for anybody.").await;
    table.adas.posts(table.general, "@grace, **look**\nat this.").await;
    let (headers, notice) = table.service.gets().await;
    assert_eq!(notice.title, "Ada Lovelace mentioned you in #general");
    let message = &table.graces.opens(table.general).await.page.messages[1];
    let path = format!("/rooms/{}/{}", table.general, message.seq);
    assert_eq!((notice.body.as_str(), notice.path), ("@grace, **look** at this.", path));
    assert_eq!(notice.tag, message.id.to_string());

    let header = |name: &str| headers[name].to_str().unwrap();
    assert_eq!((header("content-encoding"), header("urgency"), header("ttl")), ("aes128gcm", "high", "43200"));
    let key = table.graces.send(GetPushKey {}).await.unwrap().key;
    let (token, named) = header("authorization").strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(named, key);
    let claims = BASE64.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["aud"], format!("http://{}", table.service.address));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_event_is_not_pushed() {
    let mut table = Table::set().await;
    let general = table.general;
    table.pushes_nothing_for("Plain.").await;
    table.pushes("@room, too.").await;
    table.graces.send(SetLevel { room: general, level: Level::All }).await.unwrap();
    table.pushes("To all.").await;
    table.graces.send(SetLevel { room: general, level: Level::None }).await.unwrap();
    table.pushes_nothing_for("@grace, muted.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_blocked_person_is_not_pushed() {
    let mut table = Table::set().await;
    let person = table.ada.id;
    table.graces.send(BlockPerson { person, blocked: true }).await.unwrap();
    table.pushes_nothing_for("@grace, buy this!").await;
    table.graces.send(BlockPerson { person, blocked: false }).await.unwrap();
    table.pushes("@grace, sorry.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_pushed_to_followers_of_the_thread() {
    let mut table = Table::set().await;
    let general = table.general;
    table.graces.posts(general, "Who knows engines?").await;
    let parent = table.graces.opens(general).await.page.messages[0].id;
    let reply = PostMessage { parent: Some(parent), ..PostMessage::new(general, "I do.") };
    table.adas.send(reply).await.unwrap();
    let (_, notice) = table.service.gets().await;
    assert_eq!((notice.title.as_str(), notice.body.as_str()), ("Ada Lovelace replied in #general", "I do."));
    assert_eq!(notice.path, format!("/rooms/{general}/threads/{parent}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_active_or_undisturbed_person_gets_no_push() {
    let mut table = Table::set().await;
    let whole_day = Daily { from: 0, to: 1_439, zone: "UTC".into() };
    let quiet = Quiet { until: Some(i64::MAX), daily: Some(whole_day) };
    table.graces.send(quiet).await.unwrap();
    table.pushes_nothing_for("@grace, at night.").await;
    table.graces.send(Quiet::default()).await.unwrap();

    let laptop = table.grace.connects().await;
    laptop.send(SetAttention { here: true }).await.unwrap();
    table.pushes_nothing_for("@grace, you see this.").await;
    laptop.send(SetAttention { here: false }).await.unwrap();
    table.pushes("@grace, now you do not.").await;
    laptop.send(SetAttention { here: true }).await.unwrap();
    laptop.disconnects().await;
    table.pushes("@grace, gone.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_ends_with_its_session_by_command_or_when_it_is_gone() {
    let mut table = Table::set().await;
    assert_eq!(table.workspace.count("push_subscriptions").await, 1);
    table.graces.send(table.service.subscription()).await.unwrap();
    assert_eq!(table.workspace.count("push_subscriptions").await, 1, "sent again");
    table.graces.send(UnsubscribePush {}).await.unwrap();
    assert_eq!(table.workspace.count("push_subscriptions").await, 0);

    table.graces.send(table.service.subscription()).await.unwrap();
    table.service.status.store(410, Ordering::SeqCst);
    table.adas.posts(table.general, "@grace?").await;
    table.service.gets().await;
    let gone = async { while table.workspace.count("push_subscriptions").await > 0 {} };
    within("the dead subscription is forgotten", gone).await;

    table.graces.send(table.service.subscription()).await.unwrap();
    table.grace.signs_out().await;
    assert_eq!(table.workspace.count("push_subscriptions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_needs_a_push_service_at_a_public_address() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let (device, service) = (ada.connects().await, PushService::opens().await);
    let good = SubscribePush { endpoint: "https://push.example.net/send/x".into(), ..service.subscription() };
    let with = |endpoint: &str| SubscribePush { endpoint: endpoint.into(), ..good.clone() };
    let bad = [
        service.subscription(),
        with("https://127.0.0.1/x"),
        with("https://[::1]/x"),
        with("https://169.254.169.254/latest/meta-data"),
        with("https://localhost:8443/x"),
        with("file:///etc/passwd"),
        with("not an address"),
        SubscribePush { p256dh: "AAAA".into(), ..good.clone() },
        SubscribePush { auth: "AAAA".into(), ..good.clone() },
        SubscribePush { auth: "<script>".into(), ..good.clone() },
    ];
    for bad in bad {
        assert_eq!(code(device.send(bad.clone()).await), Code::BadEndpoint, "{}", bad.endpoint.expose());
    }
    assert_eq!(workspace.count("push_subscriptions").await, 0);
    device.send(good).await.unwrap();
    assert_eq!(workspace.count("push_subscriptions").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_worker_is_a_script_at_the_root() {
    let workspace = Workspace::started().await;
    let answer = workspace.web.visits("/service-worker.js").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
    assert!(answer.body.contains("notificationclick"));
}
