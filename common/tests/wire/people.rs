//! People and their profiles.

use crate::{
    cast::{MORNING, ada, grace},
    snapshots::{assert_exchange, assert_reads_back},
};
use common::{
    Code, limits,
    people::{Person, SetReading, SetStatus, SetZone, Status, UpdateProfile, checked_status_text, checked_zone},
};

#[test]
fn a_changed_profile_comes_back_as_the_person() {
    assert_exchange(UpdateProfile { name: "Grace Hopper".into(), hue: 2 }, grace());
}

#[test]
fn every_role_reads_back() {
    for person in [ada(), grace()] {
        assert_reads_back(&person);
    }
}

fn on_holiday() -> Status {
    Status { emoji: "🌴".into(), text: "On holiday".into(), until: Some(MORNING + 3_600_000) }
}

#[test]
fn a_status_comes_back_with_the_person() {
    let status = Some(on_holiday());
    assert_exchange(SetStatus { status: status.clone() }, Person { status, ..grace() });
    let none: SetStatus = serde_json::from_str(r#"{"status": null}"#).expect("it is one");
    assert_eq!(none, SetStatus { status: None });
}

#[test]
fn a_time_zone_comes_back_with_the_person() {
    let zone = "America/New_York".to_owned();
    assert_exchange(SetZone { zone: zone.clone() }, Person { zone, ..grace() });
}

#[test]
fn that_somebody_hides_how_far_they_have_read_comes_back_with_the_person() {
    assert_exchange(SetReading { hidden: true }, Person { hides_reading: true, ..grace() });
}

#[test]
fn the_words_of_a_status_are_one_line_that_fits() {
    assert_eq!(checked_status_text("  In a \n meeting "), Ok("In a meeting".into()));
    assert_eq!(checked_status_text(&"x".repeat(limits::STATUS_CHARS + 1)), Err(Code::BadStatus));
    assert_eq!(checked_status_text("\u{7}"), Err(Code::BadStatus));
}

#[test]
fn a_time_zone_has_the_characters_of_one() {
    for zone in ["", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"] {
        assert_eq!(checked_zone(zone), Ok(zone));
    }
    for zone in ["<b>", "Europe London", &"x".repeat(65)] {
        assert_eq!(checked_zone(zone), Err(Code::Malformed), "{zone}");
    }
}
