//! Link previews, against a small site on this machine with good and bad pages.

use crate::harness::{Device, Person, Workspace, bomb, code, hears, picture, within};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use common::{
    Code, MessageId, PreviewId, RoomId,
    messages::Message,
    permissions::RoomRole,
    previews::{Preview, PreviewPicture, PreviewsChanged, RemovePreview},
    rooms::RoomChange,
};
use futures::stream;
use image::ImageFormat;
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::watch};

/// A site with one good page; the rest are bad.
struct Site {
    address: SocketAddr,
    asked: Asked,
    /// Set once the page "held" may be answered.
    is_open: watch::Sender<bool>,
}

type Asked = Arc<Mutex<Vec<(String, HeaderMap)>>>;

impl Site {
    async fn opens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Asked::default();
        let is_open = watch::Sender::new(false);
        let app = Router::new().route("/{page}", get(answer)).with_state((asked.clone(), is_open.subscribe()));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, asked, is_open }
    }

    /// From now on the page "held" is answered.
    fn lets_go(&self) {
        self.is_open.send_replace(true);
    }

    fn link(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }

    /// The number of requests for each page.
    fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for (page, _) in self.asked.lock().unwrap().iter() {
            *counts.entry(page.clone()).or_default() += 1;
        }
        counts
    }

    fn headers(&self, page: &str) -> HeaderMap {
        self.asked.lock().unwrap().iter().find(|(asked, _)| asked == page).unwrap().1.clone()
    }
}

async fn answer(
    State((asked, mut is_open)): State<(Asked, watch::Receiver<bool>)>,
    Path(page): Path<String>,
    headers: HeaderMap,
) -> Response {
    asked.lock().unwrap().push((page.clone(), headers));
    let html =
        |head: &str| Html(format!("<!doctype html><html><head>{head}</head><body>…</body></html>")).into_response();
    let with_picture = |path: &str| html(&format!("<title>{path}</title><meta property=og:image content=/{path}.png>"));
    match page.as_str() {
        "engine" => html(
            "<title>No</title><meta property='og:title' content='The &lt;b>Engine&lt;/b>'><meta property='og:site_name'
             content='Society'><meta name=description content='It weaves.'><meta property=og:image content='/engine.png'>",
        ),
        "engine.png" => picture(1200, 630, ImageFormat::Png).into_response(),
        "plain" => html("<title>Plain</title>"),
        "moved" => Redirect::to("/further").into_response(),
        "further" => Redirect::permanent("plain").into_response(),
        "round" => Redirect::to("/round").into_response(),
        "inside" => Redirect::to("http://10.0.0.8/").into_response(),
        "inside6" => Redirect::to("http://[::1]/plain").into_response(),
        "file" => Redirect::to("file:///etc/passwd").into_response(),
        "endless" => {
            let piece = || async { Some((Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 16_384])), ())) };
            let body = Body::from_stream(stream::unfold((), move |()| piece()));
            ([(header::CONTENT_TYPE, "text/html")], body).into_response()
        }
        "silent" => std::future::pending().await,
        "held" => {
            is_open.wait_for(|is_open| *is_open).await.unwrap();
            html("<title>Held</title>")
        }
        "slow" => {
            let start = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"<title>Slow"))]);
            let body = Body::from_stream(futures::StreamExt::chain(start, stream::pending()));
            ([(header::CONTENT_TYPE, "text/html")], body).into_response()
        }
        "text" => "<title>Not a page</title>".into_response(),
        "gone" => (StatusCode::GONE, Html("<title>Gone</title>")).into_response(),
        "bomb" | "liar" | "dot" | "nothing" => with_picture(&page),
        "bomb.png" => ([(header::CONTENT_TYPE, "image/png")], bomb(60_000, 60_000)).into_response(),
        "liar.png" => ([(header::CONTENT_TYPE, "image/png")], "<svg onload=alert(1)>").into_response(),
        "dot.png" => picture(1, 1, ImageFormat::Png).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Ada, who owns the workspace, and Grace, in the room that everyone is in, and a site to link to.
struct Table {
    workspace: Workspace,
    ada: Person,
    grace: Person,
    adas: Device,
    graces: Device,
    general: RoomId,
    site: Site,
}

impl Table {
    async fn set() -> Self {
        Self::set_with(&["--link-previews", "on", "--previews-from-loopback"]).await
    }

