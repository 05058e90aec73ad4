//! Bans: people, and addresses, that are kept out.

use crate::{BanId, Code, Millis, PersonId, commands::command, limits, roster::PersonTag};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Who is kept out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BanSubject {
    Person(PersonTag),
    /// An address, or a range of them such as `203.0.113.0/24`.
    Address(String),
}

/// A ban that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    pub id: BanId,
    pub of: BanSubject,
    pub reason: String,
    /// When it ends by itself.
    pub until: Option<Millis>,
    pub by: PersonTag,
    pub at: Millis,
}

/// Whom to ban.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BanTarget {
    Person(PersonId),
    Address(String),
}

/// `ban:add` (in `/admin`): keeps someone out, and closes their connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddBan {
    pub target: BanTarget,
    pub reason: String,
    #[serde(default)]
    pub until: Option<Millis>,
}
command!(AddBan => "ban:add", Ban);

/// `ban:remove` (in `/admin`): lets someone in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveBan {
    pub ban: BanId,
}
command!(RemoveBan => "ban:remove", ());

/// `ban:list` (in `/admin`): all bans that hold, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListBans {}
command!(ListBans => "ban:list", Vec<Ban>);

/// A range of addresses: one, or those that begin with the same bits (CIDR, RFC 4632 section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressRange {
    address: IpAddr,
    bits: u8,
}

impl AddressRange {
    /// # Errors
    /// [`Code::BadAddress`]
    pub fn read(text: &str) -> Result<Self, Code> {
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| Code::BadAddress)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| Code::BadAddress))?;
        // A ban of half of the world is most likely a typing error.
        if !(8..=most).contains(&bits) {
            return Err(Code::BadAddress);
        }
        // An IPv4 address as IPv6 has it (RFC 4291 section 2.5.5.2), as a server that listens on both is shown it.
        match address.to_canonical() {
            IpAddr::V4(inner) if address.is_ipv6() && bits >= 96 + 8 => {
                Ok(Self { address: inner.into(), bits: bits - 96 })
            }
            _ => Ok(Self { address, bits }),
        }
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                same_bits(ours.to_bits().into(), theirs.to_bits().into(), 32 - self.bits)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => same_bits(ours.to_bits(), theirs.to_bits(), 128 - self.bits),
            _ => false,
        }
    }
}

impl std::fmt::Display for AddressRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.bits {
            32 if self.address.is_ipv4() => self.address.fmt(f),
            128 => self.address.fmt(f),
            bits => write!(f, "{}/{bits}", self.address),
        }
    }
}

fn same_bits(ours: u128, theirs: u128, free: u8) -> bool {
    ours.checked_shr(free.into()).unwrap_or(0) == theirs.checked_shr(free.into()).unwrap_or(0)
}

/// The reason of a ban or a report.
///
/// # Errors
/// [`Code::BadReason`]
pub fn checked_reason(reason: &str) -> Result<String, Code> {
    let reason = reason.trim();
    if (1..=limits::REASON_CHARS).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(Code::BadReason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_addresses_has_those_that_begin_with_the_same_bits() {
        let range = AddressRange::read(" 203.0.113.0/24 ").unwrap();
        assert!(range.contains("203.0.113.200".parse().unwrap()));
        assert!(range.contains("::ffff:203.0.113.7".parse().unwrap()), "the same address as IPv6 writes it");
        assert!(!range.contains("203.0.114.1".parse().unwrap()));
        let one = AddressRange::read("2001:db8::1").unwrap();
        assert!(one.contains("2001:db8::1".parse().unwrap()) && !one.contains("2001:db8::2".parse().unwrap()));
        assert_eq!(one.to_string(), "2001:db8::1");
        let mapped = AddressRange::read("::ffff:203.0.113.7").unwrap();
        assert!(mapped.contains("203.0.113.7".parse().unwrap()) && !mapped.contains("203.0.113.8".parse().unwrap()));
        assert_eq!(mapped.to_string(), "203.0.113.7");
        for wrong in ["", "here", "203.0.113.0/33", "0.0.0.0/0", "1.2.3.4/", "::/129"] {
            assert_eq!(AddressRange::read(wrong), Err(Code::BadAddress), "{wrong:?}");
        }
    }
}
