//! The outbox in IndexedDB: messages on their way survive a reload, a closed tab, a crash.
//!
//! Each person has a database of their own in this browser, and each tab sends what was written in
//! it. A tab holds a Web Lock by its name for as long as it lives; what is left of a tab that has
//! gone is taken over by another one. Sent twice, a message is still stored once: its id stays.

use crate::state::Pending;
use common::{Code, MessageId, PersonId, Refusal, RoomId, json, messages::PostMessage};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// The name of the object store: messages by their ids.
const MESSAGES: &str = "messages";
/// The form in which messages are kept; what was kept in another one is not sent unseen.
const FORM: u64 = 1;
/// The form of replies: a version that knows of no threads would send them to the whole room.
const FORM_OF_REPLIES: u64 = 2;

#[derive(Clone)]
pub struct Outbox {
    database: SendWrapper<Rc<Database>>,
    tab: String,
    has_adopted: Arc<AtomicBool>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    form: u64,
    tab: String,
    pending: Pending,
}

impl Outbox {
    /// The outbox of a person in this browser. A damaged outbox is replaced; `None` when
    /// the browser keeps nothing at all.
    pub async fn open(me: PersonId) -> Option<Self> {
        let name = format!("hubbub-{me}");
        let database = match opened(&name).await {
            Ok(database) => database,
            Err(error) => {
                complain("the outbox is damaged and is replaced", error);
                Factory::new().ok()?.delete(&name).ok()?.await.ok()?;
                opened(&name).await.ok()?
            }
        };
        let tab = format!("hubbub-tab-{}", uuid::Uuid::new_v4());
        hold(&tab);
        Some(Self { database: SendWrapper::new(Rc::new(database)), tab, has_adopted: Arc::default() })
    }

    /// Keeps a message, or what has become of it.
    pub fn keep(&self, pending: &Pending) {
        let form = if pending.message.parent.is_some() { FORM_OF_REPLIES } else { FORM };
        let kept = Kept { form, tab: self.tab.clone(), pending: pending.clone() };
        let key = key(pending.message.id);
        // By way of a value, like everything that is read and written here: see `browser::read`.
        let Ok(value) = serde_json::to_value(kept) else { return };
        let value = value.to_string();
        let database = self.database.clone();
        spawn_local(async move {
            if let Err(error) = put(&database, &key, &value).await {
                complain("a message is not kept", error);
            }
        });
    }

    /// Lets go of a message that the server has, or that was given up.
    pub fn forget(&self, id: MessageId) {
        self.delete(key(id));
    }

    fn delete(&self, key: JsValue) {
        let database = self.database.clone();
        spawn_local(async move {
            if let Err(error) = delete(&database, &key).await {
                complain("a message is still kept", error);
            }
        });
    }

    /// Takes over what tabs have left that are gone. Where a browser does not tell which tabs live,
    /// once only.
    pub async fn adopt(&self) -> Vec<Pending> {
        if self.has_adopted.swap(true, Ordering::Relaxed) && locks().is_none() {
            return Vec::new();
        }
        let tabs = living_tabs().await;
        let kept = match all(&self.database).await {
            Ok(kept) => kept,
            Err(error) => {
                complain("what is kept cannot be read", error);
                return Vec::new();
            }
        };
        let mut adopted = Vec::new();
        for (old_key, text) in kept {
            let Some((tab, pending)) = read(&text) else { continue };
            if tab == self.tab || tabs.contains(&tab) {
                continue;
            }
            self.keep(&pending);
            if old_key != key(pending.message.id) {
                self.delete(old_key);
            }
            adopted.push(pending);
        }
        adopted
    }
}

