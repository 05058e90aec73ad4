//! A proxy between a device and the server that can be cut, delayed, made lossy and stalled.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What a lost packet is to those who use TCP: everything behind it waits until it is sent again, on
/// Linux after 200 milliseconds, and each time after twice as many (RFC 6298 section 5).
const RETRANSMITTED_AFTER: u64 = 200;

/// One device's line to the server.
#[derive(Clone)]
pub struct Line {
    pub address: SocketAddr,
    /// Counts the cuts: a connection that sees it change is cut.
    cuts: watch::Sender<u64>,
    /// Added to everything that passes, in milliseconds.
    delay: Arc<AtomicU64>,
    /// How many of a hundred pieces are held up as if the network had lost them.
    losses: Arc<AtomicU64>,
    /// Whether the way from the server to the device is stopped up.
    stalled: watch::Sender<bool>,
}

impl Line {
    pub async fn to(port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let line = Self {
            address: listener.local_addr()?,
            cuts: watch::Sender::new(0),
            delay: Arc::default(),
            losses: Arc::default(),
            stalled: watch::Sender::new(false),
        };
        let serving = line.clone();
        tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                tokio::spawn(serving.clone().carry(device, port));
            }
        });
        Ok(line)
    }

    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    pub fn delay(&self, by: Duration) {
        self.delay.store(by.as_millis().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub fn lose(&self, of_a_hundred: u64) {
        self.losses.store(of_a_hundred, Ordering::Relaxed);
    }

    pub fn stall(&self, stalled: bool) {
        self.stalled.send_replace(stalled);
    }

    /// Everything works again.
    pub fn mend(&self) {
        self.delay(Duration::ZERO);
        self.lose(0);
        self.stall(false);
    }

    async fn carry(self, mut device: TcpStream, port: u16) {
        let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
        let mut cuts = self.cuts.subscribe();
        cuts.borrow_and_update();
        let (mut from_device, mut to_device) = device.split();
        let (mut from_server, mut to_server) = server.split();
        let up = self.pass(&mut from_device, &mut to_server, false);
        let down = self.pass(&mut from_server, &mut to_device, true);
        // An end of any kind ends both ways, as with a broken line.
        tokio::select! {
            _ = up => {}
            _ = down => {}
            _ = cuts.changed() => {}
        }
    }

    async fn pass(
        &self,
        from: &mut (impl AsyncReadExt + Unpin),
        to: &mut (impl AsyncWriteExt + Unpin),
        can_stall: bool,
    ) -> std::io::Result<()> {
        let mut stalled = self.stalled.subscribe();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            if can_stall && stalled.wait_for(|stalled| !stalled).await.is_err() {
                return Ok(());
            }
            let read = from.read(&mut buffer).await?;
            if read == 0 {
                return Ok(());
            }
            let delay = self.delay.load(Ordering::Relaxed);
            if delay > 0 {
                tokio::time::sleep(Duration::from_millis(delay)).await;
            }
            if fastrand::u64(..100) < self.losses.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(RETRANSMITTED_AFTER << fastrand::u64(..3))).await;
            }
            to.write_all(&buffer[..read]).await?;
        }
    }
}
