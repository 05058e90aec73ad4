//! Accounts: set-up, sign-up, sign-in, sign-out, profiles, and what protects the forms.

use crate::harness::{Device, PASSWORD, Person, Received, Workspace, code, hears, knock};
use common::{
    Code, ServerEvent, limits,
    people::{Role, UpdateProfile},
    refusal_log::ListRefusals,
};
use reqwest::{StatusCode, header};
use sha2::{Digest, Sha256};
use socket::{DisconnectReason, Options};

const SET_UP: [(&str, &str); 4] =
    [("workspace", "Bletchley"), ("name", "Alan Turing"), ("handle", "alan"), ("password", PASSWORD)];
const SIGN_UP: [(&str, &str); 3] = [("name", "Alan Turing"), ("handle", "alan"), ("password", PASSWORD)];

fn sign_in<'a>(handle: &'a str, password: &'a str) -> [(&'a str, &'a str); 2] {
    [("handle", handle), ("password", password)]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_visitor_sets_the_workspace_up_and_owns_it() {
    let workspace = Workspace::started().await;
    assert_eq!(workspace.web.visits("/").await.location(), "/setup");

    let ada = workspace.owner("Ada Lovelace").await;
    let snapshot = ada.snapshot().await;
    assert_eq!((snapshot.me.handle.as_str(), snapshot.me.role), ("ada", Role::Owner));
    assert_eq!(snapshot.workspace.name, "Analytical Engines");
    assert_eq!(snapshot.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["general"]);
    assert_eq!(workspace.web.visits("/").await.location(), "/sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_that_is_set_up_cannot_be_set_up_again() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;

    let again = workspace.web.submits("/workspace", &SET_UP).await;
    assert_eq!((again.location(), again.token()), ("/sign-in?refused=already_set_up", None));
    let again = workspace.web.submits_for_json("/workspace", &SET_UP).await;
    assert_eq!((again.status, again.refusal().code), (StatusCode::CONFLICT, Code::AlreadySetUp));
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_simultaneous_set_ups_make_one_owner() {
    let workspace = Workspace::started().await;
    let ada = [("workspace", "Engines"), ("name", "Ada Lovelace"), ("handle", "ada"), ("password", PASSWORD)];
    let (one, other) =
        tokio::join!(workspace.web.submits("/workspace", &SET_UP), workspace.web.submits("/workspace", &ada));
    let tokens = [one.token(), other.token()];
    assert_eq!(tokens.iter().flatten().count(), 1, "{one:?} {other:?}");
    assert_eq!((workspace.count("workspace").await, workspace.count("people").await), (1, 1));
    assert_eq!((workspace.count("rooms").await, workspace.count("sessions").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_up_is_refused_before_the_workspace_is_set_up() {
    let workspace = Workspace::started().await;
    let answer = workspace.web.submits_for_json("/accounts", &SIGN_UP).await;
    assert_eq!((answer.status, answer.refusal().code), (StatusCode::CONFLICT, Code::NotSetUp));
    assert_eq!(workspace.count("people").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_is_in_the_first_room_and_its_members_are_told() {
    let workspace = Workspace::started().await;
    let ada = workspace.owner("Ada Lovelace").await;
    let mut laptop = ada.connects().await;

    let grace = workspace.sign_up("Grace Hopper").await;
    let newcomer = hears!(laptop, PersonChanged);
    assert_eq!((newcomer.id, newcomer.name.as_str(), newcomer.role), (grace.id, "Grace Hopper", Role::Member));
    let joined = hears!(laptop, MemberJoined);
    assert_eq!((joined.person, joined.room, joined.seq), (grace.id, ada.landed_in(), 2));
    assert_eq!(grace.landed_in(), ada.landed_in());
    assert_eq!(laptop.opens(ada.landed_in()).await.members, [ada.id, grace.id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handle_is_taken_in_any_spelling() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;
    for handle in ["ada", " @ADA "] {
        let form = [("name", "Another Ada"), ("handle", handle), ("password", PASSWORD)];
        let answer = workspace.web.submits_for_json("/accounts", &form).await;
        assert_eq!((answer.status, answer.refusal().code), (StatusCode::CONFLICT, Code::HandleTaken), "{handle}");
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_simultaneous_sign_ups_with_a_handle_make_one_account() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let (one, other) =
        tokio::join!(workspace.web.submits("/accounts", &SIGN_UP), workspace.web.submits("/accounts", &SIGN_UP));
    assert_eq!([one.token(), other.token()].iter().flatten().count(), 1, "{one:?} {other:?}");
    assert_eq!(workspace.count("people").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_account_is_refused_and_nothing_is_stored() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;
    let long = "a".repeat(300);
    for (name, handle, password, code) in [
        (" ", "alan", PASSWORD, Code::BadName),
        (&long[..limits::NAME_CHARS + 1], "alan", PASSWORD, Code::BadName),
        ("Alan Turing", "alan turing", PASSWORD, Code::BadHandle),
        ("Alan Turing", "../etc", PASSWORD, Code::BadHandle),
        ("Alan Turing", "alan", "too short", Code::BadPassword),
        ("Alan Turing", "alan", &long[..257], Code::BadPassword),
    ] {
        let form = [("name", name), ("handle", handle), ("password", password)];
        let answer = workspace.web.submits_for_json("/accounts", &form).await;
        assert_eq!((answer.status, answer.refusal().code), (StatusCode::UNPROCESSABLE_ENTITY, code), "{form:?}");
    }
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_workspace_refuses_sign_up() {
    let workspace = Workspace::started_with(&["--sign-up", "closed"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;

    let answer = workspace.web.submits_for_json("/accounts", &SIGN_UP).await;
    assert_eq!((answer.status, answer.refusal().code), (StatusCode::FORBIDDEN, Code::SignUpClosed));
    assert_eq!(workspace.stored().await, before);
    assert!(!workspace.web.visits("/sign-up").await.body.contains("<form"));
    assert!(!ada.snapshot().await.workspace.sign_up_open);
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_takes_any_spelling_of_the_handle_and_returns_to_the_requested_page() {
    let (workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let compilers = ada.connects().await.creates_room("compilers").await;
    for (next, place) in [
        ("", format!("/rooms/{compilers}")),
        (&*format!("/rooms/{general}"), format!("/rooms/{general}")),
        ("//evil.test", format!("/rooms/{compilers}")),
        ("https://evil.test/", format!("/rooms/{compilers}")),
    ] {
        let form = [("handle", " @Ada "), ("password", PASSWORD), ("next", next)];
        let answer = workspace.web.submits("/session", &form).await;
        assert_eq!(answer.location(), place, "next={next}");
        assert!(answer.token().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_handle_and_a_wrong_password_get_the_same_answer() {
    let (workspace, ..) = Workspace::with_ada_and_grace().await;
    let web = &workspace.web;
    let wrong = web.submits_for_json("/session", &sign_in("grace", "a wrong password")).await;
    assert_eq!((wrong.status, wrong.refusal().code), (StatusCode::UNAUTHORIZED, Code::WrongCredentials));
    for handle in ["radia", "not a handle"] {
        let unknown = web.submits_for_json("/session", &sign_in(handle, "a wrong password")).await;
        assert_eq!(
            essence(unknown),
            essence(web.submits_for_json("/session", &sign_in("grace", "a wrong password")).await)
        );
    }
    let wrong = web.submits("/session", &sign_in("grace", "a wrong password")).await;
    let unknown = web.submits("/session", &sign_in("radia", "a wrong password")).await;
    assert_eq!(unknown.location().replace("radia", "grace"), wrong.location());
    assert_eq!((wrong.token(), unknown.token()), (None, None));
}

/// A response without the parts that change from second to second.
fn essence(mut received: Received) -> (StatusCode, String, String) {
    received.headers.remove(header::DATE);
    (received.status, format!("{:?}", received.headers), received.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_is_refused_after_ten_wrong_ones() {
    let (workspace, ..) = Workspace::with_ada_and_grace().await;
    let web = &workspace.web;
    for handle in ["grace", "radia"] {
        for _ in 0..10 {
            let wrong = web.submits_for_json("/session", &sign_in(handle, "a wrong password")).await;
            assert_eq!(wrong.refusal().code, Code::WrongCredentials);
        }
        let right = web.submits_for_json("/session", &sign_in(handle, PASSWORD)).await;
        assert_eq!((right.status, right.refusal().code), (StatusCode::TOO_MANY_REQUESTS, Code::TooManyAttempts));
        assert_eq!(right.token(), None);
    }
    // All spellings of the handle are one account; another account is not affected.
    let right = web.submits_for_json("/session", &sign_in("@GRACE", PASSWORD)).await;
    assert_eq!(right.refusal().code, Code::TooManyAttempts);
    assert!(web.submits("/session", &sign_in("ada", PASSWORD)).await.token().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_has_sixty_attempts_in_a_row() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    for _ in 1..60 {
        // The attempt is refused before any password is hashed, but it counts.
        let answer =
            workspace.web.submits_for_json("/accounts", &[("name", "x"), ("handle", "y"), ("password", "z")]).await;
        assert_eq!(answer.refusal().code, Code::BadPassword);
    }
    let answers = [
        workspace.web.submits_for_json("/accounts", &SIGN_UP).await,
        workspace.web.submits_for_json("/session", &sign_in("ada", PASSWORD)).await,
    ];
    for answer in answers {
        assert_eq!((answer.status, answer.refusal().code), (StatusCode::TOO_MANY_REQUESTS, Code::TooManyAttempts));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_out_ends_the_session_its_cookie_and_its_connections() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (mut laptop, mut tab) = (grace.connects().await, grace.connects().await);
    let elsewhere = grace.signs_in().await;
    let mut phone = elsewhere.connects().await;

    let answer = grace.signs_out().await;
    assert_eq!(answer.location(), "/sign-in");
    assert!(answer.header("set-cookie").starts_with("hubbub=; "), "{answer:?}");
    assert!(answer.header("set-cookie").contains("Max-Age=0"), "{answer:?}");
    for device in [&mut laptop, &mut tab] {
        assert_eq!(hears!(device, SessionEnded).refusal.code, Code::SessionExpired);
        assert_eq!(device.is_disconnected().await, DisconnectReason::ServerDisconnect);
    }
    assert_eq!(grace.visits("/").await.location(), "/sign-in");
    assert_eq!(knock(grace.options()).await.code, Code::SessionExpired);

    // The other session of the same person continues.
    ada.connects().await.posts(general, "Are you still there?").await;
    let heard = phone.hears_until("Are you still there?").await;
    assert!(!heard.iter().any(|event| matches!(event, ServerEvent::SessionEnded(_))), "{heard:?}");
    phone.posts(general, "On my phone, yes.").await;
    assert_eq!(elsewhere.snapshot().await.me.id, grace.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_out_succeeds_without_a_session() {
    let workspace = Workspace::started().await;
    let ada = workspace.owner("Ada Lovelace").await;
    ada.signs_out().await;
    assert_eq!(ada.signs_out().await.location(), "/sign-in");
    assert_eq!(workspace.web.submits("/session/end", &[]).await.location(), "/sign-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_and_other_sites_cannot_use_the_cookie() {
    let workspace = Workspace::started().await;
    let cookie = workspace.web.submits("/workspace", &SET_UP).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("hubbub="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.split("; ").any(|found| found == part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_the_cookie_is_secure_and_bound_to_the_host() {
    let workspace = Workspace::started_with(&["--public-url", "https://chat.example.org"]).await;
    let answer = workspace.web.submits("/workspace", &SET_UP).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-hubbub="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.split("; ").any(|found| found == part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    // Only the cookie with this name counts.
    let token = answer.token().unwrap();
    for (name, place) in [("__Host-hubbub", None), ("hubbub", Some("/sign-in"))] {
        let request = workspace.web.get("/").header(header::COOKIE, format!("{name}={token}"));
        assert_eq!(Received::of(request).await.headers.get("location").map(|at| at.to_str().unwrap()), place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_may_use_the_cookie_instead_of_the_token() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let options = Options::new(format!("ws://{}", workspace.address()), "/chat")
        .header("cookie", format!("theme=dark; hubbub={}", grace.token));
    Device::connect(options).await.posts(general, "With a cookie.").await;
    assert_eq!(ada.connects().await.opens(general).await.page.messages[0].author, grace.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_stores_neither_token_nor_password() {
    let (workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let mut database = workspace.database(true).await;
    let hashes: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_all(&mut database).await.unwrap();
    let stored = workspace.stored().await.join("\n");
    let files: Vec<u8> = workspace.files().iter().flat_map(|file| std::fs::read(file).unwrap()).collect();
    let is_in_files = |wanted: &[u8]| files.windows(wanted.len()).any(|bytes| bytes == wanted);
    for person in [&ada, &grace] {
        assert!(hashes.contains(&Sha256::digest(&person.token).to_vec()), "the hash of the token is stored");
        assert!(!stored.contains(&person.token));
        assert!(!is_in_files(person.token.as_bytes()));
        assert!(!is_in_files(&bytes(&person.token)));
    }
    assert!(is_in_files(b"Difference Engine No. 2"), "the search finds what is there");
    assert!(!is_in_files(PASSWORD.as_bytes()));
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_is_refused_and_nothing_is_stored() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let before = workspace.stored().await;
    let forms: [(&str, &[(&str, &str)]); 5] = [
        ("/workspace", &SET_UP),
        ("/accounts", &SIGN_UP),
        ("/session", &sign_in("ada", PASSWORD)),
        ("/session/end", &[]),
        ("/me", &[("name", "Mallory"), ("hue", "1")]),
    ];
    for (path, form) in forms {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://evil.test"),
            ("origin", "null"),
        ] {
            let request = ada.signed(workspace.web.post(path)).header(name, value).form(form);
            let answer = Received::of(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} with {name}: {value}");
            assert_eq!((answer.body.as_str(), answer.token()), (Code::WrongOrigin.sentence().as_str(), None));
        }
    }
    assert_eq!(workspace.stored().await, before);
    assert_eq!(ada.snapshot().await.me.name, "Ada Lovelace");
    let door = ada.opens_console().await.send(ListRefusals::default()).await.unwrap();
    let told: Vec<_> = door.iter().map(|one| (one.namespace.as_str(), one.middleware.as_str(), one.code)).collect();
    assert_eq!(told, [("/me", "origin", Code::WrongOrigin)]);
    assert_eq!(door[0].times, 20, "all from one address, and one entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_this_site_or_an_allowed_one_is_accepted() {
    let flags = ["--public-url", "http://chat.test", "--allow-origin", "http://localhost:8080"];
    let workspace = Workspace::started_with(&flags).await;
    workspace.owner("Ada Lovelace").await;
    let own = format!("http://{}", workspace.address());
    for (name, value) in [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
        ("origin", own.as_str()),
        ("origin", "http://chat.test"),
        ("origin", "http://localhost:8080"),
    ] {
        let request = workspace.web.post("/session").header(name, value).form(&sign_in("ada", PASSWORD));
        assert!(Received::of(request).await.token().is_some(), "{name}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_and_colour_reach_everyone() {
    let (_workspace, ada, grace, _) = Workspace::with_ada_and_grace().await;
    let (mut laptop, phone) = (ada.connects().await, grace.connects().await);

    let answer = grace.submits("/me", &[("name", "  Admiral  Hopper "), ("hue", "7")]).await;
    assert_eq!(answer.location(), "/profile?saved=1");
    let changed = hears!(laptop, PersonChanged);
    assert_eq!((changed.id, changed.name.as_str(), changed.hue), (grace.id, "Admiral Hopper", 7));

    let amazing = phone.send(UpdateProfile { name: "Amazing Grace".into(), hue: 3 }).await.unwrap();
    assert_eq!(hears!(laptop, PersonChanged), amazing);
    assert_eq!((amazing.handle.as_str(), amazing.role), ("grace", Role::Member));
    assert!(ada.snapshot().await.people.contains(&amazing));
    assert_eq!(grace.snapshot().await.me, amazing);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_name_is_refused() {
    let (workspace, _, grace, _) = Workspace::with_ada_and_grace().await;
    let phone = grace.connects().await;
    let before = workspace.stored().await;
    let long = "x".repeat(limits::NAME_CHARS + 1);
    for name in ["", " \n ", &long] {
        assert_eq!(code(phone.send(UpdateProfile { name: name.into(), hue: 3 }).await), Code::BadName);
        let answer = grace.submits("/me", &[("name", name), ("hue", "3")]).await;
        assert_eq!(answer.location(), "/profile?refused=bad_name");
    }
    assert_eq!(
        grace.submits("/me", &[("name", "Grace"), ("hue", "blue")]).await.location(),
        "/profile?refused=malformed"
    );
    assert_eq!(
        workspace.web.submits("/me", &[("name", "Grace"), ("hue", "3")]).await.location(),
        "/sign-in?refused=not_signed_in"
    );
    assert_eq!(workspace.stored().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_keeps_what_was_typed_except_the_password() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let form = [("name", "Another Ada"), ("handle", "ada"), ("password", PASSWORD)];
    let back = workspace.web.submits("/accounts", &form).await;
    assert_eq!(back.location(), "/sign-up?refused=handle_taken&name=Another+Ada&handle=ada");
    let page = workspace.web.visits(back.location()).await;
    assert!(page.body.contains(&Code::HandleTaken.sentence()), "{}", page.body);
    assert!(page.body.contains(r#"value="Another Ada""#), "{}", page.body);

    let form = [("handle", "ada"), ("password", "a wrong password"), ("next", "/browse")];
    let back = workspace.web.submits("/session", &form).await;
    assert_eq!(back.location(), "/sign-in?refused=wrong_credentials&handle=ada&next=%2Fbrowse");
    let page = workspace.web.visits(back.location()).await;
    assert!(page.body.contains(&Code::WrongCredentials.sentence()), "{}", page.body);
    assert!(page.body.contains(r#"value="/browse""#) && page.body.contains(r#"value="ada""#), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_program_gets_the_refusal_as_json() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let answer = workspace.web.submits_for_json("/session", &sign_in("ada", "a wrong password")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::UNAUTHORIZED, "application/json"));
    assert_eq!(answer.refusal(), Code::WrongCredentials.into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_form_is_refused_and_nothing_is_stored() {
    let workspace = Workspace::started().await;
    workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;
    let post = |path: &str| workspace.web.post(path).header(header::ACCEPT, "application/json");
    for path in ["/workspace", "/accounts", "/session"] {
        let form = header::HeaderValue::from_static("application/x-www-form-urlencoded");
        for request in [
            post(path),
            post(path).form(&[("handle", "ada")]),
            post(path).json(&sign_in("ada", PASSWORD)),
            post(path).header(header::CONTENT_TYPE, form.clone()).body(vec![b'%', 0xff, 0, b'&']),
        ] {
            let answer = Received::of(request).await;
            assert_eq!(
                (answer.status, answer.refusal().code),
                (StatusCode::UNPROCESSABLE_ENTITY, Code::Malformed),
                "{path}"
            );
        }
        let huge = post(path).header(header::CONTENT_TYPE, form).body("a".repeat(limits::FRAME_BYTES + 1));
        let answer = Received::of(huge).await;
        assert_eq!((answer.status, answer.refusal().code), (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge), "{path}");
    }
    assert_eq!(workspace.stored().await, before);
    let ada = workspace.web.submits("/session", &sign_in("ada", PASSWORD)).await;
    Person::let_in(&workspace.web, "Ada Lovelace", ada).await;
}
