//! Files: uploaded, attached to messages, read by members, deleted with their messages.

use crate::harness::{Person, Received, SmallDisk, Workspace, bomb, code, hears, photo, picture, post_with, within};
use common::{
    Code, FileId, Seq,
    catch_up::{CatchUp, MissedEvents},
    files::{Attachment, FileKind},
    limits,
    messages::PostMessage,
};
use image::{ImageFormat, ImageReader};
use reqwest::{StatusCode, header};
use std::io::Cursor;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_messages_files_reach_all_members_unchanged() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let notes = ada.uploads("Note G.txt", "Bernoulli numbers").await;
    let expected = Attachment {
        id: notes.id,
        name: "Note G.txt".into(),
        kind: FileKind::Other,
        media_type: "application/octet-stream".into(),
        size: 17,
        width: None,
        height: None,
    };
    assert_eq!(notes, expected);
    let posted = adas.send(post_with(general, "Read this.", [notes.id])).await.unwrap();

    let heard = hears!(graces, MessagePosted);
    assert_eq!((heard.text.as_str(), &heard.attachments), ("Read this.", &vec![expected]));
    assert_eq!(graces.opens(general).await.page.messages, std::slice::from_ref(&heard));
    assert_eq!(graces.history(general, Seq::MAX).await.messages, std::slice::from_ref(&heard));
    assert_eq!(graces.catches_up(general, posted.seq - 1).await[0].payload, serde_json::to_value(&heard).unwrap());
    assert_eq!(grace.fetches(&notes.path()).await.bytes, b"Bernoulli numbers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_needs_text_or_files() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, mut graces) = (ada.connects().await, grace.connects().await);
    let (one, other) = (ada.uploads("one", "1").await, ada.uploads("other", "2").await);
    let before = workspace.stored().await;
    assert_eq!(code(adas.send(post_with(general, " ", [])).await), Code::EmptyText);
    assert_eq!(workspace.stored().await, before);
    adas.send(post_with(general, " ", [other.id, one.id])).await.unwrap();
    let heard = hears!(graces, MessagePosted);
    assert_eq!((heard.text.as_str(), heard.attachments), ("", vec![other, one]), "in the author's order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_files_stay_when_the_text_is_removed() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let post = post_with(general, "Caption", [ada.uploads("one", "1").await.id]);
    adas.send(post.clone()).await.unwrap();
    adas.edits(general, post.id, "").await;
    let message = graces.opens(general).await.page.messages.remove(0);
    assert_eq!((message.text.as_str(), message.attachments.len()), ("", 1));
    let plain = adas.posts(general, "Only text").await;
    let id = graces.opens(general).await.page.messages.iter().find(|message| message.seq == plain.seq).unwrap().id;
    let edit =
        common::messages::EditMessage { id: common::CommandId::new(), room: general, message: id, text: "".into() };
    assert_eq!(code(adas.send(edit).await), Code::EmptyText);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_belongs_to_one_message_of_its_uploader() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let file = ada.uploads("engine", "1").await.id;
    let before = workspace.stored().await;
    let refused = [
        graces.send(post_with(general, "Mine?", [file])).await,
        adas.send(post_with(general, "Twice", [file, file])).await,
        adas.send(post_with(general, "Unknown", [file, FileId::new()])).await,
    ];
    for refused in refused {
        assert_eq!(code(refused), Code::UnknownFile);
    }
    let many = adas.send(post_with(general, "Many", (0..=limits::ATTACHMENTS).map(|_| FileId::new()))).await;
    assert_eq!(code(many), Code::TooManyFiles);
    assert_eq!(workspace.stored().await, before, "nothing by half");

    let post = post_with(general, "Once", [file]);
    let first = adas.send(post.clone()).await.unwrap();
    assert_eq!(adas.send(post.clone()).await.unwrap(), first, "sent again, it is the same");
    let without = PostMessage { attachments: vec![], ..post };
    assert_eq!(code(adas.send(without).await), Code::IdTaken, "without its file it is another");
    assert_eq!(code(adas.send(post_with(general, "Again", [file])).await), Code::UnknownFile);
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_a_message_deletes_its_files_for_everyone_and_on_disk() {
    let (workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let large = ada.uploads("swordfish.png", picture(1000, 500, ImageFormat::Png)).await;
    let notes = ada.uploads("notes.txt", "swordfish").await;
    let post = post_with(general, "", [large.id, notes.id]);
    adas.send(post.clone()).await.unwrap();
    let same = ada.uploads("same.txt", "swordfish").await;
    let other = post_with(general, "The same content", [same.id]);
    adas.send(other.clone()).await.unwrap();
    assert_eq!(workspace.contents().len(), 3, "a picture, its thumbnail, and one text for both");

    adas.deletes(general, post.id).await;
    workspace.has_contents(1).await;
    for path in [large.path(), large.thumbnail_path(), notes.path(), large.download_path()] {
        for person in [&ada, &grace] {
            let answer = person.fetches(&path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(grace.fetches(&same.path()).await.bytes, b"swordfish", "another message has it");
    let seen = [
        format!("{:?}", graces.opens(general).await),
        format!("{:?}", graces.catches_up(general, 0).await),
        workspace.stored().await.join("\n"),
    ];
    for seen in seen {
        assert!(!seen.contains("swordfish") && !seen.contains("notes.txt"), "{seen}");
    }
    adas.deletes(general, other.id).await;
    workspace.has_contents(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_never_renders_as_a_page_of_this_server() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let files = [
        ("page.html", "<!DOCTYPE html><script>alert(document.cookie)</script>"),
        ("drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"></svg>"),
        ("photo.png", "<html><body onload=alert(1)>"),
        ("photo.jpg", "\u{feff}not a picture"),
    ];
    for (name, content) in files {
        let file = ada.uploads(name, content).await;
        assert_eq!((file.kind, file.name.as_str()), (FileKind::Other, name));
        let answer = ada.fetches(&file.path()).await;
        assert_eq!(answer.bytes, content.as_bytes());
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("content-disposition").starts_with("attachment; filename="), "{name}");
        assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(ada.fetches(&file.thumbnail_path()).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_turned_upright_and_loses_its_metadata() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let taken = photo(1600, 1000, "51.3811 N, 0.0985 E");
    assert!(taken.windows(7).any(|bytes| bytes == b"51.3811"));
    let file = ada.uploads("IMG_1815.JPG", taken).await;
    assert_eq!(
        (file.kind, file.media_type.as_str(), file.name.as_str()),
        (FileKind::Image, "image/jpeg", "IMG_1815.JPG")
    );
    assert_eq!((file.width, file.height), (Some(1000), Some(1600)));

    let answer = ada.fetches(&file.path()).await;
    assert_eq!((answer.header("content-type"), answer.bytes.len() as u64), ("image/jpeg", file.size));
    assert!(answer.header("content-disposition").starts_with("inline; "));
    for secret in [&b"51.3811"[..], b"Exif"] {
        assert!(!answer.bytes.windows(secret.len()).any(|bytes| bytes == secret));
    }
    let pixels = image::load_from_memory(&answer.bytes).unwrap().into_rgb8();
    assert_eq!(pixels.dimensions(), (1000, 1600));
    let (top, bottom) = (pixels.get_pixel(500, 100).0, pixels.get_pixel(500, 1500).0);
    assert!(top[0] > 150 && bottom[2] > 150, "what was on the left is at the top: {top:?}, {bottom:?}");

    let small = ada.fetches(&file.thumbnail_path()).await;
    let small = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!(Some((small.width(), small.height())), file.thumbnail_size());
    assert_eq!((small.width(), small.height()), (450, 720));
    let download = ada.fetches(&file.download_path()).await;
    assert!(download.header("content-disposition").starts_with("attachment; filename=\"IMG_1815.JPG\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_content_decides_the_kind_of_a_picture_not_its_name() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let cases = [
        ("a.txt", ImageFormat::Png, "image/png", "a.txt.png"),
        ("b.png", ImageFormat::Jpeg, "image/jpeg", "b.jpg"),
        ("c.webp", ImageFormat::WebP, "image/jpeg", "c.jpg"),
        ("d.gif", ImageFormat::Gif, "image/gif", "d.gif"),
    ];
    for (name, format, media_type, expected) in cases {
        let file = ada.uploads(name, picture(40, 30, format)).await;
        assert_eq!((file.name.as_str(), file.media_type.as_str()), (expected, media_type));
        let bytes = ada.fetches(&file.path()).await.bytes;
        let read = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().unwrap();
        assert_eq!(read.format().unwrap().to_mime_type(), media_type);
        assert_eq!(read.into_dimensions().unwrap(), (40, 30));
        assert_eq!(ada.fetches(&file.thumbnail_path()).await.bytes, bytes, "small enough to be its own thumbnail");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gif_stays_animated_and_loses_its_metadata() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let mut moving = Vec::new();
    let mut encoder = gif::Encoder::new(&mut moving, 8, 4, &[255, 0, 0, 0, 0, 255]).unwrap();
    encoder.set_repeat(gif::Repeat::Infinite).unwrap();
    encoder.write_raw_extension(gif::AnyExtension(0xfe), &[b"made by Ada"]).unwrap();
    for colour in [0, 1, 0] {
        let (width, height, buffer) = (8, 4, vec![colour; 32].into());
        encoder.write_frame(&gif::Frame { width, height, buffer, delay: 7, ..gif::Frame::default() }).unwrap();
    }
    drop(encoder);
    let file = ada.uploads("moving.gif", moving).await;
    assert_eq!((file.width, file.height, file.media_type.as_str()), (Some(8), Some(4), "image/gif"));
    let bytes = ada.fetches(&file.path()).await.bytes;
    assert!(!bytes.windows(11).any(|bytes| bytes == b"made by Ada"));
    let mut decoder = gif::DecodeOptions::new().read_info(&bytes[..]).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        frames.push((frame.buffer[0], frame.delay));
    }
    assert_eq!(frames, [(0, 7), (1, 7), (0, 7)]);
    assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_with_false_headers_are_offered_as_downloads() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let whole = picture(600, 400, ImageFormat::Png);
    let cases = [
        ("bomb.png", bomb(60_000, 60_000)),
        ("wide.png", bomb(u32::MAX / 2, 1)),
        ("claims.png", bomb(6_000, 6_000)),
        ("cut.png", whole[..whole.len() / 2].to_vec()),
        ("head.gif", b"GIF89a\xff\xff\xff\xff\x00\x00\x00;".to_vec()),
        ("head.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff".to_vec()),
        ("head.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
    ];
    let before = peak_memory();
    for (name, content) in cases {
        let file = within(name, ada.uploads(name, content.clone())).await;
        assert_eq!((file.kind, file.width), (FileKind::Other, None), "{name}");
        let answer = ada.fetches(&file.path()).await;
        assert_eq!(answer.bytes, content);
        assert!(answer.header("content-disposition").starts_with("attachment"));
    }
    assert!(peak_memory() - before < 250 * 1024 * 1024, "{} before, {} after", before, peak_memory());
    assert_eq!(workspace.contents().len(), 7, "nothing half made is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_plays_from_any_position() {
    let (_workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let mut content = b"RIFF\x24\x08\0\0WAVEfmt ".to_vec();
    content.extend((0..2000u16).map(|n| n as u8));
    let file = ada.uploads("engine.wav", content.clone()).await;
    assert_eq!((file.kind, file.media_type.as_str()), (FileKind::Audio, "audio/wav"));
    let whole = ada.fetches(&file.path()).await;
    assert_eq!((whole.header("accept-ranges"), &whole.bytes), ("bytes", &content));
    assert!(whole.header("content-disposition").starts_with("inline"));

    let total = content.len();
    for (range, expected) in
        [("bytes=100-199", 100..200), ("bytes=1000-", 1000..total), ("bytes=-16", total - 16..total)]
    {
        let part = ada.fetches_with(&file.path(), &[(header::RANGE, range)]).await;
        assert_eq!(
            (part.status, &part.bytes[..]),
            (StatusCode::PARTIAL_CONTENT, &content[expected.clone()]),
            "{range}"
        );
        let says = format!("bytes {}-{}/{total}", expected.start, expected.end - 1);
        assert_eq!(part.header("content-range"), says);
        assert_eq!(part.header("content-type"), "audio/wav");
    }
    let beyond = ada.fetches_with(&file.path(), &[(header::RANGE, "bytes=5000-")]).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */2016"));
    for several in ["bytes=0-1,5-6", "seconds=0-1"] {
        let all = ada.fetches_with(&file.path(), &[(header::RANGE, several)]).await;
        assert_eq!((all.status, all.bytes.len()), (StatusCode::OK, total), "{several}");
    }

    let tag = whole.header("etag");
    let range = (header::RANGE, "bytes=0-9");
    let part = ada.fetches_with(&file.path(), &[range.clone(), (header::IF_RANGE, tag)]).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    let all = ada.fetches_with(&file.path(), &[range, (header::IF_RANGE, "\"another\"")]).await;
    assert_eq!((all.status, all.bytes.len()), (StatusCode::OK, total));
    let known = ada.fetches_with(&file.path(), &[(header::IF_NONE_MATCH, tag)]).await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_uploads_with_its_token_and_a_page_of_another_site_cannot() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let upload = || workspace.web.post("/files?name=log.txt").body("ok");
    let by_token = Received::of(upload().bearer_auth(&ada.token)).await;
    assert_eq!(by_token.status, StatusCode::CREATED);
    let file: Attachment = by_token.json();
    let read = Received::of(workspace.web.get(&file.path()).bearer_auth(&ada.token)).await;
    assert_eq!((read.status, read.body.as_str()), (StatusCode::OK, "ok"));

    let foreign = Received::of(ada.signed(upload()).header("sec-fetch-site", "cross-site")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for stranger in [upload(), upload().bearer_auth("wrong")] {
        let answer = Received::of(stranger).await;
        assert_eq!((answer.status, answer.refusal().code), (StatusCode::UNAUTHORIZED, Code::NotSignedIn));
    }
    assert_eq!(workspace.contents().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_over_the_limit_is_refused_at_its_header_or_when_it_exceeds_it() {
    let workspace = Workspace::started_with(&["--file-limit", "100kB", "--storage-limit", "150kB"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    assert_eq!(ada.snapshot().await.workspace.file_limit, 100_000);
    let answer = ada.tries_to_upload("large", vec![0; 100_001]).await;
    assert_eq!((answer.status, answer.refusal().code), (StatusCode::PAYLOAD_TOO_LARGE, Code::FileTooLarge));
    assert_eq!(answer.refusal().message, "This file is larger than 100 kB, the most that this server takes.");
    let announced = upload_head(&ada, "content-length: 9000000000000");
    assert!(says(&workspace, announced.into_bytes()).await.contains("file_too_large"), "before anything has come");
    let mut unannounced = upload_head(&ada, "transfer-encoding: chunked").into_bytes();
    for _ in 0..20 {
        unannounced.extend(format!("{:x}\r\n{}\r\n", 10_000, "x".repeat(10_000)).bytes());
    }
    assert!(says(&workspace, unannounced).await.contains("file_too_large"), "as soon as it shows");
    workspace.has_contents(0).await;

    ada.uploads("fits", vec![1; 100_000]).await;
    let full = ada.tries_to_upload("no more", vec![2; 60_000]).await;
    assert_eq!((full.status, full.refusal().code), (StatusCode::INSUFFICIENT_STORAGE, Code::FilesFull));
    ada.uploads("a little", vec![3; 40_000]).await;
    assert_eq!(workspace.contents().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn used_space_is_known_after_a_restart_and_freed_by_a_deletion() {
    let mut workspace = Workspace::started_with(&["--storage-limit", "100kB"]).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let file = ada.uploads("large", vec![1; 90_000]).await;
    workspace.stops().await;
    workspace.starts_again().await;
    assert_eq!(ada.tries_to_upload("more", vec![2; 20_000]).await.refusal().code, Code::FilesFull);
    let device = ada.connects().await;
    let post = post_with(ada.landed_in(), "", [file.id]);
    device.send(post.clone()).await.unwrap();
    device.deletes(ada.landed_in(), post.id).await;
    workspace.has_contents(0).await;
    ada.uploads("more", vec![2; 20_000]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_upload_leaves_nothing_behind() {
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let before = workspace.stored().await;
    let mut line = TcpStream::connect(workspace.address()).await.unwrap();
    line.write_all(upload_head(&ada, "content-length: 5000000").as_bytes()).await.unwrap();
    line.write_all(&vec![7; 400_000]).await.unwrap();
    workspace.has_contents(1).await;
    drop(line);
    workspace.has_contents(0).await;
    assert_eq!(workspace.stored().await, before);
    ada.uploads("whole", "The server goes on.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_does_not_fit_the_disk_is_refused_and_leaves_nothing_behind() {
    let Some(disk) = SmallDisk::mount("24m") else { return };
    let workspace = Workspace::started_on(&disk).await;
    let ada = workspace.owner("Ada Lovelace").await;
    let before = workspace.stored().await;
    // Free space for less than the beginning; for the beginning only; for all but the thumbnail.
    let picture = picture(1600, 1200, ImageFormat::Jpeg);
    for (free, content) in [(0, vec![1; 300_000]), (100_000, vec![2; 300_000]), (picture.len() + 8_192, picture)] {
        disk.fill_but(free);
        let refused = ada.tries_to_upload("large", content).await;
        assert_eq!((refused.status, refused.refusal().code), (StatusCode::INSUFFICIENT_STORAGE, Code::StorageFull));
        workspace.has_contents(0).await;
        disk.free();
    }
    assert_eq!(workspace.stored().await, before);
    let file = ada.uploads("large", vec![1; 300_000]).await;
    assert_eq!(ada.fetches(&file.path()).await.bytes.len(), 300_000);
    workspace.has_contents(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_upload_does_not_grow_the_memory() {
    const SIZE: usize = 96 * 1024 * 1024;
    let (workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    ada.uploads("warm up", vec![1; 100_000]).await;
    let before = peak_memory();
    let mut line = TcpStream::connect(workspace.address()).await.unwrap();
    line.write_all(upload_head(&ada, &format!("content-length: {SIZE}")).as_bytes()).await.unwrap();
    let piece = vec![42; 64 * 1024];
    for _ in 0..SIZE / piece.len() {
        line.write_all(&piece).await.unwrap();
    }
    let mut answer = [0; 12];
    within("an answer", line.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 201");
    let grown = peak_memory() - before;
    assert!(grown < SIZE as u64 / 4, "grown by {grown} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn unposted_uploads_are_deleted_after_a_day_and_leftovers_of_a_crash_at_the_next_start() {
    let (mut workspace, ada, ..) = Workspace::with_ada_and_grace().await;
    let kept = ada.uploads("kept", "kept").await;
    let old = ada.uploads("old", "old").await;
    let device = ada.connects().await;
    device.send(post_with(ada.landed_in(), "", [kept.id])).await.unwrap();
    let half = workspace.files_folder().join("unfinished/half");
    let stray = workspace.files_folder().join("ab").join("ab".repeat(32));
    workspace.stops().await;
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    for path in [&half, &stray] {
        std::fs::write(path, "stray").unwrap();
    }
    let a_day_later = "UPDATE files SET expires_at = expires_at - 86400001";
    sqlx::query(a_day_later).execute(&mut workspace.database(false).await).await.unwrap();
    assert_eq!(workspace.contents().len(), 4);
    workspace.starts_again().await;
    workspace.has_contents(1).await;
    assert_eq!(ada.fetches(&old.path()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.fetches(&kept.path()).await.bytes, b"kept");
    assert_eq!(code(ada.connects().await.send(post_with(ada.landed_in(), "", [old.id])).await), Code::UnknownFile);
}

#[tokio::test(flavor = "multi_thread")]
async fn catch_up_returns_an_old_message_with_its_current_files() {
    let (_workspace, ada, grace, general) = Workspace::with_ada_and_grace().await;
    let (adas, graces) = (ada.connects().await, grace.connects().await);
    let post = post_with(general, "Look!", [ada.uploads("one", "1").await.id]);
    let seq = adas.send(post.clone()).await.unwrap().seq;
    adas.deletes(general, post.id).await;
    let MissedEvents::Events { events, .. } = graces.send(CatchUp { room: general, after: seq - 1 }).await.unwrap()
    else {
        panic!("there are not that many")
    };
    assert_eq!(
        events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(),
        ["message:posted", "message:deleted"]
    );
    assert!(events[0].payload.get("attachments").is_none(), "{:?}", events[0]);
}

/// The head of an upload request, as text, for clients that break off.
fn upload_head(person: &Person, length: &str) -> String {
    let token = &person.token;
    format!("POST /files?name=x HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n{length}\r\n\r\n")
}

/// The server's answer to a request that does not end.
async fn says(workspace: &Workspace, request: Vec<u8>) -> String {
    let (mut reader, mut writer) = TcpStream::connect(workspace.address()).await.unwrap().into_split();
    let writing = tokio::spawn(async move {
        // The server may cut the connection: the answer counts.
        writer.write_all(&request).await.ok();
        writer
    });
    let mut said = String::new();
    let heard = async {
        let mut bytes = [0; 1024];
        while !said.contains('}') {
            let count = reader.read(&mut bytes).await.unwrap();
            assert_ne!(count, 0, "{said}");
            said.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    };
    within("an answer", heard).await;
    drop(writing);
    said
}

/// The peak memory of this process, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}