/// What was kept, and by which tab. What another version has kept is shown, with its text, as not
/// sent: its author decides.
fn read(text: &str) -> Option<(String, Pending)> {
    let value: Value = serde_json::from_str(text).ok()?;
    if (value["form"] == FORM || value["form"] == FORM_OF_REPLIES)
        && let Ok(kept) = json::read::<Kept>(value.clone())
    {
        return Some((kept.tab, kept.pending));
    }
    let pending = value.get("pending").unwrap_or(&value);
    let message = pending.get("message").unwrap_or(pending);
    let field = |name: &str| message[name].as_str();
    let room: RoomId = field("room")?.parse().ok()?;
    let text = field("text")?.to_owned();
    let id = field("id").and_then(|id| id.parse().ok()).unwrap_or_default();
    let parent = field("parent").and_then(|id| id.parse().ok());
    let words = "Another version of Hubbub saved this message. Check it and send it again.";
    let refusal = Refusal::saying(Code::Malformed, words.into());
    let at = pending["at"].as_i64().unwrap_or_default();
    let message = PostMessage { parent, ..PostMessage::new(room, text) };
    let pending =
        Pending { message: PostMessage { id, ..message }, attachments: Vec::new(), at, refusal: Some(refusal) };
    Some((String::new(), pending))
}

/// Tells the console, with what the browser says of it. idb's own words for all of its errors would
/// be a hundredth of the client.
fn complain(what: &str, error: Error) {
    let cause = match error {
        Error::IndexedDbOpenFailed(cause)
        | Error::TransactionOpenFailed(cause)
        | Error::TransactionAbortError(cause)
        | Error::ObjectStoreNotFound(cause)
        | Error::UpdateFailed(cause)
        | Error::DeleteFailed(cause)
        | Error::GetAllFailed(cause) => cause,
        _ => JsValue::UNDEFINED,
    };
    web_sys::console::warn_2(&what.into(), &cause);
}

fn key(id: MessageId) -> JsValue {
    JsValue::from_str(&id.to_string())
}

async fn opened(name: &str) -> Result<Database, Error> {
    let mut request = Factory::new()?.open(name, Some(1))?;
    request.on_upgrade_needed(|event| {
        let made =
            event.database().and_then(|database| database.create_object_store(MESSAGES, ObjectStoreParams::new()));
        if let Err(error) = made {
            complain("the outbox could not be made", error);
        }
    });
    let database = request.await?;
    // A database without the store is none of ours. It has to be closed before it can be deleted.
    match database.transaction(&[MESSAGES], TransactionMode::ReadOnly) {
        Ok(_) => Ok(database),
        Err(error) => {
            database.close();
            Err(error)
        }
    }
}

async fn put(database: &Database, key: &JsValue, value: &str) -> Result<(), Error> {
    let transaction = database.transaction(&[MESSAGES], TransactionMode::ReadWrite)?;
    transaction.object_store(MESSAGES)?.put(&JsValue::from_str(value), Some(key))?.await?;
    transaction.await?;
    Ok(())
}

async fn delete(database: &Database, key: &JsValue) -> Result<(), Error> {
    let transaction = database.transaction(&[MESSAGES], TransactionMode::ReadWrite)?;
    transaction.object_store(MESSAGES)?.delete(key.clone())?.await?;
    transaction.await?;
    Ok(())
}

/// Keys and values.
async fn all(database: &Database) -> Result<Vec<(JsValue, String)>, Error> {
    let transaction = database.transaction(&[MESSAGES], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(MESSAGES)?;
    let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
    let (keys, values) = (keys.await?, values.await?);
    Ok(keys.into_iter().zip(values).filter_map(|(key, value)| Some((key, value.as_string()?))).collect())
}

/// Web Locks (w3.org/TR/web-locks), which web-sys does not have yet; `None` where the page is not secure.
fn locks() -> Option<JsValue> {
    Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)
}

fn call(target: &JsValue, method: &str, args: &Array) -> Option<Promise> {
    let method: Function = Reflect::get(target, &method.into()).ok()?.dyn_into().ok()?;
    Reflect::apply(&method, target, args).ok()?.dyn_into().ok()
}

/// Holds a lock for as long as the page lives.
fn hold(name: &str) {
    let Some(locks) = locks() else { return };
    let held = Closure::<dyn FnMut() -> Promise>::new(|| Promise::new(&mut |_, _| {})).into_js_value();
    call(&locks, "request", &Array::of2(&name.into(), &held));
}

/// The names of the locks that are held: those of the tabs that live.
async fn living_tabs() -> Vec<String> {
    let names = async {
        let state = JsFuture::from(call(&locks()?, "query", &Array::new())?).await.ok()?;
        let held: Array = Reflect::get(&state, &"held".into()).ok()?.dyn_into().ok()?;
        let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
        Some(held.iter().filter_map(name).collect())
    };
    names.await.unwrap_or_default()
}
