//! `hubbub demo`: fills an empty data folder with sample people, rooms and conversations.

use crate::{
    boot::demo::script::{PEOPLE, ROOMS, Room, Where},
    http::accounts::passwords::Passwords,
};
use anyhow::bail;
use common::{
    Code, Millis, PersonId, RoomId,
    accounts::{SetUpForm, SignUpForm},
    messages::PostMessage,
    rooms::CreateRoom,
};
use std::{collections::HashMap, path::Path};
use store::{
    accounts, clock,
    db::{Db, Durability},
    error::Error,
    messages,
    rooms::{self, joining},
};

mod script;

/// All people of the demonstration have this password.
const PASSWORD: &str = "hubbub demo";

const MINUTE: Millis = 60_000;

type People = HashMap<&'static str, PersonId>;

/// Fills the folder.
///
/// # Errors
/// When the folder already has a workspace, or the server cannot write to it.
pub async fn fill(folder: &Path) -> anyhow::Result<()> {
    // No client is connected, so nothing receives the events.
    let (db, mut committed) = Db::open(folder, Durability::Normal).await?;
    // The task ends when the database closes.
    drop(tokio::spawn(async move { while committed.recv().await.is_some() {} }));
    let filled = filled(&db).await;
    db.close().await;
    match filled {
        Ok(()) => {
            println!("{} has a demonstration now: sign in as ada, password \"{PASSWORD}\".", folder.display());
            Ok(())
        }
        Err(Error::Refused(refusal)) if refusal.code == Code::AlreadySetUp => {
            bail!("{} already contains a workspace; choose an empty folder with --data", folder.display())
        }
        Err(Error::Refused(refusal)) => bail!("{refusal}"),
        Err(Error::Broken(error)) => Err(error),
    }
}

async fn filled(db: &Db) -> Result<(), Error> {
    let hash = Passwords::new().hash(PASSWORD.into()).await?;
    let (people, first) = sign_everyone_up(db, hash).await?;
    for room in ROOMS {
        let id = open(db, room, &people, first).await?;
        talk(db, room, id, &people).await?;
    }
    Ok(())
}

async fn sign_everyone_up(db: &Db, hash: String) -> Result<(People, RoomId), Error> {
    let [(owner_handle, owner_name), others @ ..] = PEOPLE else { return Err(Code::NobodyChosen.into()) };
    let owner = SetUpForm {
        workspace: "Analytical Society".into(),
        name: (*owner_name).into(),
        handle: (*owner_handle).into(),
        password: String::new(),
    };
    let (owner, first) = accounts::set_up(db, &owner, hash.clone()).await?;
    let mut people = People::from([(*owner_handle, owner.id)]);
    for (handle, name) in others {
        let form = SignUpForm {
            name: (*name).into(),
            handle: (*handle).into(),
            password: String::new(),
            ..SignUpForm::default()
        };
        let (person, _) = accounts::sign_up(db, &form, hash.clone()).await?;
        people.insert(handle, person.id);
    }
    Ok((people, first))
}

async fn open(db: &Db, room: &Room, people: &People, first: RoomId) -> Result<RoomId, Error> {
    let everyone: Vec<PersonId> = room.people.iter().filter_map(|handle| people.get(handle).copied()).collect();
    let Some((&maker, others)) = everyone.split_first() else { return Ok(first) };
    match room.place {
        Where::First => Ok(first),
        Where::Direct => Ok(rooms::verbs::start_direct(db, maker, others).await?),
        Where::Named { kind, name, topic } => {
            let command = CreateRoom { kind, name: name.into(), topic: topic.into() };
            let id = rooms::verbs::create(db, maker, &command).await?;
            joining::invite(db, maker, id, others).await?;
            Ok(id)
        }
    }
}

/// Each line says how many minutes before the end its author posts it. The last line is a few minutes old.
/// Replies follow.
async fn talk(db: &Db, room: &Room, id: RoomId, people: &People) -> Result<(), Error> {
    let end = clock::now() - room.ended_minutes_ago * MINUTE;
    let mut said = Vec::new();
    for (minutes_before, handle, text) in room.lines {
        let Some(&author) = people.get(handle) else { continue };
        let command = PostMessage::new(id, *text);
        messages::verbs::post_at(db, author, &command, end - minutes_before * MINUTE).await?;
        said.push(command.id);
    }
    for (line, minutes_before, handle, text) in room.replies {
        let (Some(&author), Some(&parent)) = (people.get(handle), said.get(*line)) else { continue };
        let command = PostMessage { parent: Some(parent), ..PostMessage::new(id, *text) };
        messages::verbs::post_at(db, author, &command, end - minutes_before * MINUTE).await?;
    }
    Ok(())
}