    async fn set_with(flags: &[&str]) -> Self {
        let workspace = Workspace::started_with(flags).await;
        let ada = workspace.owner("Ada Lovelace").await;
        let grace = workspace.sign_up("Grace Hopper").await;
        let general = ada.landed_in();
        let (adas, graces) = (ada.connects().await, grace.connects().await);
        Self { workspace, ada, grace, adas, graces, general, site: Site::opens().await }
    }

    /// Grace posts a link, and Ada receives its preview.
    async fn previewed(&mut self, page: &str) -> PreviewsChanged {
        let message = self.graces.says(self.general, &self.site.link(page)).await;
        loop {
            let changed = hears!(self.adas, PreviewsChanged);
            if changed.message == message {
                return changed;
            }
        }
    }

    async fn message(&self, id: MessageId) -> Message {
        let page = self.adas.opens(self.general).await.page;
        page.messages.into_iter().find(|message| message.id == id).unwrap()
    }

    async fn removes(&self, device: &Device, message: MessageId, preview: PreviewId) -> Result<(), Code> {
        let removed = device.send(RemovePreview { room: self.general, message, preview }).await;
        removed.map_err(|refusal| refusal.code)
    }
}

fn titles(previews: &[Preview]) -> Vec<&str> {
    previews.iter().map(|preview| preview.title.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_gets_a_preview_for_everyone_with_a_small_copy_of_its_picture() {
    let mut table = Table::set().await;
    let changed = table.previewed("engine").await;
    let [preview] = changed.previews.as_slice() else { panic!("one preview: {changed:?}") };
    assert_eq!((preview.url.as_str(), preview.site.as_str()), (table.site.link("engine").as_str(), "Society"));
    assert_eq!((preview.title.as_str(), preview.text.as_str()), ("The <b>Engine</b>", "It weaves."));
    assert_eq!(preview.picture, Some(PreviewPicture { width: 360, height: 189 }));

    let shown = table.message(changed.message).await;
    assert_eq!((&shown.previews, shown.touched), (&changed.previews, Some(changed.seq)));
    let missed = table.adas.catches_up(table.general, changed.seq - 1).await;
    assert_eq!(missed[0].payload, serde_json::to_value(&changed).unwrap());

    let path = preview.picture_path().unwrap();
    let picture = table.ada.fetches(&path).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert!(picture.header("content-security-policy").contains("sandbox"));
    assert_eq!(image::load_from_memory(&picture.bytes).unwrap().width(), 360);
    assert_eq!(table.workspace.web.visits(&path).await.status, StatusCode::UNAUTHORIZED);

    let headers = table.site.headers("engine");
    assert!(headers["user-agent"].to_str().unwrap().starts_with("Hubbub/"));
    assert!(["cookie", "authorization", "referer"].iter().all(|name| !headers.contains_key(*name)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_members_of_the_room_get_a_picture() {
    let mut table = Table::set().await;
    let secret = table.adas.creates_private_room("secret").await;
    table.adas.says(secret, &table.site.link("engine")).await;
    let path = hears!(table.adas, PreviewsChanged).previews[0].picture_path().unwrap();
    assert_eq!(table.ada.fetches(&path).await.status, StatusCode::OK);
    assert_eq!(table.grace.fetches(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        table.ada.fetches(&format!("/previews/{}/picture", PreviewId::new())).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(table.ada.fetches("/previews/x/picture").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_page_is_fetched_once_and_links_in_code_are_not_fetched() {
    let mut table = Table::set().await;
    let first = table.previewed("engine").await;
    let second = table.previewed("engine").await;
    assert_ne!(first.message, second.message);
    assert_ne!(first.previews[0].id, second.previews[0].id);
    assert_eq!(table.site.counts(), HashMap::from([("engine".into(), 1), ("engine.png".into(), 1)]));
    let code = format!("`{}` and {}", table.site.link("gone"), table.site.link("plain"));
    table.graces.says(table.general, &code).await;
    assert_eq!(titles(&hears!(table.adas, PreviewsChanged).previews), ["Plain"]);
    assert!(!table.site.counts().contains_key("gone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_three_links_get_previews_in_their_order() {
    let mut table = Table::set().await;
    let pages = ["plain", "gone", "plain", "engine", "moved"].map(|page| table.site.link(page)).join(" ");
    let message = table.graces.says(table.general, &pages).await;
    let both = async {
        while hears!(table.adas, PreviewsChanged).previews.len() < 2 {}
        table.message(message).await
    };
    assert_eq!(titles(&both.await.previews), ["Plain", "The <b>Engine</b>"]);
    assert!(!table.site.counts().contains_key("moved"), "three links are enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_limited_and_never_lead_to_private_addresses() {
    let mut table = Table::set().await;
    for page in ["round", "inside", "inside6", "file"] {
        table.graces.says(table.general, &table.site.link(page)).await;
    }
    // An address that the test does not allow.
    table.graces.says(table.general, &format!("<http://[::1]:{}/plain>", table.site.address.port())).await;
    let changed = table.previewed("moved").await;
    assert_eq!((titles(&changed.previews), table.site.counts()["plain"]), (vec!["Plain"], 1));
    let settled = async { while table.workspace.count("linked_pages").await < 6 {} };
    within("all links are looked at", settled).await;
    assert_eq!((table.site.counts()["round"], table.workspace.count("previews").await), (4, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_or_silent_page_gets_no_preview_and_delays_no_other() {
    have_no_preview(["endless", "silent", "text"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_or_missing_page_gets_no_preview_and_delays_no_other() {
    have_no_preview(["slow", "gone", "missing"]).await;
}

async fn have_no_preview(bad: [&str; 3]) {
    let mut table = Table::set().await;
    for page in bad {
        table.graces.says(table.general, &table.site.link(page)).await;
    }
    let changed = table.previewed("plain").await;
    assert_eq!(titles(&changed.previews), ["Plain"]);
    let settled = async { while table.workspace.count("linked_pages").await < bad.len() as i64 + 1 {} };
    within("all links are looked at", settled).await;
    assert_eq!(table.workspace.count("previews").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_omits_a_picture_with_a_false_header() {
    let mut table = Table::set().await;
    for page in ["bomb", "liar", "dot", "nothing"] {
        let changed = table.previewed(page).await;
        assert_eq!((titles(&changed.previews), changed.previews[0].picture), (vec![page], None));
    }
    assert_eq!(table.workspace.contents().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_and_owners_remove_a_preview_for_good() {
    let mut table = Table::set().await;
    let alan = table.workspace.sign_up("Alan Turing").await;
    let alans = alan.connects().await;
    let engine = table.previewed("engine").await;
    let (message, preview) = (engine.message, engine.previews[0].clone());
    assert_eq!(table.removes(&alans, message, preview.id).await, Err(Code::NotTheAuthor));
    assert_eq!(table.removes(&table.graces, MessageId::new(), preview.id).await, Err(Code::UnknownMessage));
    assert_eq!(table.removes(&table.graces, message, preview.id).await, Ok(()));
    let changed = hears!(table.adas, PreviewsChanged);
    assert_eq!((changed.previews.len(), changed.person), (0, table.grace.id));
    assert_eq!(table.removes(&table.graces, message, preview.id).await, Ok(()), "sent again");
    assert_eq!(table.ada.fetches(&preview.picture_path().unwrap()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(table.message(message).await.previews, []);
    // Catch-up has no text of the preview either.
    let missed = table.adas.catches_up(table.general, engine.seq - 1).await;
    assert!(missed.iter().all(|event| !event.payload.to_string().contains("weaves")));

    // An edit does not restore it; of the two links only the new one gets a preview.
    let both = format!("{} {}", table.site.link("engine"), table.site.link("plain"));
    table.graces.edits(table.general, message, &both).await;
    assert_eq!(titles(&hears!(table.adas, PreviewsChanged).previews), ["Plain"]);

    // Ada owns the workspace and so this room; Alan removes one after he becomes an owner of the room.
    let plain = table.message(message).await.previews[0].id;
    assert_eq!(table.removes(&table.adas, message, plain).await, Ok(()));
    let other = table.previewed("plain").await;
    table.adas.makes(&alan, RoomRole::Owner, table.general).await;
    assert_eq!(table.removes(&alans, other.message, other.previews[0].id).await, Ok(()));

    let last = table.previewed("plain").await;
    table.adas.changes(table.general, RoomChange::Archived(true)).await;
    assert_eq!(table.removes(&table.graces, last.message, last.previews[0].id).await, Err(Code::RoomArchived));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_removed_with_its_link_or_its_message() {
    let mut table = Table::set().await;
    let engine = table.previewed("engine").await;
    let path = engine.previews[0].picture_path().unwrap();
    table.graces.edits(table.general, engine.message, "Nothing to see.").await;
    assert_eq!(hears!(table.adas, PreviewsChanged).previews, []);
    assert_eq!(table.ada.fetches(&path).await.status, StatusCode::NOT_FOUND);
    table.graces.edits(table.general, engine.message, &table.site.link("engine")).await;
    let again = hears!(table.adas, PreviewsChanged);
    assert_eq!(titles(&again.previews), ["The <b>Engine</b>"], "the link is back, and so is its preview");

    let path = again.previews[0].picture_path().unwrap();
    assert_eq!(table.ada.fetches(&path).await.status, StatusCode::OK);
    table.graces.deletes(table.general, engine.message).await;
    assert_eq!(table.ada.fetches(&path).await.status, StatusCode::NOT_FOUND);
    let trace = table.message(engine.message).await;
    assert_eq!((trace.previews.len(), trace.touched), (0, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_survive_a_restart_and_are_deleted_with_their_last_preview() {
    let mut table = Table::set().await;
    let engine = table.previewed("engine").await;
    let path = engine.previews[0].picture_path().unwrap();
    table.workspace.stops().await;
    let old = "UPDATE linked_pages SET fetched_at = fetched_at - 180000000";
    sqlx::query(old).execute(&mut table.workspace.database(false).await).await.unwrap();
    table.workspace.starts_again().await;
    let swept = async { while table.workspace.count("linked_pages").await > 0 {} };
    within("the page is forgotten", swept).await;
    assert_eq!(table.ada.fetches(&path).await.status, StatusCode::OK);
    let device = table.grace.connects().await;
    device
        .send(RemovePreview { room: table.general, message: engine.message, preview: engine.previews[0].id })
        .await
        .unwrap();
    table.workspace.has_contents(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_in_the_queue_at_a_stop_are_fetched_after_the_next_start() {
    let mut table = Table::set().await;
    // The site does not answer before the server has stopped.
    let message = table.graces.says(table.general, &table.site.link("held")).await;
    let asked = async { while table.site.counts().is_empty() {} };
    within("the page is asked for", asked).await;
    let old = table.graces.says(table.general, &table.site.link("plain")).await;
    hears!(table.adas, PreviewsChanged);
    table.workspace.stops().await;
    let long_ago =
        "UPDATE messages SET at = at - 7200000 WHERE id = $1; DELETE FROM previews; DELETE FROM linked_pages";
    sqlx::query(long_ago).bind(old.0).execute(&mut table.workspace.database(false).await).await.unwrap();
    table.site.lets_go();
    table.workspace.starts_again().await;
    let page = "SELECT count(*) FROM previews WHERE message_id = $1";
    let mut database = table.workspace.database(true).await;
    let found = async {
        while sqlx::query_scalar::<_, i64>(page).bind(message.0).fetch_one(&mut database).await.unwrap() == 0 {}
    };
    within("the page is found", found).await;
    let device = table.ada.connects().await;
    let messages = device.opens(table.general).await.page.messages;
    let shown = messages.iter().find(|one| one.id == message).unwrap();
    assert_eq!(titles(&shown.previews), ["Held"]);
    assert_eq!((table.site.counts()["held"], table.site.counts()["plain"]), (2, 1), "nothing of long ago");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_previews_off_fetches_no_page() {
    let mut table = Table::set_with(&["--link-previews", "off", "--previews-from-loopback"]).await;
    table.graces.says(table.general, &table.site.link("engine")).await;
    table.graces.posts(table.general, "And that is that.").await;
    let heard = table.adas.hears_until("And that is that.").await;
    assert!(!heard.iter().any(|event| event.name() == "previews:changed"));
    assert_eq!((table.site.counts().len(), table.workspace.count("previews").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_outside_of_tests_fetches_no_local_address() {
    let table = Table::set_with(&["--link-previews", "on"]).await;
    let port = table.site.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"] {
        table.graces.says(table.general, &format!("<http://{host}:{port}/plain>")).await;
    }
    let settled = async { while table.workspace.count("linked_pages").await == 0 {} };
    within("the links are looked at", settled).await;
    let all = async { while table.workspace.count("linked_pages").await < 4 {} };
    within("all of them", all).await;
    assert_eq!((table.site.counts().len(), table.workspace.count("previews").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_command_removes_no_preview() {
    let table = Table::set().await;
    let nothing = table.graces.asks("preview:remove", vec![serde_json::json!({ "room": table.general })]).await;
    assert_eq!(nothing["refusal"]["code"], "malformed");
    let (message, preview) = (MessageId::new(), PreviewId::new());
    let unknown = table.graces.send(RemovePreview { room: RoomId::new(), message, preview }).await;
    assert_eq!(code(unknown), Code::UnknownRoom);
}
