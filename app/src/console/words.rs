//! Sizes, times and numbers in words, and why connections end.

use crate::ui::Zone;
pub use common::files::size_in_words as size;
use common::{Millis, people::Role, roster::PersonTag};

/// A time in microseconds, such as "1.8 ms".
pub fn micros(micros: u32) -> String {
    match micros {
        0 => "–".into(),
        1..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{:.1} ms", f64::from(micros) / 1e3),
        10_000..1_000_000 => format!("{:.0} ms", f64::from(micros) / 1e3),
        _ => format!("{:.1} s", f64::from(micros) / 1e6),
    }
}

/// How long something takes or lasts, in its two largest units.
pub fn lasting(millis: Millis) -> String {
    let seconds = millis.max(0) / 1000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// A number with its thousands apart.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// "1 person", "3 people".
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// When something was: the time today, or the date with it.
pub fn when(zone: Zone, now: Millis, at: Millis) -> String {
    let day = zone.day(at);
    if day == zone.day(now) { zone.seconds(at) } else { format!("{} {}", crate::ui::iso_date(day), zone.clock(at)) }
}

/// The name of a person or a program.
pub fn name<'a>(person: Option<&'a PersonTag>, program: Option<&'a String>) -> Option<&'a str> {
    person.map(|person| &person.name).or(program).map(String::as_str)
}

/// A person, as lists name them.
pub fn person(person: Option<&PersonTag>) -> String {
    person.map_or_else(|| "Unknown".into(), |person| format!("{} @{}", person.name, person.handle))
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner",
        Role::Admin => "Admin",
        Role::Member => "Member",
        Role::Guest => "Guest",
    }
}

/// Why a connection ended, as the server's library says it, in words.
pub fn reason(said: &str) -> &str {
    match said {
        "client gracefully closed the connection" => "closed by the client",
        "The connection was abruptly closed" => "the connection broke",
        "client did not send a PONG packet in time" => "no answer to a ping",
        "client has manually disconnected the socket from the namespace" => "left",
        "socket was forcefully disconnected from the namespace" => "closed by the server",
        "client sent multiple polling requests at the same time" => "several polls at the same time",
        "client sent a bad request / the packet could not be parsed" => "it sent what cannot be read",
        "server is being closed" => "the server stops",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_the_units_that_fit() {
        assert_eq!([0, 610, 1_820, 23_000, 2_500_000].map(micros), ["–", "610 µs", "1.8 ms", "23 ms", "2.5 s"]);
        let lasting = [5_000, 65_000, 3_700_000, 90_000_000].map(lasting);
        assert_eq!(lasting, ["5 s", "1 min 5 s", "1 h 1 min", "1 d 1 h"]);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([7, 1_000, 1_234_567].map(number), ["7", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "person", "people"), "1 person");
    }
}
