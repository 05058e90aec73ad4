//! Search finds all messages that a person may read, and no others.

use crate::harness::{Device, Workspace, code, picture, post_with, within};
use common::{
    Code, MessageId, RoomId, limits,
    messages::PostMessage,
    search::{SearchMessages, SearchPage},
};
use image::ImageFormat;
use serde_json::json;
use std::time::Duration;

async fn searches(device: &Device, query: &str) -> SearchPage {
    device.send(SearchMessages { query: query.into(), ..SearchMessages::default() }).await.unwrap()
}

/// The texts that are found, with the matches in brackets.
async fn finds(device: &Device, query: &str) -> Vec<String> {
    let excerpt = |pieces: Vec<common::search::ExcerptPart>| {
        pieces.into_iter().map(|piece| if piece.found { format!("[{}]", piece.text) } else { piece.text }).collect()
    };
    searches(device, query).await.hits.into_iter().map(|hit| excerpt(hit.excerpt)).collect()
}

/// Waits until a query finds this number of messages: the index follows the log a moment later.
async fn is_found(device: &Device, query: &str, count: usize) -> SearchPage {
    within(&format!("{count} hits of {query:?}"), async {
        loop {
            let found = searches(device, query).await;
            if found.hits.len() == count {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
}

async fn said(device: &Device, room: RoomId, text: &str) -> MessageId {
    let message = PostMessage::new(room, text);
    device.send(message.clone()).await.unwrap();
    message.id
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_parts_of_words_in_any_case_and_accents() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    for text in ["Bring the punched cards to the Café.", "中国銀行で会いましょう", "v1.2 of C++ is out 🎉", "The end"]
    {
        adas.posts(general, text).await;
    }
    is_found(&graces, "end", 1).await;
    for (query, found) in [
        ("punched", "Bring the [punched] cards to the Café."),
        ("NCHE", "Bring the pu[nche]d cards to the Café."),
        ("cafe", "Bring the punched cards to the [Café]."),
        ("café br", "[Br]ing the punched cards to the [Café]."),
        ("\"the punched\"", "Bring [the punched] cards to the Café."),
        ("銀行", "中国[銀行]で会いましょう"),
        ("会", "中国銀行で[会]いましょう"),
        ("v1.2", "[v1.2] of C++ is out 🎉"),
        ("c++", "v1.2 of [C++] is out 🎉"),
        ("🎉", "v1.2 of C++ is out [🎉]"),
        ("en", "The [en]d"),
    ] {
        assert_eq!(finds(&graces, query).await, [found], "{query}");
    }
    for nothing in ["punched coffee", "\"punched the\"", "ards to thex", "zz", ""] {
        assert_eq!(finds(&graces, nothing).await, Vec::<String>::new(), "{nothing}");
    }
    assert_eq!(finds(&graces, "the").await, ["[The] end", "Bring [the] punched cards to [the] Café."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_only_messages_of_the_persons_rooms() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, graces, alans) = (ada.connects().await, grace.connects().await, alan.connects().await);
    let enigma = adas.creates_private_room("enigma").await;
    adas.invites(enigma, [&grace]).await;
    let talk = graces.talks_to([&ada]).await.id;
    let compilers = adas.creates_room("compilers").await;
    for room in [general, enigma, talk, compilers] {
        adas.posts(room, "The bombe works.").await;
    }
    is_found(&adas, "bombe", 4).await;
    let rooms = |found: SearchPage| found.hits.into_iter().map(|hit| hit.room).collect::<Vec<_>>();
    assert_eq!(
        rooms(searches(&graces, "bombe").await),
        [talk, enigma, general],
        "not the public room that she is not in"
    );
    assert_eq!(rooms(searches(&alans, "bombe").await), [general]);
    for query in ["bombe in:enigma", "in:enigma", &format!("bombe in:{enigma}"), &format!("in:{talk}"), "in:@ada"] {
        let found = searches(&alans, query).await;
        let nowhere = searches(&alans, &query.replace("enigma", "nowhere").replace(&enigma.to_string(), "x")).await;
        assert!(found.hits.is_empty() && !found.unknown.is_empty(), "{query}");
        assert_eq!(found.unknown.len(), nowhere.unknown.len(), "as if there were no such room");
    }
    graces.leaves(enigma).await;
    assert_eq!(rooms(searches(&graces, "bombe").await), [talk, general], "at once");
    alans.joins(compilers).await;
    assert_eq!(rooms(searches(&alans, "bombe").await), [compilers, general], "also what was said before the join");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_a_search() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let room = adas.creates_room("Two Words").await;
    let talk = adas.talks_to([&grace]).await.id;
    adas.posts(general, "Cards of Ada, see https://example.org").await;
    graces.posts(general, "Cards of Grace").await;
    adas.posts(room, "Cards in a room").await;
    graces.posts(talk, "Cards between us").await;
    is_found(&adas, "cards", 4).await;
    for (query, count) in [
        ("cards from:ada", 2),
        ("cards from:@GRACE", 2),
        ("cards from:me", 2),
        ("from:ada in:general", 1),
        ("cards in:#general", 2),
        ("in:\"two words\"", 1),
        ("in:@grace", 1),
        ("has:link", 1),
        ("has:link from:grace", 0),
        ("cards in:general in:@grace", 3),
        ("cards after:2000-01-01", 4),
        ("cards before:2000-01-01", 0),
        ("before:2999-01-01", 4),
        ("from:ada from:grace", 0),
    ] {
        let found = searches(&adas, query).await;
        assert_eq!((found.hits.len(), found.unknown), (count, vec![]), "{query}");
    }
    for query in ["from:stranger", "in:nowhere", "has:teeth", "on:never", "cards in:@stranger"] {
        let found = searches(&adas, query).await;
        assert_eq!((found.hits.len(), found.unknown.len()), (0, 1), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_found_by_their_names_and_kinds() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let notes = ada.uploads("Note G.txt", "Bernoulli numbers").await;
    let engine = ada.uploads("engine.png", picture(8, 8, ImageFormat::Png)).await;
    adas.send(post_with(general, "Read this.", [notes.id])).await.unwrap();
    adas.send(post_with(general, "", [engine.id])).await.unwrap();
    is_found(&graces, "has:file", 2).await;
    assert_eq!(finds(&graces, "has:image").await, ["engine.png"]);
    assert_eq!(finds(&graces, "note").await, ["Read this. [Note] G.txt"]);
    assert_eq!(finds(&graces, "bernoulli").await, Vec::<String>::new(), "not what is in them");
}

#[tokio::test(flavor = "multi_thread")]
async fn search_omits_deleted_messages_and_finds_edited_ones_as_they_are() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let (secret, typo) = (said(&adas, general, "swordfish one").await, said(&adas, general, "swordfisch two").await);
    is_found(&graces, "swordfi", 2).await;
    adas.deletes(general, secret).await;
    assert_eq!(finds(&graces, "swordfish").await, Vec::<String>::new(), "at once");
    assert_eq!(finds(&graces, "from:ada").await, ["swordfisch two"]);
    adas.edits(general, typo, "swordfish two").await;
    assert_eq!(finds(&graces, "swordfisch").await, Vec::<String>::new(), "at once");
    is_found(&graces, "swordfish", 1).await;
    let left: i64 = {
        let file = workspace.database_file().with_file_name("search.db");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
        let mut index = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::query_scalar("SELECT count(*) FROM docs").fetch_one(&mut index).await.unwrap()
    };
    assert_eq!(left, 1, "a deleted message has left the index");
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_newest_first_without_duplicates_across_pages() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let texts: Vec<String> = (0..90).map(|number| format!("needle {number}")).collect();
    ada.connects().await.posts_at_once(general, &texts).await;
    let device = grace.connects().await;
    is_found(&device, "\"needle 89\"", 1).await;
    let (mut seqs, mut next, mut pages) = (Vec::new(), None, 0);
    loop {
        let page =
            device.send(SearchMessages { query: "needle".into(), next, ..SearchMessages::default() }).await.unwrap();
        assert!(page.hits.len() <= limits::SEARCH_HITS);
        seqs.extend(page.hits.iter().map(|hit| hit.seq));
        (next, pages) = (page.next, pages + 1);
        if next.is_none() {
            break;
        }
    }
    assert_eq!(seqs, (3..93).rev().collect::<Vec<_>>());
    assert_eq!(pages, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_input_is_a_valid_search() {
    let (_workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    let odd = "a\"b * NEAR(c d) ^e (f OR NOT g) [h-z]+ .*?$ %_ \\ '; DROP TABLE docs; -- \u{F0000}\u{F1000} \u{0}x";
    device.posts(general, odd).await;
    is_found(&device, "drop", 1).await;
    for query in [
        "\"",
        "\"\"\"",
        "*",
        "a*",
        "NEAR(c d)",
        "^e",
        "(",
        ")",
        "f OR NOT g",
        "[h-z]+",
        ".*?$",
        "%",
        "_",
        "\\",
        "'; DROP TABLE docs; --",
        "text:drop",
        "-drop",
        "{text}: x",
        "\u{F0000}\u{F1000}\u{F1000}",
        "\u{0}",
        "in:",
        "from:\"",
        "has:\"'\"",
        "🧑‍🚀",
        "\u{202e}",
        &"x ".repeat(100),
        &"é".repeat(200),
        "before:99999999-01-01",
        "on:0000-00-00",
        "after:-1-1-1",
    ] {
        searches(&device, query).await;
    }
    for part in ["NEAR(c", "'; DROP TABLE", "[h-z]+", ".*?$", "a\"b"] {
        let query = if part.contains('"') { part.to_owned() } else { format!("\"{part}\"") };
        assert_eq!(searches(&device, &query).await.hits.len(), 1, "{part}");
    }
    let long = "x".repeat(limits::SEARCH_CHARS + 1);
    assert_eq!(
        code(device.send(SearchMessages { query: long, ..SearchMessages::default() }).await),
        Code::QueryTooLong
    );
    for next in [i64::MIN, -1, 0, i64::MAX] {
        let search = json!({ "query": "drop", "next": next, "utc_offset": i32::MIN });
        assert!(device.asks("search:messages", vec![search]).await["ok"].is_object(), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_resumes_and_is_rebuilt_when_it_is_lost() {
    let (mut workspace, ada, _, general) = Workspace::with_ada_and_grace().await;
    let device = ada.connects().await;
    device.posts(general, "Before the first stop.").await;
    is_found(&device, "first stop", 1).await;
    workspace.stops().await;
    workspace.starts_again().await;
    let device = ada.connects().await;
    device.posts(general, "Between the stops.").await;
    is_found(&device, "stop", 2).await;

    for damage in [None, Some("this is no database, though it is long enough to be taken for one".repeat(100))] {
        workspace.stops().await;
        let file = workspace.database_file().with_file_name("search.db");
        std::fs::remove_file(&file).unwrap();
        if let Some(damage) = damage {
            std::fs::write(&file, damage).unwrap();
        }
        workspace.starts_again().await;
        is_found(&ada.connects().await, "stop", 2).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_few_rooms_finds_messages_among_many_of_others() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let alan = workspace.sign_up("Alan Turing").await;
    let (adas, alans) = (ada.connects().await, alan.connects().await);
    let busy = adas.creates_room("busy").await;
    let texts: Vec<String> = (0..200).map(|number| format!("needle {number}")).collect();
    adas.posts_at_once(busy, &texts).await;
    let quiet = alans.creates_private_room("quiet").await;
    alans.posts(quiet, "my needle").await;
    adas.posts_at_once(busy, &texts).await;
    assert_eq!(is_found(&alans, "needle", 1).await.hits[0].room, quiet);
    assert_eq!(is_found(&alans, "needle from:me", 1).await.hits[0].author, alan.id);
}
