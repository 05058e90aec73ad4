//! Pages: what a browser can read before a script runs, or without one.

use crate::harness::{Received, Workspace};
use common::{
    RoomId,
    page::{Page, Place},
};
use reqwest::{StatusCode, header};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_room_shows_its_name_and_its_messages() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    ada.connects().await.posts(general, "Bring the punched cards.").await;
    let page = grace.visits(&format!("/rooms/{general}")).await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    let without_scripts = without_scripts(&page.body);
    for text in ["general", "Bring the punched cards.", "Ada Lovelace", "Grace Hopper"] {
        assert!(without_scripts.contains(text), "{text} in {without_scripts}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_cannot_inject_markup_or_scripts() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"alert(1)";
    ada.connects().await.posts(general, attack).await;
    let page = grace.visits(&format!("/rooms/{general}")).await.body;
    assert!(page.contains("alert(1)"), "it can be read: {page}");
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "but not run: {page}");
}

/// The rest of a page for browsers without scripts.
fn without_scripts(html: &str) -> String {
    let parts = html.split("<script").enumerate();
    parts
        .map(|(n, part)| if n == 0 { part } else { part.split_once("</script>").map_or("", |(_, rest)| rest) })
        .collect()
}

/// A page may begin on one thread and end on another: no part of it may belong to a thread.
#[tokio::test(flavor = "multi_thread")]
async fn many_pages_render_at_once() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (room, browse) = (format!("/rooms/{general}"), "/browse".to_owned());
    for _ in 0..8 {
        let visits = [&ada, &grace].into_iter().flat_map(|person| {
            [&room, &browse]
                .into_iter()
                .flat_map(move |path| std::iter::repeat_n(path, 8).map(|path| person.visits(path)))
        });
        let pages = futures::future::join_all(visits).await;
        for page in pages {
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains("</html>"), "{}", page.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_room_and_an_unknown_page_are_not_found() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    for path in
        [&format!("/rooms/{}", RoomId::new()), "/rooms/general", "/rooms/%00", "/rooms/", "/wp-login.php", "/rooms/x/y"]
    {
        let page = ada.visits(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("</html>"), "{path}: people get a page, too: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_returns_the_same_page_as_json() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    assert!(matches!(workspace.web.visits("/api/page").await.json(), Page::Visitor(_)));
    let device = ada.connects().await;
    device.posts(general, "Bring the punched cards.").await;
    let compilers = device.creates_room("compilers").await;

    let place = async |room: &str| match grace.visits(&format!("/api/page?room={room}")).await.json() {
        Page::Chat(snapshot) => snapshot.place,
        other => panic!("{other:?}"),
    };
    let Place::Room(view) = place(&general.to_string()).await else { panic!("a room was expected") };
    assert_eq!(*view, grace.connects().await.opens(general).await);
    assert!(matches!(place(&compilers.to_string()).await, Place::Joinable(card) if card.id == compilers));
    let nowhere = RoomId::new();
    assert_eq!(place(&nowhere.to_string()).await, Place::Unknown { room: nowhere });
    assert!(matches!(place("general").await, Place::Unknown { .. }));
    assert_eq!(grace.snapshot().await.place, Place::Home);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_sent_to_sign_in_and_back_afterwards() {
    let workspace = Workspace::started().await;
    for path in ["/", "/browse", "/sign-in", "/sign-up", "/rooms/x"] {
        assert_eq!(workspace.web.visits(path).await.location(), "/setup", "{path}");
    }
    assert!(workspace.web.visits("/setup").await.body.contains(r#"action="/workspace""#));
    assert!(matches!(workspace.web.visits("/api/page").await.json(), Page::SetUp));

    let ada = workspace.owner("Ada Lovelace").await;
    let deep = format!("/rooms/{}", ada.landed_in());
    assert_eq!(workspace.web.visits("/setup").await.location(), "/sign-in");
    assert_eq!(workspace.web.visits(&deep).await.location(), format!("/sign-in?next={deep}"));
    assert!(workspace.web.visits(&format!("/sign-in?next={deep}")).await.body.contains(&format!(r#"value="{deep}""#)));
    assert!(workspace.web.visits("/sign-up").await.body.contains(r#"action="/accounts""#));
    for path in ["/setup", "/sign-in", "/sign-up"] {
        assert_eq!(ada.visits(path).await.location(), "/", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_run_only_their_own_scripts_and_are_not_cached() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let (one, other) = (ada.visits("/").await, ada.visits("/").await);
    for page in [&one, &other] {
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        let policy = page.header("content-security-policy");
        let scripts = policy.split("; ").find(|part| part.starts_with("script-src")).expect("a policy for scripts");
        assert!(scripts.contains("'nonce-") && !scripts.contains("unsafe-inline"), "{scripts}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"), "{policy}");
        let nonce = scripts.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(page.body.contains(&format!(r#"nonce="{nonce}""#)), "{}", page.body);
    }
    assert_ne!(one.header("content-security-policy"), other.header("content-security-policy"), "a new nonce each time");
    assert_eq!(ada.visits("/api/page").await.header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_with_an_unknown_cookie_is_a_visitor() {
    let (workspace, ..) = Workspace::with_ada_and_grace().await;
    for cookie in ["hubbub=", "hubbub=0", "=; ;;", "hubbub", &format!("hubbub={}", "f".repeat(64))] {
        let request = workspace.web.get("/").header(header::COOKIE, cookie);
        assert_eq!(Received::of(request).await.location(), "/sign-in", "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_monitor_can_check_the_health_of_the_server() {
    let workspace = Workspace::started().await;
    assert_eq!(workspace.web.visits("/health").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_it_works_is_public_and_reveals_nothing_about_the_workspace() {
    let workspace = Workspace::started().await;
    let before = workspace.web.visits("/how-it-works").await;
    let ada = workspace.owner("Ada Lovelace").await;
    for page in [before, workspace.web.visits("/how-it-works").await, ada.visits("/how-it-works").await] {
        assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(page.header("content-security-policy").contains("script-src 'self'"));
        let without_scripts = without_scripts(&page.body);
        for text in ["What happens when you say hello", "A room is a list", "A queue keeps the order"] {
            assert!(without_scripts.contains(text), "{text} in {without_scripts}");
        }
        assert!(page.body.contains("playground_bg.wasm"));
        assert!(!page.body.contains("Analytical Engines") && !page.body.contains("Ada Lovelace"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_it_works_has_no_playground_without_a_lobby() {
    let workspace = Workspace::started_with(&["--lobby", "off"]).await;
    let page = workspace.web.visits("/how-it-works").await;
    assert_eq!(page.status, StatusCode::OK);
    for gone in ["type=\"module\"", "playground_bg", "Try it", "really connected"] {
        assert!(!page.body.contains(gone), "{gone} in {}", page.body);
    }
}
