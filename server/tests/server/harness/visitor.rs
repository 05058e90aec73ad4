//! A guest of the lobby, without an account.

use super::{Workspace, within};
use common::{
    Answer, Command, Refusal,
    lobby::{Attribution, Audience, CHAT_MESSAGE, EnterRoom, LeaveRoom, Namespace, Say, WELCOME, Welcome},
};
use futures::StreamExt;
use serde_json::{Value, json};
use socket::{DisconnectReason, Event, Incoming, Incomings, Options, Socket};

pub struct Visitor {
    pub socket: Socket,
    incomings: Incomings,
    /// Their public nickname.
    pub name: String,
    pub id: String,
}

impl Visitor {
    /// Enters, and returns with the guest's name.
    pub async fn comes(workspace: &Workspace, namespace: Namespace) -> Self {
        let (socket, mut incomings) = socket::native::connect(door(workspace, namespace));
        let id = match within("an answer at the door", incomings.next()).await {
            Some(Incoming::Connected { socket_id, .. }) => socket_id,
            other => panic!("not connected: {other:?}"),
        };
        let mut visitor = Self { socket, incomings, name: String::new(), id };
        let welcome: Welcome = match visitor.next_event().await {
            Event { name, mut args, .. } if name == WELCOME => serde_json::from_value(args.remove(0)).unwrap(),
            other => panic!("a welcome was expected: {other:?}"),
        };
        assert_eq!(welcome.namespace, namespace);
        visitor.name = welcome.you.name;
        visitor
    }

    /// Sends any event with any arguments.
    pub async fn asks<T: serde::de::DeserializeOwned>(&self, name: &str, args: Vec<Value>) -> Result<T, Refusal> {
        let mut reply = within("an answer", self.socket.request(name, args)).await.expect("an answer");
        serde_json::from_value::<Answer<T>>(reply.args.remove(0)).unwrap().into()
    }

    pub async fn sends<C: Command>(&self, command: C) -> Result<C::Reply, Refusal> {
        self.asks(C::NAME, vec![serde_json::to_value(command).unwrap()]).await
    }

    /// Says something; returns the number of connections that receive it.
    pub async fn says(&self, text: &str, to: Audience) -> u32 {
        self.sends(Say { text: text.into(), to }).await.unwrap().told
    }

    /// Returns the number of guests in the room.
    pub async fn enters(&self, room: &str) -> u32 {
        self.sends(EnterRoom { room: room.into() }).await.unwrap().members
    }

    pub async fn leaves(&self, room: &str) -> u32 {
        self.sends(LeaveRoom { room: room.into() }).await.unwrap().members
    }

    /// The next message that they receive.
    pub async fn hears(&mut self) -> (String, Attribution) {
        let Event { name, args, .. } = self.next_event().await;
        assert_eq!(name, CHAT_MESSAGE);
        let [text, said] = <[Value; 2]>::try_from(args).unwrap();
        (serde_json::from_value(text).unwrap(), serde_json::from_value(said).unwrap())
    }

    /// Says something to everyone including itself, and expects to receive that next: no other message came before it.
    pub async fn has_heard_nothing(&mut self) {
        self.socket.emit(CHAT_MESSAGE, vec![json!("Is anything to be heard?")]).unwrap();
        let (text, said) = self.hears().await;
        assert_eq!((text.as_str(), &said.from.name), ("Is anything to be heard?", &self.name));
    }

    pub async fn next_event(&mut self) -> Event {
        match within("an event", self.incomings.next()).await {
            Some(Incoming::Event(event)) => event,
            other => panic!("an event was expected: {other:?}"),
        }
    }

    /// The reason why the connection ended.
    pub async fn is_disconnected(&mut self) -> DisconnectReason {
        loop {
            match within("the end of the connection", self.incomings.next()).await {
                Some(Incoming::Disconnected { reason }) => return reason,
                Some(_) => {}
                None => panic!("the stream has ended"),
            }
        }
    }
}

/// The configuration of a connection without an account.
pub fn door(workspace: &Workspace, namespace: Namespace) -> Options {
    Options::new(format!("ws://{}", workspace.address()), namespace.path())
}
