//! A client that polls (Engine.IO protocol, "HTTP long-polling"): it reads only when a test tells it to.

use super::{Received, Web, within};

pub struct Polling<'a> {
    web: &'a Web,
    path: String,
}

impl<'a> Polling<'a> {
    /// An open Engine.IO session, in no namespace.
    pub async fn open(web: &'a Web) -> Self {
        let opened = web.visits("/socket.io/?EIO=4&transport=polling").await.body;
        let session: serde_json::Value = serde_json::from_str(&opened[1..]).unwrap();
        let path = format!("/socket.io/?EIO=4&transport=polling&sid={}", session["sid"].as_str().unwrap());
        Self { web, path }
    }

    /// The WebSocket that the session is upgraded to.
    pub fn websocket_path(&self) -> String {
        self.path.replace("polling", "websocket")
    }

    pub async fn sends<'b>(&self, packets: impl IntoIterator<Item = &'b str>) {
        let body = packets.into_iter().collect::<Vec<_>>().join("\u{1e}");
        assert_eq!(Received::of(self.web.post(&self.path).body(body)).await.status, 200);
    }

    /// Reads until a packet with this prefix arrives.
    pub async fn reads_until(&self, wanted: &str) -> String {
        let reading = async {
            loop {
                let answer = self.web.visits(&self.path).await;
                assert_eq!(answer.status, 200, "{}", answer.body);
                if let Some(packet) = answer.body.split('\u{1e}').find(|packet| packet.starts_with(wanted)) {
                    return packet.to_owned();
                }
            }
        };
        within("a packet", reading).await
    }
}
