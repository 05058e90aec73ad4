//! Counts the traffic of a connection as it passes: WebSocket frames by their headers (RFC 6455 section 5.2),
//! long polling by the separators in its payloads. It copies nothing and decodes only the first character of
//! each packet.

use common::console::Traffic as Counted;
use std::{
    ops::Add,
    sync::{
        LazyLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Instant,
};

/// Direction, from the server's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    In,
    Out,
}

/// Traffic of a connection so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub received: Counted,
    pub sent: Counted,
    /// The last heartbeat's round trip, in microseconds.
    pub round_trip: Option<u32>,
}

impl Add for Totals {
    type Output = Self;

    /// Traffic of one connection, and then of its successor.
    fn add(self, later: Self) -> Self {
        let sum = |one: Counted, other: Counted| Counted {
            bytes: one.bytes + other.bytes,
            packets: one.packets + other.packets,
        };
        Self {
            received: sum(self.received, later.received),
            sent: sum(self.sent, later.sent),
            round_trip: later.round_trip.or(self.round_trip),
        }
    }
}

/// Counters of one connection.
#[derive(Default)]
pub(super) struct Traffic {
    received: Counts,
    sent: Counts,
    /// The time of the unanswered heartbeat, in microseconds since the process began; 0 for none.
    asked_at: AtomicU64,
    /// The last heartbeat's round trip, in microseconds; 0 for none.
    round_trip: AtomicU32,
}

/// Traffic in one direction.
#[derive(Default)]
struct Counts {
    bytes: AtomicU64,
    /// Frames with a Socket.IO packet.
    packets: AtomicU64,
}

impl Counts {
    fn counted(&self) -> Counted {
        Counted { bytes: self.bytes.load(Ordering::Relaxed), packets: self.packets.load(Ordering::Relaxed) }
    }
}

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Traffic {
    pub fn totals(&self) -> Totals {
        let round_trip = Some(self.round_trip.load(Ordering::Relaxed)).filter(|micros| *micros > 0);
        Totals { received: self.received.counted(), sent: self.sent.counted(), round_trip }
    }

    pub fn count(&self, way: Way, packets: &mut impl Packets, bytes: &[u8]) {
        let counts = match way {
            Way::In => &self.received,
            Way::Out => &self.sent,
        };
        count(&counts.bytes, bytes.len());
        packets.feed(bytes, |kind| match (kind, way) {
            (Kind::Message, _) => count(&counts.packets, 1),
            (Kind::Ping, Way::Out) => self.asked_at.store(now(), Ordering::Relaxed),
            (Kind::Pong, Way::In) => self.answered(),
            _ => {}
        });
    }

    fn answered(&self) {
        let asked_at = self.asked_at.swap(0, Ordering::Relaxed);
        if asked_at > 0 {
            let micros = u32::try_from(now().saturating_sub(asked_at)).unwrap_or(u32::MAX);
            self.round_trip.store(micros.max(1), Ordering::Relaxed);
        }
    }
}

fn count(counter: &AtomicU64, more: usize) {
    counter.fetch_add(more as u64, Ordering::Relaxed);
}

fn now() -> u64 {
    u64::try_from(BEGUN.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
}

/// The type of an Engine.IO packet (section "Packet encoding" of its protocol), as far as the counters need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ping,
    Pong,
    Message,
    Other,
}

impl Kind {
    /// The type of a packet with this first character.
    fn of(first: u8) -> Self {
        match first {
            b'2' => Self::Ping,
            b'3' => Self::Pong,
            b'4' => Self::Message,
            _ => Self::Other,
        }
    }
}

/// Finds packets in the bytes of one direction, which arrive in pieces.
pub(super) trait Packets {
    fn feed(&mut self, bytes: &[u8], seen: impl FnMut(Kind));
}

/// Finds packets in a payload of long polling, where U+001E separates them.
#[derive(Default)]
pub struct Payload {
    is_in_packet: bool,
}

impl Packets for Payload {
    fn feed(&mut self, bytes: &[u8], mut seen: impl FnMut(Kind)) {
        for byte in bytes {
            if !self.is_in_packet {
                seen(Kind::of(*byte));
            }
            self.is_in_packet = *byte != 0x1e;
        }
    }
}

/// Finds packets of a WebSocket: each is a frame.
#[derive(Default)]
pub(super) struct Frames {
    /// The received part of the next frame's header, and its first byte.
    head: [u8; 15],
    have: u8,
    /// Bytes until the next frame begins.
    rest: u64,
    is_on: bool,
}

impl Frames {
    /// From here on the bytes are frames.
    pub fn begin(&mut self) {
        self.is_on = true;
    }

    pub fn are_on(&self) -> bool {
        self.is_on
    }

    /// The frame with this header, once the header is complete, and the rest of the frame's length.
    fn complete(&self) -> Option<(Kind, u64)> {
        let head = &self.head[..usize::from(self.have)];
        let (&[first, second], extended) = head.split_first_chunk::<2>()?;
        let (length, after) = match second & 0x7f {
            126 => {
                let (length, after) = extended.split_first_chunk::<2>()?;
                (u64::from(u16::from_be_bytes(*length)), after)
            }
            127 => {
                let (length, after) = extended.split_first_chunk::<8>()?;
                (u64::from_be_bytes(*length), after)
            }
            short => (u64::from(short), extended),
        };
        let (mask, payload) = if second & 0x80 == 0 { (0, after) } else { (*after.first()?, after.get(4..)?) };
        if length == 0 {
            return Some((Kind::Other, 0));
        }
        let kind = if first & 0x0f == 1 { Kind::of(payload.first()? ^ mask) } else { Kind::Other };
        Some((kind, length - 1))
    }
}

impl Packets for Frames {
    fn feed(&mut self, mut bytes: &[u8], mut seen: impl FnMut(Kind)) {
        if !self.is_on {
            return;
        }
        while !bytes.is_empty() {
            if self.rest > 0 {
                let skipped = usize::try_from(self.rest).unwrap_or(usize::MAX).min(bytes.len());
                self.rest -= skipped as u64;
                bytes = &bytes[skipped..];
                continue;
            }
            self.head[usize::from(self.have)] = bytes[0];
            self.have += 1;
            bytes = &bytes[1..];
            if let Some((kind, rest)) = self.complete() {
                self.rest = rest;
                self.have = 0;
                seen(kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(pieces: &[&[u8]]) -> Vec<Kind> {
        let (mut frames, mut seen) = (Frames::default(), Vec::new());
        frames.begin();
        for piece in pieces {
            frames.feed(piece, |kind| seen.push(kind));
        }
        seen
    }

    fn frame(payload: &[u8], mask: Option<[u8; 4]>) -> Vec<u8> {
        let masked = if mask.is_some() { 0x80 } else { 0 };
        let mut frame = vec![0x81];
        match payload.len() {
            length @ 0..=125 => frame.push(masked | length as u8),
            length @ 126..=65_535 => {
                frame.push(masked | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(masked | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(mask.unwrap_or_default().iter().take(if mask.is_some() { 4 } else { 0 }));
        let mask = mask.unwrap_or_default();
        frame.extend(payload.iter().enumerate().map(|(place, byte)| byte ^ mask[place % 4]));
        frame
    }

    #[test]
    fn frames_are_counted_wherever_they_are_split() {
        for mask in [None, Some([7, 13, 99, 255])] {
            let mut all = Vec::new();
            for payload in [&b"2"[..], b"42[\"x\"]", b"", b"3", &[b'4'; 200], &[b'4'; 70_000]] {
                all.extend(frame(payload, mask));
            }
            let expected = [Kind::Ping, Kind::Message, Kind::Other, Kind::Pong, Kind::Message, Kind::Message];
            assert_eq!(seen(&[&all]), expected);
            for cut in [1, 2, 3, 5, 9, 20, 230, 300, 60_000] {
                assert_eq!(seen(&all.chunks(cut).collect::<Vec<_>>()), expected, "pieces of {cut}");
            }
        }
    }

    #[test]
    fn packets_of_long_polling_are_counted_wherever_they_are_split() {
        let all = b"2\x1e42[\"x\"]\x1e3\x1eb4AAA\x1e40";
        for cut in 1..all.len() {
            let (mut payload, mut seen) = (Payload::default(), Vec::new());
            all.chunks(cut).for_each(|piece| payload.feed(piece, |kind| seen.push(kind)));
            let expected = [Kind::Ping, Kind::Message, Kind::Pong, Kind::Other, Kind::Message];
            assert_eq!(seen, expected, "pieces of {cut}");
        }
    }

    #[test]
    fn a_heartbeat_measures_the_round_trip() {
        let traffic = Traffic::default();
        let (mut out, mut back) = (Frames::default(), Frames::default());
        out.begin();
        back.begin();
        assert_eq!(traffic.totals(), Totals::default());
        traffic.count(Way::Out, &mut out, &frame(b"2", None));
        traffic.count(Way::In, &mut back, &frame(b"3", Some([1, 2, 3, 4])));
        assert!(traffic.totals().round_trip.is_some());
        assert_eq!(traffic.totals().received, Counted { bytes: 7, packets: 0 });
    }
}
